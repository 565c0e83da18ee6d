/**
 * Asks the same about one resource after the other with less than half of the processor time that an SDK client takes, because
 * an account of a thousand buckets takes thousands of calls.
 *
 * The first call of a kind goes through the client, and its request is kept as the client made it: address, headers, what
 * it is signed for. For the next resource the name in it is exchanged, and the client's own signer, connection and parser do
 * the rest. Only a plain answer is taken. Whatever else comes (a redirect, a token that has expired, a dead connection, an
 * error of AWS's, a body that makes no sense), the client asks again, with all that it knows to do about it. Once AWS has
 * throttled, the client asks everything, because it knows how to slow down.
 */
import { randomUUID } from 'node:crypto';
import type { S3Client, S3ClientResolvedConfig } from '@aws-sdk/client-s3';
import { Client as SdkClient } from '@smithy/core/client';
import { collectBody, HttpRequest, type HttpResponse } from '@smithy/core/protocols';
import { isThrottlingError } from '@smithy/core/retry';
import { operation } from '@smithy/core/schema';

type Config = Pick<
  S3ClientResolvedConfig,
  'requestHandler' | 'serviceId' | 'signer' | 'streamCollector' | 'systemClockOffset'
> & { readonly protocol: Protocol };
interface Protocol {
  deserializeResponse(schema: unknown, context: object, response: HttpResponse): Promise<Plain>;
}

/** What is used of an SDK client, whichever service's it is. */
interface Client {
  readonly config: Config;
  readonly middlewareStack: S3Client['middlewareStack'];
  readonly send: (command: Command, ...more: unknown[]) => Promise<unknown>;
}
interface Command {
  readonly input: Readonly<Record<string, unknown>>;
  readonly middlewareStack: S3Client['middlewareStack'];
}

/** Which resources a service's calls are about, and where their names are in a request. */
interface Named {
  /** The member of a command's input that is the name. */
  readonly member: string;
  /** Members that it may have besides. */
  readonly besides: readonly string[];
  /** Names that all have the same place in a request; the client asks about others. */
  readonly plain: RegExp;
  /** What changes of a request that is about the second instead of the first; `undefined` where that is not known. */
  renamed(request: HttpRequest, first: string, second: string): Partial<HttpRequest> | undefined;
}

