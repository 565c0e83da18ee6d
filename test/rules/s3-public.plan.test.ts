import { parseParameters } from '../../rules/parameters.ts';
import type { Plan, Verdict } from '../../rules/rule.ts';
import rule from '../../rules/s3-public/rule.ts';
import { ACCOUNT, judged, memoryAccount } from '../support/memory.ts';
import {
  allow,
  BUCKET_BLOCK,
  bucket,
  flags,
  policy,
  publicAcl,
  publicPolicy,
  type Readings,
  website,
} from './s3-public.bucket.ts';

describe('the plan', () => {
  async function planFor(readings: Readings[], parameters: Readings = {}): Promise<Plan> {
    const account = memoryAccount(bucket(...readings));
    const values = parseParameters(rule, parameters);
    for await (const judgement of rule.judge(account, values, { now: new Date(0) })) {
      if (judgement.compliance) return rule.plan(judgement as Verdict<never>, values);
    }
    throw new Error('nothing was judged');
  }
  const configuration = ({ steps }: Plan) =>
    steps.map(({ api, input }) => ({ api, ...input }) as unknown as { api: string; Bucket: string });

  test.each<[situation: string, readings: Readings[], on: string[]]>([
    ['ignores public ACLs where the ACL is public', [publicAcl], ['IgnorePublicAcls']],
    ['restricts the bucket where the policy is public', [publicPolicy], ['RestrictPublicBuckets']],
    ['does both where both are', [publicAcl, publicPolicy], ['IgnorePublicAcls', 'RestrictPublicBuckets']],
    [
      'keeps what is on',
      [publicAcl, { [BUCKET_BLOCK]: flags('BlockPublicAcls', 'RestrictPublicBuckets') }],
      ['BlockPublicAcls', 'IgnorePublicAcls', 'RestrictPublicBuckets'],
    ],
  ])('%s', async (_, readings, on) => {
    expect(configuration(await planFor(readings))).toEqual([
      { api: 's3:PutPublicAccessBlock', Bucket: 'b', ...flags(...on) },
    ]);
  });

  test('for a bucket with nothing public is empty', async () => {
    expect(await planFor([])).toMatchObject({ steps: [] });
  });

  test('leads to a bucket that passes, and then to nothing more', async () => {
    const [step] = configuration(await planFor([publicAcl, publicPolicy]));
    const fixed = [publicAcl, publicPolicy, { [BUCKET_BLOCK]: step }];
    const [said] = await judged(rule, memoryAccount(bucket(...fixed)));
    expect(said?.compliance).toBe('COMPLIANT');
    expect((await planFor(fixed)).steps).toEqual([]);
  });

  test('warns of whom RestrictPublicBuckets also cuts off', async () => {
    const readings = policy(allow(), allow({ Principal: { AWS: ['444455556666', ACCOUNT] } }));
    expect((await planFor([readings])).manual).toEqual([
      'RestrictPublicBuckets also cuts off account 444455556666 until no statement is public.',
    ]);
  });

  test('does not take an allowed website offline', async () => {
    const readings = [website, policy(allow(), allow({ Action: 's3:PutObject' }))];
    const plan = await planFor(readings, { allowPublicWebsite: true });
    expect(plan.steps).toEqual([]);
    expect(plan.manual).toEqual([expect.stringContaining('by hand')]);
  });
});
