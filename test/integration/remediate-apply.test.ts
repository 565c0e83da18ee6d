/** `groundrules remediate --apply` and `--undo`. */
import { writeFileSync } from 'node:fs';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { PutBucketWebsiteCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { openKey } from '../../cli/remediate/key.ts';
import { MemberRoots, startMemberRoots } from './support/member-roots.ts';
import { startMiddle } from './support/middle.ts';
import { MOTO_ACCOUNT } from './support/moto.ts';
import { differences, takePicture } from './support/picture.ts';
import { type Around, recordAt, results, rewrite, useRemediate, WEBSITE, YES } from './support/remediate.ts';

jest.setTimeout(60_000);
const { moto, s3, publicBucket, flags, remediate, json, records } = useRemediate();
const look = () => takePicture(moto.client());

describe('--apply', () => {
  test('asks, applies, keeps a record, and --undo brings it back', async () => {
    await publicBucket();
    const before = await look();
    const questions: string[] = [];
    const answer = (question: string) => {
      questions.push(question);
      return true;
    };
    const applied = await remediate(WEBSITE, { apply: true }, { answer });
    expect(applied.status).toBe(0);
    expect(questions).toEqual(['Apply this change to moonjar-website in account 123456789012 (us-east-1)?']);
    expect(applied.out).toMatch(
      /Done\. Changed: RestrictPublicBuckets on.*\nRecord: groundrules-executions\//s,
    );
    expect(await flags()).toMatchObject({ RestrictPublicBuckets: true });

    const [file = ''] = records();
    expect(recordAt(file)).toMatchObject({
      schemaVersion: '1.0',
      rule: 's3-public',
      resourceId: 'moonjar-website',
      status: 'Success',
      accountId: MOTO_ACCOUNT,
      parameters: { Mode: 'Apply', BucketName: 'moonjar-website' },
      outputs: { 'Plan.Before': expect.stringContaining('"set":["restrictPublicBuckets"]') },
    });

    const again = await remediate(WEBSITE, YES);
    expect(again).toMatchObject({ status: 0, out: expect.stringContaining('nothing to change') });
    expect(records()).toHaveLength(1);

    const undone = await remediate([], { undo: [file] }, { answer });
    expect(undone.status).toBe(0);
    expect(undone.out).toContain('1. RestrictPublicBuckets off again');
    expect(questions[1]).toBe(
      'Undo: make this change to moonjar-website in account 123456789012 (us-east-1)?',
    );
    expect(differences(before, await look())).toEqual([]);
    const twice = await json([], { undo: [file], yes: true });
    expect(twice).toMatchObject({
      status: 0,
      report: { mode: 'Undo', executions: [{ outcome: 'Nothing', changed: false }] },
    });
  });

  test('with no for an answer changes nothing', async () => {
    await publicBucket();
    const { status, report } = await json(WEBSITE, { apply: true }, { answer: () => false });
    expect({ status, executions: report.executions }).toMatchObject({
      status: 1,
      executions: [{ outcome: 'Declined' }],
    });
    expect([await flags(), records()]).toEqual([undefined, []]);
  });

  test('where the result is JSON, whoever is asked sees what about', async () => {
    await publicBucket();
    const { notes, report } = await json(WEBSITE, { apply: true }, { answer: () => true });
    expect(notes).toContain('1. RestrictPublicBuckets on');
    expect(report.executions[0]).toMatchObject({
      outcome: 'Done',
      changed: true,
      record: expect.any(String),
      remaining: [],
    });
  });

  test('does nothing when the plan is no longer what was shown', async () => {
    await publicBucket();
    const block = new PutPublicAccessBlockCommand({
      Bucket: 'moonjar-website',
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    const answer = async () => {
      await s3().send(block);
      return true;
    };
    const { status, report } = await json(WEBSITE, { apply: true }, { answer });
    expect({ status, executions: report.executions }).toMatchObject({
      status: 2,
      executions: [{ outcome: 'Stale', changed: false }],
    });
    expect(await flags()).toMatchObject({ BlockPublicAcls: true, RestrictPublicBuckets: false });
  });

  test('finds that somebody else has done it meanwhile', async () => {
    await publicBucket();
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    const answer = async () => {
      await s3().send(
        new PutPublicAccessBlockCommand({ Bucket: 'moonjar-website', PublicAccessBlockConfiguration }),
      );
      return true;
    };
    const { status, report } = await json(WEBSITE, { apply: true }, { answer });
    expect({ status, executions: report.executions }).toMatchObject({
      status: 0,
      executions: [{ outcome: 'Done', changed: false, applied: [] }],
    });
  });

  test('changes nothing when no record can be kept', async () => {
    await publicBucket();
    writeFileSync('groundrules-executions', 'a file in the folder’s place');
    const { status, report } = await json(WEBSITE, YES);
    expect({ status, executions: report.executions }).toMatchObject({
      status: 2,
      executions: [
        {
          outcome: 'Failed',
          changed: false,
          message: expect.stringContaining('the record could not be saved'),
        },
      ],
    });
    expect(await flags()).toBeUndefined();
  });

  test('--record names the record, and never one that is there', async () => {
    await publicBucket();
    expect((await remediate(WEBSITE, { ...YES, record: 'runs/one.json' })).status).toBe(0);
    expect(recordAt('runs/one.json').status).toBe('Success');
    await expect(remediate(WEBSITE, { ...YES, record: 'runs/one.json' })).rejects.toThrow(
      /there is such a file/,
    );
  });

  test('that fails halfway keeps a record that undoes it', async () => {
    await publicBucket();
    const middle = await startMiddle(moto.endpoint);
    try {
      const at = { endpointUrl: middle.endpoint };
      await remediate(WEBSITE, at);
      const looking = middle.seen.length;
      middle.reset();
      await remediate(WEBSITE, { ...YES, ...at });
      const change = middle.seen.findIndex(({ what }) => /^PUT .*publicAccessBlock/i.test(what));
      expect(change).toBeGreaterThan(looking);
      await remediate([], { undo: records(), yes: true });

      middle.reset({ kind: 'AccessDenied', call: change });
      const denied = await json(WEBSITE, { ...YES, ...at, record: 'denied.json' });
      expect(denied).toMatchObject({
        status: 1,
        report: {
          executions: [
            { outcome: 'Failed', changed: true, message: expect.stringMatching(/^Block: .*spoilt/) },
          ],
        },
      });
      expect(recordAt('denied.json')).toMatchObject({
        status: 'Failed',
        steps: expect.arrayContaining([expect.objectContaining({ name: 'Block', status: 'Failed' })]),
      });
      middle.reset();
      expect(await remediate([], { undo: ['denied.json'], yes: true })).toMatchObject({
        status: 0,
        out: expect.stringContaining('nothing is left to undo'),
      });
    } finally {
      await middle.stop();
    }
  });

  test('interrupted, it ends where it is', async () => {
    await publicBucket();
    await publicBucket('moonjar-second');
    const from = await results('moonjar-website', 'moonjar-second');
    const { status, report } = await json([], { from, ...YES }, { onApply: (interrupt) => interrupt() });
    expect({ status, summary: report.summary }).toEqual({ status: 130, summary: { Cancelled: 2 } });
    expect([await flags(), await flags('moonjar-second')]).toEqual([undefined, undefined]);
  });

  test('interrupted at the question, it changes nothing', async () => {
    await publicBucket();
    const answer = (_question: string, interrupt: () => void) => {
      interrupt();
      return false;
    };
    expect((await remediate(WEBSITE, { apply: true }, { answer })).status).toBe(130);
    expect([await flags(), records()]).toEqual([undefined, []]);
  });
});

test('what is refused stays, and is no success', async () => {
  const Bucket = 'moonjar-site';
  await publicBucket(Bucket, 'us-east-1', 's3:PutObject');
  const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
  await s3().send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
  const options = { parameter: ['allowPublicWebsite=true'] };
  const shown = await remediate(['s3-public', Bucket], options);
  expect(shown.status).toBe(0);
  expect(shown.out).toMatch(/Refused:\n {2}- RestrictPublicBuckets would/);
  const applied = await json(['s3-public', Bucket], { ...options, ...YES });
  expect(applied).toMatchObject({
    status: 1,
    report: { executions: [{ outcome: 'Refused', changed: false }] },
  });
});

describe('--undo', () => {
  async function applied(): Promise<string> {
    await publicBucket();
    await remediate(WEBSITE, { ...YES, record: 'one.json' });
    return 'one.json';
  }

  test('refuses a record of another account', async () => {
    const file = await applied();
    await rewrite('other.json', { ...recordAt(file), accountId: '210987654321' });
    await expect(remediate([], { undo: ['other.json'], yes: true })).rejects.toThrow(
      /accountId is 210987654321, the credentials are of 123456789012/,
    );
    expect(await flags()).toMatchObject({ RestrictPublicBuckets: true });
  });

  describe('of a record that somebody changed', () => {
    /** The flag was set before the run, as the record says now: bringing that back would change nothing. */
    async function edited() {
      const file = await applied();
      const record = recordAt(file);
      const before = String(record.outputs['Plan.Before']);
      const outputs = {
        ...record.outputs,
        'Plan.Before': before.replace('restrictPublicBuckets', 'blockPublicAcls'),
      };
      writeFileSync('edited.json', JSON.stringify({ ...record, outputs }, null, 2));
      return 'edited.json';
    }
    const undo = (file: string, more: object = {}) => ({ undo: [file], ...more });

    test.each([
      [
        'as a matter of course',
        { yes: true },
        /edited\.json: outputs\.Plan\.Before was changed since it was signed\. Nothing was changed: .*--trust-record/,
      ],
      ['with --trust-record, where nobody can be asked', { trustRecord: true }, /this is no terminal/],
      [
        'with --trust-record and --yes, where nobody can be asked',
        { trustRecord: true, yes: true },
        /--yes does not answer/,
      ],
    ])('is refused %s', async (_situation, more, message) => {
      const file = await edited();
      await expect(remediate([], undo(file, more))).rejects.toThrow(message);
      expect(await flags()).toMatchObject({ RestrictPublicBuckets: true });
    });

    test.each([
      ['no', false],
      ['yes', true],
    ])(
      'with --trust-record and --yes shows the changes, asks, and takes a %s for it',
      async (_said, answer) => {
        const file = await edited();
        await rewrite('signed.json', { ...recordAt(file), outputs: recordAt('one.json').outputs });
        const { signature: _, ...unsigned } = recordAt('signed.json') as unknown as Record<string, unknown>;
        writeFileSync('unsigned.json', JSON.stringify(unsigned));
        const questions: string[] = [];
        const around: Around = { answer: (question) => questions.push(question) > 0 && answer };
        const { status, out, notes } = await remediate(
          [],
          undo('unsigned.json', { trustRecord: true, yes: true }),
          around,
        );
        expect(notes).toContain('unsigned.json is taken on your word: signature is missing');
        expect(out).toContain('Would be brought back:');
        expect(questions).toHaveLength(1);
        expect(status).toBe(answer ? 0 : 1);
        expect(await flags()).toEqual(
          answer ? undefined : expect.objectContaining({ RestrictPublicBuckets: true }),
        );
      },
    );

    test('is refused where the key is gone, and by another user', async () => {
      const file = await applied();
      process.env.XDG_CONFIG_HOME = `${process.env.XDG_CONFIG_HOME}-of-another`;
      await expect(remediate([], undo(file, { yes: true }))).rejects.toThrow(
        /signature\.key is .*, and you have no key/,
      );
      await openKey();
      await expect(remediate([], undo(file, { yes: true }))).rejects.toThrow(
        /signature\.key is .*, yours is /,
      );
    });

    test('that is of two resources is refused, whoever signed it', async () => {
      const file = await applied();
      await rewrite('two.json', { ...recordAt(file), resourceId: 'moonjar-logs' });
      await expect(remediate([], undo('two.json', { yes: true }))).rejects.toThrow(
        /resourceId is "moonjar-logs", parameters\.BucketName is "moonjar-website"/,
      );
    });
  });

  test('refuses another resource than it was given', async () => {
    const file = await applied();
    await expect(remediate(['s3-public', 'moonjar-logs'], { undo: [file], yes: true })).rejects.toThrow(
      '--undo one.json: it is of s3-public for moonjar-website',
    );
    expect((await remediate(WEBSITE, { undo: [file], yes: true })).status).toBe(0);
  });

  test('refuses to undo an undo, and leaves it out among others', async () => {
    const file = await applied();
    await remediate([], { undo: [file], yes: true, record: 'undo.json' });
    await expect(remediate([], { undo: ['undo.json'], yes: true })).rejects.toThrow(
      /it is of an undo itself/,
    );
    const both = await remediate([], { undo: ['undo.json', file], yes: true });
    expect(both).toMatchObject({ status: 0, notes: 'left out: undo.json is of an undo' });
  });

  test('of a run that changed nothing has nothing to do', async () => {
    const file = await applied();
    const { steps, ...record } = recordAt(file);
    const stopped = steps.slice(
      0,
      steps.findIndex(({ name }) => name === 'Block'),
    );
    await rewrite('stopped.json', { ...record, steps: stopped });
    const { status, out } = await remediate([], { undo: ['stopped.json'], yes: true });
    expect(status).toBe(0);
    expect(out).toContain('That run changed nothing');
  });

  test('of a run that the machine did not survive brings it back', async () => {
    const file = await applied();
    const { steps, ...record } = recordAt(file);
    const at = steps.findIndex(({ name }) => name === 'Block');
    const cut = [
      ...steps.slice(0, at),
      { ...steps[at], status: 'InProgress', attempts: 0, endTime: undefined },
    ];
    await rewrite('cut.json', { ...record, status: 'InProgress', steps: cut });
    expect((await remediate([], { undo: ['cut.json'], yes: true })).status).toBe(0);
    expect(await flags()).toBeUndefined();
  });
});

describe('a document with an approval step', () => {
  const roots = new MemberRoots();
  async function asked(around: Around) {
    const organizations = new OrganizationsClient(moto.client());
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    const account = new CreateAccountCommand({ AccountName: 'm', Email: 'm@example.com' });
    const member = (await organizations.send(account)).CreateAccountStatus?.AccountId ?? '';
    const password = { createdAt: '2020-01-01T00:00:00Z' };
    roots.reset();
    roots.roots[member] = { password, accessKeys: [], certificates: [], mfaDevices: [] };
    const server = await startMemberRoots(moto.endpoint, roots);
    try {
      const options = { parameter: ['Approvers=alice'], endpointUrl: server.endpoint, ...YES };
      const { status, report } = await json(['member-root-credentials', member], options, around);
      return { status, item: report.executions[0], hasPassword: roots.roots[member]?.password !== undefined };
    } finally {
      await server.stop();
    }
  }

  test('wants somebody to ask, whatever --yes says', async () => {
    const { status, item, hasPassword } = await asked({});
    expect(item).toMatchObject({
      outcome: 'Failed',
      changed: false,
      message: 'Approve: nobody here can approve the step',
    });
    expect({ status, hasPassword }).toEqual({ status: 2, hasPassword: true });
  });

  test('asks, and says in whose place', async () => {
    const questions: string[] = [];
    const answer = (question: string) => questions.push(question) > 0;
    const { status, item, hasPassword } = await asked({ answer });
    expect(questions).toEqual([
      expect.stringMatching(/^Groundrules asks to delete .*\nApprove it, in the place of alice\?$/s),
    ]);
    expect(item).toMatchObject({ outcome: 'Done', changed: true });
    expect({ status, hasPassword }).toEqual({ status: 0, hasPassword: false });
  });
});
