/**
 * Why a tool says something else than is right: by a definition of its own, so that it never promised what it is asked for
 * (promises.yml); or against its own words (explanations.yml).
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

export const TOOLS = ['groundrules', 'custodian', 'prowler', 'managed'] as const;
export const PROMISES = 'bench/corpus/tools/promises.yml';
export const EXPLANATIONS = 'bench/corpus/tools/explanations.yml';

const reason = z.strictObject({
  tools: z.array(z.enum(TOOLS)).min(1),
  rule: z.string(),
  why: z.string(),
  of: z.array(z.string()).min(1),
});
export type Reason = z.infer<typeof reason>;

const read = (file: string): Reason[] => z.array(reason).parse(parse(readFileSync(file, 'utf8')));

export const readPromises = (): Reason[] => read(PROMISES);
export const readExplanations = (): Reason[] => read(EXPLANATIONS);
