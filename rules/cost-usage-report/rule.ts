import type { Account } from '../../account/account.ts';
import { AccountError, OWN_CODES, partial } from '../../account/errors.ts';
import {
  type DataExport,
  dataExportList,
  dataExportQuery,
} from '../../account/services/bcm-data-exports/readings.ts';
import { type CostReport, costReports } from '../../account/services/cur/readings.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { accountResource } from '../evaluate.ts';
import { compliant, couldNotTell, nonCompliant } from '../judgement.ts';
import { boolean, parameter } from '../parameters.ts';
import { defineRule, every, type Judgement } from '../rule.ts';
import { judgeUnlessPayerCovers, payerCoversParameter } from '../shared/payer.ts';
import { settle } from '../shared/settle.ts';
import { messages, type ReportFinding } from './findings.ts';
import { fix } from './fix.ts';
import { tablesOf } from './query.ts';

const parameters = {
  acceptDataExports: parameter(boolean(), 'true', {
    en: 'Whether an export of AWS Data Exports (CUR 2.0 or FOCUS) does as well as an older report.',
    ko: 'AWS Data Exports의 내보내기(CUR 2.0 또는 FOCUS)도 예전 보고서처럼 인정할지 여부.',
  }),
  payerCovers: payerCoversParameter('true'),
};

const reads = [costReports, dataExportList, dataExportQuery, organization] as const;
type View = Account<(typeof reads)[number]>;

/** What the account costs, line by line, is delivered to a bucket. */
export default defineRule<typeof parameters, ReportFinding>()({
  id: 'cost-usage-report',
  severity: 'LOW',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  judge: (account, { acceptDataExports, payerCovers }, context) =>
    judgeUnlessPayerCovers(account, context, {
      payerCovers,
      judge: () => judgeReports(account, acceptDataExports),
    }),

  fix,
  calls: { fixed: 4, each: 0 },
});

/** Of reports, or of exports: whether one counts; else what is wrong, and why there may be one that counts. */
interface Found {
  readonly counts: boolean;
  readonly findings: readonly ReportFinding[];
  readonly doubt?: AccountError | undefined;
}

async function judgeReports(account: View, acceptDataExports: boolean): Promise<Judgement<ReportFinding>> {
  const resource = accountResource(account);
  const reports = await reportsOf(account);
  if (reports.counts) return compliant(resource);
  const exports: Found = acceptDataExports ? await exportsOf(account) : { counts: false, findings: [] };
  if (exports.counts) return compliant(resource);
  const doubt = reports.doubt ?? exports.doubt;
  if (doubt) return couldNotTell(resource, doubt);
  const findings = [...reports.findings, ...exports.findings];
  return nonCompliant(resource, findings.length > 0 ? findings : [{ kind: 'noReport' }]);
}

async function reportsOf(account: View): Promise<Found> {
  const { values, errors } = await partial(account.read(costReports));
  const seen = values.map((one) => ({ one, status: one.status?.toUpperCase() ?? 'SUCCESS' }));
  const odd = seen.find(({ status }) => status !== 'SUCCESS' && !status.startsWith('ERROR_'));
  return {
    counts: seen.some(({ status }) => status === 'SUCCESS'),
    findings: seen.filter(({ status }) => status.startsWith('ERROR_')).map(({ one }) => failing(one)),
    doubt: errors[0] ?? (odd && unknown('cur:DescribeReportDefinitions', 'a report')),
  };
}

const failing = ({ name, status = '', bucket }: CostReport): ReportFinding => ({
  kind: 'failing',
  what: 'report',
  name,
  status,
  bucket,
});

async function exportsOf(account: View): Promise<Found> {
  const { values, errors } = await partial(account.read(dataExportList));
  const others: string[] = [];
  const findings: ReportFinding[] = [];
  let doubt: AccountError | undefined = errors[0];
  for (const one of values) {
    const status = one.status?.toUpperCase() ?? 'HEALTHY';
    if (status === 'UNHEALTHY') findings.push(unhealthy(one));
    else if (status !== 'HEALTHY') doubt ??= unknown('bcm-data-exports:ListExports', 'an export');
    else {
      const query = await settle(account.read(dataExportQuery, { id: one.id }));
      if (query instanceof AccountError) doubt ??= query;
      // It was deleted between the two readings.
      else if (query !== null && tablesOf(query).some(isOfCosts)) return { counts: true, findings: [] };
      else if (query !== null) others.push(one.name);
    }
  }
  return {
    counts: false,
    findings: [
      ...findings,
      ...(others.length > 0 ? [{ kind: 'otherExports', exports: others } as const] : []),
    ],
    doubt,
  };
}

const unhealthy = ({ name, reason }: DataExport): ReportFinding => ({
  kind: 'failing',
  what: 'export',
  name,
  status: reason ?? 'UNHEALTHY',
  bucket: undefined,
});

/** CUR 2.0, and FOCUS of whatever version: `FOCUS_1_0_AWS`. */
const isOfCosts = (table: string) => /^(?:COST_AND_USAGE_REPORT$|FOCUS_)/i.test(table);

const unknown = (api: string, what: string) =>
  new AccountError(OWN_CODES.malformed, api, `${api} gives ${what} a status that is not known`);
