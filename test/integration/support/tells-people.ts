/** What has to hold of the document of a fix that only tells people. */
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AnyRule } from '../../../rules/rule.ts';
import { MOTO_ACCOUNT } from './moto.ts';
import { opsItems } from './ops-items.ts';
import { type Remediation, remediates, type Scenario } from './remediation.ts';

export const TOPIC = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;

const TOLD = /published to .*:security; an OpsItem opened/;

export interface Telling extends Pick<Remediation, 'lacking' | 'mend' | 'refusals' | 'secrets'> {
  readonly rule: AnyRule;
  readonly now?: () => Date;
  readonly situations: readonly (Pick<Scenario, 'situation' | 'parameters' | 'faults' | 'message'> & {
    /** Makes the account so, or says what of moto's lacks it has. @returns the resource's id; without one, the account's. */
    readonly found: Scenario['found'] | ((...args: Parameters<Scenario['found']>) => unknown);
  })[];
}

/**
 * Holds the document to its promises in an account that has an SNS topic. Where calls fail is tried on root-mfa's: all these
 * documents are the same but for their texts.
 */
export function tellsPeople({ rule, now, situations, ...more }: Telling): void {
  remediates({
    rule,
    now: now ?? (() => new Date('2026-11-22T09:00:00.000Z')),
    ...more,
    scenarios: situations.map(({ situation, found, parameters, faults = false, message = TOLD }) => ({
      situation: `${situation}, and a topic`,
      found: async (client, readings) => {
        await new SNSClient(client).send(new CreateTopicCommand({ Name: 'security' }));
        const id = await found(client, readings);
        return typeof id === 'string' ? id : MOTO_ACCOUNT;
      },
      parameters: { TopicArn: TOPIC, ...parameters },
      changes: /^ops items$/,
      // An OpsItem is never deleted: it stays, resolved.
      stays: /^ops items$/,
      faults,
      again: () => opsItems.reset(),
      message,
    })),
  });
}
