import { GetAccountAuthorizationDetailsCommand, IAMClient } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { partial } from '../../../../account/errors.ts';
import { liveSource } from '../../../../account/live/source.ts';
import { readAccount } from '../../../../account/open.ts';
import { authorizationOf } from '../../../../account/services/iam/authorization.ts';
import * as live from '../../../../account/services/iam/live.ts';
import { authorizationDetails } from '../../../../account/services/iam/readings.ts';
import { snapshotAccount } from '../../../../account/snapshot/account.ts';
import { startStandIn } from '../../../support/aws/stand-in.ts';
import { ACCOUNT, memoryAccount } from '../../../support/memory.ts';
import { accountFolder, removeFolders } from '../../snapshot/support.ts';

const PATH = 'global/iam/get-account-authorization-details.json';
const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:${name}`;
const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const user = (UserName: string, more: object = {}) => ({
  UserName,
  UserId: `AIDA${UserName}`,
  Arn: arn(`user/${UserName}`),
  Path: '/',
  ...more,
});
const answer = (more: object = {}) => ({
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [],
  Policies: [],
  ...more,
});

const iam = mockClient(IAMClient);
beforeEach(() => void iam.reset());
afterAll(removeFolders);

const source = () =>
  liveSource({ accountId: ACCOUNT, regions: ['us-east-1'], asks: [live.authorizationDetails] });
const page = (Marker: string | undefined, given: object) =>
  iam
    .on(GetAccountAuthorizationDetailsCommand, { MaxItems: 1000, Marker })
    .resolves({ ...answer(given), $metadata: { requestId: 'r' } } as never);
const names = async (account = readAccount(source())) => {
  const { details, broken, more } = await authorizationOf(account);
  const errors = [...new Set([...Object.values(broken).flat(), ...Object.values(more)])];
  return { users: details.users.map(({ name }) => name), errors: errors.map(({ message }) => message) };
};

describe('live', () => {
  test('pages are asked for once, however many rules read them', async () => {
    page(undefined, { UserDetailList: [user('ana')], IsTruncated: true, Marker: 'a' });
    page('a', { UserDetailList: [user('bo')], IsTruncated: false });
    const account = readAccount(source());
    const [one, other] = await Promise.all([
      account.read(authorizationDetails),
      account.read(authorizationDetails),
    ]);
    expect(one).toBe(other);
    expect(await names(account)).toEqual({ users: ['ana', 'bo'], errors: [] });
    expect(iam.calls()).toHaveLength(2);
  });

  test('no more than a page is in memory when it is taken', async () => {
    page(undefined, { UserDetailList: [user('ana')], IsTruncated: true, Marker: 'a' });
    page('a', { UserDetailList: [user('bo')] });
    const pages = source().pages?.(authorizationDetails)?.[Symbol.asyncIterator]();
    await pages?.next();
    expect(iam.calls()).toHaveLength(1);
  });

  test('what came before a page that AWS refused stays', async () => {
    page(undefined, { UserDetailList: [user('ana')], IsTruncated: true, Marker: 'a' });
    iam
      .on(GetAccountAuthorizationDetailsCommand, { Marker: 'a' })
      .rejects(Object.assign(new Error('slow'), { name: 'Throttling', $metadata: { httpStatusCode: 400 } }));
    expect(await names()).toEqual({ users: ['ana'], errors: [expect.stringContaining('throttled')] });
  });

  test('pages that never end, end, and are not all there is', async () => {
    const Marker = 'a';
    page(undefined, { UserDetailList: [user('ana')], IsTruncated: true, Marker });
    page(Marker, { UserDetailList: [user('bo')], IsTruncated: true, Marker });
    expect(await names()).toEqual({ users: ['ana', 'bo'], errors: [expect.stringContaining('goes on')] });
  });

  test('a denial is one', async () => {
    iam
      .on(GetAccountAuthorizationDetailsCommand)
      .rejects(Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }));
    await expect(names()).rejects.toMatchObject({
      code: 'AccessDenied',
      api: 'iam:GetAccountAuthorizationDetails',
    });
  });

  test('what is written down is what the aws command prints: all pages, documents decoded', async () => {
    const PolicyDocument = encodeURIComponent(JSON.stringify(POLICY));
    const own = (document: unknown) => ({
      UserPolicyList: [{ PolicyName: 'own', PolicyDocument: document }],
    });
    page(undefined, { UserDetailList: [user('ana', own(PolicyDocument))], IsTruncated: true, Marker: 'a' });
    page('a', { UserDetailList: [user('bo', own('%'))] });
    expect(await source().ask(authorizationDetails)).toEqual(
      answer({ UserDetailList: [user('ana', own(POLICY)), user('bo', own('%'))] }),
    );
  });
});

test('of an account that has nothing but a user, AWS gives the other lists empty', async () => {
  iam.restore();
  const standIn = await startStandIn({ readings: { [PATH]: answer({ UserDetailList: [user('ana')] }) } });
  const config = {
    endpoint: standIn.endpoint,
    credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nobody' },
  };
  const over = liveSource({
    accountId: ACCOUNT,
    regions: ['us-east-1'],
    asks: [live.authorizationDetails],
    config,
  });
  expect(await names(readAccount(over))).toEqual({ users: ['ana'], errors: [] });
  await standIn.stop();
});

describe('a file', () => {
  test.each([
    ['documents as objects', POLICY],
    ['documents URL-encoded', encodeURIComponent(JSON.stringify(POLICY))],
  ])('%s', async (_, PolicyDocument) => {
    const UserPolicyList = [{ PolicyName: 'own', PolicyDocument }];
    const folder = await accountFolder({
      [PATH]: answer({ UserDetailList: [user('ana', { UserPolicyList })] }),
    });
    const { details } = await authorizationOf(snapshotAccount(folder).account);
    expect(details.users[0]?.inline).toEqual([{ name: 'own', text: JSON.stringify(POLICY) }]);
  });

  test.each([
    ['that goes on', { IsTruncated: true, Marker: 'm' }, ['goes on (IsTruncated, Marker)']],
    ['of which --max-items left a rest', { NextToken: 't' }, ['goes on (NextToken)']],
    ['without a list', { Policies: undefined }, ['Policies: expected a list']],
    [
      'with a role that makes no sense',
      { RoleDetailList: [{ RoleName: 'app', RoleId: 'AROA1' }] },
      ['of app: Arn'],
    ],
  ])('an answer %s is judged as far as it is there', async (_, more, errors) => {
    const account = memoryAccount({ [PATH]: answer({ UserDetailList: [user('ana')], ...more }) });
    expect(await names(account)).toEqual({
      users: ['ana'],
      errors: errors.map((one) => expect.stringContaining(one)),
    });
  });

  test('an element that makes no sense is an error of its own', async () => {
    const bad = user('bo', { GroupList: 'staff' });
    const account = memoryAccount({ [PATH]: answer({ UserDetailList: [user('ana'), bad] }) });
    const { broken } = await authorizationOf(account);
    expect(broken.users.map(({ about }) => about)).toEqual([
      { type: 'AWS::IAM::User', id: 'AIDAbo', name: 'bo', region: 'global' },
    ]);
  });

  test.each([
    ['another answer', { Users: [] }],
    ['no list', []],
  ])('%s is none of it', async (_, other) => {
    const { values, errors } = await partial(
      memoryAccount({ [PATH]: other })
        .read(authorizationDetails)
        .then((one) => [one]),
    );
    expect({ values, code: errors[0]?.code }).toEqual({ values: [], code: 'Malformed' });
  });
});
