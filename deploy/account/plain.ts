/** The account stack as files that CloudFormation takes as they are: no CDK, no Node.js and no bootstrapping where it is deployed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnCondition, CfnParameter, FileSystem, Fn, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { zipSync } from 'fflate';
import { type CustomControl, controls, ruleOf } from '../../catalogue/index.ts';
import type { Parameter } from '../../rules/parameters.ts';
import { checkLimits, type Template } from '../organization/member.ts';
import { parameterName, valuesOf } from '../packs/index.ts';
import { LOG_RETENTION_DAYS, type Settings } from '../settings/index.ts';
import { bareStack, inTemporaryFolder } from './bare-stack.ts';
import { bundleFolder, deployedFolder, type FolderOf } from './code.ts';
import { checkMissing, missingIn } from './left-out.ts';
import { namesOf } from './names.ts';
import type { AccountStack } from './stack.ts';

/** A file of a plain deployment, by its path in the folder that it is written to. */
export interface PlainFile {
  readonly path: string;
  readonly content: Uint8Array | string;
}

/** What one Region's deployment consists of. */
export interface PlainRegion {
  readonly region: string;
  readonly stackName: string;
  /** Path of the template. */
  readonly template: string;
}

export interface PlainDeployment {
  readonly files: readonly PlainFile[];
  readonly regions: readonly PlainRegion[];
  /** What Regions lack because AWS Config has no rule for it there: a sentence each. */
  readonly leftOut: readonly string[];
}

/** The folder of the code, which is uploaded to the bucket below the parameter {@link PREFIX}. */
export const CODE_FOLDER = 'code';
const BUCKET = 'CodeBucket';
const PREFIX = 'CodePrefix';
export const DEFAULT_PREFIX = 'groundrules';

/**
 * Parameters of rules that the template has, too: those that most accounts change. Only the settings have the others,
 * because CloudFormation takes 200 parameters at most.
 */
const TUNABLE: readonly [control: CustomControl, parameter: string][] = controls
  .filter((control) => control.kind === 'custom')
  .flatMap((control) =>
    Object.entries<Parameter>(ruleOf(control)?.parameters ?? {})
      .filter(([, { isTunable }]) => isTunable)
      .map(([name]): [CustomControl, string] => [control, name]),
  )
  .sort(([a], [b]) => (a.id < b.id ? -1 : 1));

/**
 * Templates and code for the Regions of the settings. The same settings and the same package give the same bytes.
 *
 * @param only the Regions of the settings to write files for.
 * @throws {SettingsError} for a Region whose packs would lack most of the baseline.
 * @throws {NotBuiltError} when the functions have not been built.
 * @throws {OrganizationError} when a template is more than CloudFormation takes.
 */
export function plainDeployment(
  settings: Settings,
  only: readonly string[] = settings.regions,
  folderOf: FolderOf = bundleFolder,
): PlainDeployment {
  checkMissing(settings);
  const deployed = deployedFolder(settings, folderOf);
  const code = new Map<string, PlainFile>();
  const regions = only.map((region): [PlainRegion, PlainFile] => {
    const file = `${region}.template.json`;
    const template = plainTemplate(settings, region, (id) => {
      const folder = deployed(id);
      const one = new PlainCode(id, folder);
      const path = `${CODE_FOLDER}/${one.fileName}`;
      if (!code.has(path)) code.set(path, { path, content: zipped(folder) });
      return one;
    });
    return [
      { region, stackName: namesOf(settings).stack(region), template: file },
      { path: file, content: `${JSON.stringify(template, null, 1)}\n` },
    ];
  });
  return {
    regions: regions.map(([region]) => region),
    leftOut: only.flatMap((region) => missingIn(settings, region) ?? []),
    files: [...regions.map(([, file]) => file), ...code.values()],
  };
}

function plainTemplate(settings: Settings, region: string, codeOf: (id: string) => PlainCode): Template {
  return inTemporaryFolder((outdir) => {
    const { app, stack } = bareStack(settings, region, codeOf, outdir);
    addParameters(stack, settings, region);
    const template: Template = app.synth().getStackByName(stack.stackName).template;
    checkLimits(region, template);
    return template;
  });
}

