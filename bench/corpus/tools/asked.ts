/**
 * What other tools are asked in the place of a rule of ours: asked.yml. A row has, for each tool, its checks, policies or managed
 * rules that judge the same; or a sentence, why there is nothing to ask it.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { isRule } from '../../peers/account/account.ts';
import { type Policy, policiesOf } from '../../peers/tools/custodian.ts';
import { CHECKS } from '../../peers/tools/prowler.ts';

export const OTHERS = ['custodian', 'prowler', 'managed'] as const;
export type Other = (typeof OTHERS)[number];
const ASKED = 'bench/corpus/tools/asked.yml';

const nothing = z.string().regex(/^[A-Z`].*\.$/s, 'expected a sentence');
const either = <Of extends z.ZodType>(of: Of) => z.union([z.array(of).min(1), nothing]);
const policy = z.strictObject({
  resource: z.string(),
  region: z.string().optional(),
  filters: z.array(z.unknown()),
});
const row = z.strictObject({
  custodian: either(policy),
  prowler: either(z.string()),
  managed: either(z.string()),
});
/** Of the rules of `bench:peers`, what is asked there. */
const rowOfBench = row.pick({ managed: true });
const file = z.record(z.string(), z.union([row, rowOfBench]));

export interface Asked {
  readonly custodian: readonly Policy[] | string;
  readonly prowler: readonly string[] | string;
  readonly managed: readonly string[] | string;
}

/** By the rule of ours. */
export function readAsked(): ReadonlyMap<string, Asked> {
  const rows = Object.entries(file.parse(parse(readFileSync(ASKED, 'utf8'))));
  return new Map(
    rows.map(([rule, asked]) => {
      if (isRule(rule))
        return [rule, { ...asked, custodian: policiesOf(rule), prowler: CHECKS[rule] } as Asked];
      if (!('prowler' in asked))
        throw new Error(`${ASKED}: ${rule} lacks what Custodian and Prowler are asked`);
      const { custodian } = asked;
      const policies =
        typeof custodian === 'string'
          ? custodian
          : custodian.map((one, index) => ({ name: `${rule}-${index + 1}`, ...one }));
      return [rule, { ...asked, custodian: policies }];
    }),
  );
}

const ALL = readAsked();

/** The rules about which a tool is asked something. */
export const rulesOf = (tool: Other): string[] =>
  [...ALL].filter(([, asked]) => typeof asked[tool] !== 'string').map(([rule]) => rule);

/** @throws where there is nothing to ask it. */
export function askedOf<Tool extends Other>(tool: Tool, rule: string): Exclude<Asked[Tool], string> {
  const asked = ALL.get(rule)?.[tool];
  if (asked === undefined || typeof asked === 'string') throw new Error(`${tool} is not asked for ${rule}`);
  return asked as Exclude<Asked[Tool], string>;
}
