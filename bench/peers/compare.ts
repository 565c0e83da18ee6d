/** Verdict by verdict: what a tool says beside what is right, and why it says otherwise. */
import { readFileSync } from 'node:fs';
import { type Right, RULES, type Rule, type Verdict } from './account/account.ts';
import { keyOf, type Said, type ToolId, type Verdicts } from './tools/tool.ts';

/** Where every difference has its explanation, by tool, rule and kind. */
export const EXPLANATIONS = 'bench/peers/explanations.json';

/** What a difference is: a tool is wrong by what it says of itself, or it never promised to judge so. */
export type Nature = 'missed' | 'false alarm' | 'not promised';

interface Explanation {
  readonly promised: boolean;
  readonly why: string;
}
type Explanations = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Explanation>>>>>>;

/** A kind of resources of which a tool says something else than what is right. */
export interface Difference {
  readonly tool: ToolId;
  readonly rule: Rule;
  readonly kind: string;
  readonly is: string;
  readonly right: Verdict;
  readonly said: Said;
  readonly resources: number;
  readonly nature: Nature;
  readonly why: string;
}

/** How many kinds of a rule's resources a tool judges rightly, and what it does with the others. */
export interface Score {
  readonly tool: ToolId;
  readonly rule: Rule;
  readonly right: number;
  readonly missed: number;
  readonly falseAlarms: number;
  readonly notPromised: number;
}

export interface Compared {
  readonly differences: readonly Difference[];
  readonly scores: readonly Score[];
}

const readExplanations = () => JSON.parse(readFileSync(EXPLANATIONS, 'utf8')) as Explanations;

/** @throws with each difference that has no explanation, each explanation of none, and a kind of which a tool says both. */
export function compared(
  rights: readonly Right[],
  said: ReadonlyMap<ToolId, Verdicts>,
  explanations: Explanations = readExplanations(),
): Compared {
  const problems: string[] = [];
  const differences: Difference[] = [];
  const scores: Score[] = [];
  const kinds = kindsOf(rights);
  for (const [tool, verdicts] of said) {
    const explained = new Set<string>();
    for (const kind of kinds) {
      const [{ rule, kind: name, is, verdict: right }] = kind;
      const all = new Set(kind.map((one): Said => verdicts.get(keyOf(one.rule, one.resource)) ?? 'nothing'));
      const [verdict = 'nothing'] = all;
      if (all.size > 1) problems.push(`${tool} says of ${rule} ${name}: ${[...all].join(' and ')}`);
      if (verdict === right) continue;
      const explanation = explanations[tool]?.[rule]?.[name];
      explained.add(`${rule} ${name}`);
      if (!explanation) {
        problems.push(`${tool} says ${verdict} of ${rule} ${name} (${is}), which is ${right}: why?`);
        continue;
      }
      const wrong = right === 'NON_COMPLIANT' ? 'missed' : 'false alarm';
      const nature = explanation.promised ? wrong : 'not promised';
      const resources = kind.length;
      differences.push({
        ...{ tool, rule, kind: name, is, right, said: verdict },
        resources,
        nature,
        why: explanation.why,
      });
    }
    for (const [rule, kinds] of Object.entries(explanations[tool] ?? {})) {
      for (const kind of Object.keys(kinds)) {
        if (!explained.has(`${rule} ${kind}`))
          problems.push(`${tool} is right about ${rule} ${kind}, which ${EXPLANATIONS} explains`);
      }
    }
    scores.push(...scoresOf(tool, kinds, differences));
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { differences, scores };
}

function kindsOf(rights: readonly Right[]): [Right, ...Right[]][] {
  const kinds = new Map<string, [Right, ...Right[]]>();
  for (const one of rights) {
    const known = kinds.get(`${one.rule} ${one.kind}`);
    if (known) known.push(one);
    else kinds.set(`${one.rule} ${one.kind}`, [one]);
  }
  return [...kinds.values()];
}

function scoresOf(
  tool: ToolId,
  kinds: readonly [Right, ...Right[]][],
  differences: readonly Difference[],
): Score[] {
  return RULES.map((rule) => {
    const own = differences.filter((one) => one.tool === tool && one.rule === rule);
    const count = (nature: Nature) => own.filter((one) => one.nature === nature).length;
    const all = kinds.filter(([one]) => one.rule === rule).length;
    const wrong = {
      missed: count('missed'),
      falseAlarms: count('false alarm'),
      notPromised: count('not promised'),
    };
    return { tool, rule, right: all - own.length, ...wrong };
  });
}
