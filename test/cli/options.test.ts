import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkRegions,
  chooseRules,
  isRegion,
  isRuleId,
  readNow,
  readParameters,
  splitValues,
} from '../../cli/options/read.ts';
import { UsageError } from '../../cli/program/errors.ts';
import { rules } from '../../rules/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-'));
  writeFileSync(join(folder, 'parameters.json'), '{"sg-open-ports":{"allowedTcpPorts":"443"}}');
  writeFileSync(join(folder, 'broken.json'), '{"sg-open-ports":');
});
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

describe('values of --rule and --region, and paths that come after them', () => {
  type Case = [situation: string, isValue: (value: string) => boolean, given: string[], values: string[]];
  const cases: [...Case, paths: string[]][] = [
    ['several values', isRuleId, ['root-mfa', 's3-public'], ['root-mfa', 's3-public'], []],
    ['values joined by commas', isRuleId, ['root-mfa,s3-public'], ['root-mfa', 's3-public'], []],
    ['a comma too many', isRuleId, ['root-mfa,', ',s3-public'], ['root-mfa', 's3-public'], []],
    ['standard input', isRuleId, ['root-mfa', '-'], ['root-mfa'], ['-']],
    ['what is neither, to be refused by name', isRuleId, ['root-mfb'], ['root-mfb'], []],
    [
      'Regions of every partition',
      isRegion,
      ['us-gov-west-1,cn-north-1'],
      ['us-gov-west-1', 'cn-north-1'],
      [],
    ],
    ['nothing', isRegion, [], [], []],
  ];
  test.each(cases)('%s', (_situation, isValue, given, values, paths) => {
    expect(splitValues(given, isValue)).toEqual({ values, paths });
  });

  test('a folder that exists is a path', () => {
    expect(splitValues(['sg-open-ports', folder], isRuleId)).toEqual({
      values: ['sg-open-ports'],
      paths: [folder],
    });
  });

  test('a file with a comma in its name stays whole', () => {
    writeFileSync(at('here,there.json'), '{}');
    expect(splitValues([at('here,there.json')], isRegion)).toEqual({
      values: [],
      paths: [at('here,there.json')],
    });
  });

  test('a value stays one although a folder of that name lies here', () => {
    const before = process.cwd();
    process.chdir(join(__dirname, '../../rules'));
    try {
      expect(splitValues(['s3-public'], isRuleId)).toEqual({ values: ['s3-public'], paths: [] });
    } finally {
      process.chdir(before);
    }
  });

  test('the option was not given', () => {
    expect(splitValues(undefined, isRegion)).toEqual({ values: [], paths: [] });
  });
});

describe('which rules', () => {
  test('all, when none is named', () => {
    expect(chooseRules([])).toBe(rules);
  });

  test('each once, in the order of the rules', () => {
    const [first, second] = rules.map(({ id }) => id) as [string, string];
    expect(chooseRules([second, first, second]).map(({ id }) => id)).toEqual([first, second]);
  });

  test('one that does not exist is refused, with those that do', () => {
    expect(() => chooseRules(['root-mfb'])).toThrow(UsageError);
    expect(() => chooseRules(['root-mfb'])).toThrow(/no rule "root-mfb": did you mean root-mfa\?$/);
  });
});

describe('--region', () => {
  const good = [
    'us-east-1',
    'ap-northeast-2',
    'us-gov-west-1',
    'us-iso-east-1',
    'eusc-de-east-1',
    'mx-central-1',
  ];
  test.each(good)('%s is one', (region) => {
    expect(checkRegions([region])).toEqual([region]);
  });

  const bad = ['useast1', 'us-east', 'us-east-1a', 'US-EAST-1', 'eu-west-', 'all', '../us-east-1'];
  test.each(bad)('%s is none', (region) => {
    expect(() => checkRegions(['us-east-1', region])).toThrow(
      `--region ${region}: not an AWS Region such as us-east-1`,
    );
  });
});

