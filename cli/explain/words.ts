/** What `groundrules explain` says around the pages. */
import type { Language } from '../../report/both.ts';

const en = {
  evidence: 'EVIDENCE',
  why: 'WHY IT MATTERS',
  fix: 'THE FIX, AND WHAT IT BREAKS',
  undo: 'UNDO',
  controls: 'CONTROLS AND FRAMEWORKS',
  account: 'account',
  preview: 'what would change; changes nothing',
  apply: 'shows it, asks, changes it',
  noCommand: 'No command fixes it from here.',
  page: (file: string) => `The whole page: ${file}`,
  pageOf: (rule: string) => `The rule's page: groundrules explain ${rule}`,
  head: ['RULE', 'SEVERITY', 'TITLE'],
  others: (kinds: readonly string[], domain: string) =>
    `besides: ${kinds.join(', ')} (groundrules controls --domain ${domain})`,
  kinds: {
    custom: (count: number) => `${count} ${count === 1 ? 'rule' : 'rules'} to come`,
    managed: (count: number) => `${count} AWS managed ${count === 1 ? 'rule' : 'rules'}`,
    'process-check': (count: number) => `${count} process ${count === 1 ? 'check' : 'checks'}`,
  },
  noPack: 'in no pack',
  how: 'groundrules explain <rule|control|findingId> explains one of them.',
};
const ko: typeof en = {
  evidence: '근거',
  why: '왜 중요한가',
  fix: '수정과 그 영향',
  undo: '되돌리기',
  controls: '통제와 프레임워크',
  account: '계정',
  preview: '무엇이 바뀔지 보여 줄 뿐, 아무것도 바꾸지 않음',
  apply: '보여 주고, 물어보고, 바꿈',
  noCommand: '여기서 명령으로 고칠 수 없습니다.',
  page: (file) => `문서 전체: ${file}`,
  pageOf: (rule) => `규칙의 문서: groundrules explain ${rule}`,
  head: ['규칙', '심각도', '제목'],
  others: (kinds, domain) => `그 밖에: ${kinds.join(', ')} (groundrules controls --domain ${domain})`,
  kinds: {
    custom: (count) => `예정된 규칙 ${count}개`,
    managed: (count) => `AWS 관리형 규칙 ${count}개`,
    'process-check': (count) => `프로세스 점검 ${count}개`,
  },
  noPack: '팩에 없음',
  how: '하나를 자세히 보려면 groundrules explain <rule|control|findingId>를 실행하십시오.',
};

export const explainWords: Readonly<Record<Language, typeof en>> = { en, ko };
