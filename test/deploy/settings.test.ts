import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controls, DOMAINS, isPlanned } from '../../catalogue/index.ts';
import {
  loadSettings,
  placedIn,
  readSettings,
  SettingsError,
  settingsSchema,
} from '../../deploy/settings/index.ts';

describe('what is left out', () => {
  const settings = readSettings({});
  test('has a default', () => {
    expect(settings).toMatchObject({
      homeRegion: 'us-east-1',
      regions: ['us-east-1'],
      packs: DOMAINS,
      controls: {},
      functions: { logRetentionDays: 90 },
      notifications: { emails: [], alarms: true, dashboard: true },
      securityHub: false,
      organization: false,
    });
  });
  test('is manual, with three attempts a day where it is made automatic', () => {
    expect(settings.remediation).toEqual({
      mode: 'manual',
      attempts: 3,
      retrySeconds: 86_400,
      concurrencyPercent: 10,
      errorPercent: 50,
      parameters: {},
    });
  });
  test('is the home Region alone', () => {
    expect(readSettings({ homeRegion: 'eu-west-1' }).regions).toEqual(['eu-west-1']);
    expect(readSettings({ regions: ['us-east-1', 'eu-west-1', 'us-east-1'] }).regions).toEqual([
      'us-east-1',
      'eu-west-1',
    ]);
  });
});

test('a control has of its remediation what it says, and for the rest what all have, without their parameters', () => {
  const { controls } = readSettings({
    remediation: { mode: 'automatic', attempts: 3, parameters: { Scope: 'Cause' } },
    controls: {
      's3-public': { remediation: { parameters: { Scope: 'All' } } },
      'sg-open-ports': { remediation: { mode: 'off' } },
      'root-mfa': { parameters: { requireHardware: 'true' } },
    },
  });
  expect(controls['s3-public']?.remediation).toMatchObject({
    mode: 'automatic',
    attempts: 3,
    retrySeconds: 86_400,
    parameters: { Scope: 'All' },
  });
  expect(controls['sg-open-ports']?.remediation).toMatchObject({ mode: 'off', attempts: 3, parameters: {} });
  expect(controls['root-mfa']?.remediation).toBeUndefined();
});

