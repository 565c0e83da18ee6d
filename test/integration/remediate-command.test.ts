/** `groundrules remediate`: previews, evaluations as a whole, and wrong calls. */
import { writeFileSync } from 'node:fs';
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeleteBucketCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import type { Answer } from '../../cli/program/ask.ts';
import { startMiddle } from './support/middle.ts';
import { MOTO_ACCOUNT } from './support/moto.ts';
import { differences, takePicture } from './support/picture.ts';
import { results, useRemediate, WEBSITE, YES } from './support/remediate.ts';

jest.setTimeout(60_000);
const { moto, s3, publicBucket, flags, remediate, json, records } = useRemediate();
const look = () => takePicture(moto.client());

describe('a preview', () => {
  test('shows what would change, and changes nothing', async () => {
    await publicBucket();
    const before = await look();
    const { status, out, notes } = await remediate(WEBSITE);
    expect({ status, notes }).toEqual({ status: 0, notes: '' });
    expect(out).toMatch(
      /^s3-public: moonjar-website CRITICAL, account 123456789012, us-east-1\nNON_COMPLIANT: /,
    );
    expect(out).toContain('1. RestrictPublicBuckets on');
    expect(out).toContain('RestrictPublicBuckets: true');
    expect(out).toMatch(/Nothing was changed\. Add --apply/);
    expect(differences(before, await look())).toEqual([]);
    expect(records()).toEqual([]);
  });

  test('finds a bucket in another Region than the default', async () => {
    await publicBucket('moonjar-dublin', 'eu-west-1');
    const { status, report } = await json(['s3-public', 'moonjar-dublin']);
    expect(status).toBe(0);
    expect(report).toMatchObject({
      schemaVersion: '1.0',
      accountId: MOTO_ACCOUNT,
      mode: 'Preview',
      executions: [
        {
          outcome: 'WouldChange',
          region: 'eu-west-1',
          plan: { steps: [{ api: 's3:PutPublicAccessBlock' }] },
        },
      ],
      summary: { WouldChange: 1 },
    });
  });

  test('takes parameters of the rule and of the document', async () => {
    await publicBucket();
    const all = await remediate(WEBSITE, { parameter: ['Scope=All'] });
    expect(all.out).toContain('BlockPublicAcls: true');
    const parameters = '{"s3-public":{"exemptBuckets":"moonjar-website"}}';
    const exempt = await remediate(WEBSITE, { parameters });
    expect(exempt).toMatchObject({ status: 0, out: expect.stringContaining('NOT_APPLICABLE') });
    await expect(remediate(WEBSITE, { parameter: ['Scope=Some'] })).rejects.toMatchObject({
      code: 'InvalidAutomationExecutionParameters',
      message: expect.stringContaining('"Some" is none of "Cause", "All"'),
    });
  });

  test('of a resource that is not there is a wrong call', async () => {
    const { status, out, notes } = await remediate(['s3-public', 'moonjar-nowhere']);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(notes).toMatch(
      /there is no AWS::S3::Bucket moonjar-nowhere in any Region of account 123456789012/,
    );
    const group = await remediate(['sg-open-ports', 'sg-0123456789abcdef0']);
    expect(group.status).toBe(2);
    expect(group.notes).toMatch(/in us-east-1 of account 123456789012\. .*--region looks in another Region$/);
  });

  test('of an id of the wrong form says what is expected', async () => {
    await expect(remediate(['sg-open-ports', 'web'])).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(
        /^"web" is no id of AWS::EC2::SecurityGroup \(.*evaluate --live --rule sg-open-ports/,
      ),
    });
    await expect(remediate(['s3-public'])).rejects.toThrow(/which resource\?/);
    await expect(remediate(['root-mfa', '210987654321'])).rejects.toThrow('210987654321 is another account');
    await expect(remediate(['access-key-age', 'nobody'])).rejects.toThrow(
      /there is no IAM user nobody in account/,
    );
  });

  test('that cannot be made is no preview', async () => {
    await publicBucket();
    const middle = await startMiddle(moto.endpoint);
    try {
      const policy = async () => {
        const { length } = middle.seen;
        await remediate(WEBSITE, { endpointUrl: middle.endpoint });
        return middle.seen.findIndex(({ what }, index) => index >= length && what.endsWith('?policy'));
      };
      middle.reset({ kind: 'AccessDenied', call: await policy() });
      const { status, out, notes } = await remediate(WEBSITE, { endpointUrl: middle.endpoint });
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(notes).toMatch(/s3-public moonjar-website: Plan: .*s3:GetBucketPolicy.*access denied/i);
    } finally {
      await middle.stop();
    }
  });
});

