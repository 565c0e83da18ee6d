import { parseItem, readItem, withItem } from '../../config/item.ts';
import rule from '../../rules/sg-open-ports/rule.ts';
import { answerTask } from '../../tasks/answer.ts';
import { configured, webServers } from '../config/support/items.ts';
import { ingress } from '../support/ingress.ts';
import { ACCOUNT, judged, memoryAccount, memorySource } from '../support/memory.ts';

const OTHER = '999988887777';
const IpPermissions = ingress('tcp 22 0.0.0.0/0');
const readings = {
  'us-east-1/ec2/describe-security-groups.json': {
    SecurityGroups: [
      { GroupId: 'sg-theirs', OwnerId: OTHER, IpPermissions },
      { GroupId: 'sg-ours', OwnerId: ACCOUNT, IpPermissions },
      { GroupId: 'sg-unsaid', IpPermissions },
    ],
  },
};
const says = `security group of account ${OTHER}, and judged there`;

test("a shared VPC's owner sees the participants' groups, and judges its own", async () => {
  const said = await judged(rule, memoryAccount(readings));
  expect(said.map(({ id, compliance }) => `${id} ${compliance}`)).toEqual([
    'sg-theirs NOT_APPLICABLE',
    'sg-ours NON_COMPLIANT',
    'sg-unsaid NON_COMPLIANT',
  ]);
  expect(said[0]?.annotation).toBe(says);
});

test('the same of a configuration item', async () => {
  const item = readItem(parseItem(configured(webServers, { ownerId: OTHER })));
  const said = await judged(rule, withItem(memoryAccount({}), item), {}, { resource: item.resource });
  expect(said).toMatchObject([{ compliance: 'NOT_APPLICABLE', annotation: says }]);
});

test('the fix refuses it, and says whose it is', async () => {
  const answer = await answerTask(
    rule,
    { task: 'plan', resourceId: 'sg-theirs', accountId: ACCOUNT, region: 'us-east-1' },
    {
      open: () => memorySource(readings),
      region: 'us-east-1',
      accountId: ACCOUNT,
      now: () => new Date('2026-11-22T00:00:00Z'),
      sleep: async () => undefined,
    },
  );
  expect(answer).toMatchObject({
    decision: 'Refuse',
    plan: { steps: [] },
    message: expect.stringContaining(
      `sg-theirs belongs to account ${OTHER}: only that account can change it.`,
    ),
  });
});
