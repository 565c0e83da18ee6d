import {
  ACCOUNT,
  bucketItem,
  describedGroup,
  type Files,
  folderOf,
  gone,
  groupItem,
  LATER,
  removeFolders,
  snapshotFile,
} from '../account/snapshot/support.ts';
import { evaluate } from './support.ts';

afterAll(removeFolders);

const GROUPS = 'ec2/describe-security-groups.json';
const ROOT = { 'global/iam/get-account-summary.json': { SummaryMap: { AccountMFAEnabled: 1, Users: 1 } } };
const flags = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
const BLOCKED = {
  'global/s3control/get-public-access-block.json': {
    PublicAccessBlockConfiguration: Object.fromEntries(flags.map((flag) => [flag, true])),
  },
};
/** Older than any answer, which is of when its file was written. */
const OLD = `${ACCOUNT}_Config_eu-west-1_ConfigSnapshot_20200101T000000Z_0f1e2d3c-0000-4000-8000-000000000000.json`;
const web = { SecurityGroups: [describedGroup('sg-web', 443)] };
const removed = groupItem('sg-gone', 22, gone('ResourceDeleted', LATER));

/** Runs rules over an account's folder: verdicts, and errors with their Region. */
async function judge(files: Files, rule: string[], region?: string[]) {
  const named = Object.entries(files).map(([name, content]) => [`${ACCOUNT}/${name}`, content]);
  const { report, status } = await evaluate([await folderOf(Object.fromEntries(named))], {
    rule,
    ...(region && { region }),
  });
  return {
    status,
    verdicts: report.results.map(({ resourceId, compliance }) => `${resourceId}: ${compliance}`).sort(),
    errors: report.errors.map(({ code, resourceId, region }) => `${code}: ${resourceId} in ${region}`).sort(),
  };
}

