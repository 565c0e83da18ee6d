/**
 * AWS's protocols from the service's side (JSON 1.0 and 1.1, REST-JSON, REST-XML, query, EC2's query), for any API that an
 * installed SDK client knows: the client's own schemas say how a request is read, and how an answer is written.
 */
import type { IncomingMessage } from 'node:http';
import { AwsQueryProtocol, XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import { inputOf, type Json, matchOf, type Operation } from './request.ts';
import { onTheWire } from './values.ts';

/** A request, as the service understands it. */
export interface Call {
  /** As Groundrules names it: `s3control`, `elbv2`. */
  readonly service: string;
  readonly region: string;
  /** As AWS names it: `GetBucketPolicy`. */
  readonly api: string;
  readonly input: Json;
  readonly sdk: Sdk;
  readonly operation: Operation;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * The SDK clients of what requests are signed for, and Groundrules' names of the services, where `@aws-sdk/client-<signed>`
 * and `<signed>` are not both right. Of two, the first that has such an operation, in this version of the API, is meant.
 */
const SIGNED: Readonly<
  Record<string, readonly (readonly [client: string, service: string, version?: string])[]>
> = {
  'access-analyzer': [['accessanalyzer', 'accessanalyzer']],
  ce: [['cost-explorer', 'ce']],
  config: [['config-service', 'config']],
  cur: [['../../../account/services/cur/client.ts', 'cur']],
  events: [['eventbridge', 'events']],
  monitoring: [['cloudwatch', 'cloudwatch']],
  elasticloadbalancing: [
    ['elastic-load-balancing', 'elb', '2012-06-01'],
    ['elastic-load-balancing-v2', 'elbv2'],
  ],
  logs: [['cloudwatch-logs', 'logs']],
  sso: [['sso-admin', 'sso-admin']],
  s3: [
    ['s3-control', 's3control'],
    ['s3', 's3'],
  ],
};

type Serializer = { write(schema: unknown, value: unknown): void; flush(): string | Uint8Array };
interface Protocol {
  getShapeId(): string;
  getPayloadCodec(): {
    createSerializer(): Serializer;
    createDeserializer(): { read(schema: unknown, data: Uint8Array): unknown };
  };
  readonly serializer: { readonly settings: Readonly<Record<string, unknown>> };
}

export interface Sdk {
  readonly service: string;
  readonly protocol: Protocol;
  readonly operations: ReadonlyMap<string, Operation>;
}

const loaded = new Map<string, Promise<Sdk>>();

/** @param isQuery older clients of others speak the query protocol with a service to which the SDK's speaks JSON by now. */
async function sdkOf(client: string, service: string, isQuery: boolean): Promise<Sdk> {
  const own = await cached(client, () => load(client, service));
  return isQuery && !own.protocol.getShapeId().endsWith('Query')
    ? cached(`${client} by query`, () => load(client, service, { protocol: AwsQueryProtocol }))
    : own;
}

function cached(key: string, make: () => Promise<Sdk>): Promise<Sdk> {
  const known = loaded.get(key) ?? make();
  loaded.set(key, known);
  return known;
}

async function load(name: string, service: string, more: object = {}): Promise<Sdk> {
  const sdk: Readonly<Record<string, unknown>> = await import(
    name.startsWith('.') ? name : `@aws-sdk/client-${name}`
  );
  const [, Client] = Object.entries(sdk).find(([key]) => /^[A-Z]\w*Client$/.test(key)) ?? [];
  const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };
  const { config } = new (Client as new (config: object) => { config: { protocol: Protocol } })({
    region: 'us-east-1',
    credentials,
    ...more,
  });
  const operations = Object.values(sdk).flatMap((value): [string, Operation][] => {
    // A static schema: the kind (9: an operation), namespace, name, traits, input and output.
    if (!Array.isArray(value) || value[0] !== 9) return [];
    const [, , api, traits, input, output] = value as [9, string, string, unknown, SchemaRef, SchemaRef];
    const { http } = (typeof traits === 'object' ? traits : {}) as { http?: Operation['http'] };
    const of = NormalizedSchema.of;
    return [[api, { api, input: of(input), output: of(output), ...(http && { http }) }]];
  });
  return { service, protocol: config.protocol, operations: new Map(operations) };
}

/** @throws where no installed client has such an operation. */
export async function callOf(request: IncomingMessage, body: Buffer): Promise<Call> {
  const [, , region = '', signed = ''] =
    /Credential=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split('/') ?? [];
  const isQuery = /^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? '');
  for (const [client, service, version] of SIGNED[signed] ?? [[signed, signed] as const]) {
    if (version !== undefined && !body.includes(`Version=${version}`)) continue;
    const sdk = await sdkOf(client, service, isQuery);
    const match = matchOf(sdk, request, body);
    if (!match) continue;
    const input = await inputOf(sdk, match, request, body);
    return { service, region, api: match.operation.api, input, sdk, operation: match.operation };
  }
  throw new Error(`no operation of ${signed} is ${request.method} ${request.url}`);
}

