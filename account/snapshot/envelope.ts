/**
 * What every configuration item says about itself, without parsing the rest of it: half the time of JSON.parse,
 * so that a file can be surveyed before it is judged.
 */
export interface Envelope {
  readonly type: string;
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly status: string;
  /** As written, ISO 8601. */
  readonly captureTime: string;
}

type Field = keyof Envelope;

/** The names in the event and snapshot-file form, and in the API's (aws-facts §1.3). */
const FIELDS: Readonly<Record<string, Field>> = {
  resourceType: 'type',
  resourceId: 'id',
  awsAccountId: 'accountId',
  accountId: 'accountId',
  awsRegion: 'region',
  configurationItemStatus: 'status',
  configurationItemCaptureTime: 'captureTime',
};
const LENGTHS = new Set(Object.keys(FIELDS).map((name) => name.length));

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * The envelope of an object's text, which {@link JsonElementScanner} has cut out. A field that is missing, or no
 * string, is `''`: parsing the item tells what is wrong with it.
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const envelope = { type: '', id: '', accountId: '', region: '', status: '', captureTime: '' };
  const length = text.length;
  let field: Field | undefined;
  let depth = 0;
  let at = 0;
  while (at < length) {
    const byte = text[at++] as number;
    if (byte === QUOTE) {
      const start = at;
      let escapes = false;
      for (let inner = text[at]; inner !== QUOTE && at < length; inner = text[++at]) {
        if (inner !== BACKSLASH) continue;
        escapes = true;
        at++;
      }
      const end = at++;
      if (depth !== 1) continue;
      // `field` is set from its key until its value.
      if (field) {
        envelope[field] = textOf(text, start, end, escapes);
        field = undefined;
      } else if ((escapes || LENGTHS.has(end - start)) && isKey(text, at)) {
        field = fieldOf(textOf(text, start, end, escapes));
      }
    } else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      field = undefined;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c) field = undefined;
  }
  return envelope;
}

const fieldOf = (name: string) => (Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined);

function isKey(text: Buffer, end: number): boolean {
  let at = end;
  while (text[at] === 0x20 || text[at] === 0x0a || text[at] === 0x0d || text[at] === 0x09) at++;
  return text[at] === COLON;
}

function textOf(text: Buffer, start: number, end: number, escapes: boolean): string {
  const raw = text.toString('utf8', start, end);
  if (!escapes) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return '';
  }
}
