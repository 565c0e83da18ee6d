/** What `groundrules evaluate --format json` prints, as a schema: of `groundrules.results.schema.json`, and of who reads such a file. */
import * as z from 'zod';
import { CHANGES } from './compare.ts';

const text = z.string();
const count = z.int().min(0);
const severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']);
const time = z.iso.datetime();

const subject = {
  rule: text.describe("The rule's id, such as `sg-open-ports`."),
  accountId: text,
  region: text.describe('The Region, or `global`.'),
  resourceType: text.describe('As AWS Config names types; `AWS::::Account` is the account itself.'),
  resourceId: text.describe('As AWS Config identifies the resource: a user by its unique id, `AIDA…`.'),
  resourceName: text.optional(),
  accountName: text.optional().describe('As AWS Organizations names the account, where it was asked.'),
  organizationalUnit: text
    .optional()
    .describe('The units that the account is in, from the root down: `Root/Workloads/Payments`.'),
  location: z
    .object({ file: text, line: z.int().min(1) })
    .optional()
    .describe(
      'Where a template says what the worst finding is about, else where it declares the resource; absent for one that is deployed.',
    ),
};

const result = z.object({
  ...subject,
  compliance: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']),
  severity,
  annotation: text.max(256).describe('What AWS Config shows. Empty where there is nothing to say.'),
  findings: z
    .array(z.looseObject({ kind: text }))
    .describe('Worst first. `kind` says which other fields there are.'),
  findingId: text
    .max(512)
    .describe(
      'The same for the same rule, account, Region, resource and kind of the worst finding, in every run.',
    ),
  controls: z.array(z.object({ id: text, title: text })).describe('What of the catalogue the rule judges.'),
  frameworks: z
    .record(text, z.array(text))
    .describe('The ids of each framework that the controls help with.'),
  fix: text
    .nullable()
    .describe(
      'The command that shows what a fix would change; null where there is nothing to fix, or nothing to type.',
    ),
  page: text.describe("The rule's page, in the package and in the repository."),
  waivers: z
    .array(z.object({ reason: text, ticket: text, owner: text, until: text }))
    .optional()
    .describe('By which a NON_COMPLIANT result is waived; absent where it is not.'),
  recordedAt: time
    .optional()
    .describe('When AWS Config recorded it: of a result that is its, and was not judged here.'),
  stored: z
    .object({
      compliance: z.enum(['COMPLIANT', 'NON_COMPLIANT']).nullable(),
      recordedAt: time.nullable(),
      why: z.enum(['parameters', 'older', 'noResult']),
    })
    .optional()
    .describe('What AWS Config has of the same rule and resource, where that is something else, and why.'),
});

const error = z.object({
  ...subject,
  code: text.describe('The AWS error code, or `NotCollected`, `Malformed`, …'),
  api: text.optional().describe('The API that failed, where one did.'),
  message: text,
  findingId: text.max(512),
});

const waiver = z.object({
  line: count,
  rule: text,
  resource: text.describe('`*` of a waiver by tag alone.'),
  tag: z.object({ key: text, value: z.string().optional() }).optional(),
  ticket: text,
  owner: text,
  until: text.describe('The last day on which it holds, in UTC.'),
});

const summary = z.object({
  compliant: count,
  nonCompliant: count,
  notApplicable: count,
  errors: count,
  severities: z
    .object({ CRITICAL: count, HIGH: count, MEDIUM: count, LOW: count })
    .describe('Of what is NON_COMPLIANT.'),
  waived: count.describe('How many of what is NON_COMPLIANT are waived.'),
  waivers: z
    .object({
      file: text,
      expired: z.array(waiver).describe('They waive nothing.'),
      expiring: z.array(waiver).describe('They end within two weeks.'),
      unused: z
        .array(waiver)
        .describe('They were about nothing that failed, although their rule and their account were judged.'),
      // Files of before there were waivers by tag lack it.
      undecided: z
        .array(waiver)
        .default([])
        .describe(
          'By tag, and perhaps about something that failed: its tags are not known, so that they do not apply.',
        ),
    })
    .nullable()
    .describe('The waivers that somebody has to look at; null where there is no file of them.'),
  failing: count.describe('How many are as bad as `failOn`, or worse, and not waived.'),
  failOn: severity,
  onError: z.enum(['fail', 'ignore']),
});

