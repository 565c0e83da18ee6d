/** The tables over a fleet's bucket, and the views on them, as the Glue Data Catalog has them. Athena's SQL is Trino's. */
import type { SEVERITIES } from '../organization/summary.ts';

/** A column: the member of a line that it is (the catalogue has names in small letters), and its type in Hive's words. */
export type Column = readonly [name: string, type: string];

/** Of `results`: what lines of all kinds have (deploy/fleet/lines.ts). */
export const RESULT_COLUMNS: readonly Column[] = [
  ['kind', 'string'],
  ['run', 'string'],
  ['asOf', 'string'],
  ['judgedAt', 'string'],
  ['accountId', 'string'],
  ['accountName', 'string'],
  ['organizationalUnit', 'string'],
  ['entered', 'boolean'],
  ['deliveredAt', 'string'],
  ['rule', 'string'],
  ['region', 'string'],
  ['resourceType', 'string'],
  ['resourceId', 'string'],
  ['resourceName', 'string'],
  ['compliance', 'string'],
  ['severity', 'string'],
  ['annotation', 'string'],
  ['findingId', 'string'],
  ['controls', 'array<struct<id:string,title:string>>'],
  ['waivers', 'array<struct<reason:string,ticket:string,owner:string,until:string>>'],
  ['code', 'string'],
  ['api', 'string'],
  ['message', 'string'],
  ['page', 'string'],
];

/** Of `runs`: a line a day that is whole (deploy/fleet/report/report.ts). */
export const RUN_COLUMNS: readonly Column[] = [
  ['run', 'string'],
  ['started', 'string'],
  ['ended', 'string'],
  ...(
    [
      'accounts',
      'notEntered',
      'notFinished',
      'compliant',
      'nonCompliant',
      'notApplicable',
      'waived',
      'couldNotTell',
      ...(['critical', 'high', 'medium', 'low'] satisfies Lowercase<(typeof SEVERITIES)[number]>[]),
    ] as const
  ).map((name): Column => [name, 'bigint']),
  ['failure', 'string'],
];

export interface View {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
  /** In Hive's words. */
  readonly columns: readonly Column[];
}

/** How far back views look for the newest whole day. Days are a condition of their own, so that no other is read. */
const DAYS = 15;
/** How far back a view looks for the whole day that is a week older than that one. */
export const EARLIER_DAYS = 30;
/** How far back an age is looked for. */
const HISTORY_DAYS = 90;
const since = (days: number) => `date_format(current_date - interval '${days}' day, '%Y-%m-%d')`;
const NEWEST = `(SELECT max(day) FROM runs WHERE day >= ${since(DAYS)})`;

const STATE = `CASE
    WHEN kind = 'error' THEN 'could not tell'
    WHEN compliance = 'COMPLIANT' THEN 'passing'
    WHEN compliance = 'NOT_APPLICABLE' THEN 'not applicable'
    WHEN waivers IS NOT NULL THEN 'waived'
    ELSE 'failing'
  END`;

/**
 * Lines of whole days. A second run of a day overwrites an account's lines, and begins after those of an account that has left: once it has
 * ended they do not count, and until then each account has its newest. Lines of before `judgedAt` were judged as of then.
 */
const LINES = `results r JOIN runs n ON n.day = r.day
  AND from_iso8601_timestamp(n.started) <= from_iso8601_timestamp(coalesce(r.judgedat, r.asof))`;

/** The same resource and rule on another day, whatever was found. */
const KEY = `regexp_replace(findingid, '/[^/]*$', '')`;

const VERDICT: readonly Column[] = [
  ['day', 'string'],
  ['state', 'string'],
  ['severity', 'string'],
  ['rule', 'string'],
  ['account_id', 'string'],
  ['account_name', 'string'],
  ['organizational_unit', 'string'],
  ['region', 'string'],
  ['resource_type', 'string'],
  ['resource_id', 'string'],
  ['resource_name', 'string'],
  ['says', 'string'],
  ['resource_key', 'string'],
  ['controls', 'array<struct<id:string,title:string>>'],
];
const names = (columns: readonly Column[], table: string) =>
  columns.map(([name]) => `${table}.${name}`).join(', ');

