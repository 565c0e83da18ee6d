import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LiveError } from '../../account/live/failures.ts';
import { commands } from '../../cli/commands.ts';
import { readSettingsFile } from '../../cli/options/settings.ts';
import { readWaiversFile } from '../../cli/options/waivers.ts';
import { messageIn, type UsageError } from '../../cli/program/errors.ts';
import { errorInKorean } from '../../cli/program/korean.ts';
import { languageOf } from '../../cli/program/language.ts';
import { programOf } from '../../cli/program/program.ts';
import type { Seen } from '../../cli/remediate/outcome.ts';
import { previewText, resultText } from '../../cli/remediate/text.ts';
import { printed } from '../report/formats/support.ts';
import { error, result } from '../report/support.ts';
import { call, worldOf } from './support.ts';

const HANGUL = /[가-힣]/;

/** English that is left: three small words in a row, but for what is typed, quoted or AWS's own. */
function englishIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\$ .*$|"[^"]*"|'[^']*'|https?:\S+|groundrules [^,;]*/g, ''))
    .filter((line) => /(?<![\w-])[a-z]{2,}(?: [a-z]{2,}){2,}(?![\w-])/.test(line));
}

describe('the language of a call', () => {
  test.each([
    [[], {}, 'en'],
    [[], { LANG: 'ko_KR.UTF-8' }, 'ko'],
    [[], { LANG: 'ko' }, 'ko'],
    [[], { LANG: 'kok_IN' }, 'en'],
    [[], { LANG: 'ko_KR.UTF-8', LC_MESSAGES: 'C' }, 'en'],
    [[], { LANG: 'C', LC_MESSAGES: 'ko_KR' }, 'ko'],
    [[], { LANG: 'ko_KR', LC_ALL: 'C', LC_MESSAGES: 'ko_KR' }, 'en'],
    [[], { LANG: 'ko_KR', LC_ALL: '' }, 'ko'],
    [['evaluate', '--lang', 'ko'], {}, 'ko'],
    [['--lang=KO', 'evaluate'], {}, 'ko'],
    [['evaluate', '--lang', 'en'], { LANG: 'ko_KR' }, 'en'],
    [['evaluate', '--lang', 'fr'], { LANG: 'ko_KR' }, 'ko'],
    [['evaluate', '--lang', 'ko', '--lang', 'en'], {}, 'en'],
  ] as const)('%j with %j is %s', (words, env, expected) => {
    expect(languageOf(words, env)).toBe(expected);
  });

  test('one that there is not is refused', async () => {
    await expect(call('waivers', [], { lang: 'fr' })).rejects.toThrow('--lang fr: expected en or ko');
  });
});

test.each(commands.map(({ name }) => name))('help of %s leaves nothing in English', async (name) => {
  const { world, text } = worldOf({ language: 'ko', env: { COLUMNS: '120' } });
  await programOf(world, '0', () => {}).parseAsync(['help', name], { from: 'user' });
  expect(text()).toMatch(/^사용법: /);
  expect(englishIn(text())).toEqual([]);
});

describe('mistakes that commander finds', () => {
  test.each([
    [['evalute'], /오류: 알 수 없는 명령입니다: 'evalute'\n\(혹시 evaluate\?\)/],
    [['evaluate', '--sampel'], /오류: 알 수 없는 옵션입니다: '--sampel'\n\(혹시 --sample\?\)/],
    [['compare', 'a'], /오류: 필수 인수 'after'이\(가\) 없습니다/],
    [['waive', 'a', 'b'], /오류: 필수 옵션 '--until <date>'이\(가\) 없습니다/],
    [['waivers', '--waivers'], /오류: 옵션 '--waivers <file>'에 값이 없습니다/],
    [['waivers', 'x'], /오류: 인수가 너무 많습니다: 0개가 필요한데 1개를 주었습니다/],
  ] as const)('%j', async (words, expected) => {
    const { world, notes } = worldOf({ language: 'ko' });
    await expect(programOf(world, '0', () => {}).parseAsync([...words], { from: 'user' })).rejects.toThrow();
    expect(notes.join('\n')).toMatch(expected);
    expect(englishIn(notes.join('\n'))).toEqual([]);
  });
});

