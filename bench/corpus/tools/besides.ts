/** What AWS would answer other tools besides what a situation is about. */
import type { Situation } from '../situations.ts';
import { activeKeysOf, keysIn, REPORT, ROOT, reportIn } from './credentials.ts';

const BUCKETS = 'global/s3api/list-buckets.json';
const Owner = { ID: 'owner', DisplayName: 'owner' };
const HERE = {};
const NOTHING_BLOCKED = {
  ...{ BlockPublicAcls: false, IgnorePublicAcls: false },
  ...{ BlockPublicPolicy: false, RestrictPublicBuckets: false },
};
const TRAILS_BUCKET = { Buckets: [{ Name: 'logs', BucketRegion: 'us-east-1' }] };
export const GROUPS = 'us-east-1/ec2/describe-security-groups.json';
const OF_GROUP = { VpcId: 'vpc-1', OwnerId: '111122223333', Description: 'web', IpPermissionsEgress: [] };

const INSTANCES = 'us-east-1/ec2/describe-instances.json';
const OF_INSTANCE = {
  ImageId: 'ami-1',
  PrivateDnsName: 'ip-10-0-0-1.ec2.internal',
  PrivateIpAddress: '10.0.0.1',
};
const CONTACT = 'global/account/get-contact-information.json';
/** Nobody of the other contacts. */
const PRIMARY = {
  ContactInformation: {
    ...{ FullName: 'Owner', PhoneNumber: '+82 2 555 0199', AddressLine1: '1 Jong-ro', City: 'Seoul' },
    ...{ CountryCode: 'KR', PostalCode: '03154' },
  },
};

const SUMMARY = 'global/iam/get-account-summary.json';

type Files = Situation['files'];

/**
 * The situation as the other tools need it: what they ask for before they come to the point, and any account has. A trail's
 * bucket has a name and a Region; root has a row in the credential report that says what the summary says, where it says all
 * of it, or the other way round; and the keys of a user whose list was not needed are those of the report.
 */
export const besides = (rule: string, files: Files): Files => BESIDES[rule]?.(files) ?? files;

const ofBuckets = (files: Files): Files => {
  const list = (files[BUCKETS] ?? TRAILS_BUCKET) as { readonly Buckets: readonly { Name: string }[] };
  const places = list.Buckets.map(({ Name }) => [`global/s3api/get-bucket-location/${Name}.json`, HERE]);
  const whole = Object.entries(files).map(([path, answer]) => [path, wholeAnswer(path, answer)]);
  return { ...Object.fromEntries([...places, ...whole]), [BUCKETS]: { Owner, ...list } };
};

const ofGroups = (files: Files): Files => {
  const { SecurityGroups: groups = [] } = (files[GROUPS] ?? {}) as { SecurityGroups?: object[] };
  return { ...files, [GROUPS]: { SecurityGroups: groups.map((group) => ({ ...OF_GROUP, ...group })) } };
};

const ofKeys = (files: Files): Files => ({ ...summaryOf(files), ...listsOf(files), ...files });

const ofRoot = (files: Files): Files => {
  const { SummaryMap } = (files[SUMMARY] ?? {}) as { readonly SummaryMap?: Summary };
  return isSaid(SummaryMap) ? { [REPORT]: reportOf(SummaryMap), ...files } : files;
};

const ofInstances = (files: Files): Files => {
  const list = files[INSTANCES] as { readonly Reservations: readonly { Instances: object[] }[] } | undefined;
  if (!list) return files;
  const whole = ({ Instances, ...rest }: { Instances: object[] }) => ({
    ...rest,
    Instances: Instances.map((one) => ({ ...OF_INSTANCE, ...one })),
  });
  return { ...files, [INSTANCES]: { Reservations: list.Reservations.map(whole) } };
};

