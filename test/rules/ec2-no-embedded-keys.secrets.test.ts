/** Whatever goes wrong, nothing that Groundrules says or writes has a secret in it, or the whole id of a key. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { liveSource } from '../../account/live/source.ts';
import { ASKS } from '../../account/services/live.ts';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { collect } from '../../cli/collect/collect.ts';
import { FORMAT_NAMES } from '../../report/formats/names.ts';
import rule from '../../rules/ec2-no-embedded-keys/rule.ts';
import { ACCOUNT, accountFolder, folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call, worldOf } from '../cli/support.ts';
import { lambda, lambdaEvent, NOW, scheduled } from '../config/support/lambda.ts';
import { type StandIn, startStandIn } from '../support/aws/stand-in.ts';
import { judged } from '../support/memory.ts';
import { verdictsOf } from '../support/verdicts.ts';
import { base64, gzip64, ID, SECRET, script } from './ec2-no-embedded-keys/packed.ts';
import situations from './ec2-no-embedded-keys/situations.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(async () => {
  await removeFolders();
  await standIn?.stop();
});

const PLANTED = script(`export AWS_ACCESS_KEY_ID=${ID}`, `export AWS_SECRET_ACCESS_KEY=${SECRET}`);
/** What would give it away: the secret, the id, and any form of them that can be read back. */
const TELLING = [
  SECRET,
  SECRET.slice(4, 24),
  ID,
  ID.slice(4, 16),
  base64(PLANTED),
  base64(PLANTED).slice(48, 90),
];
const telling = (text: string) => TELLING.filter((one) => text.includes(one));

const STATE = { LaunchTime: '2026-10-01T00:00:00+00:00', State: { Code: 16, Name: 'running' } };
const TEMPLATE = {
  LaunchTemplateId: 'lt-0a',
  LaunchTemplateName: 'web',
  VersionNumber: 1,
  DefaultVersion: true,
};
const attribute = (id: string) => `us-east-1/ec2/describe-instance-attribute/${id}.json`;

/** Everything that can be wrong with an answer, with the secret in it. */
const WRONG: Readonly<Record<string, unknown>> = {
  'i-key': { InstanceId: 'i-key', UserData: { Value: base64(PLANTED) } },
  'i-gzip': { InstanceId: 'i-gzip', UserData: { Value: gzip64(PLANTED) } },
  'i-large': { InstanceId: 'i-large', UserData: { Value: gzip64(PLANTED + ' '.repeat(2 ** 20)) } },
  'i-plain': { InstanceId: 'i-plain', UserData: { Value: PLANTED } },
  'i-text': { InstanceId: 'i-text', UserData: PLANTED },
  'i-object': { InstanceId: 'i-object', UserData: { Value: { [SECRET]: SECRET } } },
  'i-list': [SECRET, base64(PLANTED)],
  'i-json': `{"UserData": {"Value": "${base64(PLANTED)}"`,
  'i-script': PLANTED,
  'i-line': `${ID}\t${SECRET}`,
  'i-digest': { UserDataDigest: { Keys: [{ Kind: SECRET, Line: 1 }] } },
  'i-reason': { UserDataDigest: { Keys: [], Unread: SECRET } },
  'i-lines': { UserDataDigest: { Keys: [{ Kind: 'secretKey', Line: SECRET }] } },
};
const FILES = {
  'us-east-1/ec2/describe-instances.json': {
    Reservations: [{ Instances: Object.keys(WRONG).map((InstanceId) => ({ InstanceId, ...STATE })) }],
  },
  ...Object.fromEntries(Object.entries(WRONG).map(([id, answer]) => [attribute(id), answer])),
  'us-east-1/ec2/describe-launch-template-versions.json': {
    LaunchTemplateVersions: [
      { ...TEMPLATE, LaunchTemplateData: { UserData: base64(PLANTED) } },
      { ...TEMPLATE, LaunchTemplateId: 'lt-0b', LaunchTemplateData: { UserData: PLANTED } },
      { ...TEMPLATE, LaunchTemplateId: 'lt-0c', LaunchTemplateData: { UserData: { [SECRET]: SECRET } } },
      { ...TEMPLATE, LaunchTemplateId: 'lt-0d', LaunchTemplateData: SECRET },
    ],
  },
};

test('what is planted would be found', () => {
  expect(telling(inspect(FILES, { depth: 9, maxStringLength: null }))).not.toEqual([]);
});

describe('evaluate, in the format', () => {
  test.each(FORMAT_NAMES)('%s', async (format) => {
    const folder = await accountFolder(FILES);
    const { world, text, notes } = worldOf({ env: { COLUMNS: '400' } });
    await call('evaluate', [folder], { rule: rule.id, format, now: NOW.toISOString() }, world);
    expect(text()).toContain('i-key');
    expect(telling(`${text()}\n${notes.join('\n')}`)).toEqual([]);
  });
});

