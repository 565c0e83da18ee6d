import type { Plan } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { Verdict } from '../../rules/rule.ts';
import { fix } from '../../rules/s3-public/fix.ts';
import rule from '../../rules/s3-public/rule.ts';
import { ACCOUNT, fails, judged, memoryAccount } from '../support/memory.ts';
import {
  ACCOUNT_BLOCK,
  allow,
  BUCKET_BLOCK,
  bucket,
  flags,
  policy,
  publicAcl,
  publicPolicy,
  type Readings,
  website,
} from './s3-public/bucket.ts';

const now = new Date(0);
const ALL = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

async function planFor(
  readings: Readings[],
  parameters: Readings = {},
  options: Readings = {},
): Promise<Plan> {
  const account = memoryAccount(bucket(...readings));
  const values = parseParameters(rule, parameters);
  for await (const judgement of rule.judge(account, values, { now })) {
    if (!judgement.compliance) throw judgement.error;
    if (judgement.compliance !== 'NON_COMPLIANT') return { steps: [] };
    const asked = parseParameters({ id: 'document', parameters: fix.options }, options);
    const context = { account, parameters: values, options: asked, caller: '', now };
    return rule.fix.plan(judgement as Verdict<never>, context);
  }
  throw new Error('nothing was judged');
}

const undoOf = async ({ before }: Plan, readings: Readings[]): Promise<Plan> =>
  fix.undo(before as never, {
    account: memoryAccount(bucket(...readings)),
    resource: { type: 'AWS::S3::Bucket', id: 'web', region: 'us-east-1' },
    now,
  });

/** The calls of a plan, without whose bucket it is. */
const calls = ({ steps }: Plan) =>
  steps.map(({ api, input: { Bucket, ExpectedBucketOwner, ...rest } }) => {
    expect([Bucket, ExpectedBucketOwner]).toEqual(['web', ACCOUNT]);
    return [api, rest];
  });
const put = (...on: string[]) => ['s3:PutPublicAccessBlock', flags(...on)];
const blocked = (...on: string[]): Readings => ({ [BUCKET_BLOCK]: flags(...on) });

describe('the plan', () => {
  test.each<[situation: string, readings: Readings[], on: string[], options?: Readings]>([
    ['ignores public ACLs where the ACL is public', [publicAcl], ['IgnorePublicAcls']],
    ['restricts the bucket where the policy is public', [publicPolicy], ['RestrictPublicBuckets']],
    ['does both where both are', [publicAcl, publicPolicy], ['IgnorePublicAcls', 'RestrictPublicBuckets']],
    [
      'keeps what is on',
      [publicAcl, blocked('BlockPublicAcls', 'RestrictPublicBuckets')],
      ['BlockPublicAcls', 'IgnorePublicAcls', 'RestrictPublicBuckets'],
    ],
    ['sets all flags where all are asked for', [publicAcl], ALL, { Scope: 'All' }],
  ])('%s', async (_, readings, on, options = {}) => {
    const plan = await planFor(readings, {}, options);
    expect(calls(plan)).toEqual([put(...on)]);
    expect(plan.inputs).toEqual(flags(...on).PublicAccessBlockConfiguration);
  });

  test('leads to a bucket that passes, and then to nothing more', async () => {
    const [[, input] = []] = calls(await planFor([publicAcl, publicPolicy]));
    const fixed = [publicAcl, publicPolicy, { [BUCKET_BLOCK]: input }];
    const [said] = await judged(rule, memoryAccount(bucket(...fixed)));
    expect(said?.compliance).toBe('COMPLIANT');
    expect(await planFor(fixed)).toEqual({ steps: [] });
  });

  test('warns of whom RestrictPublicBuckets also cuts off', async () => {
    const readings = policy(allow(), allow({ Principal: { AWS: ['444455556666', ACCOUNT] } }));
    expect((await planFor([readings])).warnings).toEqual([
      'RestrictPublicBuckets also cuts off account 444455556666 until no statement is public.',
    ]);
  });

  test('warns that with all flags S3 refuses more than it did', async () => {
    expect((await planFor([publicAcl], {}, { Scope: 'All' })).warnings).toEqual([
      expect.stringContaining('refuses new public ACLs and public policies'),
    ]);
  });

  const site = { allowPublicWebsite: true };
  const upload = policy(allow(), allow({ Action: 's3:PutObject' }));
  test.each<[situation: string, readings: Readings[], options: Readings, on: string[]]>([
    ['the cause', [website, upload], {}, []],
    ['all', [website, upload], { Scope: 'All' }, ['BlockPublicAcls', 'IgnorePublicAcls']],
    [
      'all, where only the ACL is to blame',
      [website, publicPolicy, publicAcl],
      { Scope: 'All' },
      ['BlockPublicAcls', 'IgnorePublicAcls'],
    ],
  ])('does not take an allowed website offline: %s', async (_, readings, options, on) => {
    const plan = await planFor(readings, site, options);
    expect(calls(plan)).toEqual(on.length > 0 ? [put(...on)] : []);
    expect(plan.refusals).toEqual([expect.stringContaining('would take the allowed website offline')]);
  });

  test('does not mind a website where only the ACL is to blame', async () => {
    const plan = await planFor([website, publicPolicy, publicAcl], site);
    expect(calls(plan)).toEqual([put('IgnorePublicAcls')]);
    expect(plan.refusals).toEqual([]);
  });
});