const verdicts: View = {
  name: 'verdicts',
  description: 'What was said of each resource by each rule, on every whole day. Name the day.',
  columns: VERDICT,
  sql: `SELECT r.day, ${STATE} AS state, severity, rule, accountid AS account_id, accountname AS account_name,
  organizationalunit AS organizational_unit, region, resourcetype AS resource_type, resourceid AS resource_id,
  resourcename AS resource_name, coalesce(annotation, message) AS says, ${KEY} AS resource_key, controls
FROM ${LINES}
WHERE kind <> 'account'`,
};

const latest: View = {
  name: 'latest',
  description: 'The verdicts of the newest whole day.',
  columns: VERDICT,
  sql: `SELECT ${names(VERDICT, 'v')} FROM verdicts v WHERE v.day >= ${since(DAYS)} AND v.day = ${NEWEST}`,
};

const failingByControl: View = {
  name: 'failing_accounts_by_control',
  description: 'In how many accounts, and of how many resources, each control fails.',
  columns: [
    ['control', 'string'],
    ['severity', 'string'],
    ['accounts', 'bigint'],
    ['resources', 'bigint'],
  ],
  sql: `SELECT c.control, l.severity, count(DISTINCT l.account_id) AS accounts, count(*) AS resources
FROM latest l CROSS JOIN UNNEST(transform(l.controls, x -> x.id)) AS c(control)
WHERE l.state = 'failing'
GROUP BY c.control, l.severity`,
};

const oldest: View = {
  name: 'oldest_failures',
  description: `What fails now, and since which day it has without passing in between, of the last ${HISTORY_DAYS} days.`,
  columns: [['failing_since', 'string'], ...VERDICT.slice(2, -2)],
  sql: `WITH passed AS (
  SELECT resource_key, max(day) AS day FROM verdicts
  WHERE day >= ${since(HISTORY_DAYS)} AND state IN ('passing', 'not applicable')
  GROUP BY resource_key
), failed AS (
  SELECT v.resource_key, min(v.day) AS day
  FROM verdicts v LEFT JOIN passed p ON p.resource_key = v.resource_key
  WHERE v.day >= ${since(HISTORY_DAYS)} AND v.state = 'failing' AND v.day > coalesce(p.day, '')
  GROUP BY v.resource_key
)
SELECT f.day AS failing_since, ${names(VERDICT.slice(2, -2), 'l')}
FROM latest l JOIN failed f ON f.resource_key = l.resource_key
WHERE l.state = 'failing'`,
};

const changed: View = {
  name: 'changed_this_week',
  description: 'What fails now and did not a week before, and what failed then and does not now.',
  columns: [['change', 'string'], ...VERDICT.slice(2, -2)],
  // Where there is no day to compare with, nothing is known to be new.
  sql: `WITH week_before AS (
  SELECT max(day) AS day FROM runs
  WHERE day >= ${since(EARLIER_DAYS)} AND day <= date_format(date_parse(${NEWEST}, '%Y-%m-%d') - interval '7' day, '%Y-%m-%d')
), earlier AS (
  SELECT v.* FROM verdicts v
  WHERE v.day >= ${since(EARLIER_DAYS)} AND v.state = 'failing' AND v.day = (SELECT day FROM week_before)
)
SELECT 'new' AS change, ${names(VERDICT.slice(2, -2), 'l')}
FROM latest l LEFT JOIN earlier e ON e.resource_key = l.resource_key
WHERE l.state = 'failing' AND e.resource_key IS NULL AND (SELECT day FROM week_before) IS NOT NULL
UNION ALL
SELECT CASE l.state WHEN 'passing' THEN 'fixed' WHEN 'waived' THEN 'waived' ELSE 'not judged any more' END AS change,
  ${names(VERDICT.slice(2, -2), 'e')}
FROM earlier e LEFT JOIN latest l ON l.resource_key = e.resource_key
WHERE l.state IS NULL OR l.state <> 'failing'`,
};