const XML = { 'content-type': 'text/xml' };

/** @param output as the `aws` command prints it. @throws NotOnTheWire for what AWS's model has no place for. */
export function replyTo({ sdk: { protocol }, operation, service }: Call, printed: unknown): Reply {
  const { api, output } = operation;
  const value = onTheWire(output, printed, service === 'iam') as Readonly<Record<string, unknown>>;
  switch (protocol.getShapeId()) {
    case 'aws.protocols#awsQuery': {
      const result = output.isStructSchema() ? xml(protocol, output, value, `${api}Result`) : '';
      const body = `<${api}Response>${result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${api}Response>`;
      return { status: 200, headers: XML, body };
    }
    case 'aws.protocols#ec2Query':
      return { status: 200, headers: XML, body: xml(protocol, output, value, `${api}Response`) };
    case 'aws.protocols#awsJson1_0':
    case 'aws.protocols#awsJson1_1':
      return { status: 200, headers: JSON_TYPE, body: written(protocol, output, value) };
    default:
      return bound(protocol, operation, value);
  }
}

const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.1' };

function written(protocol: Protocol, schema: NormalizedSchema, value: unknown): string | Uint8Array {
  if (!schema.isStructSchema()) return '{}';
  const serializer = protocol.getPayloadCodec().createSerializer();
  serializer.write(schema, value);
  return serializer.flush();
}

function xml({ serializer: { settings } }: Protocol, schema: NormalizedSchema, value: unknown, root: string) {
  if (!schema.isStructSchema()) return `<${root}/>`;
  const serializer = new XmlShapeSerializer({ ...settings } as ConstructorParameters<
    typeof XmlShapeSerializer
  >[0]);
  serializer.write(schema, value);
  return String(serializer.flush())
    .replace(/^<[^\s/>]+/, `<${root}`)
    .replace(/<\/[^>]+>$/, `</${root}>`);
}

/** An answer whose members are headers, a payload of its own, or what is left: the body. */
function bound(
  protocol: Protocol,
  { http, output }: Operation,
  value: Readonly<Record<string, unknown>>,
): Reply {
  const isXml = protocol.getShapeId() === 'aws.protocols#restXml';
  const headers: Record<string, string> = { 'content-type': isXml ? 'application/xml' : 'application/json' };
  const reply = (body: string | Uint8Array): Reply => ({ status: http?.[2] ?? 200, headers, body });
  if (!output.isStructSchema()) return reply('');
  let payload: string | Uint8Array | undefined;
  for (const [name, member] of output.structIterator()) {
    const { httpHeader, httpPayload } = member.getMergedTraits();
    if (value[name] === undefined) continue;
    if (httpHeader) headers[httpHeader.toLowerCase()] = String(value[name]);
    if (!httpPayload) continue;
    payload = member.isStructSchema()
      ? written(protocol, member, value[name])
      : (value[name] as string | Uint8Array);
  }
  return reply(payload ?? written(protocol, output, value));
}

/** A refusal, in the words of the protocol. */
export function refusalOf({ sdk: { protocol, service } }: Call, code: string): Reply {
  const status = /^(?:Access|Unauthorized)/.test(code) ? 403 : /^NoSuch|NotFound/.test(code) ? 404 : 400;
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error>`;
  switch (protocol.getShapeId()) {
    case 'aws.protocols#awsQuery':
      return { status, headers: XML, body: `<ErrorResponse>${error}</ErrorResponse>` };
    case 'aws.protocols#ec2Query':
      return { status, headers: XML, body: `<Response><Errors>${error}</Errors></Response>` };
    case 'aws.protocols#restXml':
      return {
        status,
        headers: XML,
        body: service === 's3' ? error : `<ErrorResponse>${error}</ErrorResponse>`,
      };
    default: {
      const body = JSON.stringify({ __type: code, message: code });
      return { status, headers: { ...JSON_TYPE, 'x-amzn-errortype': code }, body };
    }
  }
}
