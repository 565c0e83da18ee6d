/** The settings of judging an organization past one machine (docs/fleet.md). */
import * as z from 'zod';
import { accountId, keyArn, region } from './formats.ts';

/** `PutBucketLifecycleConfiguration` takes any number of days; what changed this week needs eight. */
const LEAST_DAYS = 15;

const deliveryBucket = z.strictObject({
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket')
    .describe('Its name. It may be of another account, and in any Region.'),
  prefix: z
    .string()
    // No wildcard of IAM, and no variable: it is in policies.
    .regex(
      /^(?!(?:[^/]+\/)*AWSLogs(?:\/|$))[\w!.'()-]+(?:\/[\w!.'()-]+)*\/?$/,
      'expected what stands before AWSLogs/, such as central/config',
    )
    .optional()
    .describe('The s3KeyPrefix of the delivery channels: what stands before AWSLogs/. Unset: nothing does.'),
  withLive: z
    .boolean()
    .default(false)
    .describe(
      'Asks each account by its reader role what AWS Config does not record. False: that is "could not tell", and no account is entered.',
    ),
  kmsKeyArn: keyArn
    .optional()
    .describe('The key that encrypts its objects, where a key of KMS does: the function may decrypt by it.'),
  requesterPays: z
    .boolean()
    .default(false)
    .describe('The bucket has Requester Pays on: the audit account pays for requests and traffic.'),
  ownerAccountId: accountId
    .optional()
    .describe(
      'Whose bucket it is: another one of that name is not read (s3:ResourceAccount). Unset: whoever has it.',
    ),
});

export const fleet = z.strictObject({
  deliveryBucket: deliveryBucket
    .optional()
    .describe(
      'The bucket that AWS Config delivers to: accounts are judged by their newest snapshots in it, and what came after these. Unset: by their own APIs, with the reader role.',
    ),
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

export type DeliveryBucket = z.output<typeof deliveryBucket>;

/** What stands before `AWSLogs/`: empty, or with a slash at its end. */
export const prefixOf = ({ prefix }: DeliveryBucket): string =>
  prefix === undefined || prefix.endsWith('/') ? (prefix ?? '') : `${prefix}/`;
