import { openRemediation } from '../../../cli/remediate/document.ts';
import { namedJob, reportedJobs } from '../../../cli/remediate/jobs.ts';
import { ACCOUNT, memorySource } from '../../support/memory.ts';

const given = { parameters: {}, assignments: [] };
const account = (readings: Record<string, unknown> = {}) =>
  ({ accountId: ACCOUNT, at: () => memorySource(readings) }) as never;
const where = { region: 'us-east-1', given };
const ana = { UserName: 'ana', UserId: 'AIDAEXAMPLEUSERIDXXX', Arn: `arn:aws:iam::${ACCOUNT}:user/ana` };
const listed = account({ 'global/iam/list-users.json': { Users: [ana] } });

test.each([
  ['access-key-age', 'AIDAEXAMPLEUSERIDXXX'],
  ['access-key-age', ACCOUNT],
  ['iam-s3-admin-restricted', 'AIDAEXAMPLEUSERIDXXX'],
  ['iam-s3-admin-restricted', 'AGPAEXAMPLEGROUPIDXX'],
  ['iam-s3-admin-restricted', 'AROAEXAMPLEROLEIDXXX'],
])('remediate %s takes the id %s, and asks nobody for it', async (id, resource) => {
  const job = await namedJob(openRemediation(id), resource, { account: account(), ...where });
  expect(job).toMatchObject({ resourceId: resource });
});

test.each([
  ['access-key-age', 'ana'],
  ['iam-s3-admin-restricted', 'ana'],
])('remediate %s looks for the user %s', async (id, resource) => {
  const job = await namedJob(openRemediation(id), resource, { account: listed, ...where });
  expect(job).toMatchObject({ resourceId: ana.UserId, resourceName: 'ana' });
});

test('what begins like the id of a role is a name where the rule reports on users alone', async () => {
  const job = namedJob(openRemediation('access-key-age'), 'AROAEXAMPLEROLEIDXXX', {
    account: listed,
    ...where,
  });
  await expect(job).rejects.toThrow('there is no IAM user AROAEXAMPLEROLEIDXXX');
});

test('a result keeps the type that its evaluation found', () => {
  const result = {
    rule: 'iam-s3-admin-restricted',
    severity: 'MEDIUM',
    region: 'global',
    resourceType: 'AWS::IAM::Role',
    resourceId: 'AROAEXAMPLEROLEIDXXX',
  } as const;
  expect(reportedJobs([result], 'us-east-1', given)).toMatchObject([
    { resourceType: 'AWS::IAM::Role', resourceId: 'AROAEXAMPLEROLEIDXXX', region: 'us-east-1' },
  ]);
});
