import { readFileSync } from 'node:fs';
import { loadDocument, localFunctions, runAutomation } from '../../automation/index.ts';
import rule from '../../rules/root-mfa/rule.ts';
import { opsItems } from '../integration/support/ops-items.ts';
import { ACCOUNT, fails, memorySource } from '../support/memory.ts';
import { nothing, readingsOf } from '../support/root.ts';

const REGION = 'us-east-1';
const TopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:security`;
const document = loadDocument(readFileSync('rules/root-mfa/remediation.yaml', 'utf8'), 'Groundrules-RootMfa');

let published: unknown[] = [];
beforeEach(() => {
  published = [];
  opsItems.reset();
});

/** Applies the document to an account whose root has a password and no MFA. @param broken the API that fails. */
async function apply(broken?: string) {
  const open = () =>
    memorySource({
      ...readingsOf({ summary: { ...nothing, AccountPasswordPresent: 1 }, devices: [] }),
      'global/organizations/describe-organization.json': fails('AWSOrganizationsNotInUseException'),
      'us-east-1/ssm/describe-ops-items.json': opsItems.answer({ api: 'DescribeOpsItems', input: {} }),
    });
  return runAutomation(document, {
    parameters: { AccountId: ACCOUNT, Mode: 'Apply', TopicArn },
    call: async ({ service, api, input }) => {
      if (broken === `${service}:${api}`) throw new Error(`${broken} is broken`);
      if (service === 'sns') published.push(input.Subject);
      if (service === 'sts') return { Account: ACCOUNT };
      return { ...(opsItems.answer({ api, input }) as object) };
    },
    invokeLambda: localFunctions({
      rules: [rule],
      open,
      region: REGION,
      accountId: ACCOUNT,
      sleep: async () => {},
    }),
    region: REGION,
    accountId: ACCOUNT,
  });
}

const told = () =>
  opsItems.items.map(
    ({ OperationalData }) =>
      (OperationalData as Record<string, { Value: string }>)['groundrules-told']?.Value ?? 'nobody',
  );
const subject = `Root of AWS account ${ACCOUNT} is not protected by MFA`;

test('publishing failed: the OpsItem is open, and the next run publishes, once', async () => {
  const first = await apply('sns:Publish');
  expect(first).toMatchObject({ status: 'Failed', failure: { step: 'Publish' } });
  expect([told(), published]).toEqual([['nobody'], []]);

  const again = await apply('sns:Publish');
  expect(again.status).toBe('Failed');
  expect([told(), published]).toEqual([['nobody'], []]);

  expect((await apply()).status).toBe('Success');
  expect([told(), published]).toEqual([[TopicArn], [subject]]);
  expect((await apply()).status).toBe('Success');
  expect([told(), published]).toEqual([[TopicArn], [subject]]);
});

test('the OpsItem could not be opened: the next run publishes again, rather than perhaps never', async () => {
  expect((await apply('ssm:CreateOpsItem')).status).toBe('Failed');
  expect([told(), published]).toEqual([[], [subject]]);
  expect((await apply()).status).toBe('Success');
  expect([told(), published]).toEqual([[TopicArn], [subject, subject]]);
});

test('the OpsItem could not take note: the next run publishes again', async () => {
  await apply('sns:Publish');
  expect((await apply('ssm:UpdateOpsItem')).status).toBe('Failed');
  expect([told(), published]).toEqual([['nobody'], [subject]]);
  expect((await apply()).status).toBe('Success');
  expect([told(), published]).toEqual([[TopicArn], [subject, subject]]);
});