test('findings and errors, with all that hangs on them', async () => {
  const { account } = snapshotAccount(await accountFolder(FILES));
  const said = [];
  for await (const one of rule.judge(account, { ignoreKeyIds: [], exemptTagKey: undefined }, { now: NOW }))
    said.push(one);
  expect(said).toHaveLength(Object.keys(WRONG).length + 4);
  expect(said.filter(({ compliance }) => compliance === 'COMPLIANT')).toEqual([]);
  expect(telling(inspect(said, { depth: 20, showHidden: true, maxStringLength: null }))).toEqual([]);
});

test.each(['i-key', 'i-json', 'i-script'])('a file by itself: %s', async (id) => {
  const folder = await folderOf({ 'answer.json': WRONG[id] });
  const { world, text, notes } = worldOf();
  const failed = await call('evaluate', [join(folder, 'answer.json')], {}, world).catch(String);
  expect(telling(`${text()}\n${notes.join('\n')}\n${failed}`)).toEqual([]);
});

describe('the function', () => {
  const readings = Object.fromEntries(
    Object.entries(FILES).map(([path, answer]) => [
      path,
      typeof answer === 'string' ? { is: answer } : answer,
    ]),
  );

  test('what it logs, throws and reports', async () => {
    const { handler, logged, puts } = lambda(readings, { rule });
    const failed = await handler(lambdaEvent(scheduled)).catch((error: unknown) => error);
    expect(puts().length).toBeGreaterThan(0);
    const all = inspect([logged, failed, puts()], { depth: 20, showHidden: true, maxStringLength: null });
    expect(all).toContain('i-key');
    expect(telling(all)).toEqual([]);
  });

  test('what its document gets, of which records are made', async () => {
    const { handler } = lambda(
      { ...readings, 'us-east-1/ssm/describe-ops-items.json': { OpsItemSummaries: [] } },
      { rule },
    );
    const accountId = ACCOUNT;
    for (const mode of ['Preview', 'Apply']) {
      const asked = { mode, resourceId: 'i-key', resourceType: 'AWS::EC2::Instance', accountId };
      const planned = await handler({ task: 'plan', ...asked });
      expect(JSON.stringify(planned)).toContain('AKIA…WXYZ');
      const reported = await handler({
        task: 'report',
        ...asked,
        before: (planned as never as { before: string }).before,
      });
      expect(telling(JSON.stringify([planned, reported]))).toEqual([]);
    }
  });
});

const live = (readings: object) => {
  standIn.reset(readings as never);
  return liveSource({
    accountId: ACCOUNT,
    regions: ['us-east-1'],
    asks: ASKS,
    config: {
      endpoint: standIn.endpoint,
      credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nobody' },
      maxAttempts: 1,
    },
  });
};
const collected = async (readings: object, withUserData = false) => {
  const folder = await folderOf({});
  const done = await collect({ source: live(readings), rules: [rule], folder, now: NOW, withUserData });
  const files = readdirSync(done.folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(done.folder, file))
    .filter((file) => statSync(file).isFile());
  return {
    folder: done.folder,
    text: files.map((file) => `${file}\n${readFileSync(file, 'utf8')}`).join('\n'),
  };
};

describe('collect', () => {
  const [instance] = [{ InstanceId: 'i-key', ...STATE }];
  const readings = {
    'us-east-1/ec2/describe-instances.json': { Reservations: [{ Instances: [instance] }] },
    [attribute('i-key')]: WRONG['i-key'],
    'us-east-1/ec2/describe-launch-template-versions.json': {
      LaunchTemplateVersions: FILES[
        'us-east-1/ec2/describe-launch-template-versions.json'
      ].LaunchTemplateVersions.slice(0, 2),
    },
  };

  test('keeps what it found', async () => {
    const { text } = await collected(readings);
    expect(text).toContain('AKIA…WXYZ');
    expect(telling(text)).toEqual([]);
  });

  test('keeps user data only when it is told to', async () => {
    const { text } = await collected(readings, true);
    expect(telling(text)).toContain(base64(PLANTED));
  });

  test.each(situations.situations.filter(({ filesOnly, regions }) => !filesOnly && !regions))(
    'what it keeps is judged as the account is: $situation',
    async (situation) => {
      const { folder, text } = await collected(
        Object.fromEntries(Object.entries(situation.readings).filter(([, one]) => one !== undefined)),
      );
      const { account } = snapshotAccount(folder);
      const said = await judged(rule, account, { ...situation.parameters }, { now: NOW });
      expect(said.map(({ compliance, code, annotation }) => [compliance, code ?? annotation])).toEqual(
        expect.arrayContaining(
          verdictsOf(situation).map(([, [compliance, words]]) => [
            compliance,
            words === 'NotCollected' ? expect.anything() : words,
          ]),
        ),
      );
      expect(text.includes(SECRET)).toBe(false);
    },
  );
});
