/** What the reports for people say around what the rules say. */
import { waivedText } from '../../waivers/text.ts';
import { counted, type Language } from '../both.ts';
import type { WaivedBy } from '../result.ts';

export interface ReportWords {
  readonly severity: string;
  readonly code: string;
  readonly rule: string;
  readonly account: string;
  readonly region: string;
  readonly where: string;
  readonly resource: string;
  readonly why: string;
  readonly theAccount: string;
  readonly couldNotTell: string;
  readonly waivedTitle: string;
  readonly withNote: string;
  readonly next: string;
  /** Above a report of the sample accounts. */
  readonly sample: string;
  readonly more: (count: number) => string;
  readonly moreInJson: (count: number) => string;
  /** `38 non-compliant (5 CRITICAL)` */
  readonly nonCompliant: (count: number, severities: string) => string;
  readonly severities: (counts: readonly (readonly [severity: string, count: number])[]) => string;
  readonly ofThemWaived: (count: number) => string;
  readonly notJudged: (count: number) => string;
  readonly compliant: (count: number) => string;
  readonly notApplicable: (count: number) => string;
  readonly accounts: (ids: readonly string[], isSample: boolean) => string;
  readonly rules: (count: number) => string;
  readonly asOf: (time: string) => string;
  readonly eachAsOf: string;
  readonly settings: (file: string, regions: string) => string;
  readonly left: (count: number, all: number, command: string) => string;
  readonly waived: (by: WaivedBy) => string;
}

const en: ReportWords = {
  severity: 'SEVERITY',
  code: 'CODE',
  rule: 'RULE',
  account: 'ACCOUNT',
  region: 'REGION',
  where: 'WHERE',
  resource: 'RESOURCE',
  why: 'WHY',
  theAccount: 'the account',
  couldNotTell: 'COULD NOT TELL',
  waivedTitle: 'WAIVED',
  withNote: 'COMPLIANT, WITH A NOTE',
  next: 'WHAT TO DO NEXT',
  sample: 'SAMPLE ACCOUNTS, which come along with Groundrules: nothing of yours was judged',
  more: (count) => `… and ${count} more.`,
  moreInJson: (count) => `… and ${count} more (--format json has them all)`,
  nonCompliant: (count, severities) => `${count} non-compliant${severities && ` (${severities})`}`,
  severities: (counts) => counts.map(([severity, count]) => `${count} ${severity}`).join(', '),
  ofThemWaived: (count) => `${count} of them waived`,
  notJudged: (count) => `${count} could not be judged`,
  compliant: (count) => `${count} compliant`,
  notApplicable: (count) => `${count} not applicable`,
  accounts: (ids, isSample) => {
    const sample = isSample ? 'sample ' : '';
    if (ids.length > 3) return `${ids.length} ${sample}accounts`;
    return `${sample}${ids.length > 1 ? 'accounts' : 'account'} ${ids.join(', ')}`;
  },
  rules: (count) => counted(count, 'rule'),
  asOf: (time) => `as of ${time}`,
  eachAsOf: 'each as of when it was collected',
  settings: (file, regions) => `settings: ${file} (${regions})`,
  left: (count, all, command) => `${count} of ${all} controls were not judged: ${command}`,
  waived: waivedText,
};

const ko: ReportWords = {
  severity: '심각도',
  code: '코드',
  rule: '규칙',
  account: '계정',
  region: '리전',
  where: '위치',
  resource: '리소스',
  why: '이유',
  theAccount: '계정',
  couldNotTell: '판정할 수 없음',
  waivedTitle: '예외',
  withNote: 'COMPLIANT, 참고할 점 있음',
  next: '다음에 할 일',
  sample: '예제 계정: Groundrules와 함께 제공되며, 사용자의 계정은 판정하지 않았습니다',
  more: (count) => `… 외 ${count}개`,
  moreInJson: (count) => `… 외 ${count}개 (--format json에 모두 있습니다)`,
  nonCompliant: (count, severities) => `미준수 ${count}개${severities && ` (${severities})`}`,
  severities: (counts) => counts.map(([severity, count]) => `${severity} ${count}`).join(', '),
  ofThemWaived: (count) => `그중 예외 ${count}개`,
  notJudged: (count) => `판정하지 못함 ${count}개`,
  compliant: (count) => `준수 ${count}개`,
  notApplicable: (count) => `해당 없음 ${count}개`,
  accounts: (ids, isSample) => {
    const sample = isSample ? '예제 ' : '';
    return ids.length > 3 ? `${sample}계정 ${ids.length}개` : `${sample}계정 ${ids.join(', ')}`;
  },
  rules: (count) => `규칙 ${count}개`,
  asOf: (time) => `${time} 기준`,
  eachAsOf: '각각 수집한 시각 기준',
  settings: (file, regions) => `설정: ${file} (${regions})`,
  left: (count, all, command) => `통제 ${all}개 중 ${count}개는 판정하지 않았습니다: ${command}`,
  waived: ({ until, ticket, owner, reason }) => `${until}까지 예외 (${ticket}, ${owner}): ${reason}`,
};

export const reportWords: Readonly<Record<Language, ReportWords>> = { en, ko };
