import { actionsOf, type Scope } from '../../account/reading.ts';
import type { AnyRule } from '../../rules/rule.ts';

/** Actions that every rule's function needs beside those of its readings (lambda/handler.ts). */
export function configActions({ triggers }: AnyRule): string[] {
  if (triggers.length === 0) return [];
  const kinds = new Set(triggers.map(({ kind }) => kind));
  return [
    'config:PutEvaluations',
    // An oversized item is fetched.
    ...(kinds.has('change') ? ['config:GetResourceConfigHistory'] : []),
    // Results of resources that are gone are swept.
    ...(kinds.has('periodic')
      ? [
          'config:DescribeConformancePacks',
          'config:GetComplianceDetailsByConfigRule',
          'config:GetConformancePackComplianceDetails',
        ]
      : []),
  ];
}

/** The actions that a rule's function needs for the changes that it makes itself. */
export const changeActions = ({ fix }: AnyRule): string[] =>
  Object.entries<Scope>(fix.byFunction?.changes ?? {})
    .filter(([, scope]) => scope.length > 0)
    .map(([action]) => action)
    .sort();

/** Those of its actions that a rule's function needs in every Region: of a fix that changes another one, what it reads there. */
export const actionsEverywhere = ({ beyond, fix }: AnyRule): string[] =>
  [...(beyond?.reads ?? []), ...(fix.byFunction ? fix.reads : [])].flatMap(actionsOf);

/**
 * Every IAM action that a rule's function needs, sorted.
 *
 * @param isFixing whether its document is there, too, which it plans for.
 */
export const functionActions = (rule: AnyRule, isFixing = true): string[] =>
  [
    ...new Set([
      ...[...rule.reads, ...(isFixing ? rule.fix.reads : [])].flatMap(actionsOf),
      ...configActions(rule),
    ]),
  ].sort();
