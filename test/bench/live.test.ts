/** How often `evaluate --live` asks AWS, on the wire: what may not creep back. The accounts are those of `npm run bench -- live`. */

import { openLiveAccount } from '../../account/live/open.ts';
import { readAccount } from '../../account/open.ts';
import { ANSWERED, ANSWERS } from '../../bench/aws/answers.ts';
import { type LiveSize, liveAnswers } from '../../bench/aws/live.ts';
import { type LoopbackAws, loopbackAws } from '../../bench/aws/server.ts';
import accessKeyAge from '../../rules/access-key-age/rule.ts';
import { evaluate } from '../../rules/evaluate.ts';
import { rules } from '../../rules/index.ts';
import { parseParameters } from '../../rules/parameters.ts';
import rootMfa from '../../rules/root-mfa/rule.ts';
import type { AnyRule } from '../../rules/rule.ts';
import s3Public from '../../rules/s3-public/rule.ts';
import sgOpenPorts from '../../rules/sg-open-ports/rule.ts';
import trailObjectLock from '../../rules/trail-object-lock/rule.ts';

const RULES: readonly AnyRule[] = [rootMfa, accessKeyAge, sgOpenPorts, s3Public, trailObjectLock];

let aws: LoopbackAws;
afterEach(() => aws.close());

/** The calls by API, and the verdicts. */
async function run(size: LiveSize) {
  aws = await loopbackAws(0, 0, liveAnswers(size));
  return judged(RULES);
}

async function judged(all: readonly AnyRule[]) {
  const { source } = await openLiveAccount({
    endpointUrl: aws.url,
    homeRegion: 'us-east-1',
    config: { credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' } },
  });
  const account = readAccount(source);
  const said: (string | undefined)[] = [];
  const each = async (rule: AnyRule) => {
    for await (const one of evaluate(rule, account, parseParameters(rule, {}), { now: new Date() })) {
      said.push(one.compliance);
    }
  };
  await Promise.all(all.map(each));
  const count = (verdict: string | undefined) => said.filter((one) => one === verdict).length;
  return { calls: aws.calls, unjudged: count(undefined), failing: count('NON_COMPLIANT') };
}

const SMALL = { buckets: 20, groups: 40, users: 20 };
/** Whose credentials, which Regions, root's summary, the report (2), users, trails (2), its bucket's lock, groups (2), a prefix list, buckets, the account's block. */
const FIXED = 14;
/** A key that is too old is looked up before it fails. */
const OLD_KEYS = 6;

test('where the account blocks public access, no bucket is asked about', async () => {
  const { calls, unjudged, failing } = await run({ ...SMALL, block: 'account' });
  expect([unjudged, failing]).toEqual([0, 10]);
  expect([...calls.values()].reduce((sum, one) => sum + one, 0)).toBe(FIXED + OLD_KEYS);
  expect(calls.get('s3:GetBucketPolicy')).toBeUndefined();
  expect(calls.get('s3:GetPublicAccessBlock')).toBeUndefined();
});

test('a larger account has more pages, not more calls a resource', async () => {
  const { calls } = await run({ buckets: 300, groups: 2_400, users: 20, block: 'account' });
  expect(calls.get('ec2:DescribeSecurityGroups')).toBe(4);
  expect(calls.get('s3:ListBuckets')).toBe(1);
  expect([...calls.values()].reduce((sum, one) => sum + one, 0)).toBe(FIXED + 2 + OLD_KEYS);
});

test('where nothing blocks, a bucket takes its policy and its ACL, and what is public its settings', async () => {
  const buckets = 100;
  const { calls, unjudged } = await run({ ...SMALL, buckets, block: 'none' });
  expect(unjudged).toBe(0);
  expect(calls.get('s3:GetBucketPolicy')).toBe(buckets);
  expect(calls.get('s3:GetBucketAcl')).toBe(buckets);
  // One in ten is public by its policy, one by its ACL; sixteen are asked about first.
  expect(calls.get('s3:GetPublicAccessBlock')).toBeLessThanOrEqual(buckets / 5 + 16);
  expect(calls.get('s3:GetBucketOwnershipControls')).toBe(buckets / 10);
  for (const api of ['GetBucketLocation', 'GetBucketTagging', 'GetBucketWebsite', 'GetBucketPolicyStatus']) {
    expect(calls.get(`s3:${api}`)).toBeUndefined();
  }
});

test('where nine buckets in ten block, most take one call', async () => {
  const buckets = 100;
  const { calls } = await run({ ...SMALL, buckets, block: 'buckets' });
  // How many are asked before it shows that most block hangs on which answer comes first.
  expect(calls.get('s3:GetPublicAccessBlock')).toBeLessThanOrEqual(buckets);
  expect(calls.get('s3:GetBucketPolicy')).toBeLessThanOrEqual(buckets / 2);
});

test.each(ANSWERED)('what `npm run bench -- functions calls` asks for %s has an answer', async (id) => {
  const { 'sts:GetCallerIdentity': identity, 'ec2:DescribeRegions': regions } = liveAnswers({
    ...SMALL,
    block: 'none',
  });
  aws = await loopbackAws(10, 0, {
    ...ANSWERS,
    ...(identity && { 'sts:GetCallerIdentity': identity }),
    ...(regions && { 'ec2:DescribeRegions': regions }),
  });
  const { calls, unjudged } = await judged(rules.filter((rule) => rule.id === id));
  expect(unjudged).toBe(0);
  expect(calls.size).toBeGreaterThan(2);
});
