/** The settings of an organization: who gets the rules, from where, in which order, and who has settings of their own. */
import * as z from 'zod';
import { controlSettings, packs, runs } from './controls.ts';
import { fleet } from './fleet.ts';
import { accountId, region } from './formats.ts';
import type { Settings } from './schema.ts';

const principalArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:(?:user|role)\/(?:[\x21-\x7e]+\/)?[\w+=,.@-]+$/,
    'expected the ARN of an IAM user or role',
  );
const stackSetArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:cloudformation:[a-z0-9-]+:\d{12}:stackset\/.+:.+$/,
    'expected the ARN of a StackSet',
  );
const units = z
  .array(
    z
      .string()
      .regex(
        /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
        'expected an id such as ou-ab12-cdefghij or r-ab12',
      ),
  )
  .min(1);

/** The name that the canary's StackSets end with, and no group may have. */
export const CANARY = 'canary';

const canary = z.strictObject({
  organizationalUnits: units
    .optional()
    .describe('Units that are nowhere else in these settings. Accounts that join them get the rules, too.'),
  accounts: z
    .array(accountId)
    .min(1)
    .optional()
    .describe('In place of units: single accounts in organizationalUnits (AccountFilterType INTERSECTION).'),
});

const group = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected small letters, digits and single hyphens')
    .max(32)
    .describe('What the names of its StackSets end with. Another one makes other StackSets.'),
  organizationalUnits: units.describe('Units that are nowhere else in these settings.'),
  packs: packs.optional().describe('In place of the packs of all.'),
  controls: controlSettings
    .default({})
    .describe('What its accounts have otherwise: laid over the controls of all, parameter by parameter.'),
  remediation: z
    .strictObject(runs)
    .partial()
    .optional()
    .describe('Laid over the remediation of all. What controls say themselves goes before it.'),
});

/** How an operation of StackSets goes (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSetOperationPreferences.html). */
const operations = {
  failureTolerancePercent: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe(
      'FailureTolerancePercentage: of the accounts of a StackSet, how many may fail in a Region before the rest is left alone and the deployment rolls back. CloudFormation rounds down: 10 percent of 9 accounts are none. Unset, and failureToleranceCount as well: 10. Of a canary none may fail, whatever this is.',
    ),
  failureToleranceCount: z
    .int()
    .min(0)
    .optional()
    .describe('FailureToleranceCount: the same as a number of accounts, in place of the percentage.'),
  maxConcurrentPercent: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'MaxConcurrentPercentage: of the accounts of a StackSet, how many are worked on at a time. CloudFormation rounds down, to one at least. Unset, and maxConcurrentCount as well: 25.',
    ),
  maxConcurrentCount: z
    .int()
    .min(1)
    .optional()
    .describe('MaxConcurrentCount: the same as a number of accounts, in place of the percentage.'),
  regionConcurrencyType: z
    .enum(['PARALLEL', 'SEQUENTIAL'])
    .default('PARALLEL')
    .describe(
      '`PARALLEL`: the home Region first, then all others together; `SEQUENTIAL`: one Region after the other. There is a StackSet a Region, so it is the order of StackSets: a Region that fails stops those after it.',
    ),
  regionOrder: z
    .array(region)
    .min(1)
    .optional()
    .describe(
      'RegionOrder, with `SEQUENTIAL`: every Region of regions once. Unset: the home Region, then as in regions.',
    ),
};

export const organization = z.strictObject({
  organizationalUnits: units.describe('Whose accounts get the rules, now and when they join.'),
  organizationId: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'expected an id such as o-abcdefghij'),
  auditAccountId: accountId.describe('Where the aggregators live: a member, and delegated administrator.'),
  delegatedAdministratorAccountId: accountId
    .optional()
    .describe(
      'A member that is delegated administrator of CloudFormation StackSets: GroundrulesMembers and the buckets of the code are its own (CallAs DELEGATED_ADMIN). Unset: the management account has them.',
    ),
  excludedAccounts: z
    .array(accountId)
    .default([])
    .describe(
      'Accounts in the units that get nothing (AccountFilterType DIFFERENCE); one that has the rules loses them. Automatic deployment takes no notice: one that joins a unit, or moves into it, gets them.',
    ),
  canary: canary
    .optional()
    .describe('Who goes first, with the settings of all: if one of them fails, no other account is touched.'),
  groups: z
    .array(group)
    .default([])
    .describe('Units whose accounts have settings of their own, and StackSets for them.'),
  findingAggregator: z
    .boolean()
    .default(true)
    .describe(
      "Makes Security Hub's finding aggregator in the audit account. False: it has one, in the home Region, and an account has no second.",
    ),
  language: z
    .enum(['en', 'ko'])
    .default('en')
    .describe(
      'Of the weekly mail and of the HTML report of a fleet: English or Korean. The subject of the mail is English, because SNS takes ASCII alone.',
    ),
  fleet: z
    .union([z.literal(false), fleet])
    .default(false)
    .describe(
      'Judges the accounts from the audit account, by a Distributed Map of Step Functions, and keeps the results for Athena (docs/fleet.md).',
    ),
  dependsOn: z
    .array(stackSetArn)
    .default([])
    .describe(
      "ARNs of StackSets that an account which joins gets first, such as the one that turns AWS Config's recorder on.",
    ),
  rootCredentialApprovers: z
    .array(principalArn)
    .max(10)
    .default([])
    .describe(
      "ARNs of users and roles, one of whom has to approve before a member's root loses its credentials, or may recover its password. Whoever starts the document does not count. None: nothing is ever deleted.",
    ),
  ...operations,
});

type Read = z.output<typeof organization>;

/** Units whose accounts have settings of their own. */
export interface OrganizationGroup {
  readonly name: string;
  readonly organizationalUnits: readonly string[];
  /** What these accounts have, whole: the group's laid over those of all. */
  readonly settings: Settings;
}

export type OrganizationSettings = Omit<Read, 'groups'> & { readonly groups: readonly OrganizationGroup[] };
/** A group as the file has it. */
export type GivenGroup = Read['groups'][number];
