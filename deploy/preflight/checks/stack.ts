import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeConformancePacksCommand } from '@aws-sdk/client-config-service';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { DescribeDocumentCommand, GetParameterCommand } from '@aws-sdk/client-ssm';
import { DOMAINS } from '../../../catalogue/index.ts';
import { namesOf } from '../../account/names.ts';
import { functionsIn } from '../../packs/index.ts';
import { type Check, type Finding, okUnless, type Place } from '../finding.ts';

/** Where the CDK's bootstrap stack says its version. */
const BOOTSTRAP = '/cdk-bootstrap/hnb659fds/version';
/** The least that the synthesised stacks take: their rule CheckBootstrapVersion says so, too. */
const BOOTSTRAP_VERSION = 6;

/** The CDK has been bootstrapped in the Region. */
export const bootstrap: Check = {
  id: 'bootstrap',
  actions: ['ssm:GetParameter'],
  async run({ region, accountId, clients }: Place) {
    const command = `npx cdk bootstrap aws://${accountId}/${region}`;
    const value = await orNone(['ParameterNotFound'], async () => {
      const { Parameter } = await clients.ssm(region).send(new GetParameterCommand({ Name: BOOTSTRAP }));
      return Parameter?.Value;
    });
    if (value === undefined) {
      return [
        { level: 'error', message: 'the CDK is not bootstrapped: it has nowhere to put the code', command },
      ];
    }
    if (!(Number(value) >= BOOTSTRAP_VERSION)) {
      const message = `the CDK's bootstrap stack is of version ${value}, and ${BOOTSTRAP_VERSION} is needed`;
      return [{ level: 'error', message, command }];
    }
    return okUnless([], `the CDK is bootstrapped, version ${value}`);
  },
};

/** Nothing else has the names that the stack gives, as long as there is no stack yet. */
export const names: Check = {
  id: 'names',
  actions: [
    'cloudformation:DescribeStacks',
    'config:DescribeConformancePacks',
    'lambda:GetFunctionConfiguration',
    'ssm:DescribeDocument',
  ],
  async run(place: Place) {
    const stack = namesOf(place.settings).stack(place.region);
    if (await stackExists(place, stack)) return okUnless([], `the stack ${stack} is there, and is updated`);
    const found = await Promise.all([takenPacks(place), takenFunctions(place), takenDocuments(place)]);
    return okUnless(found.flat(), `the stack ${stack} is new, and its names are free`);
  },
};

async function stackExists({ region, clients }: Place, stack: string): Promise<boolean> {
  // CloudFormation has no code of its own for a stack that does not exist.
  const stacks = await orNone(['ValidationError'], async () => {
    const { Stacks } = await clients
      .cloudformation(region)
      .send(new DescribeStacksCommand({ StackName: stack }));
    return Stacks;
  });
  return (stacks ?? []).some(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
}

/** Those of some names that are there. */
async function taken(
  what: string,
  names: readonly string[],
  isThere: (name: string) => Promise<boolean>,
  remove: (name: string) => string,
): Promise<Finding[]> {
  const there = await Promise.all(names.map(isThere));
  return names
    .filter((_, index) => there[index])
    .map((name) => ({
      level: 'error',
      message: `the ${what} ${name} is there already, and not of this stack: the stack fails`,
      command: `${remove(name)}; or another namePrefix in the settings`,
    }));
}

function takenPacks({ settings, region, clients }: Place): Promise<Finding[]> {
  const ours = DOMAINS.filter((domain) => settings.packs.includes(domain)).map(namesOf(settings).pack);
  return taken(
    'conformance pack',
    ours,
    async (name) => {
      const query = new DescribeConformancePacksCommand({ ConformancePackNames: [name] });
      const found = await orNone(['NoSuchConformancePackException'], () =>
        clients.config(region).send(query),
      );
      return (found?.ConformancePackDetails ?? []).length > 0;
    },
    (name) => `aws configservice delete-conformance-pack --region ${region} --conformance-pack-name ${name}`,
  );
}

function takenFunctions({ settings, region, clients }: Place): Promise<Finding[]> {
  return taken(
    'function',
    functionsIn(settings, region).map(({ rule }) => namesOf(settings).function(rule.id)),
    async (name) => {
      const query = new GetFunctionConfigurationCommand({ FunctionName: name });
      return (
        (await orNone(['ResourceNotFoundException'], () => clients.lambda(region).send(query))) !== undefined
      );
    },
    (name) => `aws lambda delete-function --region ${region} --function-name ${name}`,
  );
}

function takenDocuments({ settings, region, clients }: Place): Promise<Finding[]> {
  return taken(
    'document',
    functionsIn(settings, region).flatMap(({ rule, isFixing }) =>
      isFixing ? [namesOf(settings).document(rule.id)] : [],
    ),
    async (name) => {
      const query = new DescribeDocumentCommand({ Name: name });
      return (await orNone(['InvalidDocument'], () => clients.ssm(region).send(query))) !== undefined;
    },
    (name) => `aws ssm delete-document --region ${region} --name ${name}`,
  );
}

/** What AWS says, or `undefined` where it says with one of these codes that there is none. */
async function orNone<T>(codes: readonly string[], ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (codes.includes((error as Error).name)) return undefined;
    throw error;
  }
}