export const resultsSchema = z.object({
  schemaVersion: z.literal('1.0'),
  generatedAt: time,
  accountId: text.nullable().describe('The first of `accountIds`.'),
  accountIds: z.array(text),
  now: time.nullable().describe('The time that the verdicts are for; null where every account has its own.'),
  rules: z.array(text),
  sample: z.boolean().describe('Whether these are the sample accounts, and nothing of yours.'),
  settings: z
    .object({
      file: text,
      homeRegion: text,
      regions: z.array(text),
      groups: z
        .array(
          z.object({
            name: text,
            organizationalUnits: z.array(text),
            leftOut: z.array(text).describe('Rules that its accounts are not judged by.'),
            parameters: z.record(text, z.record(text, text)).describe('What each rule was run with there.'),
          }),
        )
        .optional()
        .describe('Organizational units with settings of their own, as far as accounts of them were judged.'),
    })
    .nullable()
    .describe('The settings that were followed.'),
  controls: z
    .object({ judged: count, all: count })
    .describe("How many of the catalogue's controls were judged."),
  inputs: z
    .array(
      z.object({
        accountId: text,
        source: text.nullable().describe('The file, folder or bucket; null for the live account.'),
        asOf: time.describe('The time that its verdicts are for.'),
        regions: z.array(text).describe('The Regions in view.'),
        delivered: z
          .record(text, time)
          .optional()
          .describe('Of a bucket that AWS Config delivers to: when the newest file of each Region was made.'),
      }),
    )
    .optional()
    .describe('What was judged.'),
  accounts: z
    .array(
      z.object({
        accountId: text,
        name: text.optional(),
        units: z
          .array(z.object({ id: text, name: text }))
          .optional()
          .describe('The organizational units that it is in, from the root down.'),
        tags: z.record(text, text).optional(),
        settingsGroup: text.optional().describe('The group of the settings by which it was judged.'),
      }),
    )
    .optional()
    .describe('What AWS Organizations says of the accounts, where it was asked.'),
  parameters: z
    .record(text, z.record(text, text))
    .optional()
    .describe('What each rule was run with, by its id.'),
  results: z.array(result),
  errors: z.array(error).describe('What could not be judged, and why.'),
  summary,
});
export type Results = z.output<typeof resultsSchema>;

/** Of a file of any size: what is around its results, and each of these by itself. */
export const resultsParts = { around: resultsSchema.omit({ results: true, errors: true }), result, error };

/**
 * The JSON Schema of the file.
 *
 * @param isClosed whether what it does not name is an error: for the tests. Published, it is open, since fields are added.
 */
export const resultsJsonSchema = (isClosed = false): object => ({
  ...z.toJSONSchema(resultsSchema, { io: isClosed ? 'output' : 'input', target: 'draft-7' }),
  title: 'What groundrules evaluate --format json prints',
});

const CHANGE = z.enum(CHANGES);
const state = z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'COULD_NOT_TELL', 'ABSENT']);
/** Of a file of an earlier version, what it had. */
const said = z.object({
  results: z.array(
    result.partial({ findingId: true, controls: true, frameworks: true, fix: true, page: true }),
  ),
  errors: z.array(error.partial({ findingId: true })),
});

const comparisonSchema = z.object({
  schemaVersion: z.literal('1.0'),
  differences: z
    .array(
      z.object({
        ...subject,
        change: CHANGE.describe(
          'new: fails only now. changed: fails for other reasons. unjudged: had a verdict, and has none any more, which is not fixed. still: fails as before. fixed: COMPLIANT now. other: any other difference.',
        ),
        severity: severity.describe("Of the failure; of what is not one, the rule's."),
        was: state.describe('ABSENT: nothing at all.'),
        is: state,
        before: said.describe('All that was said of this rule and resource.'),
        after: said,
      }),
    )
    .describe('Worst first. What is as it was, and does not fail, is not among them.'),
  summary: z.record(CHANGE, count).describe('How many there are of each.'),
});

/**
 * The JSON Schema of what `compare` prints.
 *
 * @param isClosed as for {@link resultsJsonSchema}.
 */
export const comparisonJsonSchema = (isClosed = false): object => ({
  ...z.toJSONSchema(comparisonSchema, { io: isClosed ? 'output' : 'input', target: 'draft-7' }),
  title: 'What groundrules compare --format json prints',
});
