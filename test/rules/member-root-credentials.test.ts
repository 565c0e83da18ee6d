import type { AnyAccount } from '../../account/account.ts';
import rule from '../../rules/member-root-credentials/rule.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { Verdict } from '../../rules/rule.ts';
import { ACCOUNT, denied, fails, judged, memoryAccount } from '../support/memory.ts';

const MEMBER = '999988887777';
const KEY = 'AKIAIOSFODNN7EXAMPLE';
const DEVICE = `arn:aws:iam::${MEMBER}:mfa/root-account-mfa-device`;
const NOW = new Date('2026-11-22T00:00:00Z');
const resource = { type: 'AWS::Organizations::Account', id: MEMBER, region: 'global' };

/** A member whose root has nothing. */
const bare = {
  'global/organizations/describe-organization.json': {
    Organization: { Id: 'o-aa111bb222', MasterAccountId: ACCOUNT },
  },
  [`global/organizations/describe-account/${MEMBER}.json`]: { Account: { Id: MEMBER, State: 'ACTIVE' } },
  'global/iam/list-organizations-features.json': {
    EnabledFeatures: ['RootCredentialsManagement', 'RootSessions'],
  },
  [`global/root/get-login-profile/${MEMBER}.json`]: fails('NoSuchEntity'),
  [`global/root/list-access-keys/${MEMBER}.json`]: { AccessKeyMetadata: [] },
  [`global/root/list-signing-certificates/${MEMBER}.json`]: { Certificates: [] },
  [`global/root/list-mfa-devices/${MEMBER}.json`]: { MFADevices: [] },
};
const password = (lastUsed?: string) => ({
  [`global/root/get-login-profile/${MEMBER}.json`]: { LoginProfile: { CreateDate: '2020-01-01T00:00:00Z' } },
  [`global/root/get-user/${MEMBER}.json`]: { User: lastUsed ? { PasswordLastUsed: lastUsed } : {} },
});
const key = (lastUsed?: string) => ({
  [`global/root/list-access-keys/${MEMBER}.json`]: {
    AccessKeyMetadata: [{ AccessKeyId: KEY, Status: 'Active', CreateDate: '2020-01-01T00:00:00Z' }],
  },
  [`global/root/get-access-key-last-used/${MEMBER}/${KEY}.json`]: {
    AccessKeyLastUsed: lastUsed ? { LastUsedDate: lastUsed, ServiceName: 's3' } : { ServiceName: 'N/A' },
  },
});
const certificate = {
  [`global/root/list-signing-certificates/${MEMBER}.json`]: {
    Certificates: [{ CertificateId: 'TA7SMP42', Status: 'Inactive', UploadDate: '2020-01-01T00:00:00Z' }],
  },
};
const mfa = {
  [`global/root/list-mfa-devices/${MEMBER}.json`]: {
    MFADevices: [{ SerialNumber: DEVICE, EnableDate: '2020-01-01T00:00:00Z' }],
  },
};

type Readings = Readonly<Record<string, unknown>>;
const account = (...readings: Readings[]): AnyAccount => memoryAccount(Object.assign({}, bare, ...readings));
const say = async (...readings: Readings[]) =>
  (await judged(rule, account(...readings), {}, { resource }))[0];

const cases: [situation: string, readings: Readings, compliance: string, annotation: string][] = [
  ['nothing', {}, 'COMPLIANT', ''],
  ['a password', password(), 'NON_COMPLIANT', 'root has a password'],
  ['an access key', key(), 'NON_COMPLIANT', `root has the access key ${KEY}`],
  ['a certificate', certificate, 'NON_COMPLIANT', 'root has the inactive signing certificate TA7SMP42'],
  ['MFA that protects nothing', mfa, 'NON_COMPLIANT', `root has the MFA device ${DEVICE}`],
  [
    'all of it',
    { ...password(), ...key(), ...certificate, ...mfa },
    'NON_COMPLIANT',
    `root has the access key ${KEY}; root has the inactive signing certificate TA7SMP42; root has a password; root has the MFA device ${DEVICE}`,
  ],
];
test.each(cases)('root that has %s', async (_situation, readings, compliance, annotation) => {
  expect(await say(readings)).toMatchObject({ id: MEMBER, compliance, annotation });
});

