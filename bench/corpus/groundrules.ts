/** What Groundrules says of a situation: its files are written, and judged as any snapshot is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { evaluate } from '../../rules/evaluate.ts';
import { rules } from '../../rules/index.ts';
import { parseParameters } from '../../rules/parameters.ts';
import { type Corpus, type Expected, type Situation, unpack } from './situations.ts';

export async function judge(corpus: Corpus, situation: Situation): Promise<Expected[]> {
  const rule = rules.find(({ id }) => id === corpus.rule);
  if (!rule) throw new Error(`${corpus.rule} is no rule`);
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-corpus-'));
  try {
    const { account } = snapshotAccount(unpack(corpus, situation, folder));
    const parameters = parseParameters(rule, situation.parameters);
    const said: Expected[] = [];
    for await (const { resource, compliance } of evaluate(rule, account, parameters, {
      now: new Date(corpus.now),
    })) {
      const { type, id, region } = resource;
      said.push({
        resourceType: type,
        resourceId: id,
        region,
        verdict: compliance ?? 'COULD_NOT_TELL',
      });
    }
    return said;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
