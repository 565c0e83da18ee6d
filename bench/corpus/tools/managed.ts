/**
 * AWS's managed rules as their pages describe them, on situations of the corpus. This is what the documentation says, not AWS's
 * code: where a page leaves something open, it is taken in the rule's favour.
 */
import { regionsIn, type Situation, type Verdict } from '../situations.ts';
import { type Key, keysIn, reportIn } from './credentials.ts';

type Judge = (files: Situation['files'], now: string) => Verdict;

/** A managed rule's page. */
export const pageOf = (id: string): string =>
  `https://docs.aws.amazon.com/config/latest/developerguide/${id}.html`;
type Json = Record<string, unknown>;
const fails = (isSo: boolean): Verdict => (isSo ? 'NON_COMPLIANT' : 'COMPLIANT');
const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);

interface Permission {
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: readonly { CidrIp: string }[];
  readonly Ipv6Ranges?: readonly { CidrIpv6: string }[];
}

const permissionsIn = (files: Situation['files']): readonly Permission[] =>
  listOf<{ IpPermissions?: Permission[] }>(
    (files['us-east-1/ec2/describe-security-groups.json'] as Json | undefined)?.SecurityGroups,
  ).flatMap(({ IpPermissions }) => listOf<Permission>(IpPermissions));
const isWorld = ({ IpRanges, Ipv6Ranges }: Permission): boolean =>
  listOf<{ CidrIp: string }>(IpRanges).some(({ CidrIp }) => CidrIp === '0.0.0.0/0') ||
  listOf<{ CidrIpv6: string }>(Ipv6Ranges).some(({ CidrIpv6 }) => CidrIpv6 === '::/0');
const isAll = ({ IpProtocol }: Permission) => IpProtocol === '-1';
const NUMBERS: Readonly<Record<string, string>> = { 6: 'tcp', 17: 'udp' };
const protocolOf = ({ IpProtocol = '' }: Permission) => NUMBERS[IpProtocol] ?? IpProtocol.toLowerCase();

/** "Checks if the incoming SSH traffic for the security groups is accessible", from 0.0.0.0/0 or ::/0. */
const restrictedSsh: Judge = (files) =>
  fails(
    permissionsIn(files).some((one) => {
      const { FromPort = 0, ToPort = 65_535 } = one;
      return isWorld(one) && (isAll(one) || (protocolOf(one) === 'tcp' && FromPort <= 22 && ToPort >= 22));
    }),
  );

/** "…allow unrestricted incoming traffic … from 0.0.0.0/0 or ::/0", but for the ports of its parameters; 80 and 443 here. */
const authorizedPorts: Judge = (files) => {
  const allowed = [80, 443];
  return fails(
    permissionsIn(files).some((one) => {
      if (!isWorld(one)) return false;
      if (isAll(one)) return true;
      const { FromPort = 0, ToPort = 65_535 } = one;
      if (!['tcp', 'udp'].includes(protocolOf(one))) return false;
      return FromPort !== ToPort || protocolOf(one) === 'udp' || !allowed.includes(FromPort);
    }),
  );
};

const isOn = (files: Situation['files'], path: string, flag: string): boolean => {
  const answer = files[path] as { PublicAccessBlockConfiguration?: Json } | undefined;
  return answer?.PublicAccessBlockConfiguration?.[flag] === true;
};

/**
 * "Checks if your Amazon S3 buckets do not allow public read access", or write access: compliant where Block Public Access
 * restricts, or neither the policy nor the ACL allows it. Of the account's settings the pages say only that a change of them
 * starts nothing: they count.
 */
const publicAccess =
  (permissions: RegExp, verbs: readonly string[]): Judge =>
  (files) => {
    const [bucket] = listOf<{ Name: string }>(
      (files['global/s3api/list-buckets.json'] as Json | undefined)?.Buckets,
    );
    if (!bucket) return 'NOT_APPLICABLE';
    const paths = [
      'global/s3control/get-public-access-block.json',
      `global/s3api/get-public-access-block/${bucket.Name}.json`,
    ];
    const blocks = (flag: string) => paths.some((path) => isOn(files, path, flag));
    const acl = files[`global/s3api/get-bucket-acl/${bucket.Name}.json`] as { Grants?: unknown } | undefined;
    const ownership = files[`global/s3api/get-bucket-ownership-controls/${bucket.Name}.json`] as
      | { OwnershipControls?: { Rules?: { ObjectOwnership?: string }[] } }
      | undefined;
    // Then the ACL, which the pages ask about, allows nothing.
    const isDisabled = ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership === 'BucketOwnerEnforced';
    const isOpen = listOf<{ Grantee?: { URI?: string }; Permission?: string }>(acl?.Grants).some(
      ({ Grantee, Permission = '' }) =>
        /global\/(AllUsers|AuthenticatedUsers)$/.test(Grantee?.URI ?? '') && permissions.test(Permission),
    );
    const { Policy } = (files[`global/s3api/get-bucket-policy/${bucket.Name}.json`] ?? {}) as {
      Policy?: string;
    };
    return fails(
      (isOpen && !isDisabled && !blocks('IgnorePublicAcls')) ||
        (allows(Policy, verbs) && !blocks('RestrictPublicBuckets')),
    );
  };

