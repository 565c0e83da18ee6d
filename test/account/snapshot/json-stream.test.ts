import fc from 'fast-check';
import { readEnvelope } from '../../../account/snapshot/envelope.ts';
import { JsonElementScanner, JsonStreamError, parseElement } from '../../../account/snapshot/json-stream.ts';
import { setLimits } from '../../../account/snapshot/limits.ts';

/** Cuts bytes at the given places. */
function chunksOf(bytes: Buffer, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other);
  return [...places, bytes.length].map((end, index) =>
    bytes.subarray(index === 0 ? 0 : places[index - 1], end),
  );
}

function scan(text: string | Buffer, cuts: readonly number[] = []) {
  const scanner = new JsonElementScanner({ arrays: ['items'], singles: ['item'] });
  const values: unknown[] = [];
  for (const chunk of chunksOf(Buffer.from(text), cuts)) {
    for (const element of scanner.write(chunk)) values.push(parseElement(element));
  }
  scanner.end();
  return { values, found: scanner.found, keys: scanner.keys };
}

/** Whatever JSON may have in it: escapes, quotes, brackets in strings, characters of one to four bytes. */
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }),
  fc.constantFrom<unknown>('"]}', '\\', '\\"', '한국어', '😀{', { 'a"]': [{}, [], ''] }),
);
const spaced = (value: unknown, indent: number) => JSON.stringify(value, null, indent);
const cuts = fc.array(fc.nat(5000), { maxLength: 40 });

