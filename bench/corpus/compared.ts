/** bench/corpus/compared.json: what each tool made of the situations, when, and in which version. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { PROMISES, type Promised, readPromises, TOOLS } from './tools/promises.ts';

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
  promises: readonly Promised[] = readPromises(),
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
