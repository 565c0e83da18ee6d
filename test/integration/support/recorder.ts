import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Evaluation } from '@aws-sdk/client-config-service';
import { bodyOf, passOn, serve } from '../../support/loopback.ts';

/** An evaluation as it went over the wire: the time is a number of seconds. */
export type SentEvaluation = Omit<Evaluation, 'OrderingTimestamp'> & { readonly OrderingTimestamp: number };

export interface Recorder {
  /** `http://127.0.0.1:54321` */
  readonly endpoint: string;
  /** What was reported with the token, in the order in which it came. */
  evaluations(resultToken: string): readonly SentEvaluation[];
  stop(): Promise<void>;
}

/**
 * Stands between a process and moto. It plays what moto has not got of AWS Config, which takes evaluations and tells of
 * earlier ones (there are none); it denies the paths that a test names; all else goes through.
 *
 * @param denied `GET /moonjar-sealed/?policy`: method, path, and the name of the first query parameter.
 */
export async function startRecorder(moto: string, denied: readonly string[] = []): Promise<Recorder> {
  const recorded = new Map<string, SentEvaluation[]>();

  const config: Readonly<Record<string, (input: never) => object>> = {
    PutEvaluations({
      ResultToken,
      Evaluations = [],
    }: {
      ResultToken: string;
      Evaluations?: SentEvaluation[];
    }) {
      recorded.set(ResultToken, [...(recorded.get(ResultToken) ?? []), ...Evaluations]);
      return { FailedEvaluations: [] };
    },
    GetComplianceDetailsByConfigRule: () => ({ EvaluationResults: [] }),
  };

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [, operation = ''] =
      /^StarlingDoveService\.(\w+)$/.exec(String(incoming.headers['x-amz-target'])) ?? [];
    const own = config[operation];
    if (own) {
      const said = own((await json(incoming)) as never);
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(said));
    } else if (denied.includes(asked(incoming))) {
      incoming.resume();
      outgoing
        .writeHead(403, { 'content-type': 'application/xml' })
        .end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    } else passOn(moto, incoming, await bodyOf(incoming), outgoing);
  }

  const { endpoint, stop } = await serve((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  return {
    endpoint,
    evaluations: (resultToken) => recorded.get(resultToken) ?? [],
    stop,
  };
}

function asked({ method, url }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
  const [first] = searchParams.keys();
  return `${method} ${pathname}${first === undefined ? '' : `?${first}`}`;
}
