import { parseJson } from '../../../account/snapshot/json.ts';
import { setLimits } from '../../../account/snapshot/limits.ts';

afterEach(() => setLimits());

describe('what is not JSON is called what it is', () => {
  test.each<[situation: string, text: string, message: RegExp]>([
    ['nothing', ' \n', /^the file is empty: did the command fail\?$/],
    ['--output yaml', 'SecurityGroups:\n- GroupId: sg-1\n', /^YAML, as --output yaml .* --output json$/],
    ['--output yaml of a list', '- GroupId: sg-1\n', /^YAML/],
    ['--output yaml-stream', '---\nSecurityGroups: []\n', /^YAML/],
    [
      '--output text',
      'SECURITYGROUPS\tdefault\tsg-1\n',
      /^tab-separated text, as --output text .* --output json$/,
    ],
    ['--output text of an empty structure', 'SERVERSIDEENCRYPTION\n', /^tab-separated text/],
    ['--output text of nothing', 'None\n', /^"None", as --output text prints it/],
    ['--output table', '-----------\n|  Groups |\n+---+\n', /^a table, as --output table .* --output json$/],
    ['a page', '<!DOCTYPE html>', /^HTML or XML/],
    ['JSON that ends early', '{"Users": ', /at position 10$/],
    ['JSON with an error', '{"Users": oops}', /^Unexpected token/],
    ['a sentence', 'All is well.', /^Unexpected token/],
    [
      'the command’s own complaint',
      'Unable to locate credentials. You can …',
      /^the aws command's own words \(Unable/,
    ],
  ])('%s', (_, text, message) => {
    expect(() => parseJson(text)).toThrow(message);
  });
});

test('depth is limited, outside of strings', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(() => parseJson(nested(201))).toThrow(
    /^more than 200 objects and arrays inside of each other at position 200; .* --limit depth=400$/,
  );
  expect(parseJson(nested(200))).toHaveLength(1);
  expect(parseJson(JSON.stringify({ Policy: `\\"${'{'.repeat(1000)}` }))).toBeDefined();
  setLimits({ depth: 500 });
  expect(parseJson(nested(500))).toHaveLength(1);
});
