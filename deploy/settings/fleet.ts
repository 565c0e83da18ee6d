/** The settings of judging an organization past one machine (docs/fleet.md). */
import * as z from 'zod';
import { accountId, region } from './formats.ts';

/** `PutBucketLifecycleConfiguration` takes any number of days; what changed this week needs eight. */
const LEAST_DAYS = 15;

export const fleet = z.strictObject({
  organizationalUnits: z
    .array(
      z
        .string()
        .regex(
          /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
          'expected an id such as ou-ab12-cdefghij or r-ab12',
        ),
    )
    .min(1)
    .optional()
    .describe("Whose accounts are judged, in and below them. Unset: the organization's organizationalUnits."),
  excludedAccounts: z
    .array(accountId)
    .optional()
    .describe("Accounts that are not judged. Unset: the organization's excludedAccounts."),
  regions: z
    .array(region)
    .min(1)
    .optional()
    .describe(
      'Where accounts are judged, of the Regions that each has enabled. Unset: the regions of all settings.',
    ),
  roleName: z
    .string()
    .regex(
      /^(?:[\x21-\x7E]{1,510}\/)?[\w+=,.@-]{1,64}$/,
      'expected the name of a role, with its path where it has one',
    )
    .default('GroundrulesReader')
    .describe('The role that is assumed in each account: `groundrules template --reader-role` makes it.'),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'expected what sts:ExternalId takes')
    .optional()
    .describe('That the role wants of who assumes it.'),
  schedule: z
    .string()
    .regex(/^(?:cron|rate)\(.+\)$/, 'expected cron(…) or rate(…)')
    .default('cron(23 2 * * ? *)')
    .describe(
      'When, in UTC: an expression of EventBridge Scheduler. Of several runs on a day the last one counts.',
    ),
  maxConcurrency: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('MaxConcurrency of the map: accounts at a time, each a function that runs.'),
  toleratedFailurePercentage: z
    .int()
    .min(0)
    .max(100)
    .default(10)
    .describe(
      'ToleratedFailurePercentage of the map: of how many accounts the function may come to no end before the rest is left alone. An account that nobody is let into is no failure.',
    ),
  memoryMegabytes: z
    .int()
    .min(512)
    .max(10_240)
    .default(1024)
    .describe('Of the function that judges: a processor comes with 1,769.'),
  timeoutSeconds: z
    .int()
    .min(60)
    .max(900)
    .default(900)
    .describe(
      'Of the function that judges. What it has judged by then counts; all else of the account is "could not tell".',
    ),
  retentionDays: z.int().min(LEAST_DAYS).max(3650).default(400).describe('How long results are kept.'),
  queryLimitGigabytes: z
    .int()
    .min(1)
    .max(7_000_000)
    .default(100)
    .describe('What a single query in Athena may read before it is cut off (BytesScannedCutoffPerQuery).'),
});

export type FleetSettings = z.output<typeof fleet>;

interface OfOrganization {
  readonly organization: false | { readonly fleet: false | FleetSettings };
}

/** `undefined` where it is off. */
export const fleetOf = ({ organization }: OfOrganization): FleetSettings | undefined =>
  organization === false || organization.fleet === false ? undefined : organization.fleet;