/** Each recorder has a status, which is spelled as the reference of the API spells it. */
const ofRecorders = (files: Files): Files => {
  const statuses = Object.entries(files).flatMap(([path, answer]) => {
    const [, region] = /^(.*)\/describe-configuration-recorder-status\.json$/.exec(path) ?? [];
    if (region === undefined) return [];
    const { ConfigurationRecordersStatus: all } = answer as { ConfigurationRecordersStatus: Status[] };
    const { ConfigurationRecorders: recorders = [] } = (files[
      `${region}/describe-configuration-recorders.json`
    ] ?? {}) as { ConfigurationRecorders?: { name: string }[] };
    const others = recorders
      .filter(
        ({ name }) => /^AWSConfigurationRecorderFor/.test(name) && !all.some((one) => one.name === name),
      )
      .map(({ name }) => ({ name, recording: true, lastStatus: 'Success' }));
    const spelled = all.map((one) => ({
      ...one,
      ...(one.lastStatus && {
        lastStatus: `${one.lastStatus.slice(0, 1).toUpperCase()}${one.lastStatus.slice(1).toLowerCase()}`,
      }),
    }));
    return [[path, { ConfigurationRecordersStatus: [...spelled, ...others] }]];
  });
  return { ...files, ...Object.fromEntries(statuses) };
};

interface Status {
  readonly name: string;
  readonly lastStatus?: string;
}

const BESIDES: Readonly<Record<string, (files: Files) => Files>> = {
  'access-key-age': ofKeys,
  'alternate-contacts': (files) => ({ [CONTACT]: PRIMARY, ...files }),
  'config-recorder-enabled': ofRecorders,
  'ec2-no-embedded-keys': ofInstances,
  'ec2-role-least-privilege': ofInstances,
  'iam-long-term-credentials': ofKeys,
  'root-mfa': ofRoot,
  's3-public': ofBuckets,
  'sg-open-ports': ofGroups,
  'trail-log-retention': ofBuckets,
  'trail-object-lock': ofBuckets,
};

const isSaid = (summary: Summary | undefined): summary is Summary =>
  [summary?.AccountPasswordPresent, summary?.AccountMFAEnabled, summary?.AccountAccessKeysPresent].every(
    (value) => value !== undefined,
  );

/** With what AWS's answer always has, and a situation leaves out where it says nothing. */
function wholeAnswer(path: string, answer: unknown): unknown {
  if (path.includes('/get-bucket-acl/')) return { Owner, ...(answer as object) };
  if (!path.includes('/get-public-access-block')) return answer;
  const { PublicAccessBlockConfiguration: set } = answer as { PublicAccessBlockConfiguration?: object };
  return { PublicAccessBlockConfiguration: { ...NOTHING_BLOCKED, ...set } };
}

function summaryOf(files: Files): Files {
  const root = reportIn(files).find(({ user }) => user === ROOT);
  return root ? { [SUMMARY]: { SummaryMap: { AccountAccessKeysPresent: activeKeysOf(root) } } } : {};
}

const listsOf = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(keysIn(reportIn(files))).map(([user, keys]) => [
      `global/iam/list-access-keys/${user}.json`,
      { AccessKeyMetadata: keys },
    ]),
  );

type Summary = Readonly<Record<string, number | undefined>>;

function reportOf(has: Summary): string {
  const flag = (value: number | undefined) => String((value ?? 0) > 0);
  const row = {
    user: ROOT,
    arn: 'arn:aws:iam::111122223333:root',
    user_creation_time: '2020-01-01T00:00:00+00:00',
    password_enabled: flag(has.AccountPasswordPresent),
    password_last_used: 'no_information',
    password_last_changed: 'not_supported',
    password_next_rotation: 'not_supported',
    mfa_active: flag(has.AccountMFAEnabled),
    access_key_1_active: flag(has.AccountAccessKeysPresent),
    access_key_1_last_rotated: 'N/A',
    access_key_1_last_used_date: 'N/A',
    access_key_1_last_used_region: 'N/A',
    access_key_1_last_used_service: 'N/A',
    access_key_2_active: String((has.AccountAccessKeysPresent ?? 0) > 1),
    access_key_2_last_rotated: 'N/A',
    access_key_2_last_used_date: 'N/A',
    access_key_2_last_used_region: 'N/A',
    access_key_2_last_used_service: 'N/A',
    cert_1_active: flag(has.AccountSigningCertificatesPresent),
    cert_1_last_rotated: 'N/A',
    cert_2_active: 'false',
    cert_2_last_rotated: 'N/A',
  };
  return `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}`;
}
