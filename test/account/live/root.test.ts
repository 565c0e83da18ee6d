import { DeleteLoginProfileCommand, IAMClient, ListMFADevicesCommand } from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { liveSource } from '../../../account/live/source.ts';
import { asksIn, changesIn } from '../../../account/services/gather.ts';
import * as changes from '../../../account/services/root/changes.ts';
import * as root from '../../../account/services/root/live.ts';
import { readingOf } from '../../support/readings.ts';

const MEMBER = '999988887777';
const sts = mockClient(STSClient);
const iam = mockClient(IAMClient);
beforeEach(() => {
  sts.reset();
  iam.reset();
});

const source = (region = 'us-east-1') =>
  liveSource({
    accountId: '111122223333',
    regions: [region],
    asks: asksIn({ root }),
    changes: changesIn({ changes }).map(({ change }) => change),
    config: { credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } },
  });
/** As the session that a call was made in would be signed for. */
const signer = async (call = 0) =>
  (await iam.call(call).thisValue.config.credentials()) as { readonly accessKeyId: string };
const session = (key: string) => ({
  Credentials: {
    AccessKeyId: key,
    SecretAccessKey: 's',
    SessionToken: 't',
    Expiration: new Date(Date.now() + 900_000),
  },
});
const failure = (name: string) =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });

test.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('in %s the task policy is of the partition %s', async (region, partition) => {
  sts.on(AssumeRootCommand).resolves(session('ASIA1'));
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [] });
  await source(region).read(readingOf('root:ListMFADevices'), { id: MEMBER });
  expect(await signer()).toMatchObject({ accessKeyId: 'ASIA1' });
  expect(sts.call(0).args[0].input).toEqual({
    TargetPrincipal: MEMBER,
    TaskPolicyArn: { arn: `arn:${partition}:iam::aws:policy/root-task/IAMAuditRootUserCredentials` },
    DurationSeconds: 900,
  });
});

test('looking and deleting are sessions apart, each member has its own, and one serves for all that it is for', async () => {
  sts
    .on(AssumeRootCommand)
    .callsFake(({ TargetPrincipal, TaskPolicyArn }) =>
      session(`${TargetPrincipal} ${TaskPolicyArn.arn.split('/').pop()}`),
    );
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [] }).on(DeleteLoginProfileCommand).resolves({});
  const asked = source();
  await asked.read(readingOf('root:ListMFADevices'), { id: MEMBER });
  await asked.read(readingOf('root:ListMFADevices'), { id: MEMBER });
  await asked.change?.('root:DeleteLoginProfile', { id: MEMBER }, {});
  await asked.read(readingOf('root:ListMFADevices'), { id: '222233334444' });
  const keys = await Promise.all([0, 1, 2, 3].map(async (call) => (await signer(call)).accessKeyId));
  expect(keys).toEqual([
    `${MEMBER} IAMAuditRootUserCredentials`,
    `${MEMBER} IAMAuditRootUserCredentials`,
    `${MEMBER} IAMDeleteRootUserCredentials`,
    '222233334444 IAMAuditRootUserCredentials',
  ]);
  expect(sts.calls()).toHaveLength(3);
});

test('what is deleted already is no failure, anything else says what and whose', async () => {
  sts.on(AssumeRootCommand).resolves(session('ASIA1'));
  iam.on(DeleteLoginProfileCommand).rejectsOnce(failure('NoSuchEntityException'));
  const asked = source();
  await asked.change?.('root:DeleteLoginProfile', { id: MEMBER }, {});
  iam.on(DeleteLoginProfileCommand).rejects(failure('AccessDenied'));
  await expect(asked.change?.('root:DeleteLoginProfile', { id: MEMBER }, {})).rejects.toMatchObject({
    code: 'AccessDenied',
    message: `root:DeleteLoginProfile of ${MEMBER}: access denied (no). Allow sts:AssumeRoot to whoever runs this`,
  });
  await expect(asked.change?.('s3:DeleteBucket', { id: MEMBER }, {})).rejects.toMatchObject({
    code: 'UnknownChange',
  });
});
