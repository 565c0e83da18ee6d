/** What must not compile: nothing here runs, the type checker reads it. */
import type { Account } from '../../account/account.ts';
import { says } from '../../account/laid.ts';
import { text } from '../../account/parts.ts';
import type { Reading } from '../../account/reading.ts';
import { users } from '../../account/services/iam/readings.ts';
import { bucketPolicy } from '../../account/services/s3/readings.ts';
import { defineFix } from '../../rules/fix.ts';
import { defineRule, type Finding } from '../../rules/rule.ts';
import { summary } from '../support/summary.ts';

const detectors = {
  service: { name: 'guardduty' },
  api: 'ListDetectors',
  regional: true,
  scope: '*',
  member: 'DetectorIds',
  shape: () => text,
} as const satisfies Reading;
const filter = {
  service: { name: 'guardduty' },
  api: 'GetFilter',
  regional: true,
  scope: '*',
  about: { options: ['--detector-id', '--filter-name'], from: 'fix' },
  shape: () => text,
} as const satisfies Reading;

export const types = () => {
  const fix = defineFix<Finding, unknown>()({
    summary,
    options: {},
    reads: [bucketPolicy],
    inputs: {},
    async plan(_, { account, agreed }) {
      await account.read(bucketPolicy, { id: 'b' });
      await agreed?.account.read(bucketPolicy, { id: 'b' });
      // @ts-expect-error: it is not among the fix's reads.
      await account.read(users);
      return { steps: [] };
    },
    undo: () => ({ steps: [] }),
    verify: () => ({ before: null, made: [], others: [] }),
  });
  const helper = async (account: Account<typeof bucketPolicy>) => account.read(bucketPolicy, { id: 'b' });
  const greedy = async (account: Account<typeof bucketPolicy | typeof users>) => account.read(users);
  return defineRule<Record<never, never>, Finding>()({
    id: 'some-rule',
    severity: 'LOW',
    resourceTypes: ['AWS::S3::Bucket'],
    scope: 'global',
    triggers: [],
    parameters: {},
    reads: [bucketPolicy, filter, detectors],
    messages: {},
    async *judge(account) {
      yield* [];
      // @ts-expect-error: it is not among the rule's reads.
      await account.read(users);
      // @ts-expect-error: nor for one by one.
      account.each(users);
      // @ts-expect-error: it wants to know which bucket.
      await account.read(bucketPolicy);
      // @ts-expect-error: a regional reading wants its Region.
      await account.read(detectors);
      // @ts-expect-error: the id has two parts.
      await account.read(filter, { region: 'eu-west-1', id: 'd1' });
      const policy = await account.read(bucketPolicy, { id: 'b' });
      // @ts-expect-error: there may be none.
      policy.length;
      for await (const id of account.each(detectors, { region: 'eu-west-1' })) id.length;
      await helper(account);
      // @ts-expect-error: the helper reads more than the rule declares.
      await greedy(account);
    },
    fix,
  });
};
// @ts-expect-error: not what the reading gives.
says(bucketPolicy, { id: 'b' }, 7);