const NAMED: Readonly<Record<string, Named>> = {
  S3: {
    member: 'Bucket',
    besides: [],
    // Without what tells S3 that it is another kind of bucket or an access point (`--x-s3`, `-s3alias`).
    plain: /^(?!xn--)(?!.*--)(?!.*-s3alias$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    renamed({ path }, first, second) {
      if (path !== `/${first}` && path !== `/${first}/`) return undefined;
      return { path: path.replace(first, second) };
    },
  },
  IAM: {
    member: 'UserName',
    besides: ['MaxItems'],
    plain: /^[\w+=,.@-]+$/,
    renamed({ body, headers }, first, second) {
      const member = (name: string) => `&UserName=${encodeURIComponent(name)}&`;
      const [before, after, ...others] = `${body}&`.split(member(first));
      if (typeof body !== 'string' || after === undefined || others.length > 0) return undefined;
      const about = `${before}${member(second)}${after}`.slice(0, -1);
      const length = String(Buffer.byteLength(about));
      return { body: about, headers: { ...headers, 'content-length': length } };
    },
  },
};

/** What a call asks about. */
interface Asked {
  readonly name: string;
  /** The rest of its input. */
  readonly besides: string;
}

/** A request as the client made it, and what is needed to make the next. */
interface Template extends Asked {
  readonly request: HttpRequest;
  sign(request: HttpRequest): Promise<HttpRequest>;
  parse(response: HttpResponse): Promise<Plain>;
}

/** The client, which from now on asks so where it can. */
export function quickened<C>(client: C): C {
  // What a service is asked with need not be an SDK client: sessions of member accounts' root users hold several.
  if (!(client instanceof SdkClient)) return client;
  const { config, middlewareStack, send: ask } = client as unknown as Client;
  // Nobody reads its log, for which it would go through every answer.
  middlewareStack.remove('loggerMiddleware');
  const named = NAMED[config.serviceId];
  if (!named) return client;
  const templates = new Map<unknown, Promise<Template | undefined>>();
  let isThrottled = false;

  async function send(command: Command, ...more: unknown[]): Promise<unknown> {
    const slowly = () => ask.call(client, command, ...more);
    const asked = more.length > 0 || isThrottled ? undefined : askedAbout(command, named as Named);
    if (!asked) return slowly();
    const kind = command.constructor;
    const known = templates.get(kind);
    if (!known) {
      const { template, fail } = keptOf(command, asked, config);
      templates.set(kind, template);
      return slowly().finally(fail);
    }
    const template = await known;
    // The call whose request was to be kept may have failed before it had one.
    if (!template) templates.delete(kind);
    const request = template && requestLike(template, asked, named as Named);
    const answer = request ? await plainAnswer(request, template, config) : 'ask again';
    if (answer === 'throttled') isThrottled = true;
    if (typeof answer === 'string') return slowly();
    if (answer instanceof Error) throw answer;
    return answer;
  }
  return Object.assign(client as object, { send }) as C;
}

/** What a command asks about, if it is a name that {@link Named} knows, and nothing else. */
function askedAbout({ input }: Command, { member, besides, plain }: Named): Asked | undefined {
  const { [member]: name, ...rest } = input;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (typeof name !== 'string' || !plain.test(name)) return undefined;
  return given.every(([one]) => besides.includes(one)) ? { name, besides: JSON.stringify(given) } : undefined;
}

/** Keeps the command's request as it is before it is signed. Whoever sends it says when it has failed before that. */
function keptOf(command: Command, asked: Asked, config: Config) {
  let keep: (template: Template | undefined) => void;
  const template = new Promise<Template | undefined>((resolve) => {
    keep = resolve;
  });
  const middleware = (next: (args: Sent) => unknown, context: Context) => async (args: Sent) => {
    keep(await templateOf(asked, args.request, context, config));
    return next(args);
  };
  command.middlewareStack.addRelativeTo(middleware as never, {
    name: 'quickened',
    relation: 'before',
    toMiddleware: 'httpSigningMiddleware',
  });
  return { template, fail: () => keep(undefined) };
}

interface Sent {
  readonly request: HttpRequest;
}

/** What the client's middleware knows of a call. */
interface Context {
  readonly endpointV2?: { readonly properties?: { readonly authSchemes?: readonly AuthScheme[] } };
  readonly __smithy_context?: {
    readonly operationSchema?: readonly [number, ...Parameters<typeof operation>];
    readonly selectedHttpAuthScheme?: { readonly httpAuthOption: { readonly schemeId: string } };
  };
}
type AuthScheme = NonNullable<Parameters<Config['signer']>[0]>;

async function templateOf(
  asked: Asked,
  request: HttpRequest,
  context: Context,
  config: Config,
): Promise<Template | undefined> {
  const { operationSchema, selectedHttpAuthScheme } = context.__smithy_context ?? {};
  if (!operationSchema || selectedHttpAuthScheme?.httpAuthOption.schemeId !== 'aws.auth#sigv4')
    return undefined;
  const [, ...schema] = operationSchema;
  const signer = await config.signer(context.endpointV2?.properties?.authSchemes?.[0]);
  const whole = { ...config, ...context };
  return {
    ...asked,
    request: HttpRequest.clone(request),
    // The client measures by how much this machine's clock is off.
    sign: async (unsigned) =>
      (await signer.sign(unsigned, {
        signingDate: new Date(Date.now() + config.systemClockOffset),
      })) as HttpRequest,
    parse: (response) => config.protocol.deserializeResponse(operation(...schema), whole, response),
  };
}

/** The request that was kept, about another resource; `undefined` where it is not known what to change. */
function requestLike(template: Template, asked: Asked, named: Named): HttpRequest | undefined {
  if (template.besides !== asked.besides) return undefined;
  const renamed = named.renamed(template.request, template.name, asked.name);
  if (!renamed) return undefined;
  const request = new HttpRequest({ ...template.request, ...renamed });
  request.headers = { ...request.headers, 'amz-sdk-invocation-id': randomUUID() };
  return request;
}

/** The answer, or AWS's error, if it is one that no other attempt would change; else whether AWS throttles. */
async function plainAnswer(
  request: HttpRequest,
  { sign, parse }: Template,
  { requestHandler, streamCollector }: Config,
): Promise<Plain | Error | 'throttled' | 'ask again'> {
  try {
    const { response } = await requestHandler.handle(await sign(request));
    const body = await collectBody(response.body, { streamCollector });
    // S3 says 200 before it knows that it fails.
    const end = Buffer.from(body.subarray(-ERROR_END.length)).toString('latin1');
    if (response.statusCode < 300 && end === ERROR_END) return 'ask again';
    return withAttempts(await parse(Object.assign(response, { body })));
  } catch (error) {
    if (isFinal(error)) return withAttempts(error);
    return isThrottlingError(error as never) ? 'throttled' : 'ask again';
  }
}

const ERROR_END = '</Error>';

/** As answers and errors of an SDK client have it. */
interface Plain {
  readonly $metadata: { readonly httpStatusCode?: number; attempts?: number; totalRetryDelay?: number };
}

/** AWS has none of it, or refuses this caller. An answer that cannot be read has no status here. */
function isFinal(error: unknown): error is Error & Plain {
  const { name, $metadata } = error as Error & Partial<Plain>;
  const status = $metadata?.httpStatusCode;
  return status === 404 || (status === 403 && name === 'AccessDenied');
}

function withAttempts<T extends Plain>(answer: T): T {
  Object.assign(answer.$metadata, { attempts: 1, totalRetryDelay: 0 });
  return answer;
}