const scores: View = {
  name: 'score_by_unit',
  description:
    'Of each organizational unit: how many verdicts pass, in percent of those that pass, fail or are waived, and what could not be told beside it.',
  columns: [
    ['organizational_unit', 'string'],
    ['accounts', 'bigint'],
    ['passing', 'bigint'],
    ['failing', 'bigint'],
    ['waived', 'bigint'],
    ['could_not_tell', 'bigint'],
    ['score', 'double'],
  ],
  sql: `SELECT organizational_unit, count(DISTINCT account_id) AS accounts,
  count(CASE WHEN state = 'passing' THEN 1 END) AS passing, count(CASE WHEN state = 'failing' THEN 1 END) AS failing, count(CASE WHEN state = 'waived' THEN 1 END) AS waived,
  count(CASE WHEN state = 'could not tell' THEN 1 END) AS could_not_tell,
  round(1e2 * count(CASE WHEN state = 'passing' THEN 1 END) / nullif(count(CASE WHEN state IN ('passing', 'failing', 'waived') THEN 1 END), 0), 1) AS score
FROM latest
GROUP BY organizational_unit`,
};

const unanswered: View = {
  name: 'accounts_without_verdicts',
  description:
    'Accounts that nobody was let into, that AWS Config delivered nothing of, or that the function came to no end for, and why.',
  columns: [
    ['account_id', 'string'],
    ['account_name', 'string'],
    ['organizational_unit', 'string'],
    ['says', 'string'],
  ],
  sql: `SELECT r.accountid AS account_id, r.accountname AS account_name, r.organizationalunit AS organizational_unit,
  min(l.says) AS says
FROM ${LINES} LEFT JOIN latest l ON l.account_id = r.accountid
WHERE r.kind = 'account' AND NOT r.entered AND r.day >= ${since(DAYS)} AND r.day = ${NEWEST}
GROUP BY r.accountid, r.accountname, r.organizationalunit`,
};

/** AWS Config makes a snapshot once a day, where it is to make some: two that are missing are no chance. */
const OLD_HOURS = 48;

const old: View = {
  name: 'old_deliveries',
  description: `Accounts of which a Region's newest file of AWS Config was more than ${OLD_HOURS} hours old when the run began: they are judged as they were then.`,
  columns: [
    ['account_id', 'string'],
    ['account_name', 'string'],
    ['organizational_unit', 'string'],
    ['delivered_at', 'string'],
  ],
  sql: `SELECT r.accountid AS account_id, r.accountname AS account_name, r.organizationalunit AS organizational_unit,
  r.deliveredat AS delivered_at
FROM ${LINES}
WHERE r.kind = 'account' AND r.day >= ${since(DAYS)} AND r.day = ${NEWEST}
  AND from_iso8601_timestamp(r.deliveredat) < from_iso8601_timestamp(n.started) - interval '${OLD_HOURS}' hour`,
};

/** Each may ask those before it. */
export const VIEWS: readonly View[] = [
  verdicts,
  latest,
  failingByControl,
  oldest,
  changed,
  scores,
  unanswered,
  old,
];

export interface Question {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

const WORST = "CASE severity WHEN 'CRITICAL' THEN 1 WHEN 'HIGH' THEN 2 WHEN 'MEDIUM' THEN 3 ELSE 4 END";

/** What is there to be asked in Athena's console: Saved queries. */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'failing-accounts-by-control',
    description: failingByControl.description,
    sql: `SELECT * FROM failing_accounts_by_control ORDER BY ${WORST}, accounts DESC, control`,
  },
  {
    name: 'oldest-failures',
    description: oldest.description,
    sql: `SELECT * FROM oldest_failures ORDER BY failing_since, ${WORST}, resource_id LIMIT 1000`,
  },
  {
    name: 'changed-this-week',
    description: changed.description,
    sql: `SELECT * FROM changed_this_week ORDER BY change, ${WORST}, account_id, resource_id`,
  },
  {
    name: 'score-by-unit',
    description: scores.description,
    sql: 'SELECT * FROM score_by_unit ORDER BY score, organizational_unit',
  },
  {
    name: 'accounts-without-verdicts',
    description: unanswered.description,
    sql: 'SELECT * FROM accounts_without_verdicts ORDER BY account_id',
  },
  {
    name: 'old-deliveries',
    description: old.description,
    sql: 'SELECT * FROM old_deliveries ORDER BY delivered_at, account_id',
  },
  {
    name: 'runs',
    description: 'What came of each run.',
    sql: 'SELECT * FROM runs ORDER BY day DESC LIMIT 100',
  },
];
