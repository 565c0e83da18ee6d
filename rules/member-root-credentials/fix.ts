import type { Account } from '../../account/account.ts';
import {
  rootAccessKeys,
  rootCertificates,
  rootMfaDevices,
  rootPassword,
} from '../../account/services/root/readings.ts';
import {
  defineFix,
  type FixContext,
  type Plan,
  type PlanStep,
  type UndoContext,
  type Verified,
} from '../fix.ts';
import { boolean, integer, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import type { RootFinding } from './rule.ts';

const options = {
  recentUseDays: parameter(integer(0, 36_500), '7', {
    en: 'Where the password or an access key was used within so many days (of 24 hours), nothing is deleted, unless `Force` says otherwise.',
    ko: '최근 이 일수(하루는 24시간) 안에 암호나 액세스 키를 사용했으면 `Force`가 아닌 한 아무것도 삭제하지 않습니다.',
  }),
  Force: parameter(boolean(), 'false', {
    en: 'Whether credentials that were used recently are deleted, too.',
    ko: '최근에 사용한 자격 증명도 삭제할지 여부.',
  }),
};
const reads = [rootPassword, rootAccessKeys, rootCertificates, rootMfaDevices] as const;
type Asks = (typeof reads)[number];
type Context = FixContext<unknown, typeof options, Asks>;

type Credential = Exclude<RootFinding, { kind: 'outOfReach' }>;

/** A credential as JSON. It holds no secret, because IAM shows none. */
type Kept = Pick<Credential, 'kind'> & { readonly id?: string; readonly serialNumber?: string };
/** What root had. */
type Before = readonly Kept[];

/**
 * Deletes the credentials of a member account's root. The steps of an SSM document cannot use the credentials of
 * sts:AssumeRoot, so that here, unlike in any other fix, the function makes the changes: the API is IAM's, asked as root.
 */
export const fix = defineFix<RootFinding, unknown>()({
  summary: {
    changes: {
      en: "Deletes the root user's credentials of a member account, from the management account.",
      ko: '관리 계정에서 멤버 계정 루트 사용자의 자격 증명을 삭제합니다.',
    },
    breaks: {
      en: "Whoever signs in as that account's root user.",
      ko: '그 계정의 루트 사용자로 로그인하던 사람.',
    },
    undo: {
      en: 'None: root recovers its password once that is allowed again.',
      ko: '없음: 다시 허용되면 루트가 암호를 복구합니다.',
    },
    automatic: {
      sensible: false,
      why: { en: 'A person approves every run.', ko: '실행마다 사람이 승인합니다.' },
    },
  },

  options,
  reads,
  inputs: {},
  byFunction: {
    approval: true,
    regions: 'global',
    changes: {
      'root:DeleteAccessKey': [],
      'root:DeleteSigningCertificate': [],
      'root:DeleteLoginProfile': [],
      'root:DeactivateMFADevice': [],
      'root:CreateLoginProfile': [],
    },
  },
  plan,
  undo,
  verify,
});

function plan({ findings }: Verdict<RootFinding>, context: Context): Plan {
  // The findings say why.
  if (findings.some(({ kind }) => kind === 'outOfReach')) return { steps: [], refusals: [UNREACHED] };
  const credentials = findings.filter((finding) => finding.kind !== 'outOfReach');
  const refusals = context.options.Force ? [] : credentials.flatMap((one) => recentUse(one, context));
  // It deletes all credentials or none, because a password without its MFA device would be less safe than both.
  const uses = credentials.flatMap(lastUse);
  if (refusals.length > 0) return { steps: [], refusals, uses };
  const has = (...kinds: readonly Credential['kind'][]) =>
    credentials.some(({ kind }) => kinds.includes(kind));
  return {
    steps: credentials.map(deletion),
    before: credentials satisfies Before,
    uses,
    warnings: [
      ...(has('accessKey', 'certificate')
        ? [
            "Whatever signs with root's access keys or certificates stops working, and nothing brings them back.",
          ]
        : []),
      ...(has('password')
        ? ['Root can then not sign in, nor ask for a password by e-mail: Mode Undo allows the latter again.']
        : []),
    ],
  };
}

const UNREACHED = 'nothing can be deleted as long as that is so.';
const DAY = 86_400_000;

function recentUse(credential: Credential, { now, options: { recentUseDays } }: Context): string[] {
  const lastUsed = 'lastUsed' in credential ? credential.lastUsed : undefined;
  // A use exactly so many days ago counts as recent, and so does one in the future by IAM's clock.
  if (!lastUsed || now.getTime() - lastUsed.getTime() > recentUseDays * DAY) return [];
  return [
    `${nameOf(credential)} was last used at ${lastUsed.toISOString()}, within ${recentUseDays} days: find out by whom and give them something else, or set Force to true.`,
  ];
}

/** IAM does not record the last use of certificates and MFA devices. */
function lastUse(credential: Credential): string[] {
  if (credential.kind !== 'accessKey' && credential.kind !== 'password') return [];
  const { lastUsed, service } = credential;
  const by = service && service !== 'N/A' ? ` (${service})` : '';
  return [
    `${nameOf(credential)}: ${lastUsed ? `last used at ${lastUsed.toISOString()}${by}` : 'never used'}.`,
  ];
}

function deletion(credential: Credential): PlanStep {
  const name = nameOf(credential);
  switch (credential.kind) {
    case 'accessKey':
      return { api: 'root:DeleteAccessKey', input: { AccessKeyId: credential.id }, why: `${name} deleted` };
    case 'certificate':
      return {
        api: 'root:DeleteSigningCertificate',
        input: { CertificateId: credential.id },
        why: `${name} deleted`,
      };
    case 'password':
      return { api: 'root:DeleteLoginProfile', input: {}, why: `${name} deleted` };
    case 'mfaDevice':
      return {
        api: 'root:DeactivateMFADevice',
        input: { SerialNumber: credential.serialNumber },
        why: `${name} deactivated`,
      };
  }
}

function nameOf({ kind, id, serialNumber }: Kept): string {
  switch (kind) {
    case 'accessKey':
      return `root's access key ${id}`;
    case 'certificate':
      return `root's signing certificate ${id}`;
    case 'password':
      return "root's password";
    case 'mfaDevice':
      return `root's MFA device ${serialNumber}`;
  }
}

/** Lets root choose a password by e-mail again, if it had one. Nothing else can be brought back. */
async function undo(before: Before, { account, resource }: UndoContext<Asks>): Promise<Plan> {
  const { password, there } = await remaining(account, resource.id);
  const gone = before.filter(
    ({ kind, id, serialNumber }) => kind !== 'password' && !there.includes(id ?? serialNumber ?? ''),
  );
  const stays = gone.length > 0 ? `${gone.map(nameOf).join(', ')}: gone for good` : '';
  const manual = [
    ...(stays ? [`${stays}.`] : []),
    ...(gone.some(({ kind }) => kind === 'mfaDevice')
      ? ['Whoever signs in as root next has to register MFA at once.']
      : []),
  ];
  if (password || !before.some(({ kind }) => kind === 'password')) return { steps: [], manual };
  const why = `root may choose a new password by e-mail (sign-in page, "Forgot password?")${stays && `; ${stays}`}`;
  return { steps: [{ api: 'root:CreateLoginProfile', input: {}, why }], manual };
}

/** The credentials that are gone. Nobody can tell who deleted them, and only a password can be made again. */
async function verify(
  before: Before,
  changes: readonly string[],
  { account, resource }: UndoContext<Asks>,
): Promise<Verified> {
  const { password, there } = await remaining(account, resource.id);
  const gone = before.filter(({ kind, id, serialNumber }) =>
    kind === 'password' ? !password : !there.includes(id ?? serialNumber ?? ''),
  );
  return { before: gone.length > 0 ? gone : null, made: changes, others: [] };
}

async function remaining(account: Account<Asks>, id: string) {
  const [password, keys, certificates, devices] = await Promise.all([
    account.read(rootPassword, { id }),
    account.read(rootAccessKeys, { id }),
    account.read(rootCertificates, { id }),
    account.read(rootMfaDevices, { id }),
  ]);
  const there = [
    ...[...keys, ...certificates].map((one) => one.id),
    ...devices.map(({ serialNumber }) => serialNumber),
  ];
  return { password, there };
}
