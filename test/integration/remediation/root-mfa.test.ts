import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/root-mfa/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { root } from '../support/real-iam.ts';
import { type Rival, remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;
const NOW = new Date('2026-11-22T09:00:00.000Z');

/** An account whose root has a password and no MFA, with a topic, and what else was done to it. */
const account =
  (...make: ((client: object) => unknown)[]) =>
  async (client: object) => {
    root.password = true;
    await new SNSClient(client).send(new CreateTopicCommand({ Name: 'security' }));
    for (const step of make) await step(client);
    return MOTO_ACCOUNT;
  };
const withoutPassword = () => {
  root.password = false;
};
const organization = (client: object) =>
  new OrganizationsClient(client).send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
/** What a run leaves that could not publish. */
const untold = () => {
  opsItems.items.push({
    OpsItemId: 'oi-0123456789ab',
    Status: 'InProgress',
    Source: 'Groundrules',
    OperationalData: {
      '/aws/dedup': {
        Type: 'SearchableString',
        Value: JSON.stringify({ dedupString: `groundrules root-mfa ${MOTO_ACCOUNT}` }),
      },
      'groundrules-root-mfa': { Type: 'SearchableString', Value: '2026-11-20T09:00:00.000Z' },
    },
  });
};

const changes = /^ops items$/;
// An OpsItem is never deleted: it stays, resolved.
const stays = /^ops items$/;

/** What another run of the same document does, or a person: OpsCenter keeps one item open. */
const opensAnother: Rival = {
  does: 'opens the OpsItem first',
  async strike() {
    if (opsItems.items.some(({ Status }) => Status !== 'Resolved')) return false;
    untold();
    return true;
  },
  holds: () =>
    expect(opsItems.items.filter(({ Status }) => Status !== 'Resolved')).toEqual([
      expect.objectContaining({ OpsItemId: 'oi-0123456789ab' }),
    ]),
};

remediates({
  rule,
  now: () => NOW,
  scenarios: [
    {
      situation: 'no MFA, and a topic',
      found: account(organization),
      parameters: { TopicArn },
      changes,
      stays,
      again: () => opsItems.reset(),
      message: /published to .*:security; an OpsItem opened/,
      rivals: [opensAnother],
    },
    {
      situation: 'no MFA, and nobody to publish to',
      found: account(),
      changes,
      stays,
      message: /TopicArn is empty, so nothing is published/,
    },
    {
      situation: 'an OpsItem that is open already, but nobody was told',
      found: account(untold),
      parameters: { TopicArn },
      changes,
      stays,
      faults: true,
      again: () => {
        opsItems.reset();
        untold();
      },
    },
    {
      situation: 'no credentials, where that is wrong',
      found: account(withoutPassword),
      parameters: { noCredentialsVerdict: 'NON_COMPLIANT' },
      changes,
      stays,
    },
    {
      situation: 'an OpsItem that is open, of an account that passes by now',
      found: account(withoutPassword, untold),
      parameters: { OnlyResolve: 'true' },
      passes: true,
      changes,
      stays,
      faults: true,
      again: () => {
        opsItems.reset();
        untold();
      },
      safe: () => expect(opsItems.items).toHaveLength(1),
      message: /Changed: the OpsItem oi-0123456789ab resolved\. 123456789012 is COMPLIANT/,
    },
  ],
});
