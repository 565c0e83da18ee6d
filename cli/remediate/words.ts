/** What `groundrules remediate` says around what the rules' fixes say. */
import { counted, type Language } from '../../report/both.ts';
import type { Outcome } from './outcome.ts';

const en = {
  account: (id: string) => `account ${id}`,
  wouldChange: 'Would change:',
  wouldBringBack: 'Would be brought back:',
  refused: 'Refused:',
  used: 'Used:',
  mind: 'Mind:',
  left: 'Left to you:',
  mayBeDone: 'Some of it may have been done.',
  nothingChanged: 'Nothing was changed.',
  addApply: 'Nothing was changed. Add --apply to make these changes.',
  record: (file: string) => `Record: ${file}`,
  toUndo: (command: string) => `To undo: ${command}`,
  /** Before what came of it. */
  outcomes: {
    WouldChange: 'Would change.',
    Nothing: 'Nothing to do.',
    Refused: 'Refused.',
    NotFound: 'Not found.',
    Declined: 'Not changed.',
    Stale: 'Not changed.',
    Done: 'Done.',
    Left: 'Something is left.',
    Failed: 'Failed.',
    Cancelled: 'Cancelled.',
  } satisfies Record<Outcome, string>,
  /** In the sum, after a number. */
  counts: {
    Done: 'done',
    WouldChange: 'would change',
    Left: 'with something left',
    Refused: 'refused',
    Failed: 'failed',
    Stale: 'no longer as shown',
    Cancelled: 'interrupted',
    Declined: 'not confirmed',
    Nothing: 'with nothing to do',
    NotFound: 'gone',
  } satisfies Record<Outcome, string>,
  count: (outcome: string, count: number) => `${count} ${outcome}`,
  nothingToFix: 'nothing to fix',
  notLookedAt: (count: number, max: number) =>
    `; ${counted(count, 'more resource')} not looked at (--max ${max}, raise it or run again)`,
  place: (at: number, of: number) => `${at} of ${of}`,
  question: (isUndo: boolean, changes: number, where: string) => {
    const what = changes === 1 ? 'this change' : `these ${changes} changes`;
    return isUndo ? `Undo: make ${what} to ${where}?` : `Apply ${what} to ${where}?`;
  },
  whereOne: (name: string, account: string, region: string) => `${name} in account ${account} (${region})`,
  whereAll: (count: number, account: string) => `${counted(count, 'resource')} in account ${account}`,
};

const ko: typeof en = {
  account: (id) => `계정 ${id}`,
  wouldChange: '바뀔 것:',
  wouldBringBack: '되돌릴 것:',
  refused: '거부:',
  used: '사용 현황:',
  mind: '주의:',
  left: '직접 할 일:',
  mayBeDone: '일부는 이미 바뀌었을 수 있습니다.',
  nothingChanged: '아무것도 바꾸지 않았습니다.',
  addApply: '아무것도 바꾸지 않았습니다. 이대로 바꾸려면 --apply를 주십시오.',
  record: (file) => `기록: ${file}`,
  toUndo: (command) => `되돌리려면: ${command}`,
  outcomes: {
    WouldChange: '바뀔 것이 있습니다.',
    Nothing: '할 일이 없습니다.',
    Refused: '거부했습니다.',
    NotFound: '찾지 못했습니다.',
    Declined: '바꾸지 않았습니다.',
    Stale: '바꾸지 않았습니다.',
    Done: '완료했습니다.',
    Left: '남은 것이 있습니다.',
    Failed: '실패했습니다.',
    Cancelled: '중단했습니다.',
  },
  counts: {
    Done: '완료',
    WouldChange: '바뀔 것 있음',
    Left: '남은 것 있음',
    Refused: '거부',
    Failed: '실패',
    Stale: '보여 준 것과 달라짐',
    Cancelled: '중단',
    Declined: '승낙 없음',
    Nothing: '할 일 없음',
    NotFound: '없어짐',
  },
  count: (outcome, count) => `${outcome} ${count}개`,
  nothingToFix: '고칠 것이 없습니다',
  notLookedAt: (count, max) => `; ${count}개는 확인하지 않음 (--max ${max}, 값을 올리거나 다시 실행)`,
  place: (at, of) => `${of}개 중 ${at}번째`,
  question: (isUndo, changes, where) =>
    isUndo ? `${where}: ${changes}가지를 되돌립니까?` : `${where}: ${changes}가지 변경을 적용합니까?`,
  whereOne: (name, account, region) => `계정 ${account}의 ${name} (${region})`,
  whereAll: (count, account) => `계정 ${account}의 리소스 ${count}개`,
};

export type RemediateWords = typeof en;
export const remediateWords: Readonly<Record<Language, RemediateWords>> = { en, ko };
