/** What the weekly mail says, in each language. Its subject is ASCII (SNS's limit), and therefore in English. */
import type { Language } from '../../report/both.ts';

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

const en = {
  fromResults: (date: string, day?: string) =>
    `Groundrules, ${date}, from the results of ${day ?? 'no day yet'}.`,
  fromAggregator: (date: string, name: string) =>
    `Groundrules, ${date}, from the AWS Config aggregator ${name}.`,
  noRun: 'No run has judged an account. docs/fleet.md says what has to be there.',
  noPack:
    'No pack of any account is known to it. docs/organization.md, "What goes wrong", says where to look.',
  page: (where: string) => `The HTML report: ${where}`,
  packs: 'Packs, in accounts and Regions',
  pack: (failing: number, passing: number, undecided: number) =>
    `${failing} failing, ${passing} passing, ${undecided} without a verdict`,
  noRule: 'No rule fails.',
  rules: 'Rules that fail, by severity and accounts',
  rule: (accounts: number, resources: number, isMore: boolean) =>
    `${counted(accounts, 'account')}, ${isMore ? 'more than ' : ''}${counted(resources, 'resource')}`,
  noAccount: 'No account fails a rule.',
  accounts: 'Accounts that fail, worst first',
  failing: (rules: number) => `${rules} failing`,
  passing: (passing: number, rules: number) => `${passing} of ${counted(rules, 'rule')} pass`,
  open: (rules: number) => `${rules} without a result`,
  more: {
    rule: (rest: number) => `... and ${counted(rest, 'rule')} more`,
    account: (rest: number) => `... and ${counted(rest, 'account')} more`,
    waiver: (rest: number) => `... and ${counted(rest, 'waiver')} more`,
  },
  inAccount: (id: string) => ` in ${id}`,
  tag: 'tag',
  waived: (held: number) =>
    `Waived: ${counted(held, 'waiver')} in force. What they are about is not among the failures above.`,
  expiring: 'Waivers that end within two weeks',
  expired: 'Waivers that have ended, and waive nothing',
  notDeployed: 'outside of the units, without a recorder, or not deployed to',
  nobodyIn: 'nobody was let in, or the function came to no end',
  changes: (since: string, added: number, fixed: number) =>
    `Since ${since}: ${counted(added, 'new failure')}, ${fixed} fixed.`,
  unknown: (problem: string) => `Accounts without results are not known: ${problem}`,
  all: (isOther: boolean) =>
    `Every ${isOther ? 'other ' : ''}active account of the organization has results.`,
  without: (accounts: number, why: string) => `Active accounts without results (${accounts}): ${why}`,
  leftOut: (accounts: number) =>
    `Left out by organization.excludedAccounts: ${counted(accounts, 'account')}.`,
};

const ko: typeof en = {
  fromResults: (date, day) =>
    day === undefined
      ? `Groundrules, ${date}. 아직 결과가 없습니다.`
      : `Groundrules, ${date}. ${day} 결과 기준입니다.`,
  fromAggregator: (date, name) => `Groundrules, ${date}. AWS Config 집계자 ${name} 기준입니다.`,
  noRun: '아직 판정한 계정이 없습니다. 필요한 것은 docs/fleet.md에 있습니다.',
  noPack: '집계자가 아는 팩이 하나도 없습니다. docs/organization.md의 "What goes wrong"을 확인하십시오.',
  page: (where) => `HTML 보고서: ${where}`,
  packs: '팩별(계정과 리전 합계)',
  pack: (failing, passing, undecided) => `미준수 ${failing}, 준수 ${passing}, 판정 없음 ${undecided}`,
  noRule: '미준수인 규칙이 없습니다.',
  rules: '미준수 규칙(심각도, 계정 수 순)',
  rule: (accounts, resources, isMore) => `계정 ${accounts}개, 리소스 ${resources}개${isMore ? ' 초과' : ''}`,
  noAccount: '미준수인 계정이 없습니다.',
  accounts: '미준수 계정(심각한 순)',
  failing: (rules) => `미준수 ${rules}`,
  passing: (passing, rules) => `규칙 ${rules}개 중 ${passing}개 준수`,
  open: (rules) => `결과 없음 ${rules}`,
  more: {
    rule: (rest) => `... 외 규칙 ${rest}개`,
    account: (rest) => `... 외 계정 ${rest}개`,
    waiver: (rest) => `... 외 예외 ${rest}건`,
  },
  inAccount: (id) => `, 계정 ${id}`,
  tag: '태그',
  waived: (held) => `예외: 유효 ${held}건. 예외로 둔 것은 위의 미준수에 들어 있지 않습니다.`,
  expiring: '2주 안에 끝나는 예외',
  expired: '기한이 지나 효력이 없는 예외',
  notDeployed: '조직 단위 밖이거나, 레코더가 없거나, 배포되지 않음',
  nobodyIn: '계정에 들어가지 못했거나 함수가 끝나지 않음',
  changes: (since, added, fixed) => `${since} 이후: 새 미준수 ${added}건, 해결 ${fixed}건.`,
  unknown: (problem) => `결과가 없는 계정을 알 수 없습니다. 원문: "${problem}"`,
  all: (isOther) => `조직의 ${isOther ? '나머지 ' : ''}활성 계정 모두에 결과가 있습니다.`,
  without: (accounts, why) => `결과가 없는 활성 계정 ${accounts}개: ${why}`,
  leftOut: (accounts) => `organization.excludedAccounts로 제외: 계정 ${accounts}개.`,
};

export type MailWords = typeof en;
export const MAIL_WORDS: Readonly<Record<Language, MailWords>> = { en, ko };