describe('what cannot be read costs what rests on it, and nothing else', () => {
  const cases: [
    situation: string,
    asked: string,
    files: Files,
    expected: { verdicts?: string[]; errors?: string[]; status: 0 | 1 | 2 },
  ][] = [
    [
      'a Region of which errors.json alone knows',
      'sg-open-ports',
      {
        [`us-east-1/${GROUPS}`]: web,
        'errors.json': [{ file: `eu-west-1/${GROUPS}`, code: 'UnauthorizedOperation' }],
      },
      { verdicts: ['sg-web: COMPLIANT'], errors: [`AccessDenied: ${ACCOUNT} in eu-west-1`], status: 2 },
    ],
    [
      'a folder without any Region',
      'sg-open-ports',
      ROOT,
      { errors: [`NotCollected: ${ACCOUNT} in global`], status: 2 },
    ],
    [
      'a broken Config file: the groups of its Region’s list, those of the other Regions, and what is gone',
      'sg-open-ports',
      {
        [`us-east-1/${GROUPS}`]: web,
        [`eu-west-1/${GROUPS}`]: { SecurityGroups: [describedGroup('sg-ssh', 22)] },
        'us-east-1/config/a.json': snapshotFile(removed),
        [`eu-west-1/config/${OLD}`]: '{"configurationItems":[',
      },
      {
        verdicts: ['sg-gone: NOT_APPLICABLE', 'sg-ssh: NON_COMPLIANT', 'sg-web: COMPLIANT'],
        errors: [`Malformed: ${ACCOUNT} in eu-west-1`],
        status: 2,
      },
    ],
    [
      'a broken Config file that does not say of when it is: the list of its Region may be older',
      'sg-open-ports',
      {
        [`us-east-1/${GROUPS}`]: web,
        [`eu-west-1/${GROUPS}`]: { SecurityGroups: [describedGroup('sg-ssh', 22)] },
        'eu-west-1/config/a.json': '{"configurationItems":[',
      },
      {
        verdicts: ['sg-web: COMPLIANT'],
        errors: [`Malformed: ${ACCOUNT} in eu-west-1`, 'Malformed: sg-ssh in eu-west-1'],
        status: 2,
      },
    ],
    [
      '… and so may what the account blocks, which belongs to no Region',
      's3-public',
      {
        ...BLOCKED,
        'us-east-1/config/a.json': snapshotFile(bucketItem('shop')),
        'eu-west-1/config/a.json': '[',
      },
      { errors: [`Malformed: ${ACCOUNT} in eu-west-1`, 'Malformed: shop in us-east-1'], status: 2 },
    ],
    [
      'a broken Config file: root, who is in none',
      'root-mfa',
      { ...ROOT, 'eu-west-1/config/a.json': '[' },
      { verdicts: [`${ACCOUNT}: COMPLIANT`], status: 0 },
    ],
    [
      'a broken Config file: the buckets of the others',
      's3-public',
      {
        ...BLOCKED,
        'us-east-1/config/a.json': snapshotFile(bucketItem('shop')),
        [`eu-west-1/config/${OLD}`]: '[',
      },
      { verdicts: ['shop: COMPLIANT'], errors: [`Malformed: ${ACCOUNT} in eu-west-1`], status: 2 },
    ],
    [
      'a broken Config file of a Region that is not asked about',
      's3-public --region us-east-1',
      {
        ...BLOCKED,
        'us-east-1/config/a.json': snapshotFile(bucketItem('shop')),
        [`eu-west-1/config/${OLD}`]: '[',
      },
      { verdicts: ['shop: COMPLIANT'], status: 0 },
    ],
    [
      'a Config file of another account',
      'sg-open-ports',
      {
        [`us-east-1/${GROUPS}`]: web,
        [`eu-west-1/${GROUPS}`]: web,
        'us-east-1/config/a.json': snapshotFile(groupItem('sg-2', 22, { awsAccountId: '999999999999' })),
      },
      {
        verdicts: ['sg-web: COMPLIANT', 'sg-web: COMPLIANT'],
        errors: [`Malformed: ${ACCOUNT} in us-east-1`],
        status: 2,
      },
    ],
    [
      'items of two groups: each by its own name',
      'sg-open-ports',
      {
        [`us-east-1/${GROUPS}`]: web,
        'us-east-1/config/a.json': snapshotFile(
          ...['sg-1', 'sg-2'].map((id) => groupItem(id, 22, { configuration: { groupId: 7 } })),
        ),
      },
      {
        verdicts: ['sg-web: COMPLIANT'],
        errors: ['Malformed: sg-1 in us-east-1', 'Malformed: sg-2 in us-east-1'],
        status: 2,
      },
    ],
    [
      'elements of the list of buckets',
      's3-public',
      {
        ...BLOCKED,
        'us-east-1/config/a.json': snapshotFile(bucketItem('shop')),
        'global/s3api/list-buckets.json': {
          Buckets: [{ Name: 'shop' }, { Name: 'odd', BucketRegion: 7 }, 'nameless'],
        },
      },
      {
        verdicts: ['shop: COMPLIANT'],
        errors: [`Malformed: ${ACCOUNT} in global`, 'Malformed: odd in global'],
        status: 2,
      },
    ],
    [
      'an element of the list of users',
      'access-key-age',
      {
        'global/iam/list-users.json': {
          Users: [
            { UserName: 'kim', UserId: 'AIDA1' },
            { UserName: 'lee', UserId: 'AIDA2', Arn: `arn:aws:iam::${ACCOUNT}:user/lee` },
          ],
        },
        'global/iam/list-access-keys/lee.json': { AccessKeyMetadata: [] },
      },
      {
        verdicts: ['AIDA2: COMPLIANT'],
        errors: ['Malformed: AIDA1 in global', `NotCollected: ${ACCOUNT} in global`],
        status: 2,
      },
    ],
  ];
  test.each(cases)('%s: %s', async (_, asked, files, expected) => {
    const [rule = '', region] = asked.split(' --region ');
    expect(await judge(files, [rule], region ? [region] : undefined)).toEqual({
      verdicts: [],
      errors: [],
      ...expected,
    });
  });
});