const member = `global/organizations/describe-account/${MEMBER}.json`;
const features = 'global/iam/list-organizations-features.json';
const organization = 'global/organizations/describe-organization.json';
const unreached: [situation: string, readings: Readings, why: string][] = [
  ['no organization', { [organization]: fails('AWSOrganizationsNotInUseException') }, 'noOrganization'],
  [
    'the management account itself',
    { [organization]: { Organization: { Id: 'o-1', MasterAccountId: MEMBER } } },
    'managementAccount',
  ],
  ['no trusted access', { [features]: fails('ServiceAccessNotEnabledException') }, 'notEnabled'],
  ['root sessions alone', { [features]: { EnabledFeatures: ['RootSessions'] } }, 'notEnabled'],
  ['nothing that is on', { [features]: { EnabledFeatures: [] } }, 'notEnabled'],
  [
    'an account that is not in charge',
    { [features]: fails('AccountNotManagementOrDelegatedAdministratorException') },
    'notHere',
  ],
  ['a stranger', { [member]: fails('AccountNotFoundException') }, 'notMember'],
  ['a suspended account', { [member]: { Account: { State: 'SUSPENDED' } } }, 'notActive'],
  [
    'a suspended account, as AWS used to say it',
    { [member]: { Account: { Status: 'SUSPENDED' } } },
    'notActive',
  ],
  ['an account of which AWS does not say', { [member]: { Account: {} } }, 'notActive'],
];
test.each(unreached)('%s is out of reach', async (_situation, readings, why) => {
  // Nothing is read of root then, and nothing could be.
  const said = await say({ ...readings, [`global/root/list-access-keys/${MEMBER}.json`]: denied });
  expect(said).toMatchObject({ compliance: 'NON_COMPLIANT', findings: [{ kind: 'outOfReach', why }] });
  expect(said?.annotation).toMatch(/^root's credentials are out of reach: .{20}/);
  const { steps, refusals } = await plan(readings);
  expect([steps, refusals?.length]).toEqual([[], 1]);
});

test('RootSessions may be off: whether it has to be on, AWS decides', async () => {
  const said = await say({ [features]: { EnabledFeatures: ['RootCredentialsManagement'] } });
  expect(said).toMatchObject({ compliance: 'COMPLIANT' });
});

test.each(Object.keys({ ...bare, ...password(), ...key() }))('without %s it cannot tell', async (path) => {
  const readings = { ...password(), ...key(), [path]: denied };
  expect(await say(readings)).toMatchObject({ id: MEMBER, compliance: 'UNKNOWN', code: 'AccessDenied' });
});

test.each([
  ['a key without an id', { [`global/root/list-access-keys/${MEMBER}.json`]: { AccessKeyMetadata: [{}] } }],
  ['no list of devices', { [`global/root/list-mfa-devices/${MEMBER}.json`]: {} }],
  ['a time that is none', password('yesterday')],
])('%s is no answer', async (_situation, readings) => {
  expect(await say(readings)).toMatchObject({ compliance: 'UNKNOWN', code: 'Malformed' });
});

test('it says nothing of accounts that nobody asked about', async () => {
  expect(await judged(rule, account())).toEqual([]);
});

async function plan(readings: Readings, given: Readonly<Record<string, string>> = {}) {
  const members = account(readings);
  const [said] = await judged(rule, members, {}, { resource });
  const verdict = { resource, compliance: 'NON_COMPLIANT', findings: said?.findings } as Verdict<never>;
  const options = parseParameters({ id: rule.id, parameters: rule.fix.options }, given);
  return rule.fix.plan(verdict, { account: members, parameters: {}, options, caller: '', now: NOW });
}

test('MFA goes last, after everything that it protects', async () => {
  const { steps, refusals } = await plan({ ...mfa, ...password(), ...certificate, ...key() });
  expect([steps.map(({ api, input }) => [api, input]), refusals]).toEqual([
    [
      ['root:DeleteAccessKey', { AccessKeyId: KEY }],
      ['root:DeleteSigningCertificate', { CertificateId: 'TA7SMP42' }],
      ['root:DeleteLoginProfile', {}],
      ['root:DeactivateMFADevice', { SerialNumber: DEVICE }],
    ],
    undefined,
  ]);
});

test('who uses it is told as far as IAM knows, of what is refused, too', async () => {
  const used = { ...mfa, ...password('2025-11-15T00:00:00Z'), ...certificate };
  expect((await plan({ ...used, ...key('2026-11-15T00:00:00Z') })).uses).toEqual([
    `root's access key ${KEY}: last used at 2026-11-15T00:00:00.000Z (s3).`,
    "root's password: last used at 2025-11-15T00:00:00.000Z.",
  ]);
  expect((await plan({ ...password(), ...key() })).uses).toEqual([
    `root's access key ${KEY}: never used.`,
    "root's password: never used.",
  ]);
});

const uses: [
  situation: string,
  readings: Readings,
  options: Readonly<Record<string, string>>,
  kept: boolean,
][] = [
  ['a key used a week ago', key('2026-11-15T00:00:00Z'), {}, true],
  ['a key used a moment longer ago', key('2026-11-14T23:59:59Z'), {}, false],
  ['a key never used', key(), {}, false],
  ['a key used in the future', key('2026-11-23T00:00:00Z'), {}, true],
  ['a key used today, days being zero', key('2026-11-21T23:59:59Z'), { recentUseDays: '0' }, false],
  ['a key used a week ago, by force', key('2026-11-15T00:00:00Z'), { Force: 'true' }, false],
  ['a password used a week ago', password('2026-11-15T00:00:00Z'), {}, true],
  ['a password used a year ago', password('2025-11-15T00:00:00Z'), {}, false],
  [
    'a password used a year ago, the days being many',
    password('2025-11-15T00:00:00Z'),
    { recentUseDays: '400' },
    true,
  ],
  ['a password used a week ago, by force', password('2026-11-15T00:00:00Z'), { Force: 'true' }, false],
];
test.each(uses)('%s', async (_situation, readings, options, kept) => {
  const { steps, refusals = [] } = await plan({ ...certificate, ...mfa, ...readings }, options);
  // All or nothing.
  expect([steps.length, refusals.length]).toEqual(kept ? [0, 1] : [3, 0]);
});

describe('undo', () => {
  const before = [
    { kind: 'accessKey', id: KEY },
    { kind: 'password' },
    { kind: 'mfaDevice', serialNumber: DEVICE },
  ];
  const undo = async (readings: Readings, state: object = before) =>
    rule.fix.undo(state as never, { account: account(readings), resource, now: NOW });

  test('lets root choose a password, and says what is gone', async () => {
    const { steps, manual } = await undo({});
    expect(steps).toEqual([
      {
        api: 'root:CreateLoginProfile',
        input: {},
        why: expect.stringMatching(new RegExp(`by e-mail.*${KEY}.*${DEVICE}: gone for good$`)),
      },
    ]);
    expect(manual?.join(' ')).toMatch(/gone for good\. .*register MFA at once/);
  });
  test('says nothing of what is still there', async () => {
    const { steps, manual } = await undo({ ...key(), ...mfa });
    expect(steps).toHaveLength(1);
    expect(`${steps[0]?.why} ${manual}`).not.toMatch(/gone/);
  });
  test('leaves a password alone', async () => {
    expect((await undo(password())).steps).toEqual([]);
  });
  test('lets nobody in who had no password', async () => {
    expect((await undo({}, [{ kind: 'accessKey', id: KEY }])).steps).toEqual([]);
  });
  test('does nothing where it cannot tell', async () => {
    const readings = { [`global/root/get-login-profile/${MEMBER}.json`]: denied };
    await expect(undo(readings)).rejects.toMatchObject({ code: 'AccessDenied', api: 'root:GetLoginProfile' });
  });
});
