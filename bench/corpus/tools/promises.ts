/** What tools never promised: situations of which a tool says something else by a definition of its own, not by mistake. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

export const TOOLS = ['groundrules', 'custodian', 'prowler', 'managed'] as const;
export const PROMISES = 'bench/corpus/tools/promises.yml';

const promise = z.strictObject({
  tools: z.array(z.enum(TOOLS)).min(1),
  rule: z.string(),
  why: z.string(),
  of: z.array(z.string()).min(1),
});
export type Promised = z.infer<typeof promise>;

export const readPromises = (): Promised[] => z.array(promise).parse(parse(readFileSync(PROMISES, 'utf8')));