describe('undo', () => {
  const fixed = (...on: string[]) => blocked('RestrictPublicBuckets', ...on);

  test('takes the configuration away where there was none', async () => {
    const plan = await planFor([publicPolicy]);
    const undone = await undoOf(plan, [publicPolicy, fixed()]);
    expect(calls(undone)).toEqual([['s3:DeletePublicAccessBlock', {}]]);
    expect(undone.inputs).toEqual({ Delete: true });
  });

  test.each<[situation: string, before: Readings, now: Readings, off: string[] | undefined]>([
    [
      'turns off what the run turned on',
      blocked('BlockPublicAcls'),
      fixed('BlockPublicAcls'),
      ['BlockPublicAcls'],
    ],
    ['keeps a configuration of which all is off', blocked(), fixed(), []],
    ['keeps what others turned on since', blocked(), fixed('IgnorePublicAcls'), ['IgnorePublicAcls']],
    ['keeps what others turned on since there was none', {}, fixed('BlockPublicAcls'), ['BlockPublicAcls']],
    ['leaves alone what others turned off', blocked(), blocked('BlockPublicAcls'), undefined],
    [
      'leaves alone what others took away',
      blocked(),
      { [BUCKET_BLOCK]: fails('NoSuchPublicAccessBlockConfiguration') },
      undefined,
    ],
  ])('%s', async (_, before, state, on) => {
    const undone = await undoOf(await planFor([publicPolicy, before]), [publicPolicy, state]);
    expect(calls(undone)).toEqual(on ? [put(...on)] : []);
  });

  test('has nothing to take back of a run that changed nothing', async () => {
    const plan = await planFor([website, policy(allow(), allow({ Action: 's3:PutObject' }))], {
      allowPublicWebsite: true,
    });
    expect((await undoOf(plan, [publicPolicy, fixed()])).steps).toEqual([]);
  });

  test('does not guess what it cannot read', async () => {
    const plan = await planFor([publicPolicy]);
    await expect(undoOf(plan, [{ [BUCKET_BLOCK]: fails('AccessDenied') }])).rejects.toMatchObject({
      code: 'AccessDenied',
      api: 's3:GetPublicAccessBlock',
    });
  });
});

test('an account-level block that is off does not keep the fix from the bucket', async () => {
  const readings = [publicAcl, { [ACCOUNT_BLOCK]: flags('BlockPublicAcls') }];
  expect(calls(await planFor(readings))).toEqual([put('IgnorePublicAcls')]);
});