test.each([
  ['evaluate', [], { rule: 'x' }],
  ['evaluate', ['x'], { live: true }],
  ['evaluate', [], { now: 'soon' }],
  ['collect', [], { all: true, rule: 's3-public' }],
  ['remediate', [], {}],
  ['remediate', ['s3-public', 'b'], { yes: true }],
  ['explain', ['s3-pubic'], {}],
  ['controls', ['s3-pubic'], {}],
  ['attest', [], {}],
  ['cost', [], { accounts: '0' }],
  ['waivers', [], { format: 'yaml' }],
] as const)('a mistake in %s %j %j is said in Korean', async (command, args, options) => {
  const wrong = await call(command, args, { ...options, lang: 'ko' }).then(
    () => undefined,
    (thrown: UsageError) => messageIn(thrown, 'ko'),
  );
  expect(wrong).toMatch(HANGUL);
  expect(englishIn(wrong as string)).toEqual([]);
});

const EXPECTED =
  'expected an AWS Config snapshot or history file, what a command of "aws configservice" prints that gives items, an event or a message of AWS Config, a configuration item, a credential report, or what "aws ec2 describe-security-groups" and the like print';
const DELIVER =
  'Let AWS Config make one with "aws configservice deliver-config-snapshot --delivery-channel-name default"';

// That each sentence has its Korean is held by test/house/phrases.test.ts; here is how they are put together.
test.each([
  ['a file in two sentences', `x.json: a JSON object with a, b: ${EXPECTED}`],
  [
    'a name with a blank',
    'a b.json: more than 2 GB when decompressed; if that is meant, raise the limit with --limit file-size=4GB',
  ],
  ['a place in a text', 'x.json: "]" where comma or end of array is expected at byte 12'],
  ['a line', 'f.json: line 3: "}" where a value is expected at byte 3'],
  [
    'a table',
    `x: a table, as --output table prints it, where JSON is expected: save what the command prints with --output json: ${EXPECTED}`,
  ],
  [
    'a limit in brackets',
    'g.json: the member is more than 2 MB (if that is meant, raise the limit with --limit value-size=4MB) at byte 7',
  ],
  [
    'a note of a folder',
    'collected.json: expected {"collectedAt": "<ISO 8601 time>"}: regions: expected a list of Regions',
  ],
  [
    'a folder with a hint',
    'x is not a snapshot: expected folders named by their account id, such as 123456789012/, with global/ and one folder a Region in them; found a/. An account folder has to be named by its account id.',
  ],
  [
    'a bucket',
    `s3://b/k: no snapshot of account 1 in us-east-1 in the 3 days before T: what has not changed since is not known. ${DELIVER}. What there is, is of D and before: --now T judges by that`,
  ],
  [
    'what is outdated',
    's3://b/k: was deleted after it was listed: run this again; what AWS Config recorded before it of AWS::S3::Bucket b, at T, may be outdated',
  ],
  [
    'no credentials',
    'organizations:ListAccounts: no AWS credentials (Could not load. x). Sign in, or name a profile that has some. The management account may ask for it, and a delegated administrator; without Organizations, name the accounts with --account',
  ],
  [
    'a role',
    'sts:AssumeRole of arn:aws:iam::1:role/x: access denied ("User: x is not authorized to perform: sts:AssumeRole"). Allow sts:AssumeRole to whoever runs this',
  ],
  [
    'no network',
    'ec2:DescribeRegions: AWS was not reached (connect ECONNREFUSED). Look at the network and the endpoint. Or name the Regions with --region',
  ],
  [
    'a pack',
    'the pack g has too many rules and remediations (300, AWS Config takes 130); too many parameters (70, AWS Config takes 60): turn off controls that you do not need',
  ],
  [
    'a home Region',
    'c.json: homeRegion: ap-x: AWS Config has no rule there for 3 of 4 controls of root (a, b), and global resources are judged there alone: choose a home Region that has them (a, b, c, …) and leave ap-x in regions, or turn these controls off',
  ],
  ['a file of Node.js', "ENOENT: no such file or directory, open '/x y'"],
  ['what is quoted of others', 'ValidationException: something of AWS alone went wrong here'],
])('an error that ends a command, with %s, is said in Korean', (_, message) => {
  const said = errorInKorean(new LiveError('Some', message));
  expect(said).toMatch(HANGUL);
  expect(englishIn(said)).toEqual([]);
});

