import type { ResourceRef } from '../../account/account.ts';
import rule, { type AccessKeyAgeFinding } from '../../rules/access-key-age/rule.ts';
import type { Verdict } from '../../rules/rule.ts';
import { ago, run } from '../support/access-keys.ts';

describe('access-key-age: parameters and plan', () => {
  test.each([
    [{ maxAgeDays: '-1' }, /maxAgeDays is "-1": expected a whole number/],
    [{ maxAgeDays: '90.5' }, /maxAgeDays/],
    [{ warnAgeDays: '' }, /warnAgeDays/],
  ])('the parameters %j are refused', async (parameters, message) => {
    await expect(run({}, parameters)).rejects.toThrow(message);
  });

  describe('plan', () => {
    const resource: ResourceRef = {
      type: 'AWS::IAM::User',
      id: 'AIDAALICE',
      name: 'alice',
      region: 'global',
    };
    const values = { maxAgeDays: 90, warnAgeDays: 80, exemptTagKey: undefined };
    const planOf = (...findings: AccessKeyAgeFinding[]) =>
      rule.plan({ resource, compliance: 'NON_COMPLIANT', findings } satisfies Verdict, values);
    const oldKey = { kind: 'oldKey', ageDays: 200, maxAgeDays: 90, createdAt: ago(200) } as const;

    test('deactivates each old key, and only those', () => {
      const plan = planOf(
        { ...oldKey, keyId: 'AKIA1' },
        { ...oldKey, keyId: 'AKIA2' },
        { kind: 'expiring', keyId: 'AKIA3', ageDays: 85, failsAt: ago(-5) },
      );
      expect(plan.steps.map(({ api, input }) => ({ api, input }))).toEqual([
        {
          api: 'iam:UpdateAccessKey',
          input: { UserName: 'alice', AccessKeyId: 'AKIA1', Status: 'Inactive' },
        },
        {
          api: 'iam:UpdateAccessKey',
          input: { UserName: 'alice', AccessKeyId: 'AKIA2', Status: 'Inactive' },
        },
      ]);
      expect(plan.manual).toBeUndefined();
    });

    test('a key without an id cannot be named to IAM', () => {
      const plan = planOf({ ...oldKey, number: 2 });
      expect(plan.steps).toEqual([]);
      expect(plan.manual?.[0]).toMatch(/id of access key 2/);
    });

    test('root keys are for root to deactivate', () => {
      const plan = planOf({ kind: 'rootKey', number: 1 }, { kind: 'rootKey', number: 2 });
      expect(plan.steps).toEqual([]);
      expect(plan.manual).toHaveLength(1);
    });

    test('nothing to do for a key that only soon will be too old', () => {
      expect(planOf({ kind: 'expiring', keyId: 'AKIA3', ageDays: 85, failsAt: ago(-5) }).steps).toEqual([]);
    });
  });
});
