/** bench/corpus/compared.json: what each tool made of the situations, when, and in which version. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { EXPLANATIONS, PROMISES, type Reason, readPromises, TOOLS } from './tools/promises.ts';

export const COMPARED = 'bench/corpus/compared.json';

const ids = z.array(z.string());
const rule = z.strictObject({
  rule: z.string(),
  situations: z.int().min(1),
  missed: ids,
  falseAlarm: ids,
  guessed: ids,
  silent: ids,
});
const compared = z.strictObject({
  at: z.iso.date(),
  tools: z.array(
    z.strictObject({
      id: z.enum(TOOLS),
      name: z.string(),
      version: z.string().optional(),
      rules: z.array(rule),
    }),
  ),
});
export type Compared = z.infer<typeof compared>;
export type ComparedTool = Compared['tools'][number];
export type ComparedRule = z.infer<typeof rule>;
/** By id, what else than right a verdict is; of what a tool never promised nothing else is said. */
export type ScoredRule = ComparedRule & { readonly notPromised: readonly string[] };

export const WRONG = ['missed', 'falseAlarm', 'guessed', 'silent'] as const;
export const OTHERWISE = [...WRONG, 'notPromised'] as const;

export const readCompared = (): Compared => compared.parse(JSON.parse(readFileSync(COMPARED, 'utf8')));

/** @throws with each situation of which something was not promised, and about which the tool is right. */
export function scoresOf(
  { id, rules }: ComparedTool,
  promises: readonly Reason[] = readPromises(),
): ScoredRule[] {
  const own = promises.filter(({ tools }) => tools.includes(id));
  const problems = own.flatMap(({ rule, of }) =>
    of
      .filter(
        (one) => !rules.some((other) => other.rule === rule && WRONG.some((is) => other[is].includes(one))),
      )
      .map((one) => `${PROMISES}: ${id} is right about ${rule} ${one}`),
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return rules.map((one) => {
    const excused = own.flatMap(({ rule, of }) => (rule === one.rule ? of : []));
    const left = (is: (typeof WRONG)[number]) => one[is].filter((situation) => !excused.includes(situation));
    return {
      ...{ ...one, missed: left('missed'), falseAlarm: left('falseAlarm') },
      ...{ guessed: left('guessed'), silent: left('silent'), notPromised: excused },
    };
  });
}

/** How many of a rule's situations a tool judges rightly. */
export const rightOf = (one: ScoredRule): number =>
  OTHERWISE.reduce((left, name) => left - one[name].length, one.situations);

const EXPLAINED = ['missed', 'falseAlarm'] as const;

export interface ExplainedRow {
  readonly is: (typeof EXPLAINED)[number];
  readonly of: readonly string[];
  readonly why: string;
}

/**
 * What a tool misses of a rule, and what it fails without need, each with why.
 * @throws with each situation that has no reason, and each reason of a situation about which the tool is right.
 */
export function explainedOf(
  { id }: Pick<ComparedTool, 'id'>,
  score: ScoredRule,
  explanations: readonly Reason[],
): ExplainedRow[] {
  const own = explanations.filter(({ tools, rule }) => tools.includes(id) && rule === score.rule);
  const rows = EXPLAINED.flatMap((is) =>
    own
      .map(({ why, of }) => ({ is, why, of: of.filter((one) => score[is].includes(one)) }))
      .filter(({ of }) => of.length > 0),
  );
  const explained = rows.flatMap(({ of }) => of);
  const problems = [
    ...EXPLAINED.flatMap((is) => score[is])
      .filter((one) => !explained.includes(one))
      .map((one) => `${EXPLANATIONS}: nobody says why ${id} is wrong about ${score.rule} ${one}`),
    ...own
      .flatMap(({ of }) => of)
      .filter((one) => !explained.includes(one))
      .map((one) => `${EXPLANATIONS}: ${id} is not wrong about ${score.rule} ${one}`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return rows;
}

/** In words, what is otherwise than it was, of these rules, or of all. When it was does not count. */
export function changesIn(before: Compared, now: Compared, rules: readonly string[] = []): string[] {
  const rowsOf = ({ tools }: Compared) =>
    new Map(
      tools.flatMap(({ name, version = '', rules: all }) =>
        all
          .filter(({ rule }) => rules.length === 0 || rules.includes(rule))
          .map((one) => [`${`${name} ${version}`.trim()}, ${one.rule}`, JSON.stringify(one)] as const),
      ),
    );
  const [old, young] = [rowsOf(before), rowsOf(now)];
  return [...new Set([...old.keys(), ...young.keys()])]
    .filter((key) => old.get(key) !== young.get(key))
    .map((key) => `${key}: was ${old.get(key) ?? 'not asked'}, is ${young.get(key) ?? 'not asked'}`);
}
