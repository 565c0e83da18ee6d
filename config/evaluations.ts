import { setTimeout as pause } from 'node:timers/promises';
import {
  type Evaluation as ConfigEvaluation,
  type ConfigServiceClient,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import type { ResourceRef } from '../account/account.ts';
import { MAX_ANNOTATION } from '../rules/judgement.ts';
import type { Compliance } from '../rules/rule.ts';

/** What a rule says of one resource, ready for AWS Config. */
export interface Evaluation {
  readonly resource: Pick<ResourceRef, 'type' | 'id'>;
  readonly compliance: Compliance;
  /** Why. May be empty. */
  readonly annotation: string;
  /** {@link Envelope.orderingTimestamp} of the event. */
  readonly orderingTimestamp: Date;
}

export interface PutOptions {
  readonly resultToken: string;
  readonly testMode: boolean;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** AWS Config did not take some evaluations, or none at all. The message names them. */
export class PutEvaluationsError extends Error {
  override readonly name = 'PutEvaluationsError';
  /** `FailedEvaluations`, or AWS's own code (`InvalidResultTokenException`, …). */
  readonly code: string;
  readonly resources: readonly Pick<ResourceRef, 'type' | 'id'>[];

  constructor(
    code: string,
    message: string,
    resources: PutEvaluationsError['resources'],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.resources = resources;
  }
}

/** PutEvaluations takes no more at a time (aws-facts §2). */
const BATCH = 100;
/** What is wrong with one call is wrong with all of them. */
const HOPELESS = new Set([
  'InvalidResultTokenException',
  'NoSuchConfigRuleException',
  'AccessDeniedException',
  'ExpiredTokenException',
]);
/** Waits before evaluations that AWS Config did not take are sent again, in milliseconds. */
const WAITS = [200, 400, 800, 1600] as const;

/**
 * Reports evaluations in batches of 100. With none there is one call all the same: it tells AWS Config that the run has
 * ended. FailedEvaluations come with HTTP 200, so that the SDK does not retry them: this does, a few times. Throttling
 * and the like are the client's own business.
 *
 * @throws {PutEvaluationsError} once every batch was tried, naming what AWS Config never took.
 */
export async function putEvaluations(
  client: ConfigServiceClient,
  evaluations: readonly Evaluation[],
  { resultToken, testMode, sleep = pause }: PutOptions,
): Promise<void> {
  const refused: Evaluation[] = [];
  let failure: PutEvaluationsError | undefined;
  for (let first = 0; first === 0 || first < evaluations.length; first += BATCH) {
    try {
      refused.push(...(await putBatch(evaluations.slice(first, first + BATCH))));
    } catch (error) {
      if (!(error instanceof PutEvaluationsError) || HOPELESS.has(error.code)) throw error;
      // One batch that AWS Config cannot take is no reason to keep the others from it.
      failure ??= error;
    }
  }
  if (failure) throw failure;
  if (refused.length > 0) {
    throw new PutEvaluationsError(
      'FailedEvaluations',
      `config:PutEvaluations refused ${named(refused)}, ${WAITS.length + 1} times each. The next run will report them again`,
      refused.map(({ resource }) => resource),
    );
  }

  /** Sends one batch until it is taken, and gives back what AWS Config did not take in the end. */
  async function putBatch(evaluations: readonly Evaluation[]): Promise<readonly Evaluation[]> {
    let batch = await put(evaluations);
    for (const wait of WAITS) {
      if (batch.length === 0) break;
      await sleep(wait);
      batch = await put(batch);
    }
    return batch;
  }

  /** Sends evaluations once and gives back what AWS Config did not take. */
  async function put(batch: readonly Evaluation[]): Promise<readonly Evaluation[]> {
    const command = new PutEvaluationsCommand({
      Evaluations: batch.map(toConfig),
      ResultToken: resultToken,
      ...(testMode && { TestMode: true }),
    });
    let failed: readonly ConfigEvaluation[];
    try {
      failed = (await client.send(command)).FailedEvaluations ?? [];
    } catch (error) {
      const { name, message } = error as Error;
      throw new PutEvaluationsError(
        name,
        `config:PutEvaluations failed with ${name}: ${message}. Not reported: ${named(batch)}`,
        batch.map(({ resource }) => resource),
        { cause: error },
      );
    }
    if (failed.length === 0) return [];
    const keys = new Set(failed.map((one) => `${one.ComplianceResourceType} ${one.ComplianceResourceId}`));
    const again = batch.filter(({ resource }) => keys.has(`${resource.type} ${resource.id}`));
    // Should the answer name none of them, nothing says which were taken.
    return again.length > 0 ? again : batch;
  }
}

const toConfig = ({ resource, compliance, annotation, orderingTimestamp }: Evaluation): ConfigEvaluation => ({
  ComplianceResourceType: resource.type,
  ComplianceResourceId: resource.id,
  ComplianceType: compliance,
  // An empty annotation is one that AWS Config refuses.
  ...(annotation !== '' && { Annotation: annotation.slice(0, MAX_ANNOTATION) }),
  OrderingTimestamp: orderingTimestamp,
});

/** The first few resources by name, and how many more there are. */
export function named(all: readonly { readonly resource: Pick<ResourceRef, 'type' | 'id'> }[]): string {
  if (all.length === 0) return 'nothing';
  const shown = all.slice(0, 5).map(({ resource: { type, id } }) => `${type} ${id}`);
  return `${shown.join(', ')}${all.length > shown.length ? `, +${all.length - shown.length} more` : ''}`;
}
