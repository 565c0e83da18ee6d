import { setTimeout as pause } from 'node:timers/promises';
import {
  type Evaluation as ConfigEvaluation,
  type ConfigServiceClient,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import type { ResourceRef } from '../account/account.ts';
import { MAX_ANNOTATION } from '../rules/judgement.ts';
import type { Compliance } from '../rules/rule.ts';
import { within } from './deadline.ts';

/** What a rule says of one resource, ready for AWS Config. */
export interface Evaluation {
  readonly resource: Pick<ResourceRef, 'type' | 'id'>;
  readonly compliance: Compliance;
  /** Why. May be empty. */
  readonly annotation: string;
  /** {@link Envelope.orderingTimestamp} of the event. */
  readonly orderingTimestamp: Date;
}

export interface ReporterOptions {
  readonly resultToken: string;
  readonly testMode: boolean;
  /** Aborted when to stop waiting for AWS Config; absent, it waits for as long as it takes. */
  readonly signal?: AbortSignal;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Reports to AWS Config while the rule is still judging. */
export interface Reporter {
  /** How many evaluations AWS Config has taken so far. */
  readonly taken: number;
  /**
   * Takes one more evaluation; waits while AWS Config is slower than the rule.
   *
   * @throws {PutEvaluationsError} where no further call can succeed.
   */
  report(evaluation: Evaluation): Promise<void>;
  /**
   * Sends what is left.
   *
   * @param isEnd whether to call PutEvaluations even without evaluations, which tells AWS Config that the run has
   * ended.
   * @throws {PutEvaluationsError} once every batch was tried, naming what AWS Config has not taken.
   */
  end(isEnd: boolean): Promise<void>;
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

/** PutEvaluations takes no more at a time (AWS Config, PutEvaluations). */
const BATCH = 100;
/** Errors that every further call would meet, too. */
const HOPELESS = new Set([
  'InvalidResultTokenException',
  'NoSuchConfigRuleException',
  'AccessDeniedException',
  'ExpiredTokenException',
]);
/** Waits before evaluations that AWS Config did not take are sent again, in milliseconds. */
const WAITS = [200, 400, 800, 1600] as const;

/**
 * Reports evaluations in batches of 100, one batch at a time, each as soon as it is full. FailedEvaluations come with
 * HTTP 200, so that the SDK does not retry them; this code sends them again, a few times. The client itself retries
 * throttling and server errors.
 */
export function openReporter(client: ConfigServiceClient, options: ReporterOptions): Reporter {
  const sender = new Sender(client, options);
  let batch: Evaluation[] = [];
  let sending: Promise<void> = Promise.resolve();
  return {
    get taken() {
      return sender.taken;
    },
    async report(evaluation) {
      batch.push(evaluation);
      if (batch.length < BATCH) return;
      await sending;
      if (sender.isHopeless) throw sender.failure(batch);
      sending = sender.send(batch);
      batch = [];
    },
    async end(isEnd) {
      await sending;
      if (!sender.isHopeless && (batch.length > 0 || (isEnd && sender.calls === 0))) {
        const last = batch;
        batch = [];
        await sender.send(last);
      }
      const failed = sender.failure(batch);
      if (failed) throw failed;
    },
  };
}

/** Sends batches, and remembers what AWS Config did not take of them. */
class Sender {
  /** How many evaluations AWS Config has taken. */
  taken = 0;
  /** How often it was called. */
  calls = 0;
  readonly #client: ConfigServiceClient;
  readonly #token: string;
  readonly #testMode: boolean;
  readonly #signal: AbortSignal;
  readonly #sleep: (milliseconds: number) => Promise<unknown>;
  readonly #refused: Evaluation[] = [];
  readonly #failures: PutEvaluationsError[] = [];

  constructor(
    client: ConfigServiceClient,
    { resultToken, testMode, signal = NEVER, sleep = pause }: ReporterOptions,
  ) {
    this.#client = client;
    this.#token = resultToken;
    this.#testMode = testMode;
    this.#signal = signal;
    this.#sleep = sleep;
  }

  /** Whether no further call can succeed. */
  get isHopeless(): boolean {
    return this.#failures.some(({ code }) => HOPELESS.has(code));
  }

  /** Sends evaluations until they are taken, and notes what AWS Config did not take in the end. */
  async send(evaluations: readonly Evaluation[]): Promise<void> {
    let left = evaluations;
    try {
      left = await this.#put(left);
      for (const wait of WAITS) {
        if (left.length === 0) break;
        await within(this.#signal, this.#sleep(wait));
        left = await this.#put(left);
      }
      this.#refused.push(...left);
    } catch (error) {
      // The other batches are sent even though AWS Config did not take this one.
      this.#failures.push(failureOf(error as Error, left));
    }
    this.taken += evaluations.length - left.length;
  }

  /** Sends evaluations once and gives back what AWS Config did not take. */
  async #put(evaluations: readonly Evaluation[]): Promise<readonly Evaluation[]> {
    this.calls++;
    const command = new PutEvaluationsCommand({
      Evaluations: evaluations.map(toConfig),
      ResultToken: this.#token,
      ...(this.#testMode && { TestMode: true }),
    });
    const { FailedEvaluations: failed = [] } = await within(
      this.#signal,
      this.#client.send(command, { abortSignal: this.#signal }),
    );
    if (failed.length === 0) return [];
    const keys = new Set(failed.map((one) => `${one.ComplianceResourceType} ${one.ComplianceResourceId}`));
    const again = evaluations.filter(({ resource }) => keys.has(`${resource.type} ${resource.id}`));
    // If the answer names none of the evaluations that were sent, nobody knows which were taken: all are sent again.
    return again.length > 0 ? again : evaluations;
  }

  /** What AWS Config has not taken, as one error; `unsent` was not sent at all. */
  failure(unsent: readonly Evaluation[]): PutEvaluationsError | undefined {
    const resources = [
      ...this.#failures.flatMap(({ resources }) => resources),
      ...[...this.#refused, ...unsent].map(({ resource }) => resource),
    ];
    const [first, ...others] = this.#failures;
    if (first) {
      const more = others.length > 0 ? `, and ${others.length} more calls failed` : '';
      const message = `${first.message}${more}. Not reported: ${named(resources)}`;
      return new PutEvaluationsError(first.code, message, resources, { cause: first.cause });
    }
    if (this.#refused.length === 0) return undefined;
    return new PutEvaluationsError(
      'FailedEvaluations',
      `config:PutEvaluations refused ${named(resources)}, ${WAITS.length + 1} times each. The next run will report them again`,
      resources,
    );
  }
}

/** A signal that is never aborted. */
const NEVER = new AbortController().signal;

function failureOf(error: Error, evaluations: readonly Evaluation[]): PutEvaluationsError {
  const { name, message } = error;
  return new PutEvaluationsError(
    name,
    `config:PutEvaluations failed with ${name}: ${message}`,
    evaluations.map(({ resource }) => resource),
    { cause: error },
  );
}

const toConfig = ({ resource, compliance, annotation, orderingTimestamp }: Evaluation): ConfigEvaluation => ({
  ComplianceResourceType: resource.type,
  ComplianceResourceId: resource.id,
  ComplianceType: compliance,
  // AWS Config refuses an empty annotation.
  ...(annotation !== '' && { Annotation: annotation.slice(0, MAX_ANNOTATION) }),
  OrderingTimestamp: orderingTimestamp,
});

/** The first few resources by name, and how many more there are. */
function named(all: readonly Pick<ResourceRef, 'type' | 'id'>[]): string {
  if (all.length === 0) return 'nothing';
  const shown = all.slice(0, 5).map(({ type, id }) => `${type} ${id}`);
  return `${shown.join(', ')}${all.length > shown.length ? `, +${all.length - shown.length} more` : ''}`;
}
