/** The texts of an OpsItem and of a message, within what OpsCenter and SNS take. */
import type { Language } from '../../language.ts';
import type { Finding } from '../../rule.ts';
import { type Case, type Names, nameOf, type Part, partText, printable, type Words } from './steps.ts';

/** OpsItems take so many characters (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateOpsItem.html). */
export const MAX_DESCRIPTION = 2048;
/** An SNS subject is "UTF-8 text with no line breaks or control characters, and less than 100 characters long", and begins with ASCII. */
export const MAX_TITLE = 99;

export interface Told<F extends Finding, Values, Facts> {
  readonly one: Case<F, Values, Facts>;
  readonly ruleId: string;
  /** What the rule says of the resource. */
  readonly annotation: string;
  /** The same in Korean; in English where nobody has it. */
  readonly korean?: string;
  readonly parts: readonly Part<Case<F, Values, Facts>>[];
  readonly names: Names<Case<F, Values, Facts>>;
  /** In the rule's own words, where the rule's annotation is not enough. */
  readonly title?: string | undefined;
  readonly found?: Words | undefined;
}

/** One line of at most 99 ASCII characters. */
export function titleOf<F extends Finding, V, Facts>({
  one,
  ruleId,
  annotation,
  title,
}: Told<F, V, Facts>): string {
  const text = title ?? `${ruleId}: ${nameOf(one.resource)}: ${annotation}`;
  const plain = printable(text).replace(/[^ -~]/g, '?');
  return plain.length <= MAX_TITLE ? plain : `${plain.slice(0, MAX_TITLE - 3)}...`;
}

/** What was found, what to do about it, and what becomes of the OpsItem. */
export function textOf<F extends Finding, V, Facts>(told: Told<F, V, Facts>, language: Language): string {
  const { one, parts, names } = told;
  return [
    (told.found ?? foundOf(told))[language],
    ...parts.map((part) => partText(part, language, names, one)).filter((text) => text !== ''),
    RESOLVES[language],
  ].join('\n\n');
}

const RESOLVES: Words = {
  en: 'Once the rule passes, the OpsItem is resolved: within a day where Groundrules is deployed, else by the next run of the document.',
  ko: '규칙을 통과하면 OpsItem은 해결됨으로 바뀝니다. Groundrules를 배포했다면 하루 안에, 아니면 문서를 다시 실행할 때 바뀝니다.',
};

function foundOf<F extends Finding, V, Facts>({
  one,
  ruleId,
  annotation,
  korean = annotation,
}: Told<F, V, Facts>): Words {
  const { resource, accountId, region, now } = one;
  const isAccount = resource.type === 'AWS::::Account';
  const at = now.toISOString();
  const named = `${resource.type} ${nameOf(resource)}`;
  return {
    en: `${isAccount ? `The AWS account ${accountId}` : `${named} of the AWS account ${accountId}`} (${region}) is NON_COMPLIANT: ${printable(annotation)} (rule ${ruleId}, ${at}).`,
    ko: `${isAccount ? `AWS 계정 ${accountId}` : `AWS 계정 ${accountId}의 ${named}`}(${region})에 대한 판정은 NON_COMPLIANT입니다: ${printable(korean)} (규칙 ${ruleId}, ${at}).`,
  };
}

const BETWEEN = '\n\n---\n\n';

/** Both languages. */
export const messageOf = <F extends Finding, V, Facts>(told: Told<F, V, Facts>): string =>
  [textOf(told, 'en'), textOf(told, 'ko')].join(BETWEEN);

/** Both languages, where an OpsItem has the room; else in English, and where the Korean is. */
export function descriptionOf<F extends Finding, V, Facts>(told: Told<F, V, Facts>): string {
  const both = messageOf(told);
  if (both.length <= MAX_DESCRIPTION) return both;
  const elsewhere = `${BETWEEN}한국어 절차: rules/${told.ruleId}/README.ko.md`;
  const room = MAX_DESCRIPTION - elsewhere.length;
  const english = textOf(told, 'en');
  return `${english.length <= room ? english : cut(english, room)}${elsewhere}`;
}

/** Between characters: half of one is no text. */
const cut = (text: string, room: number) => `${text.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