describe('--region, of a folder with global/', () => {
  const files = {
    ...BLOCKED,
    'global/s3api/list-buckets.json': {
      Buckets: [
        { Name: 'dublin', BucketRegion: 'eu-west-1' },
        { Name: 'virginia', BucketRegion: 'us-east-1' },
      ],
    },
    'global/s3api/get-bucket-acl/dublin.json': { Grants: [] },
    'errors.json': [{ file: 'global/s3api/get-bucket-policy/dublin.json', code: 'NoSuchBucketPolicy' }],
  };

  test('judges the buckets of a Region without a folder', async () => {
    expect(await judge(files, ['s3-public'], ['eu-west-1'])).toEqual({
      verdicts: ['dublin: COMPLIANT'],
      errors: [],
      status: 0,
    });
  });

  test('does not take it for one without security groups', async () => {
    const more = { ...files, [`us-east-1/${GROUPS}`]: web };
    expect(await judge(more, ['sg-open-ports'], ['us-east-1', 'eu-west-1'])).toEqual({
      verdicts: ['sg-web: COMPLIANT'],
      errors: [`NotCollected: ${ACCOUNT} in eu-west-1`],
      status: 2,
    });
  });

  test('refuses it where there is no global/ either', async () => {
    await expect(judge({ [`us-east-1/${GROUPS}`]: web }, ['s3-public'], ['eu-west-1'])).rejects.toMatchObject(
      {
        code: 'Usage',
        message: expect.stringMatching(/^--region eu-west-1: .* has nothing of this Region$/),
      },
    );
  });
});

describe('a rule that finds nothing to look at', () => {
  const none = {
    ...BLOCKED,
    'global/s3api/list-buckets.json': { Buckets: [] },
    [`us-east-1/${GROUPS}`]: { SecurityGroups: [] },
  };
  const rules = (asked: string[], files: Files = none) => judge(files, asked);

  test.each(['s3-public', 'sg-open-ports'])('%s has a result that says so', async (rule) => {
    expect(await rules([rule])).toEqual({
      verdicts: [`${ACCOUNT}: NOT_APPLICABLE`],
      errors: [],
      status: 0,
    });
  });

  test('a Region that is a file is an error of that Region', async () => {
    const folder = await folderOf({
      [`${ACCOUNT}/us-east-1/ec2/describe-security-groups.json`]: { SecurityGroups: [] },
      [`${ACCOUNT}/eu-west-1`]: 'x',
    });
    const { report } = await evaluate([folder], { rule: ['sg-open-ports'] });
    expect(report.errors).toMatchObject([
      { region: 'eu-west-1', message: expect.stringContaining('eu-west-1 is a file') },
    ]);
  });

  test('what it says names the type and the Regions', async () => {
    const named = Object.entries(none).map(([name, content]) => [`${ACCOUNT}/${name}`, content]);
    const { report } = await evaluate([await folderOf(Object.fromEntries(named))], {
      rule: ['sg-open-ports'],
    });
    expect(report.results[0]).toMatchObject({
      resourceType: 'AWS::::Account',
      annotation: 'nothing to judge: no AWS::EC2::SecurityGroup in view (us-east-1)',
    });
  });

  test('but none where it found something', async () => {
    const { verdicts } = await rules(['s3-public', 'sg-open-ports'], {
      ...none,
      [`us-east-1/${GROUPS}`]: web,
    });
    expect(verdicts).toEqual([`${ACCOUNT}: NOT_APPLICABLE`, 'sg-web: COMPLIANT']);
  });
});

test('a broken errors.json is refused at once: what it says of any reading is unknown', async () => {
  await expect(judge({ ...ROOT, 'errors.json': '[' }, ['root-mfa'])).rejects.toMatchObject({
    name: 'SnapshotError',
    message: expect.stringMatching(/errors\.json: expected \[\{"file", "code", "message"\}\]/),
  });
});