describe('--parameters', () => {
  const given = { 'sg-open-ports': { allowedTcpPorts: '443' } };
  test('JSON', async () => {
    expect(await readParameters(` ${JSON.stringify(given)}`)).toEqual(given);
  });
  test('a file', async () => {
    expect(await readParameters(at('parameters.json'))).toEqual(given);
  });
  test('a file with a byte order mark', async () => {
    writeFileSync(at('marked.json'), `\uFEFF${JSON.stringify(given)}`);
    expect(await readParameters(at('marked.json'))).toEqual(given);
  });
  test('numbers and booleans, as JSON has them', async () => {
    const typed = { 'access-key-age': { maxAgeDays: 30 }, 's3-public': { allowPublicWebsite: true } };
    expect(await readParameters(JSON.stringify(typed))).toEqual(typed);
  });
  test('none', async () => {
    expect(await readParameters(undefined)).toEqual({});
  });

  const refused: [situation: string, option: string, message: RegExp][] = [
    [
      'a file that does not exist',
      '/nowhere/p.json',
      /^--parameters \/nowhere\/p\.json: there is no such file.*Give a JSON file/,
    ],
    [
      'a rule twice',
      '{"s3-public":{},\n "s3-public":{"allowPublicWebsite":true}}',
      /^--parameters:2:2: s3-public: is there a second time$/,
    ],
    ['JSON with an error', '{"sg-open-ports"', /^--parameters: .*Give a JSON file, or JSON such as/],
    ['a rule that does not exist', '{"sg":{}}', /^there is no rule "sg"/],
    [
      'parameters that are no object',
      '{"sg-open-ports":"443"}',
      /^--parameters: sg-open-ports: .*JSON object/,
    ],
    [
      'a parameter that the rule has not got',
      '{"sg-open-ports":{"ports":"443"}}',
      /^--parameters: sg-open-ports: there is no parameter "ports" \(there is: allowedTcpPorts, /,
    ],
    [
      'a parameter that is misspelt',
      '{"sg-open-ports":{"allowedTcpPort":"443"}}',
      /^--parameters: sg-open-ports: there is no parameter "allowedTcpPort": did you mean allowedTcpPorts\?$/,
    ],
    [
      'a value of the wrong form',
      '{"sg-open-ports":{"allowedTcpPorts":"https"}}',
      /^--parameters: sg-open-ports: allowedTcpPorts is "https": expected ports/,
    ],
    [
      'a list as a value',
      '{"sg-open-ports":{"allowedTcpPorts":[443]}}',
      /allowedTcpPorts is \[443\]: expected a string/,
    ],
  ];
  test.each(refused)('%s is refused', async (_situation, option, message) => {
    await expect(readParameters(option)).rejects.toThrow(UsageError);
    await expect(readParameters(option)).rejects.toThrow(message);
  });

  test.each(['[]', 'null', '"x"'])('%s in a file is refused', async (text) => {
    writeFileSync(at('other.json'), text);
    await expect(readParameters(at('other.json'))).rejects.toThrow(
      `--parameters ${at('other.json')}: expected a JSON object from rule ids to their parameters`,
    );
  });

  test('a broken file is named', async () => {
    await expect(readParameters(at('broken.json'))).rejects.toThrow(`--parameters ${at('broken.json')}: `);
  });
});

describe('--now', () => {
  const good: [string, string | undefined][] = [
    ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00.000Z'],
    ['2026-11-22T09:00:00+09:00', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    // Not the machine's own zone, which is another on every machine.
    ['2026-11-22T09:00:00', '2026-11-22T09:00:00.000Z'],
  ];
  test.each(good)('%s', (option, time) => {
    expect(readNow(option)?.toISOString()).toBe(time);
  });
  test('none', () => {
    expect(readNow(undefined)).toBeUndefined();
  });

  test.each([
    '',
    'tomorrow',
    '1',
    '22/11/2026',
    '2026-13-01',
    '2026-11-22T25:00:00Z',
    '2026-11-22 or so',
    '2026-02-30',
  ])('"%s" is no time', (option) => {
    expect(() => readNow(option)).toThrow(
      `--now ${option}: not an ISO 8601 time such as 2026-11-22T09:00:00Z`,
    );
  });
});
