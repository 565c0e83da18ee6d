import type { LongTermFinding } from '../../rules/iam-long-term-credentials/credentials.ts';
import { fix } from '../../rules/iam-long-term-credentials/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import { ago, NOW } from '../support/access-keys.ts';
import { memoryAccount } from '../support/memory.ts';

const resource = { type: 'AWS::IAM::User', id: 'AIDACI', name: 'ci', region: 'global' } as const;
const active = (keyId: string): LongTermFinding => ({ kind: 'accessKey', keyId, isActive: true });

const planFor = (findings: readonly LongTermFinding[], uses: Record<string, string | null>, caller = '') =>
  fix.plan(
    { resource, compliance: 'NON_COMPLIANT', findings },
    {
      account: memoryAccount(
        Object.fromEntries(
          Object.entries(uses).map(([id, use]) => [
            `global/iam/get-access-key-last-used/${id}.json`,
            { AccessKeyLastUsed: { ...(use && { LastUsedDate: use }), ServiceName: 's3', Region: 'N/A' } },
          ]),
        ),
      ),
      parameters: {},
      options: parseParameters({ id: 'document', parameters: fix.options }, {}),
      caller,
      now: NOW,
    },
  );

test('active keys are deactivated, unless somebody used them in the last days', async () => {
  const { steps, refusals, manual } = await planFor([active('A'), active('B')], { A: null, B: ago(1) });
  expect(steps).toEqual([
    {
      api: 'iam:UpdateAccessKey',
      input: { UserName: 'ci', AccessKeyId: 'A', Status: 'Inactive' },
      why: 'access key A inactive (never used)',
    },
  ]);
  expect(refusals).toEqual([expect.stringMatching(/^access key B was last used at .*within 7 days/)]);
  expect(manual).toEqual([]);
});

test.each<[finding: LongTermFinding, told: RegExp]>([
  [{ kind: 'accessKey', keyId: 'A', isActive: false }, /^Access key A of ci is inactive already: delete it/],
  [{ kind: 'accessKey', number: 2, isActive: true }, /does not give the id of access key 2/],
  [{ kind: 'password' }, /^Let ci sign in another way .* delete the console password/],
  [{ kind: 'certificate', certificateId: 'CERT' }, /^Deactivate signing certificate CERT of ci/],
  [{ kind: 'certificate', number: 1 }, /^Deactivate signing certificate 1 of ci/],
])('a person is told of %j', async (finding, told) => {
  const { steps, manual } = await planFor([finding], {});
  expect(steps).toEqual([]);
  expect(manual).toEqual([expect.stringMatching(told)]);
});

test('a person is told of the password also where the keys are those of the run itself', async () => {
  const plan = await planFor([active('A'), { kind: 'password' }], { A: null }, 'AIDACI');
  expect(plan.steps).toEqual([]);
  expect(plan.refusals).toEqual([expect.stringMatching(/runs with a key of ci itself/)]);
  expect(plan.manual).toEqual([expect.stringMatching(/console password/)]);
});