test.each([
  ['evaluate', ['nowhere.json'], {}],
  ['evaluate', [], { sample: true, limit: ['x'] }],
  ['evaluate', [], { sample: true, parameters: '{"sg-open-ports":{"allowedTcpPorts":"x"}}' }],
  ['evaluate', [], { sample: true, parameters: 'nowhere.json' }],
  ['evaluate', [], { sample: true, config: 'nowhere.json' }],
  ['evaluate', [], { sample: true, waivers: 'nowhere.yaml' }],
  ['evaluate', [], { sample: true, output: 'nowhere/x.html' }],
  ['compare', ['nowhere.json', 'nowhere.json'], {}],
  ['serve', ['package.json'], {}],
  ['remediate', [], { from: 'package.json' }],
  ['remediate', [], { undo: 'package.json' }],
] as const)(
  'what another says in a mistake of %s %j %j is in Korean, too',
  async (command, args, options) => {
    const wrong = await call(command, args, { ...options, lang: 'ko' }).then(
      () => undefined,
      (thrown: Error) => messageIn(thrown, 'ko'),
    );
    expect(wrong).toMatch(HANGUL);
    expect(englishIn(wrong as string)).toEqual([]);
  },
);

test.each([
  ['controls', []],
  ['explain', []],
  ['cost', []],
] as const)('%s leaves no English in the frame', async (command, args) => {
  const { world, text } = worldOf({ env: { COLUMNS: '120' } });
  await call(command, args, { lang: 'ko' }, world);
  expect(text()).toMatch(HANGUL);
  expect(englishIn(text())).toEqual([]);
});

describe('reports', () => {
  // What a rule says is held by test/house/korean.test.ts.
  const plain = { annotation: 'x', findings: [] };
  const results = [
    result(plain),
    result({
      ...plain,
      resourceId: 'b',
      waivers: [{ reason: '사유', ticket: 'T-1', owner: 'a', until: '2027-01-31' }],
    }),
    result({ ...plain, compliance: 'COMPLIANT' }),
  ];
  test.each(['table', 'markdown'] as const)('%s', async (format) => {
    const text = await printed(
      format,
      results,
      [error({ code: 'AccessDenied', message: 'x' })],
      { sample: true },
      'ko',
    );
    for (const words of ['심각도', '판정할 수 없음', '예외', '미준수 2개', '준수 1개', '판정하지 못함 1개']) {
      expect(text).toContain(words);
    }
    expect(englishIn(text)).toEqual([]);
  });

  test.each(['csv', 'json', 'junit', 'sarif', 'asff', 'ocsf'] as const)(
    '%s is the same in every language',
    async (format) => {
      expect(await printed(format, results, [], {}, 'ko')).toBe(await printed(format, results, [], {}, 'en'));
    },
  );
});

