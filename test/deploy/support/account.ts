import { App, type Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AccountStack } from '../../../deploy/account/stack.ts';
import { readSettings, type SettingsInput } from '../../../deploy/settings/index.ts';

/** Stands for a bundle: assertions look at templates, and bundles change with every build. */
export const noCode = () => lambda.Code.fromInline('export const handler = async () => {};');

export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
};
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what CloudFormation keeps, of which tests look at single members.
  readonly Properties: Readonly<Record<string, any>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesized {
  readonly app: App;
  readonly stack: AccountStack;
  readonly template: Template;
}

/**
 * Makes stacks without the CDK's notes of where each construct was made: with Jest's mapping of sources they take a quarter of
 * the time, and no test asks. Errors that come up then have no stack either.
 */
export function untraced<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 0;
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const made = new Map<string, Synthesized>();

/** The account stack of a Region by settings, made once a file. */
export function synth(input: SettingsInput = {}, region?: string): Synthesized {
  const key = JSON.stringify([input, region]);
  const known = made.get(key);
  if (known) return known;
  const synthesized = untraced(() => {
    const settings = readSettings(input);
    const app = new App({ analyticsReporting: false, treeMetadata: false });
    const here = region ?? settings.homeRegion;
    const stack = new AccountStack(app, `Groundrules-${here}`, {
      settings,
      region: here,
      env: { region: here },
      code: noCode,
    });
    return { app, stack, template: templateOf(app, stack) };
  });
  made.set(key, synthesized);
  return synthesized;
}

export const templateOf = (app: App, stack: Stack): Template =>
  app.synth().getStackByName(stack.stackName).template;

/** The resources of a type, by logical id. */
export const resourcesOf = ({ Resources }: Template, type: string): [id: string, resource: Resource][] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** A value with its intrinsic functions carried out, as in the account 111122223333. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export function resolved(value: unknown, region = 'us-east-1'): any {
  if (Array.isArray(value)) return value.map((one) => resolved(one, region));
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = [], ...more] = Object.entries(value);
  if (more.length === 0 && name === 'Ref') {
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::AccountId': '111122223333',
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
    };
    return pseudo[String(argument)] ?? `ref:${argument}`;
  }
  if (more.length === 0 && name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => resolved(part, region)).join(separator);
  }
  if (more.length === 0 && name === 'Fn::GetAtt') return `att:${(argument as string[]).join('.')}`;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, region)]));
}

/** Settings that together have every resource that an account stack can have. */
export const VARIANTS: readonly {
  readonly title: string;
  readonly settings: SettingsInput;
  readonly region?: string;
}[] = [
  { title: 'nothing set', settings: {} },
  {
    title: 'a Region that is not home',
    settings: { homeRegion: 'us-east-1', regions: ['us-east-1', 'eu-west-1'] },
    region: 'eu-west-1',
  },
  {
    title: 'everything set',
    settings: {
      homeRegion: 'ap-northeast-2',
      regions: ['ap-northeast-2', 'us-east-1'],
      securityHub: { automationRules: true },
      namePrefix: 'acme-rules',
      tags: { CostCenter: '4711' },
      permissionsBoundary: 'boundaries/workloads',
      rolePath: '/acme/',
      kmsKeyArn: 'arn:aws:kms:ap-northeast-2:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
      architecture: 'x86_64',
      functions: { reservedConcurrency: 2, logRetentionDays: 30, timeoutSeconds: 120, memoryMegabytes: 256 },
      notifications: { emails: ['security@example.com'], functionAlarms: true },
      remediation: { mode: 'automatic' },
      controls: { 'security-contact': { enabled: true } },
    },
  },
  {
    title: 'as little as can be',
    settings: {
      packs: ['workloads'],
      remediation: { mode: 'off' },
      notifications: {
        topicArn: 'arn:aws:sns:us-east-1:111122223333:our-alarms',
        alarms: false,
        dashboard: false,
      },
    },
  },
];
