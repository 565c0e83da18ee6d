import { parameterStoreName } from '../../automation/document/parameters.ts';
import { openRuleDocument, type RuleDocument } from '../../automation/rule-document.ts';
import type { Both } from '../../report/both.ts';
import { suggestion } from '../../report/closest.ts';
import { documentParameter } from '../../rules/fix.ts';
import { fixes, rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { chooseRules, type GivenParameters } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';

/** Everything that has a fix: the rules, and the fixes of what AWS managed rules report. */
export const FIXABLE: readonly AnyRule[] = [...rules, ...fixes];

/**
 * Opens the document of the rule that is called so.
 *
 * @throws {UsageError} when there is no such rule.
 */
export function openRemediation(id: string): RuleDocument {
  const [rule] = chooseRules([id], FIXABLE) as [AnyRule];
  return openRuleDocument(rule);
}

/** What `--parameter name=value` gave, in order. */
export type Assignment = readonly [name: string, value: string];

export function readAssignments(options: readonly string[] = []): readonly Assignment[] {
  return options.map((text): Assignment => {
    const at = text.indexOf('=');
    if (at < 1)
      throw new UsageError({
        en: `--parameter ${text}: expected name=value, such as Scope=All`,
        ko: `--parameter ${text}: Scope=All처럼 name=value여야 합니다`,
      });
    return [text.slice(0, at), text.slice(at + 1)];
  });
}

/** Parameters that are not for `--parameter` to set, and why. */
const RESERVED = new Map<string, Both>([
  ['Mode', { en: 'it is what --apply and --undo set', ko: '--apply와 --undo가 정하는 값입니다' }],
  ['ExecutionId', { en: 'it is what --undo sets', ko: '--undo가 정하는 값입니다' }],
  [
    'AutomationAssumeRole',
    {
      en: 'here the document runs with your own credentials: use --profile',
      ko: '여기서는 문서를 내 자격 증명으로 실행합니다. --profile을 쓰십시오',
    },
  ],
]);

/** The parameters that `--parameter` can set. */
const settable = ({ document, resourceParameter }: RuleDocument): string[] =>
  Object.keys(document.parameters).filter((name) => name !== resourceParameter && !RESERVED.has(name));

/**
 * The document's parameters: the rule's from `--parameters`, and over them those of `--parameter`.
 *
 * @throws {UsageError} for a name that none of the documents has, or a value that is not of its type.
 */
export function documentParameters(
  remediation: RuleDocument,
  given: GivenParameters,
  assignments: readonly Assignment[],
): Readonly<Record<string, unknown>> {
  const { rule, document } = remediation;
  const names = settable(remediation);
  const ofRule = Object.entries((given[rule.id] ?? {}) as Record<string, unknown>);
  return Object.fromEntries([
    ...ofRule
      .map(([name, value]) => [documentParameter(rule.fix, name), String(value)] as const)
      .filter(([name]) => names.includes(name)),
    ...assignments
      .filter(([name]) => names.includes(name))
      .map(([name, value]) => [name, typed(name, value, document.parameters[name]?.type)]),
  ]);
}

/** Every `--parameter` has to be some document's: a typing error must not mean "as by default". */
export function checkAssignments(
  remediations: readonly RuleDocument[],
  assignments: readonly Assignment[],
): void {
  const names = [...new Set(remediations.flatMap(settable))];
  for (const [name] of assignments) {
    if (names.includes(name)) continue;
    const why = RESERVED.get(name);
    if (why)
      throw new UsageError({ en: `--parameter ${name}: ${why.en}`, ko: `--parameter ${name}: ${why.ko}` });
    if (remediations.some(({ resourceParameter }) => resourceParameter === name)) {
      throw new UsageError({
        en: `--parameter ${name}: the resource is the argument after the rule`,
        ko: `--parameter ${name}: 리소스는 규칙 뒤의 인수로 지정합니다`,
      });
    }
    const of = remediations.map(({ document }) => document.where).join(', ');
    throw new UsageError({
      en: `--parameter ${name}: ${of} has no such parameter${suggestion(name, names)}`,
      ko: `--parameter ${name}: ${of}에 그런 파라미터는 없습니다${suggestion(name, names, 'ko')}`,
    });
  }
}

/** The text as a value of the parameter's type. */
function typed(name: string, text: string, type = 'String'): unknown {
  // What stands for a look-up in Parameter Store is never looked up here: it would be taken for the value.
  if (parameterStoreName(text) !== undefined) {
    throw new UsageError({
      en: `--parameter ${name}: ${text} is for SSM to look up; give the value itself`,
      ko: `--parameter ${name}: ${text}은(는) SSM이 찾아야 하는 값입니다. 값 자체를 지정하십시오`,
    });
  }
  if (type === 'String') return text;
  if (type === 'StringList' && !text.trimStart().startsWith('[')) return text === '' ? [] : text.split(',');
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError({
      en: `--parameter ${name}: ${JSON.stringify(text)} is no ${type}${type === 'StringList' ? '' : ' (give JSON)'}`,
      ko: `--parameter ${name}: ${JSON.stringify(text)}은(는) ${type}이(가) 아닙니다${type === 'StringList' ? '' : ' (JSON으로 지정)'}`,
    });
  }
}
