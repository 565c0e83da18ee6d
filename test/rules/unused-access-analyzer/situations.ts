import rule from '../../../rules/unused-access-analyzer/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;

const HERE = 'us-east-1';
const THERE = 'ap-northeast-2';
const OTHER = '999988887777';
const ORGANIZATION = 'global/organizations/describe-organization.json';

const unused = (unusedAccess: Json = { unusedAccessAge: 90 }, more: Json = {}): Json => ({
  arn: `arn:aws:access-analyzer:us-east-1:${ACCOUNT}:analyzer/${more.name ?? 'unused'}`,
  name: 'unused',
  type: 'ACCOUNT_UNUSED_ACCESS',
  status: 'ACTIVE',
  createdAt: '2026-01-05T00:00:00Z',
  configuration: { unusedAccess },
  ...more,
});
const analyzers = (list: readonly Json[], region = HERE): Json => ({
  [`${region}/accessanalyzer/list-analyzers.json`]: { analyzers: list },
});
const counted = (totalActiveFindings: number, name = 'unused', region = HERE): Json => ({
  [`${region}/accessanalyzer/get-findings-statistics/${name}.json`]: {
    findingsStatistics: [
      {
        unusedAccessFindingsStatistics: {
          totalActiveFindings,
          totalArchivedFindings: 1,
          totalResolvedFindings: 0,
        },
      },
    ],
    lastUpdatedAt: '2026-11-20T00:00:00Z',
  },
});
const good: Json = { ...analyzers([unused()]), ...counted(0) };
const goodThere: Json = { ...analyzers([unused()], THERE), ...counted(0, 'unused', THERE) };
const deniedHere: Json = { [`${HERE}/accessanalyzer/list-analyzers.json`]: denied };
const excluding = (...exclusions: Json[]) => unused({ unusedAccessAge: 90, analysisRule: { exclusions } });