/** A statement for everybody, but where a condition has only fixed values: "values that don't contain a wildcard" or a variable. */
function allows(text: string | undefined, verbs: readonly string[]): boolean {
  if (text === undefined) return false;
  let policy: { Statement?: Json | Json[] };
  try {
    policy = JSON.parse(text);
  } catch {
    return false;
  }
  return [policy.Statement ?? []].flat().some(({ Effect, Principal, NotPrincipal, Condition, Action }) => {
    const isEverybody =
      NotPrincipal !== undefined ||
      Principal === '*' ||
      [(Principal as Json | undefined)?.AWS].flat().includes('*');
    return Effect === 'Allow' && isEverybody && !isFixed(Condition) && isOneOf(Action, verbs);
  });
}

const isFixed = (condition: unknown): boolean =>
  condition !== undefined && !/[*?]|\$\{/.test(JSON.stringify(Object.values(condition as Json)));

/** Whether an action, or what its pattern may stand for, begins with such a verb. NotAction leaves nearly all. */
const isOneOf = (actions: unknown, verbs: readonly string[]): boolean =>
  actions === undefined ||
  ([actions].flat() as string[]).some((action) => {
    const [start = ''] = action.toLowerCase().split(/[*?]/);
    return verbs.some((verb) => start.startsWith(`s3:${verb}`) || `s3:${verb}`.startsWith(start));
  });

/** "Checks if active IAM access keys are rotated … within the number of days specified in maxAccessKeyAge": 90. */
const keysRotated: Judge = (files, now) => {
  const keys = { ...keysIn(reportIn(files)), ...listedIn(files) };
  const limit = Date.parse(now) - 90 * 86_400_000;
  return fails(
    Object.values(keys)
      .flat()
      .some(({ Status, CreateDate }) => Status === 'Active' && Date.parse(CreateDate) < limit),
  );
};

const listedIn = (files: Situation['files']): Readonly<Record<string, readonly Key[]>> =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, answer]) => {
      const [, user] = /^global\/iam\/list-access-keys\/(.*)\.json$/.exec(path) ?? [];
      return user === undefined ? [] : [[user, listOf<Key>((answer as Json).AccessKeyMetadata)]];
    }),
  );

/** "Checks if the root user of your AWS account requires multi-factor authentication for console sign-in." */
const rootMfa: Judge = (files) => {
  const { SummaryMap } = (files['global/iam/get-account-summary.json'] ?? {}) as { SummaryMap?: Json };
  if (typeof SummaryMap?.AccountMFAEnabled !== 'number') return 'COULD_NOT_TELL';
  return fails(SummaryMap.AccountMFAEnabled === 0);
};

/** "Checks if the S3 bucket has lock enabled, by default", without its optional mode. */
const defaultLock: Judge = (files) => {
  const answer = files['global/s3api/get-object-lock-configuration/logs.json'] as
    | { ObjectLockConfiguration?: { ObjectLockEnabled?: string; Rule?: { DefaultRetention?: unknown } } }
    | undefined;
  const lock = answer?.ObjectLockConfiguration;
  return fails(lock?.ObjectLockEnabled !== 'Enabled' || lock.Rule?.DefaultRetention === undefined);
};

interface Analyzer {
  readonly type: string;
  readonly status: string;
}

/** "NON_COMPLIANT if there are no analyzers for external access in the region or if the 'status' attribute is not … 'ACTIVE'". */
const externalAnalyzer: Judge = (files) =>
  fails(
    regionsIn(files).some(
      (region) =>
        !listOf<Analyzer>(
          (files[`${region}/accessanalyzer/list-analyzers.json`] as Json | undefined)?.analyzers,
        ).some(({ type, status }) => ['ACCOUNT', 'ORGANIZATION'].includes(type) && status === 'ACTIVE'),
    ),
  );

/** "NON_COMPLIANT if security contact information within the account is not provided." */
const securityContact: Judge = (files) =>
  fails(files['global/account/get-alternate-contact/SECURITY.json'] === undefined);

const FORBIDDEN = ['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess'];
interface Role {
  readonly AttachedManagedPolicies: readonly { readonly PolicyArn: string }[];
}

/** "NON_COMPLIANT if the policy ARN is attached to the IAM resource": those that our rule forbids. */
const forbiddenPolicies: Judge = (files) =>
  fails(
    listOf<Role>(
      (files['global/iam/get-account-authorization-details.json'] as Json | undefined)?.RoleDetailList,
    ).some(({ AttachedManagedPolicies }) =>
      AttachedManagedPolicies.some(({ PolicyArn }) =>
        FORBIDDEN.some((name) => PolicyArn === `arn:aws:iam::aws:policy/${name}`),
      ),
    ),
  );

/** By the managed rule's id. */
export const JUDGES: Readonly<Record<string, Judge>> = {
  'restricted-ssh': restrictedSsh,
  'vpc-sg-open-only-to-authorized-ports': authorizedPorts,
  's3-bucket-public-read-prohibited': publicAccess(/^(READ|FULL_CONTROL)/, ['get', 'list']),
  's3-bucket-public-write-prohibited': publicAccess(/^(WRITE|FULL_CONTROL)/, [
    'put',
    'delete',
    'abort',
    'restore',
    'replicate',
  ]),
  'access-keys-rotated': keysRotated,
  'root-account-mfa-enabled': rootMfa,
  's3-bucket-default-lock-enabled': defaultLock,
  'iam-policy-blacklisted-check': forbiddenPolicies,
  'iam-external-access-analyzer-enabled': externalAnalyzer,
  'security-account-information-provided': securityContact,
};