test('a user by name', async () => {
  await new IAMClient(moto.client()).send(new CreateUserCommand({ UserName: 'minseo.lee' }));
  // moto's unique ids do not begin with AIDA: that it is refused shows that the name was looked up.
  await expect(remediate(['access-key-age', 'minseo.lee'])).rejects.toThrow(
    /^"[a-z0-9]{20}" is no id of AWS::IAM::User/,
  );
});

describe('--from', () => {
  test('walks an evaluation, over Regions, past what fails and what is gone', async () => {
    await publicBucket();
    await publicBucket('moonjar-dublin', 'eu-west-1');
    await publicBucket('moonjar-gone');
    await s3().send(new DeleteBucketCommand({ Bucket: 'moonjar-gone' }));
    const from = await results(
      'not a bucket’s name',
      'moonjar-gone',
      'moonjar-website',
      { resourceId: 'moonjar-dublin', region: 'eu-west-1' },
      { resourceId: 'elsewhere', accountId: '210987654321' },
    );
    const preview = await remediate([], { from });
    expect(preview.status).toBe(2);
    expect(preview.notes).toMatch(
      /left out: 1 of account 210987654321.*\n.*not a bucket’s name: .*does not match/,
    );
    expect(preview.out).toMatch(/\n2 would change, 1 failed, 1 gone\n$/);

    const questions: string[] = [];
    const answer = (question: string) => questions.push(question) > 0;
    const { status, report } = await json([], { from, apply: true }, { answer });
    expect(questions).toEqual([
      '1 of 2: Apply this change to moonjar-website in account 123456789012 (us-east-1)?',
      '2 of 2: Apply this change to moonjar-dublin in account 123456789012 (eu-west-1)?',
    ]);
    // Something failed, though nothing had to be taken back.
    expect({ status, summary: report.summary }).toEqual({
      status: 1,
      summary: { Failed: 1, NotFound: 1, Done: 2 },
    });
    expect([await flags(), await flags('moonjar-dublin', 'eu-west-1')]).toEqual([
      expect.objectContaining({ RestrictPublicBuckets: true }),
      expect.objectContaining({ RestrictPublicBuckets: true }),
    ]);

    const undone = await json([], { undo: records(), yes: true });
    expect(undone).toMatchObject({ status: 0, report: { summary: { Done: 2 } } });
    expect([await flags(), await flags('moonjar-dublin', 'eu-west-1')]).toEqual([undefined, undefined]);
  });

  describe('asks for each resource', () => {
    const names = ['moonjar-a', 'moonjar-b', 'moonjar-c', 'moonjar-d'];
    test.each<[answers: Answer[], done: string[], status: number]>([
      [['yes', 'no', 'yes', 'no'], ['moonjar-a', 'moonjar-c'], 1],
      [['no', 'all'], ['moonjar-b', 'moonjar-c', 'moonjar-d'], 1],
      [['all'], names, 0],
      [['yes', 'quit'], ['moonjar-a'], 1],
      [['quit'], [], 1],
    ])('%j', async (answers, done, expected) => {
      for (const name of names) await publicBucket(name);
      const from = await results(...names);
      let asked = 0;
      const choose = () => answers[asked++] ?? 'quit';
      const { status, out } = await remediate([], { from, apply: true }, { choose });
      expect([asked, status]).toEqual([answers.length, expected]);
      for (const name of names) {
        expect([name, Boolean(await flags(name))]).toEqual([name, done.includes(name)]);
      }
      const left = names.length - done.length;
      const said = [done.length > 0 && `${done.length} done`, left > 0 && `${left} not confirmed`];
      expect(out).toContain(`\n${said.filter(Boolean).join(', ')}\n`);
      expect(records()).toHaveLength(done.length);
    });

    test('right after it has shown the resource whole, and each is changed before the next question', async () => {
      for (const name of names) await publicBucket(name);
      const blocked: number[] = [];
      const choose = async (): Promise<Answer> => {
        const all = await Promise.all(names.map((name) => flags(name)));
        blocked.push(all.filter(Boolean).length);
        return 'yes';
      };
      const { notes } = await json([], { from: await results(...names), apply: true }, { choose });
      expect(blocked).toEqual([0, 1, 2, 3]);
      expect(notes.match(/RestrictPublicBuckets: true/g)).toHaveLength(names.length);
    });

    test('an interrupt at a question ends the walk', async () => {
      for (const name of names) await publicBucket(name);
      const choose = (_question: string, interrupt: () => void): Answer => {
        interrupt();
        return 'quit';
      };
      const { status, report } = await json([], { from: await results(...names), apply: true }, { choose });
      expect({ status, summary: report.summary }).toEqual({
        status: 130,
        summary: { Declined: 1, Cancelled: 3 },
      });
      expect(records()).toEqual([]);
    });
  });

  test('never takes what the settings have turned off, whatever names it', async () => {
    await publicBucket();
    const off = { remediation: { mode: 'off' } };
    const from = await results('moonjar-website');
    for (const settings of [off, { controls: { 's3-public': off } }]) {
      writeFileSync('groundrules.config.json', JSON.stringify(settings));
      const all = await json([], { from, ...YES });
      expect(all).toMatchObject({
        status: 0,
        notes: expect.stringContaining(
          'left out: 1 of s3-public, whose remediation is off in groundrules.config.json',
        ),
        report: { executions: [] },
      });
      expect((await json([], { from, rule: ['s3-public'], ...YES })).report.executions).toEqual([]);
      await expect(remediate([], { from, resource: ['moonjar-*'], ...YES })).rejects.toThrow(
        '--resource moonjar-*: it matches only what is left out',
      );
      await expect(remediate(WEBSITE, YES)).rejects.toThrow(/the remediation of s3-public is off in/);
    }
    expect([await flags(), records()]).toEqual([undefined, []]);
    writeFileSync('groundrules.config.json', JSON.stringify({ controls: { 'sg-open-ports': off } }));
    expect((await json([], { from, ...YES })).report.summary).toEqual({ Done: 1 });
  });

  test('--max bounds how many are changed, and says how many are left', async () => {
    const names = ['moonjar-a', 'moonjar-b', 'moonjar-c', 'moonjar-d'];
    for (const name of names) await publicBucket(name);
    await s3().send(
      new PutPublicAccessBlockCommand({
        Bucket: 'moonjar-a',
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      }),
    );
    const from = await results(...names);
    const { status, out } = await remediate([], { from, ...YES, max: '2' });
    expect(status).toBe(1);
    expect(out).toMatch(/\n2 done, 1 with nothing to do; 1 more resource not looked at \(--max 2/);
    expect([await flags('moonjar-c'), await flags('moonjar-d')]).toEqual([
      expect.objectContaining({ RestrictPublicBuckets: true }),
      undefined,
    ]);
  });

  test('of another account alone is a wrong call', async () => {
    const from = await results({ resourceId: 'x', accountId: '210987654321' });
    await expect(remediate([], { from })).rejects.toThrow(
      /it is of account 210987654321, the credentials are of 123456789012/,
    );
  });

  test('with nothing in it has nothing to do', async () => {
    const { status, out } = await remediate([], { from: await results(), ...YES });
    expect({ status, out }).toEqual({ status: 0, out: 'nothing to fix\n' });
  });

  test('--rule and --region choose from it', async () => {
    await publicBucket();
    const from = await results('moonjar-website');
    expect((await json([], { from, rule: ['sg-open-ports'] })).report.executions).toEqual([]);
    expect((await json([], { from, severity: 'critical' })).report.executions).toHaveLength(1);
    expect((await json([], { from, resource: ['*-website'] })).report.executions).toHaveLength(1);
    expect(await json([], { from, region: 'eu-west-1' })).toMatchObject({
      notes: 'left out: 1 in us-east-1: --region is eu-west-1',
      report: { executions: [] },
    });
  });
});

describe('a wrong call', () => {
  const wrong: [args: string[], options: object, message: RegExp][] = [
    [[], {}, /^what is to be fixed\?/],
    [['s3-publc', 'x'], {}, /did you mean s3-public\?/],
    [['s3-public', ''], {}, /the resource id is empty/],
    [
      WEBSITE,
      { apply: true },
      /this is no terminal, so nobody can be asked: look at the preview, .*add --yes\. Nothing was changed$/,
    ],
    [[], { undo: ['x.json'] }, /nobody can be asked: add --yes/],
    [WEBSITE, { yes: true }, /--yes goes with --apply or --undo/],
    [WEBSITE, { apply: true, undo: ['x'] }, /--apply and --undo exclude each other/],
    [WEBSITE, { from: 'x.json' }, /leave s3-public out/],
    [[], { from: 'x.json', undo: ['y'] }, /--undo and --from exclude each other/],
    [[], { from: 'x.json', record: 'r', ...YES }, /--record names the record of one run/],
    [WEBSITE, { record: 'r' }, /--record names the record of one run/],
    [WEBSITE, { max: '3' }, /--rule, --severity, --resource and --max go with --from/],
    [WEBSITE, { severity: 'HIGH' }, /--rule, --severity, --resource and --max go with --from/],
    [WEBSITE, { resource: ['x'] }, /--rule, --severity, --resource and --max go with --from/],
    [[], { from: 'x.json', max: '0' }, /--max 0: expected/],
    [[], { from: 'x.json', max: '1e3' }, /--max 1e3: expected/],
    [WEBSITE, { region: 'eu-west-1,us-east-1' }, /not an AWS Region/],
    [
      [],
      { undo: ['x.json'], yes: true, region: 'eu-west-1' },
      /--undo takes parameters and Region from the record/,
    ],
    [WEBSITE, { format: 'yaml' }, /--format yaml: expected text or json/],
    [WEBSITE, { parameter: ['scope=All'] }, /did you mean Scope\?/],
    [WEBSITE, { parameters: '{"s3-public":{"colour":"red"}}' }, /there is no parameter "colour"/],
  ];
  test.each(wrong)('%j %j', async (args, options, message) => {
    await expect(remediate(args, options)).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(message),
    });
    expect(records()).toEqual([]);
  });

  test.each<[options: object, message: RegExp]>([
    [{ severity: 'SEVERE' }, /^--severity SEVERE: expected CRITICAL, HIGH, MEDIUM or LOW/],
    [{ resource: ['moonjar-websit'] }, /it matches nothing .*\(did you mean moonjar-website\?\)/],
    [{ resource: [''] }, /^--resource: the value is empty/],
    [{ rule: [''] }, /^--rule: the value is empty/],
    [{ parameter: ['Scop=All'] }, /did you mean Scope\?/],
  ])('%j of an evaluation is found before credentials are asked for', async (options, message) => {
    const from = await results('moonjar-website');
    const endpointUrl = 'http://127.0.0.1:9';
    await expect(remediate([], { from, endpointUrl, ...options })).rejects.toMatchObject({
      code: 'Usage',
      message: expect.stringMatching(message),
    });
  });

  test('--from - cannot be asked about, even on a terminal', async () => {
    await expect(remediate([], { from: '-', apply: true }, { answer: () => true })).rejects.toThrow(
      /^standard input is the results, so nobody can be asked/,
    );
  });
});