/** Where a function's code is: in the bucket that the template's parameters name. */
class PlainCode extends lambda.Code {
  readonly isInline = false;
  /** Named by its content, so that a stack that is updated takes the new code. */
  readonly fileName: string;

  constructor(id: string, folder: string) {
    super();
    this.fileName = `${id}-${FileSystem.fingerprint(folder).slice(0, 16)}.zip`;
  }

  override bind(scope: Construct): lambda.CodeConfig {
    const stack = Stack.of(scope);
    const parameter = (id: string, props: ConstructorParameters<typeof CfnParameter>[2]) =>
      (stack.node.tryFindChild(id) as CfnParameter | undefined) ?? new CfnParameter(stack, id, props);
    const bucket = parameter(BUCKET, {
      description: `The bucket, in this Region, that the folder "${CODE_FOLDER}" was copied to`,
      allowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
    const prefix = parameter(PREFIX, {
      description: 'What it was copied below',
      default: DEFAULT_PREFIX,
      allowedPattern: '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$',
    });
    return {
      s3Location: {
        bucketName: bucket.valueAsString,
        objectKey: Fn.join('/', [prefix.valueAsString, this.fileName]),
      },
    };
  }
}

function addParameters(stack: AccountStack, settings: Settings, region: string): void {
  const email = new CfnParameter(stack, 'NotificationEmail', {
    description:
      'Who is told of alarms and by documents, and has to confirm it by mail. Empty: nobody else than the settings say',
    default: '',
    allowedPattern: '^$|^[^@\\s]+@[^@\\s]+$',
  });
  const subscription = new sns.CfnSubscription(stack, 'NotificationEmailSubscription', {
    topicArn: stack.topic.topicArn,
    protocol: 'email',
    endpoint: email.valueAsString,
  });
  subscription.cfnOptions.condition = new CfnCondition(stack, 'HasNotificationEmail', {
    expression: Fn.conditionNot(Fn.conditionEquals(email.valueAsString, '')),
  });

  const retention = new CfnParameter(stack, 'LogRetentionDays', {
    type: 'Number',
    description: "How long the functions' logs are kept",
    default: String(settings.functions.logRetentionDays),
    allowedValues: LOG_RETENTION_DAYS.map(String),
  });
  for (const one of stack.node.findAll()) {
    if (one instanceof logs.CfnLogGroup) one.retentionInDays = retention.valueAsNumber;
  }

  const tuned = TUNABLE.flatMap(
    ([control, name]) => addTunable(stack, settings, region, control, name) ?? [],
  );
  stack.templateOptions.metadata = {
    'AWS::CloudFormation::Interface': {
      ParameterGroups: [
        group('Where the code is', [BUCKET, PREFIX]),
        group('Who is told, and how long logs are kept', [email.logicalId, retention.logicalId]),
        group('What the rules go by', tuned),
      ],
    },
  };
}

const group = (label: string, parameters: readonly string[]) => ({
  Label: { default: label },
  Parameters: parameters,
});

/** A rule's parameter as one of the template's, handed on to the rule's pack; nothing where the rule is in no pack here. */
function addTunable(
  stack: AccountStack,
  settings: Settings,
  region: string,
  control: CustomControl,
  name: string,
): string | undefined {
  const pack = stack.pack.packs.get(control.domain);
  if (!pack || !stack.pack.functions.has(control.rule)) return undefined;
  const parameter = parameterName(control.id, name);
  const made = new CfnParameter(stack, parameter, {
    description: `${control.id}: ${name}`,
    default: valuesOf(control, settings, region)[name] ?? '',
  });
  const given = pack.conformancePackInputParameters;
  pack.conformancePackInputParameters = [
    ...(Array.isArray(given) ? given : []),
    { parameterName: parameter, parameterValue: made.valueAsString },
  ];
  return made.logicalId;
}

/** The oldest time that a ZIP archive can hold: the same code gives the same bytes. */
const NO_TIME = new Date(1980, 0, 1);

const zipped = (folder: string): Uint8Array => {
  const files = readdirSync(folder).sort();
  return zipSync(Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name))])), {
    level: 9,
    mtime: NO_TIME,
  });
};
