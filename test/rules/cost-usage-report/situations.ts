import rule from '../../../rules/cost-usage-report/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const REPORTS = 'global/cur/describe-report-definitions.json';
const EXPORTS = 'global/bcm-data-exports/list-exports.json';
const EXPORT = (id: string) => `global/bcm-data-exports/get-export/${id}.json`;
const ORGANIZATION = 'global/organizations/describe-organization.json';

const report = (lastStatus?: string, more: Json = {}): Json => ({
  ReportName: 'cur',
  TimeUnit: 'DAILY',
  Format: 'Parquet',
  Compression: 'Parquet',
  S3Bucket: 'cost-reports',
  S3Prefix: 'cur',
  S3Region: 'us-east-1',
  ReportVersioning: 'OVERWRITE_REPORT',
  ...(lastStatus !== undefined && { ReportStatus: { lastDelivery: '20260629T101112Z', lastStatus } }),
  ...more,
});
const exported = (name = 'cur2', status: Json = {}): Json => ({
  ExportArn: `arn:aws:bcm-data-exports:us-east-1:${ACCOUNT}:export/${name}-0a1b`,
  ExportName: name,
  ExportStatus: { StatusCode: 'HEALTHY', LastRefreshedAt: '2026-06-29T10:11:12+00:00', ...status },
});
const query = (QueryStatement: string, name = 'cur2') => ({
  [EXPORT(`${name}-0a1b`)]: {
    Export: {
      ExportArn: `arn:aws:bcm-data-exports:us-east-1:${ACCOUNT}:export/${name}-0a1b`,
      Name: name,
      DataQuery: { QueryStatement, TableConfigurations: {} },
    },
    ExportStatus: { StatusCode: 'HEALTHY' },
  },
});
const reports = (...ReportDefinitions: Json[]) => ({ [REPORTS]: { ReportDefinitions } });
const exports_ = (...Exports: Json[]) => ({ [EXPORTS]: { Exports } });
const NO_ORGANIZATION = { [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') };
const organization = (MasterAccountId: string) => ({
  [ORGANIZATION]: { Organization: { Id: 'o-a1b2c3d4e5', MasterAccountId } },
});
/** Of an account in no organization, with no report. */
const only = (...some: Json[]): Json => Object.assign({}, reports(), exports_(), NO_ORGANIZATION, ...some);
const taking = (QueryStatement: string) => only(exports_(exported()), query(QueryStatement));

const OK: Says = ['COMPLIANT', ''];
const nc = (annotation: string | RegExp): Says => ['NON_COMPLIANT', annotation];
const NONE = nc('the account has no Cost and Usage Report and no data export of its costs');
const OTHER = nc('"cur2" exports something else than cost and usage');
const unknown = (code: string): Says => ['UNKNOWN', code];
const noExports = { acceptDataExports: 'false' };
const alone = { payerCovers: 'false' };
const COVERED: Says = ['NOT_APPLICABLE', /management account 999988887777/];
const CUR2 = 'SELECT line_item_usage_account_id, line_item_unblended_cost FROM COST_AND_USAGE_REPORT';

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['a report that is delivered', only(reports(report('SUCCESS'))), OK],
  ['a report that has not been delivered yet', only(reports(report())), OK],
  ['a report with a status that says nothing', only(reports(report(undefined, { ReportStatus: {} }))), OK],
  [
    'a report that may not write',
    only(reports(report('ERROR_PERMISSIONS'))),
    nc('the report "cur" is not delivered to cost-reports: ERROR_PERMISSIONS'),
  ],
  [
    'a report without its bucket',
    only(reports(report('ERROR_NO_BUCKET'))),
    nc('the report "cur" is not delivered to cost-reports: ERROR_NO_BUCKET'),
  ],
  [
    'a report that fails beside one that does not',
    only(reports(report('ERROR_NO_BUCKET'), report('SUCCESS', { ReportName: 'b' }))),
    OK,
  ],
  [
    'a report that fails, and an export',
    only(reports(report('ERROR_NO_BUCKET')), exports_(exported()), query(CUR2)),
    OK,
  ],
  ['a report with a status that nobody knows', only(reports(report('PENDING'))), unknown('Malformed')],
  ['a status in small letters', only(reports(report('success'))), OK],
  ['an export of CUR 2.0', taking(CUR2), OK],
  ['an export of CUR 2.0, which is not accepted', taking(CUR2), NONE, noExports],
  ['small letters', taking(CUR2.toLowerCase()), OK],
  ['a table in quotes', taking('SELECT "a" FROM "COST_AND_USAGE_REPORT"'), OK],
  [
    'lines, and columns named like tables',
    taking('SELECT\n  carbon_emissions\nFROM\n  COST_AND_USAGE_REPORT\n'),
    OK,
  ],
  ['an export of FOCUS', taking('SELECT BilledCost FROM FOCUS_1_0_AWS'), OK],
  ['an export of a newer FOCUS', taking('SELECT BilledCost FROM FOCUS_1_2_AWS_PREVIEW'), OK],
  ['an export of a dashboard', taking('SELECT * FROM COST_AND_USAGE_DASHBOARD'), OTHER],
  ['an export of recommendations', taking('SELECT * FROM COST_OPTIMIZATION_RECOMMENDATIONS'), OTHER],
  ['an export of emissions', taking('SELECT * FROM CARBON_EMISSIONS'), OTHER],
  [
    'a table of which the report is a part of the name',
    taking('SELECT * FROM COST_AND_USAGE_REPORT_OLD'),
    OTHER,
  ],
  [
    'the name of the table in a text',
    taking("SELECT 'FROM COST_AND_USAGE_REPORT' FROM CARBON_EMISSIONS"),
    OTHER,
  ],
  [
    'the name of the table in a comment',
    taking('SELECT * /* FROM COST_AND_USAGE_REPORT */ FROM CARBON_EMISSIONS -- FROM FOCUS_1_0_AWS'),
    OTHER,
  ],
  [
    'an export that was never refreshed',
    only(exports_(exported('cur2', { LastRefreshedAt: undefined })), query(CUR2)),
    OK,
  ],
  ['an export without a status', only(exports_({ ...exported(), ExportStatus: undefined }), query(CUR2)), OK],
  [
    'an export that is not healthy',
    only(exports_(exported('cur2', { StatusCode: 'UNHEALTHY', StatusReason: 'INSUFFICIENT_PERMISSION' }))),
    nc('the export "cur2" is not delivered: INSUFFICIENT_PERMISSION'),
  ],
  [
    'an export that is not healthy beside one that is',
    only(exports_(exported('a', { StatusCode: 'UNHEALTHY' }), exported('b')), query(CUR2, 'b')),
    OK,
  ],
  [
    'an export of something else, and one of costs',
    only(
      exports_(exported('a'), exported('b')),
      query('SELECT * FROM CARBON_EMISSIONS', 'a'),
      query(CUR2, 'b'),
    ),
    OK,
  ],
  ['neither', only(), NONE],
  ['neither, and answers without lists', only({ [REPORTS]: {}, [EXPORTS]: {} }), NONE],
  [
    'an export that is gone',
    only(exports_(exported()), { [EXPORT('cur2-0a1b')]: fails('ResourceNotFoundException') }),
    NONE,
  ],
  [
    'a report that is delivered, and exports that may not be read',
    only(reports(report('SUCCESS')), { [EXPORTS]: denied }),
    OK,
  ],
  ['no report, and exports that may not be read', only({ [EXPORTS]: denied }), unknown('AccessDenied')],
  ['no report, and exports that do not count anyway', only({ [EXPORTS]: denied }), NONE, noExports],
  ['reports that may not be read, and no export', only({ [REPORTS]: denied }), unknown('AccessDenied')],
  [
    'reports that may not be read, and an export',
    only({ [REPORTS]: denied }, exports_(exported()), query(CUR2)),
    OK,
  ],
  [
    'reports that may not be read, and no exports accepted',
    only({ [REPORTS]: denied }),
    unknown('AccessDenied'),
    noExports,
  ],
  [
    'an export that may not be read',
    only(exports_(exported()), { [EXPORT('cur2-0a1b')]: denied }),
    unknown('AccessDenied'),
  ],
  [
    'an export that may not be read, and one that counts',
    only(exports_(exported('a'), exported('b')), { [EXPORT('a-0a1b')]: denied }, query(CUR2, 'b')),
    OK,
  ],
  ['an export that nobody collected', only(exports_(exported())), unknown('NotCollected')],
  ['nothing collected', {}, unknown('NotCollected')],
  [
    'reports that go on, and none that counts',
    only({ [REPORTS]: { ReportDefinitions: [], NextToken: 'more' } }),
    unknown('CutAnswer'),
  ],
  [
    'reports that go on, and one that counts',
    only({ [REPORTS]: { ReportDefinitions: [report('SUCCESS')], NextToken: 'more' } }),
    OK,
  ],
  [
    'exports that go on, and none that counts',
    only({ [EXPORTS]: { Exports: [], NextToken: 'more' } }),
    unknown('CutAnswer'),
  ],
  [
    'a report that makes no sense beside one that counts',
    only(reports({ TimeUnit: 'DAILY', ReportName: 'b', ReportStatus: 'odd' }, report('SUCCESS'))),
    OK,
    {},
    { filesOnly: 'AWS has no such report' },
  ],
  ['a member with neither', only(organization('999988887777')), COVERED],
  [
    'a member whose report fails',
    only(organization('999988887777'), reports(report('ERROR_NO_BUCKET'))),
    COVERED,
  ],
  ['a member with neither, which is to have its own', only(organization('999988887777')), NONE, alone],
  ['a member with a report', only(organization('999988887777'), reports(report('SUCCESS'))), OK],
  ['the management account', only(organization(ACCOUNT)), NONE],
  ['an organization that may not be read', only({ [ORGANIZATION]: denied }), unknown('AccessDenied')],
  [
    'an organization that may not be read, and does not matter',
    only({ [ORGANIZATION]: denied }),
    NONE,
    alone,
  ],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, verdict, parameters = {}, more = {}]) => ({
    situation,
    readings,
    says: verdict,
    parameters,
    ...more,
  })),
};
export default situations;