test('what a fix would change, and what came of it', () => {
  const style = { colour: false, width: 80, language: 'ko' } as const;
  const item: Omit<Seen, 'outcome'> = {
    rule: 'sg-open-ports',
    severity: 'HIGH',
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: 'sg-1',
    region: 'us-east-1',
    changed: true,
    message: '',
    record: 'record.json',
    compliance: 'NON_COMPLIANT',
    plan: { steps: [], refusals: ['x'], warnings: ['x'], uses: ['x'], manual: ['x'] },
  };
  const text = [
    previewText({ ...item, outcome: 'WouldChange' }, '123456789012', style, true),
    ...(['Done', 'Left', 'Failed', 'Cancelled', 'Stale', 'Declined'] as const).map((outcome) =>
      resultText({ ...item, outcome }, '123456789012', style),
    ),
  ].join('\n');
  expect(englishIn(text)).toEqual([]);
  expect(text).toContain('바뀔 것:');
  expect(text).toContain('되돌리려면: groundrules remediate --undo record.json');
});

test('what a fix says of a resource, and what its document reported', () => {
  const style = { colour: false, width: 200, language: 'ko' } as const;
  const item: Seen = {
    rule: 'alb-http-to-https',
    severity: 'MEDIUM',
    resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    resourceId: 'lb-1',
    region: 'us-east-1',
    outcome: 'WouldChange',
    changed: true,
    compliance: 'NON_COMPLIANT',
    annotation: 'the HTTP listener on port 80 forwards requests',
    findings: [{ kind: 'plainDefault', port: 80, does: 'forwards requests' } as never],
    message:
      'Changed: HTTP on port 80 redirects to HTTPS on port 443. lb-1: the HTTP listener on port 80 forwards requests. Refused: The HTTP listener on port 81 stays: HTTPS is on ports 443, 8443. Set HttpsPort to the one to redirect to.',
    plan: {
      steps: [
        { api: 'elbv2:ModifyListener', input: {}, why: 'HTTP on port 80 redirects to HTTPS on port 443' },
      ],
      refusals: [
        'The HTTP listener on port 81 stays: no security group lets anyone in on port 443. Open it first.',
      ],
      warnings: ['Browsers remember HTTP_301: Undo does not reach them.'],
      uses: [],
      manual: [],
    },
  };
  const preview = previewText(item, '123456789012', style, false);
  expect(preview).toContain('NON_COMPLIANT: 포트 80의 HTTP 리스너: 요청을 그대로 전달함\n');
  expect(preview).toContain('1. 포트 80의 HTTP: 포트 443의 HTTPS로 리디렉션 (elbv2:ModifyListener)\n');
  expect(preview).toContain(
    '- 포트 81의 HTTP 리스너는 그대로 둠: 포트 443: 허용하는 보안 그룹이 없음. 먼저 열 것.\n',
  );
  const result = resultText({ ...item, outcome: 'Left' }, '123456789012', style);
  expect(result).toContain(
    '변경: 포트 80의 HTTP: 포트 443의 HTTPS로 리디렉션. lb-1: 포트 80의 HTTP 리스너: 요청을 그대로 전달함. 거부:',
  );
  expect(englishIn(preview + result)).toEqual([]);
});

describe('a file that is wrong is said in Korean, with its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'korean-'));
  const write = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const complaint = async (asked: () => unknown): Promise<string> => {
    try {
      await asked();
    } catch (error) {
      return messageIn(error as UsageError, 'ko');
    }
    throw new Error('nothing was wrong');
  };

  test('the settings', async () => {
    const file = write(
      'groundrules.config.json',
      JSON.stringify({ homeRegion: 'us-east-1', controls: { 's3-publi': {} } }),
    );
    expect(await complaint(() => readSettingsFile(file))).toBe(
      `${file}:1:50: controls.s3-publi: 없는 통제 (혹시 s3-public?)`,
    );
  });

  test('the waivers', async () => {
    const file = write('groundrules.waivers.yaml', 'waivers:\n  - rule: s3-public\n    resuorce: a\n');
    const now = new Date('2026-11-28T00:00:00Z');
    expect(await complaint(() => readWaiversFile(file, { now }))).toBe(
      `${file}:3:15: waivers.0.resuorce: 없는 필드 (혹시 resource?)`,
    );
  });
});
