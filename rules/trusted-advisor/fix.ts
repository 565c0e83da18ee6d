import { notifyFix } from '../shared/notify/fix.ts';
import type { AdvisorFinding } from './findings.ts';

/** Tells people: what each check found has a fix of its own. */
export const fix = notifyFix<AdvisorFinding, unknown>()({
  steps: [
    {
      en: 'Open Trusted Advisor in the console, and each check that the verdict names: it lists the resources, and recommends what to do.',
      ko: '콘솔에서 Trusted Advisor를 열고 판정에 나온 점검을 확인합니다. 해당 리소스와 권장 조치가 나옵니다.',
    },
    {
      en: 'Do what it recommends, and refresh the check. A check that does not matter to you goes into the parameter excludeChecks, with the reason.',
      ko: '권장 조치를 하고 점검을 새로 고칩니다. 해당하지 않는 점검은 사유와 함께 파라미터 excludeChecks에 넣습니다.',
    },
  ],
});
