import { NormalizedSchema } from '@smithy/core/schema';
import type { ClientConfig } from '../account/live/service.ts';
import type { ApiRequest, Call, InvokeLambda, LambdaResponse } from './run/execution.ts';
import { type Client, type Service, services } from './services.ts';
import { fromSdk, hasStream, toSdk } from './shapes.ts';

export interface AwsCallerOptions {
  readonly region: string;
  /** An emulator's address. `AWS_ENDPOINT_URL` counts too. */
  readonly endpointUrl?: string;
  readonly profile?: string;
  /** The standard chain, when absent. */
  readonly credentials?: ClientConfig['credentials'];
  readonly config?: Partial<ClientConfig>;
}

/** A call that AWS refused, or that was never made: `ParamValidation`, `UnknownService`, `UnknownApi`, `StreamingApi`. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  readonly code: string;
  /** `s3:PutPublicAccessBlock`, as the document says it. */
  readonly api: string;

  constructor(code: string, api: string, message: string, options?: ErrorOptions) {
    super(`${api}: ${message}`, options);
    this.code = code;
    this.api = api;
  }
}

interface Loaded {
  readonly client: Client;
  readonly find: (api: string) => Operation | undefined;
}
interface Operation {
  readonly name: string;
  readonly Command: new (input: object) => object;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}
/** An operation's schema as the SDK holds it. */
type StaticOperation = readonly [9, string, string, unknown, input: never, output: never];

/**
 * Calls AWS for a document's steps, through one SDK client a service. The SDK retries what may be retried; nothing else does.
 *
 * @throws {AwsCallError} from the calls.
 *
 * @example
 * const call = awsCaller({ region: 'us-east-1', endpointUrl: 'http://127.0.0.1:5000' });
 * await call({ service: 'ec2', api: 'DescribeVpcs', input: {}, step: 'Look', signal });
 */
export function awsCaller({ region, endpointUrl, profile, credentials, config }: AwsCallerOptions): Call {
  const loaded = new Map<string, Promise<Loaded>>();
  const open = (service: string, definition: Service) => {
    const opening =
      loaded.get(service) ??
      load(definition, {
        region,
        ...(endpointUrl && { endpoint: endpointUrl }),
        ...(profile && { profile }),
        ...(credentials && { credentials }),
        ...config,
      });
    loaded.set(service, opening);
    return opening;
  };

  return async ({ service, api, input, signal }: ApiRequest) => {
    const name = `${service}:${api}`;
    const definition = Object.hasOwn(services, service) ? services[service] : undefined;
    if (!definition) {
      const known = Object.keys(services).join(', ');
      throw new AwsCallError(
        'UnknownService',
        name,
        `no service is called ${service} here (there is ${known})`,
      );
    }
    const { client, find } = await open(service, definition);
    const operation = find(api);
    // PascalCase as AWS spells it, or boto3's method name.
    if (!operation || (operation.name !== api && api !== api.toLowerCase())) {
      const hint = operation ? `it is spelled ${operation.name}` : 'the service has no such operation';
      throw new AwsCallError('UnknownApi', name, hint);
    }
    if (hasStream(operation.output)) throw new AwsCallError('StreamingApi', name, 'SSM takes no streams');
    const problems: string[] = [];
    const sent = toSdk(operation.input, input, '', problems) as object;
    if (problems.length > 0) throw new AwsCallError('ParamValidation', name, problems.join('; '));
    try {
      const answer = await client.send(new operation.Command(sent), { abortSignal: signal });
      return fromSdk(answer, service) as Record<string, unknown>;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new AwsCallError(error.name, name, error.message, { cause: error });
    }
  };
}

async function load({ load }: Service, config: ClientConfig): Promise<Loaded> {
  const { sdk, connect } = await load();
  const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
  const names = new Map(
    Object.keys(sdk).flatMap((key) => {
      const name = /^([A-Z]\w+)Command$/.exec(key)?.[1];
      return name ? [[plain(name), name] as const] : [];
    }),
  );
  return {
    client: connect(config),
    find: (api) => {
      const name = names.get(plain(api));
      if (!name) return undefined;
      const [, , , , input, output] = sdk[`${name}$`] as StaticOperation;
      return {
        name,
        Command: sdk[`${name}Command`] as Operation['Command'],
        input: NormalizedSchema.of(input),
        output: NormalizedSchema.of(output),
      };
    },
  };
}

/** Invokes functions by the service's own Invoke, for documents whose functions are deployed. */
export function lambdaInvoker(call: Call): InvokeLambda {
  return async (request) => {
    const answer = await call({
      service: 'lambda',
      api: 'Invoke',
      input: {
        FunctionName: request.functionName,
        InvocationType: request.invocationType,
        Payload: request.payload,
        ...(request.qualifier !== undefined && { Qualifier: request.qualifier }),
        ...(request.logType !== undefined && { LogType: request.logType }),
        ...(request.clientContext !== undefined && { ClientContext: request.clientContext }),
      },
      step: request.step,
      signal: request.signal,
    });
    const { StatusCode, FunctionError, LogResult, Payload } = answer as unknown as LambdaResponse;
    return {
      StatusCode,
      ...(FunctionError !== undefined && { FunctionError }),
      ...(LogResult !== undefined && { LogResult }),
      ...(Payload !== undefined && { Payload }),
    };
  };
}
