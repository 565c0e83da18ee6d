import { Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { UNATTESTED } from '../../config/attestations/lapse.ts';
import { LIST_ACTION, PUT_ACTION, READ_RESULT_ACTIONS } from '../../config/attestations/process-checks.ts';
import { PackFunction } from '../account/function.ts';
import { namesOf } from '../account/names.ts';
import { statementsFor } from '../account/resources.ts';
import type { Settings } from '../settings/index.ts';

/** The function's id: `dist/lambda/lapsed-attestations`. */
export const LAPSED_ATTESTATIONS = 'lapsed-attestations';

export interface LapsedAttestationsProps {
  readonly settings: Settings;
  /** Of `dist/lambda/lapsed-attestations`. */
  readonly code: lambda.Code;
  readonly failures: sqs.IQueue;
}

/**
 * Sets attestations NON_COMPLIANT whose date has passed, once a day. It belongs in the home Region and nowhere else:
 * process checks are in no other Region's packs.
 *
 * @throws {Error} in a stack of another Region.
 *
 * @example
 * new LapsedAttestations(stack, 'LapsedAttestations', { settings, code, failures: queue });
 */
export class LapsedAttestations extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, { settings, code, failures }: LapsedAttestationsProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    if (!Token.isUnresolved(region) && region !== settings.homeRegion) {
      throw new Error(
        `LapsedAttestations belongs in the home Region (${settings.homeRegion}), not in ${region}`,
      );
    }
    const made = new PackFunction(this, 'Function', {
      functionName: namesOf(settings).function(LAPSED_ATTESTATIONS),
      description: 'Sets attestations NON_COMPLIANT whose date has passed',
      code,
      statements: statementsFor([LIST_ACTION, ...READ_RESULT_ACTIONS, PUT_ACTION]),
      wide: 'AWS Config names the rules of packs itself, and process checks may be in any pack',
      environment: { [UNATTESTED]: settings.attestations.unattested },
      memoryMegabytes: 256,
      // About a hundred rules are read one after the other, with pauses when AWS Config throttles.
      timeoutSeconds: 300,
      failures,
      settings,
    });
    this.function = made.function;
    // The event needs no queue of its own, because the next day's run makes up for a missed one.
    new events.Rule(this, 'Daily', {
      description: 'Looks for attestations whose date has passed',
      // Dates end at midnight UTC. The schedule is not on the hour, because most schedules are.
      schedule: events.Schedule.cron({ hour: '0', minute: '17' }),
      targets: [new LambdaFunction(this.function)],
    });
  }
}
