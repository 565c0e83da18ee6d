import rule from '../../../rules/access-analyzer-findings/rule.ts';
import { ACCOUNT, denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Readings = Record<string, unknown>;
type Json = Record<string, unknown>;

const HERE = 'us-east-1';
const THERE = 'ap-northeast-2';
const BUCKET = 'arn:aws:s3:::my-bucket';
const ORGANIZATION = 'global/organizations/describe-organization.json';
const OTHER = '999988887777';

const analyzer = (more: Json = {}): Json => ({
  arn: `arn:aws:access-analyzer:us-east-1:${ACCOUNT}:analyzer/${more.name ?? 'outside'}`,
  name: 'outside',
  type: 'ACCOUNT',
  status: 'ACTIVE',
  createdAt: '2026-01-05T00:00:00Z',
  ...more,
});
const analyzers = (list: readonly Json[], region = HERE): Readings => ({
  [`${region}/accessanalyzer/list-analyzers.json`]: { analyzers: list },
});
const finding = (more: Json = {}): Json => ({
  id: '1a2b3c4d-0000-4000-8000-000000000001',
  resource: BUCKET,
  resourceType: 'AWS::S3::Bucket',
  isPublic: true,
  principal: { AWS: '*' },
  action: ['s3:GetObject'],
  condition: {},
  status: 'ACTIVE',
  resourceOwnerAccount: ACCOUNT,
  createdAt: '2026-06-01T00:00:00Z',
  analyzedAt: '2026-11-20T00:00:00Z',
  updatedAt: '2026-11-20T00:00:00Z',
  ...more,
});
const cross = { isPublic: false, principal: { AWS: `arn:aws:iam::${OTHER}:root` } };
const findings = (list: readonly Json[], name = 'outside', region = HERE): Readings => ({
  [`${region}/accessanalyzer/list-findings/${name}.json`]: { findings: list },
});
const found = (...list: readonly Json[]): Readings => ({ ...analyzers([analyzer()]), ...findings(list) });
const elsewhere = (...list: readonly Json[]): Readings => ({
  ...analyzers([analyzer()], THERE),
  ...findings(list, 'outside', THERE),
});
const member: Readings = { [ORGANIZATION]: { Organization: { Id: 'o-abcdefghij', MasterAccountId: OTHER } } };
const management: Readings = {
  [ORGANIZATION]: { Organization: { Id: 'o-abcdefghij', MasterAccountId: ACCOUNT } },
};
const alone: Readings = { [ORGANIZATION]: fails('AWSOrganizationsNotInUseException') };

const OK: Says = ['COMPLIANT', ''];
const wrong = (annotation: string): Says => ['NON_COMPLIANT', annotation];
const unknown = (code: string): Says => ['UNKNOWN', code];
const PUBLIC = 'my-bucket (us-east-1) is public';
const NONE = 'no external access analyzer in us-east-1';

type Row = [
  situation: string,
  readings: Readings,
  says: Says,
  parameters?: Record<string, string>,
  more?: Partial<Situation>,
];
const both = { regions: [HERE, THERE] };
const covered = { delegatedAdminCovers: 'true' };
const notApplicable = { noAnalyzerVerdict: 'NOT_APPLICABLE' };
const error = (code = 'ACCESS_DENIED') =>
  finding({
    id: '2',
    resource: 'arn:aws:s3:::closed',
    error: code,
    isPublic: undefined,
    principal: undefined,
  });

const rows: Row[] = [
  ['an analyzer that found nothing', found(), OK],
  [
    "the organization's analyzer, which found nothing",
    { ...analyzers([analyzer({ type: 'ORGANIZATION' })]), ...findings([]) },
    OK,
  ],
  ['a public bucket', found(finding()), wrong(PUBLIC)],
  [
    'a bucket that another account may read',
    found(finding(cross)),
    wrong(`my-bucket (us-east-1) is shared with arn:aws:iam::${OTHER}:root`),
  ],
  [
    'a bucket that another account may read, and public access alone counts',
    found(finding(cross)),
    OK,
    { publicOnly: 'true' },
  ],
  [
    'a public bucket, and public access alone counts',
    found(finding()),
    wrong(PUBLIC),
    { publicOnly: 'true' },
  ],
  [
    'a finding that does not say whether it is public, of everybody',
    found(finding({ isPublic: undefined })),
    wrong(PUBLIC),
    { publicOnly: 'true' },
  ],
  [
    'a public bucket after one that is shared',
    found(finding({ ...cross, resource: 'arn:aws:s3:::partner' }), finding()),
    wrong(`${PUBLIC}; partner (us-east-1) is shared with arn:aws:iam::${OTHER}:root`),
  ],
  [
    'findings that are archived or resolved',
    found(finding({ status: 'ARCHIVED' }), finding({ status: 'RESOLVED' })),
    OK,
  ],
  [
    'a role that another account may assume',
    found(finding({ ...cross, resourceType: 'AWS::IAM::Role', resource: `arn:aws:iam::${ACCOUNT}:role/r` })),
    OK,
  ],
  [
    'a role that another account may assume, where every type counts',
    found(finding({ ...cross, resourceType: 'AWS::IAM::Role', resource: `arn:aws:iam::${ACCOUNT}:role/r` })),
    wrong(`arn:aws:iam::${ACCOUNT}:role/r (us-east-1) is shared with arn:aws:iam::${OTHER}:root`),
    { resourceTypes: '*' },
  ],
  ['a public bucket, where only keys count', found(finding()), OK, { resourceTypes: 'AWS::KMS::Key' }],
  ['a public bucket, where no type is named', found(finding()), wrong(PUBLIC), { resourceTypes: '' }],
  ['a type in another letter case', found(finding()), wrong(PUBLIC), { resourceTypes: 'aws::s3::bucket' }],
  [
    'a public directory bucket',
    found(
      finding({
        resourceType: 'AWS::S3Express::DirectoryBucket',
        resource: `arn:aws:s3express:us-east-1:${ACCOUNT}:bucket/fast--use1-az4--x-s3`,
      }),
    ),
    wrong(`arn:aws:s3express:us-east-1:${ACCOUNT}:bucket/fast--use1-az4--x-s3 (us-east-1) is public`),
  ],
  [
    "another account's bucket, which the organization's analyzer shows",
    {
      ...analyzers([analyzer({ type: 'ORGANIZATION' })]),
      ...findings([finding({ resourceOwnerAccount: OTHER })]),
    },
    OK,
  ],
  [
    'one bucket that two analyzers found, where one is allowed',
    {
      ...analyzers([analyzer(), analyzer({ name: 'wide', type: 'ORGANIZATION' })]),
      ...findings([finding()]),
      ...findings([finding({ id: '2' })], 'wide'),
    },
    OK,
    { maxActiveFindings: '1' },
  ],
  [
    'one bucket with two findings, where one is allowed',
    found(finding(), finding({ id: '2' })),
    OK,
    { maxActiveFindings: '1' },
  ],
  [
    'two buckets, where one is allowed',
    found(finding(), finding({ id: '2', resource: 'arn:aws:s3:::second' })),
    wrong(`${PUBLIC}; second (us-east-1) is public`),
    { maxActiveFindings: '1' },
  ],

  // Nobody looks.
  ['no analyzer', analyzers([]), wrong(NONE)],
  ['no analyzer, which is not wrong', analyzers([]), ['NOT_APPLICABLE', NONE], notApplicable],
  [
    'analyzers of unused and of internal access alone',
    analyzers([
      analyzer({ type: 'ACCOUNT_UNUSED_ACCESS' }),
      analyzer({ name: 'inside', type: 'ACCOUNT_INTERNAL_ACCESS' }),
      analyzer({ name: 'wide', type: 'ORGANIZATION_INTERNAL_ACCESS' }),
    ]),
    wrong(NONE),
  ],
  ...(['DISABLED', 'FAILED', 'CREATING'] as const).map(
    (status): Row => [
      `an analyzer that is ${status}`,
      analyzers([analyzer({ status })]),
      wrong(`the external access analyzer outside (us-east-1) is ${status}`),
    ],
  ),
  [
    'an analyzer that is DISABLED, which is not wrong',
    analyzers([analyzer({ status: 'DISABLED', statusReason: { code: 'ORGANIZATION_DELETED' } })]),
    ['NOT_APPLICABLE', 'the external access analyzer outside (us-east-1) is DISABLED: ORGANIZATION_DELETED'],
    notApplicable,
  ],
  [
    'an analyzer that is DISABLED beside one that is ACTIVE',
    { ...analyzers([analyzer({ name: 'old', status: 'DISABLED' }), analyzer()]), ...findings([]) },
    OK,
  ],
  [
    'a member without an analyzer, which its organization covers',
    { ...analyzers([]), ...member },
    [
      'NOT_APPLICABLE',
      `no analyzer of its own: its organization's is taken to cover it (management account ${OTHER})`,
    ],
    covered,
  ],
  [
    'a member without an analyzer, which nobody said is covered',
    { ...analyzers([]), ...member },
    wrong(NONE),
  ],
  ['a member with an analyzer of its own', { ...found(finding()), ...member }, wrong(PUBLIC), covered],
  [
    'a member whose own analyzer is FAILED',
    { ...analyzers([analyzer({ status: 'FAILED' })]), ...member },
    wrong('the external access analyzer outside (us-east-1) is FAILED'),
    covered,
  ],
  ['the management account without an analyzer', { ...analyzers([]), ...management }, wrong(NONE), covered],
  ['no organization, and no analyzer', { ...analyzers([]), ...alone }, wrong(NONE), covered],
  [
    'an organization that cannot be read, and no analyzer',
    { ...analyzers([]), [ORGANIZATION]: denied },
    unknown('AccessDenied'),
    covered,
  ],
  [
    'an organization that cannot be read, and no analyzer, which is not judged in any case',
    { ...analyzers([]), [ORGANIZATION]: denied },
    ['NOT_APPLICABLE', NONE],
    { ...covered, ...notApplicable },
  ],
  [
    'an organization that cannot be read, no analyzer here, and one elsewhere that does nothing',
    { ...analyzers([]), ...analyzers([analyzer({ status: 'FAILED' })], THERE), [ORGANIZATION]: denied },
    wrong('the external access analyzer outside (ap-northeast-2) is FAILED'),
    covered,
    both,
  ],

  // What is not known.
  ['a finding with an error, and no other', found(error()), unknown('IncompleteAnswer')],
  [
    'a finding with an internal error, and public access alone counts',
    found(error('INTERNAL_ERROR')),
    unknown('IncompleteAnswer'),
    { publicOnly: 'true' },
  ],
  ['a finding with an error, and a real one', found(error(), finding()), wrong(PUBLIC)],
  [
    'a finding with an error, and a real one that is allowed',
    found(error(), finding()),
    unknown('IncompleteAnswer'),
    { maxActiveFindings: '1' },
  ],
  [
    'an error of a type that does not count',
    found(finding({ resourceType: 'AWS::KMS::Key', error: 'ACCESS_DENIED' })),
    OK,
  ],
  [
    'analyzers that may not be listed',
    { 'us-east-1/accessanalyzer/list-analyzers.json': fails('AccessDeniedException') },
    unknown('AccessDeniedException'),
  ],
  [
    'findings that may not be listed',
    { ...analyzers([analyzer()]), 'us-east-1/accessanalyzer/list-findings/outside.json': denied },
    unknown('AccessDenied'),
  ],
  ['findings that nobody collected', analyzers([analyzer()]), unknown('NotCollected')],
  ['nothing collected', {}, unknown('NotCollected')],
  [
    'two analyzers, of which one may not be read, and a finding',
    {
      ...analyzers([analyzer({ name: 'closed' }), analyzer()]),
      ...findings([finding()]),
      'us-east-1/accessanalyzer/list-findings/closed.json': denied,
    },
    wrong(PUBLIC),
  ],
  ['a list of findings that makes no sense', found({ id: 'x' }), unknown('Malformed')],

  // Several Regions.
  ['two Regions, and nothing found in either', { ...found(), ...elsewhere() }, OK, {}, both],
  [
    'two Regions, and a finding in one',
    { ...found(), ...elsewhere(finding()) },
    wrong('my-bucket (ap-northeast-2) is public'),
    {},
    both,
  ],
  [
    'two Regions, and one without an analyzer',
    { ...found(), ...analyzers([], THERE) },
    wrong('no external access analyzer in ap-northeast-2'),
    {},
    both,
  ],
  [
    'two Regions, and one without an analyzer, which is not wrong',
    { ...found(), ...analyzers([], THERE) },
    OK,
    notApplicable,
    both,
  ],
  [
    'a Region that cannot be read, and a finding in the other',
    { ...found(finding()), [`${THERE}/accessanalyzer/list-analyzers.json`]: denied },
    wrong(PUBLIC),
    {},
    both,
  ],
  [
    'a Region that cannot be read, and nothing found in the other',
    { ...found(), [`${THERE}/accessanalyzer/list-analyzers.json`]: denied },
    unknown('AccessDenied'),
    {},
    both,
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
      situation: 'no Region in view',
      readings: {},
      regions: [],
      says: unknown('NotCollected'),
    },
  ],
};
export default situations;