const OK: Says = ['COMPLIANT', ''];
const wrong = (annotation: string): Says => ['NON_COMPLIANT', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];
const NONE = wrong('no unused access analyzer in us-east-1');
const IT = 'the unused access analyzer unused (us-east-1)';
const both = { regions: [HERE, THERE] };
const covers = { delegatedAdminCovers: 'true' };

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['an analyzer without findings', good, OK],
  ['as many findings as may be', { ...good, ...counted(3) }, OK, { maxActiveFindings: '3' }],
  [
    'more findings than may be',
    { ...good, ...counted(3) },
    wrong(`${IT} has 3 active findings, at most 0 may be`),
  ],
  ['one finding', { ...good, ...counted(1) }, wrong(`${IT} has 1 active finding, at most 0 may be`)],
  ['no analyzer', analyzers([]), NONE],
  [
    'analyzers of external and internal access alone',
    analyzers(
      [
        unused({}, { type: 'ACCOUNT' }),
        unused({}, { name: 'inside', type: 'ORGANIZATION_INTERNAL_ACCESS' }),
      ].map(({ configuration, ...one }) => one),
    ),
    NONE,
  ],
  ...['DISABLED', 'FAILED', 'CREATING'].map(
    (status): Row => [
      `an analyzer that is ${status}`,
      analyzers([unused({}, { status })]),
      wrong(`${IT} is ${status}`),
    ],
  ),
  [
    'an analyzer that AWS says why it disabled',
    analyzers([unused({}, { status: 'DISABLED', statusReason: { code: 'ORGANIZATION_DELETED' } })]),
    wrong(`${IT} is DISABLED: ORGANIZATION_DELETED`),
  ],
  [
    'an analyzer that tracks for 180 days',
    { ...analyzers([unused({ unusedAccessAge: 180 })]), ...counted(0) },
    wrong(`${IT} looks for access unused for 180 days, at most 90 are asked for`),
  ],
  [
    '180 days, where that is enough',
    { ...analyzers([unused({ unusedAccessAge: 180 })]), ...counted(0) },
    OK,
    { unusedAccessAgeDays: '180' },
  ],
  ['an analyzer that does not say for how long it tracks', { ...analyzers([unused({})]), ...counted(0) }, OK],
  [
    'an analyzer that does not say for how long, where 30 days are asked for',
    { ...analyzers([unused({})]), ...counted(0) },
    wrong(`${IT} looks for access unused for 90 days, at most 30 are asked for`),
    { unusedAccessAgeDays: '30' },
  ],
  [
    'an analyzer that leaves this account out',
    { ...analyzers([excluding({ accountIds: [OTHER, ACCOUNT] })]), ...counted(0) },
    wrong(`${IT} leaves this account out`),
  ],
  [
    'an analyzer that leaves another account out',
    { ...analyzers([excluding({ accountIds: [OTHER] })]), ...counted(0) },
    OK,
  ],
  [
    'an analyzer that leaves tagged principals out',
    { ...analyzers([excluding({ resourceTags: [{ team: 'break-glass' }] })]), ...counted(0) },
    OK,
  ],
  [
    "the organization's analyzer",
    {
      ...analyzers([unused({ unusedAccessAge: 90 }, { type: 'ORGANIZATION_UNUSED_ACCESS' })]),
      ...counted(0),
    },
    OK,
  ],
  [
    "the organization's analyzer, with findings on whatever account",
    {
      ...analyzers([unused({ unusedAccessAge: 90 }, { type: 'ORGANIZATION_UNUSED_ACCESS' })]),
      ...counted(40),
    },
    wrong(`${IT} has 40 active findings, at most 0 may be`),
  ],
  [
    'two analyzers, of which one tracks too long',
    {
      ...analyzers([unused({ unusedAccessAge: 365 }, { name: 'slow' }), unused()]),
      ...counted(9, 'slow'),
      ...counted(0),
    },
    OK,
  ],
  ['findings that do not count', { ...good, ...counted(3) }, OK, { countFindings: 'false' }],
  [
    'findings that do not count, and may not be read',
    { ...analyzers([unused()]), 'us-east-1/accessanalyzer/get-findings-statistics/unused.json': denied },
    OK,
    { countFindings: 'false' },
  ],
  [
    'findings that may not be read',
    { ...analyzers([unused()]), 'us-east-1/accessanalyzer/get-findings-statistics/unused.json': denied },
    unknown('AccessDenied'),
  ],
  ['findings that nobody collected', analyzers([unused()]), unknown('NotCollected')],
  [
    'an analyzer that was made just now, and has not counted yet',
    {
      ...analyzers([unused()]),
      'us-east-1/accessanalyzer/get-findings-statistics/unused.json': { findingsStatistics: [] },
    },
    unknown('IncompleteAnswer'),
  ],
  ['an analyzer in another Region of the view', { ...analyzers([]), ...goodThere }, OK, {}, both],
  [
    'no analyzer in either Region',
    { ...analyzers([]), ...analyzers([], THERE) },
    wrong('no unused access analyzer in us-east-1, ap-northeast-2'),
    {},
    both,
  ],
  [
    'a Region that may not be read, and none elsewhere',
    { ...deniedHere, ...analyzers([], THERE) },
    unknown('AccessDenied'),
    {},
    both,
  ],
  ['a Region that may not be read, and a good one elsewhere', { ...deniedHere, ...goodThere }, OK, {}, both],
  [
    'a Region that may not be read, and one elsewhere that tracks too long',
    { ...deniedHere, ...analyzers([unused({ unusedAccessAge: 180 })], THERE) },
    unknown('AccessDenied'),
    {},
    both,
  ],
  ['nothing collected', {}, unknown('NotCollected')],
  [
    'a member without one, which its organization covers',
    { ...analyzers([]), [ORGANIZATION]: { Organization: { Id: 'o-abcdefghij', MasterAccountId: OTHER } } },
    [
      'NOT_APPLICABLE',
      `no analyzer of its own: its organization's is taken to cover it (management account ${OTHER})`,
    ],
    covers,
  ],
  [
    'a member whose own analyzer does not count',
    {
      ...analyzers([unused({}, { status: 'FAILED' })]),
      [ORGANIZATION]: { Organization: { Id: 'o-abcdefghij', MasterAccountId: OTHER } },
    },
    wrong(`${IT} is FAILED`),
    covers,
  ],
  [
    'a management account without one',
    { ...analyzers([]), [ORGANIZATION]: { Organization: { Id: 'o-abcdefghij', MasterAccountId: ACCOUNT } } },
    NONE,
    covers,
  ],
  [
    'no organization, and no analyzer',
    { ...analyzers([]), [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') },
    NONE,
    covers,
  ],
  [
    'an organization that may not be read, and no analyzer',
    { ...analyzers([]), [ORGANIZATION]: denied },
    unknown('AccessDenied'),
    covers,
  ],
];

const situations: Situations = {
  rule,
  situations: [
    ...rows.map(([situation, readings, says, parameters = {}, more = {}]) => ({
      situation,
      readings,
      says,
      parameters,
      ...more,
    })),
    {
      situation: 'an analyzer in a Region that is named, and not in view',
      readings: { ...analyzers([]), ...goodThere },
      parameters: { analyzerRegions: THERE },
      says: OK,
    },
  ],
};
export default situations;