/** Settings that are wrong, and all that is said of them. */
const wrong: [situation: string, settings: unknown, message: string | RegExp][] = [
  ['no object', [], /^settings: the whole: expected an object with its settings, not \[\]/],
  [
    'a key misspelt',
    { homeRegio: 'us-east-1' },
    'settings: homeRegio: there is no such setting (did you mean homeRegion?)',
  ],
  [
    'a key of nothing',
    { zzz: 1 },
    /^settings: zzz: there is no such setting \(there is homeRegion, regions, packs, /,
  ],
  [
    'a key misspelt further down',
    { functions: { logRetentionDay: 30 } },
    'settings: functions.logRetentionDay: there is no such setting (did you mean logRetentionDays?)',
  ],
  [
    'a key of a control misspelt',
    { controls: { 's3-public': { parameter: {} } } },
    'settings: controls.s3-public.parameter: there is no such setting (did you mean parameters?)',
  ],
  [
    'a key of a remediation misspelt',
    { controls: { 's3-public': { remediation: { mod: 'off' } } } },
    'settings: controls.s3-public.remediation.mod: there is no such setting (did you mean mode?)',
  ],
  [
    'a key of Security Hub misspelt',
    { securityHub: { finding: true } },
    'settings: securityHub.finding: there is no such setting (did you mean findings?)',
  ],
  [
    'Security Hub turned on by a word',
    { securityHub: true },
    'settings: securityHub: expected false, or an object with its settings',
  ],
  [
    'a switch of Security Hub that is a number',
    { securityHub: { findings: 1 } },
    'settings: securityHub.findings: expected true or false, not 1',
  ],
  [
    'pages that are not on the web',
    { securityHub: { documentationUrl: 'http://wiki' } },
    'settings: securityHub.documentationUrl: expected a URL that begins with https://',
  ],
  [
    'an organization that lacks two things, and one misspelt',
    { organization: { organizationalUnits: ['r-ab12'], auditAccount: '111122223333' } },
    /organization\.organizationId: .*; organization\.auditAccountId: .*; organization\.auditAccount: .*did you mean auditAccountId/,
  ],
  [
    'two mistakes at once',
    { pack: [], homeregion: 'x' },
    /pack: .*did you mean packs.*; homeregion: .*did you mean homeRegion/,
  ],
  ['a Region that is none', { homeRegion: 'useast1' }, /homeRegion: expected a Region such as us-east-1/],
  [
    'a Region that nobody has looked up',
    { homeRegion: 'us-east-3' },
    /regions: there is no Region us-east-3 \(did you mean us-east-\d\?\)/,
  ],
  [
    'Regions without home',
    { homeRegion: 'us-east-1', regions: ['eu-west-1'] },
    'settings: regions: lacks homeRegion (us-east-1): global resources would be judged nowhere',
  ],
  [
    'Regions of two partitions',
    { regions: ['us-east-1', 'cn-north-1'] },
    'settings: regions: aws and aws-cn are partitions of their own, and no account is in two',
  ],
  ['no packs', { packs: [] }, /packs: expected at least 1 in the list/],
  ['a pack that is none', { packs: ['cots'] }, /packs\.0: expected root or identity or .*, not "/],
  [
    'a retention that CloudWatch Logs does not know',
    { functions: { logRetentionDays: 31 } },
    /functions\.logRetentionDays: expected 1 or /,
  ],
  [
    'a concurrency that stops a function',
    { functions: { reservedConcurrency: 0 } },
    /functions\.reservedConcurrency: expected 1 or more, not /,
  ],
  [
    'a topic that is none',
    { notifications: { topicArn: 'ops' } },
    /notifications\.topicArn: expected the ARN of an SNS topic/,
  ],
  [
    'a topic where nothing runs',
    { notifications: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops' } },
    'settings: notifications.topicArn: is in eu-west-1, where nothing runs (regions has us-east-1)',
  ],
  [
    'addresses that nothing would be sent to',
    {
      notifications: { topicArn: 'arn:aws:sns:us-east-1:111122223333:ops', emails: ['ops@example.com'] },
    },
    'settings: notifications.emails: no topic is made that they could be subscribed to: subscribe them to topicArn',
  ],
  [
    'a StackSet by its name',
    {
      organization: {
        organizationalUnits: ['r-ab12'],
        organizationId: 'o-abcdefghij',
        auditAccountId: '111122223333',
        dependsOn: ['EnableConfig'],
      },
    },
    /organization\.dependsOn\.0: expected the ARN of a StackSet/,
  ],
  ...(
    [
      ['a delivery bucket that is none', { bucket: 's3://logs' }, 'bucket: expected the name of a bucket'],
      [
        'a prefix with AWSLogs in it',
        { bucket: 'logs', prefix: 'a/AWSLogs' },
        'prefix: expected what stands',
      ],
      ['a prefix that begins with a slash', { bucket: 'logs', prefix: '/a' }, 'prefix: expected what stands'],
      ['a prefix with a wildcard', { bucket: 'logs', prefix: 'a*' }, 'prefix: expected what stands'],
      [
        'a key by its alias',
        { bucket: 'logs', kmsKeyArn: 'alias/x' },
        'kmsKeyArn: expected the ARN of a KMS',
      ],
    ] as const
  ).map(([title, deliveryBucket, says]): [string, object, RegExp] => [
    title,
    {
      organization: {
        organizationalUnits: ['r-ab12'],
        organizationId: 'o-abcdefghij',
        auditAccountId: '111122223333',
        fleet: { deliveryBucket },
      },
    },
    new RegExp(`organization\\.fleet\\.deliveryBucket\\.${says}`),
  ]),
  [
    'an address that is none',
    { notifications: { emails: ['ops'] } },
    /notifications\.emails\.0: expected an email address/,
  ],
  [
    'an organizational unit that is none',
    {
      organization: {
        organizationalUnits: ['prod'],
        organizationId: 'o-abcdefghij',
        auditAccountId: '111122223333',
      },
    },
    /organization\.organizationalUnits\.0: expected an id such as ou-/,
  ],
  [
    'a control misspelt',
    { controls: { 's3-publik': {} } },
    'settings: controls.s3-publik: there is no such control (did you mean s3-public?)',
  ],
  [
    'a control that is none',
    { controls: { zzzzzzzzzz: {} } },
    'settings: controls.zzzzzzzzzz: there is no such control (see groundrules controls)',
  ],
  // As long as there are some.
  ...controls
    .filter(isPlanned)
    .slice(0, 1)
    .map(({ id }): (typeof wrong)[number] => [
      'a control that is planned',
      { controls: { [id]: { enabled: true } } },
      `settings: controls.${id}: its rule is planned, not built yet`,
    ]),
  [
    'a control on, and its pack left out',
    { packs: ['root'], controls: { 's3-public': { enabled: true } } },
    'settings: controls.s3-public.enabled: its pack, workloads, is not among packs',
  ],
  [
    'a parameter misspelt',
    { controls: { 'sg-open-ports': { parameters: { allowedTcpPort: '443' } } } },
    'settings: controls.sg-open-ports.parameters.allowedTcpPort: there is no such parameter (did you mean allowedTcpPorts?)',
  ],
  [
    'a value that the rule would refuse',
    { controls: { 'sg-open-ports': { parameters: { allowedTcpPorts: 'https' } } } },
    /controls\.sg-open-ports\.parameters: sg-open-ports: .*allowedTcpPorts.*https/,
  ],
  [
    'a value that is no text',
    { controls: { 'access-key-age': { parameters: { maxAgeDays: 90 } } } },
    /controls\.access-key-age\.parameters\.maxAgeDays: expected a text, not /,
  ],
  [
    'a parameter of a process check',
    { controls: { 'root-dual-control': { parameters: { days: '1' } } } },
    'settings: controls.root-dual-control.parameters: a process check has none',
  ],
  [
    "a document's parameter misspelt",
    { controls: { 's3-public': { remediation: { parameters: { scope: 'All' } } } } },
    'settings: controls.s3-public.remediation.parameters.scope: there is no such parameter (did you mean Scope?)',
  ],
  [
    "a document's value that it would refuse",
    { controls: { 's3-public': { remediation: { parameters: { Scope: 'Some' } } } } },
    /controls\.s3-public\.remediation\.parameters: .*Scope.*Some/,
  ],
  [
    'a role for a document of ours',
    { controls: { 's3-public': { remediation: { roleArn: 'arn:aws:iam::111122223333:role/x' } } } },
    'settings: controls.s3-public.remediation.roleArn: only a document that AWS owns takes one',
  ],
  [
    'a remediation of a process check',
    { controls: { 'root-dual-control': { remediation: { mode: 'manual' } } } },
    /controls\.root-dual-control\.remediation: there is nothing that could be run: /,
  ],
  [
    'a mode that is none',
    { remediation: { mode: 'auto' } },
    /remediation\.mode: expected off or manual or automatic, not "/,
  ],
];

test.each(wrong)('refuses %s', (_, settings, message) => {
  const read = () => readSettings(settings);
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(typeof message === 'string' ? new RegExp(`^${literally(message)}$`) : message);
});
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test("AWS's own documents need a role where AWS does not say what they call, and their own resource ids", () => {
  const own = (id: string, remediation: object) => () =>
    readSettings({ controls: { [id]: { remediation } } });
  const roleArn = 'arn:aws:iam::111122223333:role/fix';
  expect(own('ec2-managed-by-ssm', { mode: 'manual' })).toThrow(
    /controls\.ec2-managed-by-ssm\.remediation\.roleArn: is missing: AWS does not publish what AWS-SetupManagedRoleOnEc2Instance calls/,
  );
  expect(own('iam-password-policy', { mode: 'manual' })).not.toThrow();
  expect(own('iam-password-policy', { roleArn })).not.toThrow();
  expect(own('iam-password-policy', { mode: 'off' })).not.toThrow();
  expect(own('least-privilege-admin-attachments', { roleArn })).toThrow(/start it by hand/);
  expect(own('os-patching', { roleArn })).toThrow(/start it by hand/);
});

describe('a file', () => {
  let folder: string;
  const file = (text: string | Buffer) => {
    const path = join(folder, 'groundrules.config.json');
    writeFileSync(path, text);
    return path;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'groundrules-settings-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is read, its schema aside', () => {
    expect(loadSettings(file('{"$schema": "./x.json", "packs": ["root"]}')).packs).toEqual(['root']);
  });
  test('is read as Windows PowerShell writes it', () => {
    const text = Buffer.from('\uFEFF{"packs": ["root"]}', 'utf16le');
    expect(loadSettings(file(text)).packs).toEqual(['root']);
  });
  test('that is not there, is no JSON, or is wrong is named in the message', () => {
    expect(() => loadSettings(join(folder, 'none.json'))).toThrow(/none\.json: there is no such file/);
    expect(() => loadSettings(file('{'))).toThrow(/groundrules\.config\.json:1:2: is no JSON: /);
    expect(() => loadSettings(file('{"pack": []}'))).toThrow(
      /groundrules\.config\.json:1:10: pack: there is no such setting/,
    );
  });
  test('with a key twice is an error at its second place, wherever it is', () => {
    const text =
      '{\n  "homeRegion": "us-east-1",\n  "controls": { "s3-public": { "enabled": true,\n\t"enabled": false } },\n  "home\\u0052egion": "eu-west-1"\n}';
    expect(() => loadSettings(file(text))).toThrow(
      /\.json:4:2: enabled: is there a second time; 5:3: home\\u0052egion: is there a second time$/,
    );
    expect(() => loadSettings(file('{"homeRegion": "us-east-1", "$schema": "a", "$schema": "b"}'))).toThrow(
      /:1:45: \$schema: /,
    );
  });

  test('has line and column of each problem, as near as the file has it', () => {
    const text = `{
  "regions": ["us-east-1"],
  "tags": { "aws:a.b": "x" },
  "controls": {
    "s3-public": { "remediation": { "parameters": {
      "Scope": "Some" } } }
  }
}`;
    const wrong = (said: string) => () => loadSettings(file(said));
    expect(wrong(text)).toThrow(/\.json:3:24: tags\.aws:a\.b: expected 1 to 128 letters/);
    expect(wrong(text.replace('aws:a.b', 'a'))).toThrow(
      /\.json:5:51: controls\.s3-public\.remediation\.parameters/,
    );
    expect(wrong(text.replace('us-east-1', 'us-east-9').replace('aws:a.b', 'a'))).toThrow(
      /\.json:2:14: regions: there is no Region us-east-9.*; 2:14: regions: lacks homeRegion/,
    );
    const inFile = file('{\n  "controls": { "s3-public": {} }\n}');
    expect(placedIn(inFile, 'controls.s3-public.parameters: x')).toBe(
      `${inFile}:2:30: controls.s3-public.parameters: x`,
    );
  });
});

test('the published schema is this one, and the example in examples/ goes by it', () => {
  const published = JSON.parse(readFileSync('groundrules.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(settingsSchema())));
  expect(() => loadSettings('examples/groundrules.config.json')).not.toThrow();
});
