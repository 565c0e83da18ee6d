import { defineFix, type Plan } from '../fix.ts';
import type { Verdict } from '../rule.ts';
import {
  deactivation,
  type KeyContext,
  type KeyInputs,
  planDeactivation,
} from '../shared/users/deactivate.ts';
import type { AccessKeyAgeFinding } from './age.ts';

/** Deactivates a user's old keys. Never deletes one. */
export const fix = defineFix<AccessKeyAgeFinding, unknown>()({
  summary: {
    changes: {
      en: 'Deactivates old access keys; never deletes one.',
      ko: '오래된 액세스 키를 비활성화합니다. 삭제는 하지 않습니다.',
    },
    breaks: {
      en: 'Whatever signs with the key. One used in the last days is left alone.',
      ko: '그 키로 서명하던 것. 최근에 사용한 키는 건드리지 않습니다.',
    },
    undo: { en: 'Activates the keys again.', ko: '키를 다시 활성화합니다.' },
    automatic: { sensible: true, why: { en: 'Without Force.', ko: 'Force를 쓰지 않을 때.' } },
  },
  ...deactivation,
  plan,
});

async function plan(verdict: Verdict<AccessKeyAgeFinding>, context: KeyContext): Promise<Plan<KeyInputs>> {
  const { resource, findings } = verdict;
  if (findings.some(({ kind }) => kind === 'rootKey')) return { steps: [], manual: [ROOT_KEYS] };
  const old = findings.filter((finding) => finding.kind === 'oldKey');
  return planDeactivation(
    resource,
    old.map(({ ageDays, ...key }) => ({ ...key, why: `${ageDays} days old` })),
    context,
  );
}

const ROOT_KEYS =
  'Nobody but root can touch its keys: sign in as the root user, open "Security credentials", deactivate the access key, and delete it once nothing has failed without it.';
