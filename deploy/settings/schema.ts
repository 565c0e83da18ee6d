/** `groundrules.config.json`: what a platform team decides. Everything has a default; a wrong key is an error. */
import * as z from 'zod';
import { DOMAINS } from '../../catalogue/domains.ts';
import { controlSettings, packs, type RemediationSettings, remediation } from './controls.ts';
import { keyArn, region } from './formats.ts';
import { type OrganizationSettings, organization } from './organization.ts';

const topicArn = z.string().regex(/^arn:aws[a-z-]*:sns:/, 'expected the ARN of an SNS topic');

/** IAM's `path` and names of policies (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const POLICY = /^(arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/)?([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/;

/** What CloudFormation takes as a stack's tags. */
const tagKey = z
  .string()
  .regex(
    /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
    'expected 1 to 128 letters, digits, spaces or _.:/=+-@, not beginning with aws:',
  );
const tagValue = z
  .string()
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, 'expected at most 256 letters, digits, spaces or _.:/=+-@');

/** What every resource is named by, held to, tagged and encrypted with. */
const resources = {
  namePrefix: z
    .string()
    .regex(
      /^(?!aws|amazon|amzn)[a-z](?:[a-z0-9]|-(?=[a-z0-9])){2,15}$/,
      'expected 3 to 16 small letters, digits and single hyphens, beginning with a letter, and not with aws, amazon or amzn',
    )
    .default('groundrules')
    .describe('What all names begin with. Another one makes a second deployment beside the first.'),
  tags: z
    .record(tagKey, tagValue)
    .refine((tags) => Object.keys(tags).length <= 50, 'CloudFormation takes 50 tags')
    .default({})
    .describe('Of every stack and of everything in it that takes tags.'),
  permissionsBoundary: z
    .string()
    .regex(POLICY, 'expected the name of a policy in the account, or its ARN')
    .optional()
    .describe('Of every role: the name of a managed policy that each account has, or its ARN.'),
  rolePath: z
    .string()
    .regex(/^\/([\x21-\x2e\x30-\x7e]+\/)*$/, 'expected a path that begins and ends with /')
    .max(128)
    .default('/')
    .describe('Of every role, such as `/groundrules/`.'),
  kmsKeyArn: z
    .union([keyArn, z.record(region, keyArn)])
    .optional()
    .describe(
      "Encrypts log groups, queues, topic and functions' environment: the key of the Region, or one by Region. A multi-Region key (`mrk-`) stands for its replicas. Its policy has to let the services use it (docs/deploy.md). Unset: keys of the services, which cost nothing.",
    ),
  architecture: z.enum(['arm64', 'x86_64']).default('arm64').describe('Of every function.'),
};

/** `PutRetentionPolicy` of the CloudWatch Logs API reference. */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const functions = z.strictObject({
  logRetentionDays: z.literal(LOG_RETENTION_DAYS).default(90).describe('CloudWatch Logs knows these alone.'),
  reservedConcurrency: z
    .int()
    .min(1)
    .optional()
    .describe(
      'Of each function. Unset: the functions share what the account has, of which 100 must stay unreserved.',
    ),
  timeoutSeconds: z.int().min(3).max(900).optional().describe('Of each function, in place of its own.'),
  memoryMegabytes: z.int().min(128).max(10_240).optional().describe('Of each function, in place of its own.'),
});

const securityHub = z.strictObject({
  findings: z.boolean().default(true).describe('Sends each verdict as a finding, by a function of ours.'),
  insights: z.boolean().default(true).describe('By account, by control, newest critical.'),
  automationRules: z
    .boolean()
    .optional()
    .describe(
      "Automation rules, which Security Hub lets its administrator account alone have. Unset: in an organization's audit account, and nowhere else.",
    ),
  suppressDuplicates: z
    .boolean()
    .default(true)
    .describe("Suppresses AWS's own, flat findings of the same rules, by an automation rule."),
  documentationUrl: z
    .url({ protocol: /^https$/, error: 'expected a URL that begins with https://' })
    .optional()
    .describe(
      "Where this project's pages are published: findings link to them. Unset: to AWS's pages alone.",
    ),
});

/** The file's own shape. */
export const schema = z.strictObject({
  $schema: z.string().optional().describe('For editors.'),
  homeRegion: region.default('us-east-1').describe('Where global resources are judged, and there alone.'),
  regions: z.array(region).min(1).optional().describe('Where the rules run. Unset: the home Region alone.'),
  packs: packs.default([...DOMAINS]).describe('One conformance pack each.'),
  controls: controlSettings.default({}).describe('By control, as `groundrules controls` lists them.'),
  remediation: remediation.prefault({}).describe('Of every control that does not say otherwise.'),
  ...resources,
  functions: functions.prefault({}),
  notifications: z
    .strictObject({
      topicArn: topicArn
        .optional()
        .describe('A topic that is there, for its own Region. In every other, and when unset, one is made.'),
      emails: z.array(z.email()).default([]).describe('Who is told of alarms and of the weekly summary.'),
      alarms: z
        .boolean()
        .default(true)
        .describe('On the queue of events that were given up, of which there is one a Region.'),
      functionAlarms: z
        .boolean()
        .default(false)
        .describe(
          'Two more a function: on its errors, and on throttles that last an hour. $0.20 a month each function.',
        ),
      dashboard: z.boolean().default(true).describe('In CloudWatch, in the home Region, of all Regions.'),
    })
    .prefault({}),
  waivers: z
    .strictObject({
      file: z
        .string()
        .min(1)
        .optional()
        .describe(
          'groundrules.waivers.yaml, by its path from this file: the functions follow it, too, and AWS Config shows what it waives as NOT_APPLICABLE. Unset: it counts on the command line alone.',
        ),
      maxDays: z
        .int()
        .min(1)
        .max(3650)
        .default(366)
        .describe('The most days that a waiver may hold from now.'),
    })
    .prefault({}),
  attestations: z
    .strictObject({
      unattested: z
        .enum(['leave', 'NON_COMPLIANT'])
        .default('leave')
        .describe(
          'What becomes of a process check that nobody has attested yet. `leave`: AWS Config does not show it, nor count it.',
        ),
    })
    .prefault({}),
  securityHub: z.union([z.literal(false), securityHub]).default(false),
  organization: z.union([z.literal(false), organization]).default(false),
});

/** What the file says, and the defaults of what it does not. */
export type Read = z.output<typeof schema>;
type ControlSettings = Omit<Read['controls'][string], 'remediation'> & {
  readonly remediation?: RemediationSettings | undefined;
};
export type Settings = Omit<
  Read,
  'regions' | '$schema' | 'controls' | 'remediation' | 'kmsKeyArn' | 'organization'
> & {
  /** With the settings of each group of units whole. */
  readonly organization: false | OrganizationSettings;
  readonly regions: readonly string[];
  /** The keys by Region; empty where the services' own are used. */
  readonly kmsKeyArn: Readonly<Record<string, string>>;
  /** A control's remediation is whole: what it does not say itself is what all have, the document's parameters aside. */
  readonly controls: Readonly<Record<string, ControlSettings>>;
  readonly remediation: RemediationSettings;
};
export type SettingsInput = z.input<typeof schema>;

/** The JSON Schema of the file, for editors. */
export const settingsSchema = (): object => ({
  ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }),
  title: 'groundrules.config.json',
});
