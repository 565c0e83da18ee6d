/** The tables of the index of fixes, `remediation-docs/README.md`. */

import { controls } from '../catalogue/index.ts';
import { awsOwned, type RunbookParameter } from '../remediation-docs/aws-owned.ts';
import type { FixSummary } from '../rules/fix.ts';
import { documentName } from '../rules/names.ts';
import type { AnyRule } from '../rules/rule.ts';
import { type Language, pageName } from './language.ts';
import { code, table } from './markdown.ts';

const WORDS = {
  en: {
    fix: 'Fix',
    severity: 'Severity',
    changes: 'What it changes',
    breaks: 'What it can break',
    undo: 'How it is undone',
    automatic: 'Automatic?',
    yes: 'Yes.',
    no: 'No.',
    reportedBy: 'reported by',
    document: 'Document',
    controls: 'For',
    parameters: 'Parameters',
    yours: 'yours to say',
    required: 'required',
    optional: 'optional',
    byHand: '(by hand only: its RESOURCE_ID is no id that the document takes)',
    unverified: 'Unverified:',
    older: "Parameters as AWS's guide had them before June 2023: unverified against the present page.",
    control: 'Control',
    would: 'What the document would do',
  },
  ko: {
    fix: '수정',
    severity: '심각도',
    changes: '바뀌는 것',
    breaks: '깨질 수 있는 것',
    undo: '되돌리는 방법',
    automatic: '자동 실행?',
    yes: '예.',
    no: '아니요.',
    reportedBy: '탐지:',
    document: '문서',
    controls: '통제',
    parameters: '파라미터',
    yours: '직접 지정',
    required: '필수',
    optional: '선택',
    byHand: '(직접 실행만: 이 통제의 RESOURCE_ID는 문서가 받는 ID가 아님)',
    unverified: '확인하지 못함:',
    older: '파라미터는 2023년 6월 이전 AWS 안내서 기준이며, 현재 페이지와 대조하지 못했습니다.',
    control: '통제',
    would: '문서가 할 일',
  },
} satisfies Record<Language, unknown>;

/** What this pack's own documents do: the rules', then those that only fix. */
export function fixesTable(rules: readonly AnyRule[], fixes: readonly AnyRule[], language: Language): string {
  const words = WORDS[language];
  const row = ({ id, severity, detectedBy, fix }: AnyRule): string[] => {
    const link = `[${id}](../rules/${id}/${pageName(language)})`;
    const by = detectedBy ? ` (${words.reportedBy} ${code([detectedBy])})` : '';
    const name = `${link}: ${code([documentName(id)])}${by}`;
    return [name, severity, ...cells(fix.summary, language)];
  };
  return table([
    [words.fix, words.severity, words.changes, words.breaks, words.undo, words.automatic],
    ...[...rules, ...fixes].map(row),
  ]);
}

/** What AWS's documents want and do. */
export function awsOwnedTable(language: Language): string {
  const words = WORDS[language];
  return table([
    [
      words.document,
      words.controls,
      words.parameters,
      words.changes,
      words.breaks,
      words.undo,
      words.automatic,
    ],
    ...awsOwned.map((document) => {
      const [changes = '', ...rest] = cells(document, language);
      const doubts = [
        ...(document.edition === 'current' ? [] : [words.older]),
        ...(document.unverified ? [`${words.unverified} ${document.unverified[language]}`] : []),
      ];
      return [
        `[${document.name}](${document.source})`,
        document.controls
          .map(
            (control) => `${code([control])}${document.byHand?.includes(control) ? ` ${words.byHand}` : ''}`,
          )
          .join(', '),
        document.parameters.map((parameter) => described(parameter, language)).join('; '),
        [changes, ...doubts].join(' '),
        ...rest,
      ];
    }),
  ]);
}

/** What is still to come. */
export function plannedTable(language: Language): string {
  const words = WORDS[language];
  return table([
    [words.control, words.would],
    ...controls.flatMap(({ id, remediation }) =>
      remediation.kind === 'own-document' && remediation.would
        ? [[code([id]), remediation.would[language]]]
        : [],
    ),
  ]);
}

function cells({ changes, breaks, undo, automatic }: FixSummary, language: Language): string[] {
  const words = WORDS[language];
  const verdict = automatic.sensible ? words.yes : words.no;
  return [changes[language], breaks[language], undo[language], `${verdict} ${automatic.why[language]}`];
}

function described(parameter: RunbookParameter, language: Language): string {
  const { name, type, required, resource, value } = parameter;
  const words = WORDS[language];
  const given = resource ? 'RESOURCE_ID' : value;
  const says = given === undefined ? (required ? `: ${words.yours}` : '') : ` = ${code([given])}`;
  return `${code([name])} (${type}, ${required ? words.required : words.optional})${says}`;
}
