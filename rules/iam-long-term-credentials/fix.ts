import { defineFix, type Plan } from '../fix.ts';
import type { Verdict } from '../rule.ts';
import {
  deactivation,
  type KeyContext,
  type KeyInputs,
  planDeactivation,
} from '../shared/users/deactivate.ts';
import type { LongTermFinding } from './credentials.ts';

/** Deactivates a user's access keys, and tells a person of passwords and certificates. Never deletes one. */
export const fix = defineFix<LongTermFinding, unknown>()({
  summary: {
    changes: {
      en: "Deactivates the user's access keys, and tells of passwords and certificates; never deletes one.",
      ko: '사용자의 액세스 키를 비활성화하고, 암호와 인증서는 알리기만 합니다. 삭제는 하지 않습니다.',
    },
    breaks: {
      en: 'Whatever signs with the key. One used in the last days is left alone.',
      ko: '그 키로 서명하던 것. 최근에 사용한 키는 건드리지 않습니다.',
    },
    undo: { en: 'Activates the keys again.', ko: '키를 다시 활성화합니다.' },
    automatic: {
      sensible: false,
      why: {
        en: 'Somebody has to give the workload a role first.',
        ko: '먼저 워크로드에 역할을 마련해야 합니다.',
      },
    },
  },
  ...deactivation,
  plan,
});

async function plan(
  { resource, findings }: Verdict<LongTermFinding>,
  context: KeyContext,
): Promise<Plan<KeyInputs>> {
  const active = findings
    .filter((finding) => finding.kind === 'accessKey')
    .filter(({ isActive }) => isActive);
  const { manual = [], ...plan } = await planDeactivation(
    resource,
    active.map((key) => ({ ...key, why: '' })),
    context,
  );
  return { ...plan, manual: [...manual, ...findings.flatMap((finding) => byHand(finding, resource.name))] };
}

/** What a person has to do, because it can't be taken back. */
function byHand(finding: LongTermFinding, userName = ''): string[] {
  switch (finding.kind) {
    case 'accessKey':
      return finding.isActive
        ? []
        : [
            `Access key ${finding.keyId ?? finding.number} of ${userName} is inactive already: delete it (iam:DeleteAccessKey) once nobody misses it.`,
          ];
    case 'password':
      return [
        `Let ${userName} sign in another way (IAM Identity Center, or a role of your identity provider), then delete the console password (iam:DeleteLoginProfile): nothing brings it back.`,
      ];
    case 'certificate':
      return [
        `Deactivate signing certificate ${finding.certificateId ?? finding.number} of ${userName} (iam:UpdateSigningCertificate), and delete it (iam:DeleteSigningCertificate) once nobody who signs SOAP requests with it complains.`,
      ];
    default:
      return [];
  }
}
