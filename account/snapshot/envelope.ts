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
  /** As written: ISO 8601, or seconds since 1970 as the AWS CLI v1 prints them. */
  readonly captureTime: string;
}

/** Later than every time: what cannot be dated must not be taken for older than anything. */
const NOBODY_KNOWS_WHEN = 8.64e15;

/** When AWS Config captured the item; later than all others when it does not say. */
export function captureTimeOf({ captureTime }: Envelope): Date {
  const time = /^\d+(\.\d+)?$/.test(captureTime) ? Number(captureTime) * 1000 : Date.parse(captureTime);
  return new Date(Number.isNaN(time) ? NOBODY_KNOWS_WHEN : time);
}

export const isDated = (envelope: Envelope): boolean =>
  captureTimeOf(envelope).getTime() !== NOBODY_KNOWS_WHEN;

type Field = keyof Envelope;

/** The names in the event and snapshot-file form, and in the API's (ConfigurationItem). */
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
 * The envelope of an object's text, which {@link JsonElementScanner} has cut out. A field that is missing, or of
 * another type, is `''`: parsing the item tells what is wrong with it.
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
    else if (field === 'captureTime' && byte >= 0x30 && byte <= 0x39) {
      const start = at - 1;
      while (isInNumber(text[at])) at++;
      envelope.captureTime = text.toString('utf8', start, at);
      field = undefined;
    }
  }
  return envelope;
}

const isInNumber = (byte: number | undefined) =>
  byte === 0x2e || (byte !== undefined && byte >= 0x30 && byte <= 0x39);

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