describe('elements of an array, against JSON.parse', () => {
  test('an array by itself', () => {
    fc.assert(
      fc.property(fc.array(json), fc.nat(3), cuts, (items, indent, at) => {
        const text = spaced(items, indent);
        expect(scan(text, at)).toEqual({ values: JSON.parse(text), found: '', keys: [] });
      }),
      { numRuns: 1000 },
    );
  });

  test('a member among others', () => {
    const members = fc.array(fc.tuple(fc.string(), json)).map((entries) => Object.fromEntries(entries));
    fc.assert(
      fc.property(members, fc.array(json), members, fc.nat(3), cuts, (before, items, after, indent, at) => {
        const { items: _1, item: _2, ...first } = before as Record<string, unknown>;
        const { items: _3, item: _4, ...last } = after as Record<string, unknown>;
        const text = spaced({ ...first, items, ...last }, indent);
        const { values, found, keys } = scan(text, at);
        expect({ values, found }).toEqual({ values: JSON.parse(text).items, found: 'items' });
        expect(keys).toEqual(Object.keys(JSON.parse(text)));
      }),
      { numRuns: 1000 },
    );
  });

  test('one byte at a time gives the same as all at once', () => {
    const text =
      '\uFEFF{"a": "\\u005d\\\\", "items": [{"한": "😀\\""}, [1, -2.5e3], null, "]"], "z": {"items": [1]}}';
    const every = Array.from({ length: Buffer.byteLength(text) }, (_, index) => index);
    expect(scan(text, every)).toEqual(scan(text));
    expect(scan(text).values).toEqual([{ 한: '😀"' }, [1, -2500], null, ']']);
  });

  test('text that JSON.parse refuses is refused, wherever it is cut or changed', () => {
    fc.assert(
      fc.property(
        fc.array(json, { minLength: 1 }),
        fc.nat(),
        fc.constantFrom('', '"', ']', '}', ',', '[', 'x', '\\'),
        cuts,
        (items, place, put, at) => {
          const text = spaced({ v: '1', items, w: null }, 0);
          const where = place % text.length;
          // By way of bytes, because half a surrogate pair is no text.
          const broken = Buffer.from(
            text.slice(0, where) + put + (put === '' ? '' : text.slice(where + 1)),
          ).toString();
          let expected: unknown;
          try {
            expected = JSON.parse(broken);
          } catch {
            expect(() => scan(broken, at)).toThrow(JsonStreamError);
            return;
          }
          // The change did no harm to the JSON; it may have renamed the member, or made it something else.
          const found = (expected as { items?: unknown }).items;
          if (Array.isArray(found)) expect(scan(broken, at).values).toEqual(found);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('errors name the byte', () => {
  const cases: [situation: string, text: string, message: RegExp][] = [
    ['nothing at all', '', /the text ends where document is expected at byte 0/],
    ['a number', '42', /neither a JSON object nor an array at byte 0/],
    ['cut within an element', '[{"a":1},{"b', /inside of the element at byte 12/],
    ['cut between elements', '[{"a":1},', /element is expected at byte 9/],
    ['cut before the end of the array', '[{"a":1}', /at byte 8/],
    ['no comma', '[{"a":1} {"b":2}]', /"\{" where comma or end of array is expected at byte 9/],
    ['a comma too many', '[{"a":1},]', /"]" where a value is expected at byte 9/],
    ['a word that is no JSON', '{"items":[{"a":1}],"b":nope}', /not JSON .* at byte 23/],
    ['text after the end', '[] []', /more text after the end of the JSON document at byte 3/],
    ['a key without quotes', '{items:[]}', /where key or end is expected at byte 1/],
    ['two arrays of items', '{"items":[],"items":[]}', /items beside items at byte 20/],
  ];
  test.each(cases)('%s', (_, text, message) => {
    expect(() => scan(text)).toThrow(JsonStreamError);
    expect(() => scan(text)).toThrow(message);
  });

  test('an element that is balanced but no JSON: the place of the element', () => {
    expect(() => scan('[{"a":1},{"b":tru}]')).toThrow(/at byte 9$/);
  });
});

test('a single member comes out like an array of one', () => {
  expect(scan('{"messageType":"x","item":{"a":[1]},"z":1}')).toEqual({
    values: [{ a: [1] }],
    found: 'item',
    keys: ['messageType', 'item', 'z'],
  });
});

describe('the envelope of an item', () => {
  const read = (text: string) => readEnvelope(Buffer.from(text));
  const nothing = { type: '', id: '', accountId: '', region: '', status: '', captureTime: '' };

  test('is what JSON.parse reads, whatever else is in the item', () => {
    const value = fc.oneof(json, fc.record({ resourceId: fc.string(), resourceType: json }));
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(
            fc.constantFrom('resourceId', 'resourceType', 'awsRegion', 'accountId', 'tags'),
            fc.string(),
          ),
          value,
        ),
        fc.nat(2),
        (object, indent) => {
          const text = spaced(object, indent);
          const parsed = JSON.parse(text);
          const own = (name: string) => (typeof parsed[name] === 'string' ? parsed[name] : '');
          expect(read(text)).toMatchObject({
            id: own('resourceId'),
            type: own('resourceType'),
            region: own('awsRegion'),
          });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['nested names are not the item’s', '{"a":{"resourceId":"x"},"b":[{"resourceType":"y"}]}', nothing],
    ['a name that is a value', '{"a":"resourceId","b":"x"}', nothing],
    ['a name written with an escape', '{"resource\\u0049d":"x"}', { ...nothing, id: 'x' }],
    ['a value written with escapes', '{"resourceId":"a\\"\\u00e9"}', { ...nothing, id: 'a"é' }],
    ['a value that is no text', '{"resourceId":12,"resourceType":"t"}', { ...nothing, type: 't' }],
    ['the API’s name of the account', '{"accountId" : "1"}', { ...nothing, accountId: '1' }],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('a document is read up to the limits', () => {
  const KB = 1024;
  const write = (text: string, size = 300) => {
    const scanner = new JsonElementScanner({ arrays: ['items'] });
    for (let at = 0; at < text.length; at += size) scanner.write(Buffer.from(text.slice(at, at + size)));
    scanner.end();
    return scanner;
  };
  afterEach(() => setLimits());

  test.each([
    [
      'an element',
      `[{"a":"${'x'.repeat(9 * KB)}"}]`,
      /^the element is more than 8 KB \(.*=16KB\) at byte 1$/,
    ],
    ['a member that is skipped', `{"a":"${'x'.repeat(9 * KB)}"}`, /^the member is more than 8 KB/],
    ['a key', `{"${'x'.repeat(9 * KB)}":1}`, /^the key is more than 8 KB/],
    ['a number', `[${'1'.repeat(9 * KB)}]`, /^the element is more than 8 KB/],
    [
      'what is inside of each other',
      `[${'['.repeat(21)}${']'.repeat(21)}]`,
      /^more than 20 objects and arrays inside of each other \(.* --limit depth=40\) at byte 21$/,
    ],
  ])('%s', (_, text, message) => {
    setLimits({ 'value-size': 8 * KB, depth: 20 });
    expect(() => write(text)).toThrow(message);
  });

  test('many elements that are not', () => {
    setLimits({ 'value-size': 8 * KB, depth: 20 });
    const element = `{"a":"${'x'.repeat(5 * KB)}","b":${'['.repeat(19)}${']'.repeat(19)}}`;
    expect(write(`[${Array(9).fill(element).join()}]`).found).toBe('');
  });

  test('of a million keys no more are kept than tell what it is, and the array is found behind them', () => {
    const keys = Array.from({ length: 5000 }, (_, index) => `"k${index}":0`);
    const { keys: kept, found } = write(`{${keys.join()},"items":[]}`, 64 * KB);
    expect(kept).toHaveLength(1000);
    expect(found).toBe('items');
  });
});
