/**
 * The files of corpus/: the situations of the rules' tests that have a reason, each as the files of a snapshot, with what is right
 * to say of it. A situation's answers and verdicts are said in test/rules/<id>/situations.ts, its reason and source beside it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { valuesOf } from '../bench/corpus/parameters.ts';
import {
  type Corpus,
  corpusJsonSchema,
  type Expected,
  type Situation,
  slugOf,
} from '../bench/corpus/situations.ts';
import type { AnyRule } from '../rules/rule.ts';
import { ACCOUNT, Failure, judged, memoryAccount } from '../test/support/memory.ts';
import type { Situations, Situation as Tested } from '../test/support/situations.ts';
import { verdictsOf } from '../test/support/verdicts.ts';

const NOW = '2026-11-22T00:00:00Z';

/** Why situations have the verdict that they have: one sentence may be true of several. */
const REASONS = z.strictObject({
  source: z.url(),
  reasons: z.array(
    z.strictObject({ because: z.string(), source: z.url().optional(), of: z.array(z.string()).min(1) }),
  ),
});

/** Every file of the corpus that is generated, by its path. */
export async function corpusFiles(rules: readonly AnyRule[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map([['corpus/corpus.schema.json', text(corpusJsonSchema())]]);
  // A rule that is being written has no reasons yet; test/house/corpus.test.ts asks for them.
  for (const rule of rules.filter(({ id }) => existsSync(reasonsOf(id))))
    files.set(`corpus/${rule.id}.json`, text(await corpusOf(rule)));
  const strangers = readdirSync('corpus').filter(
    (name) => name.endsWith('.json') && !files.has(`corpus/${name}`),
  );
  if (strangers.length > 0) throw new Error(`corpus/ has files of no rule: ${strangers.join(', ')}`);
  return files;
}

const reasonsOf = (id: string) => `test/rules/${id}/reasons.yaml`;
const text = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

async function corpusOf(rule: AnyRule): Promise<Corpus> {
  const { default: tested }: { default: Situations } = await import(`../test/rules/${rule.id}/situations.ts`);
  const { source, reasons } = REASONS.parse(parse(readFileSync(reasonsOf(rule.id), 'utf8')));
  const byTitle = new Map(tested.situations.map((one) => [one.situation, one]));
  const situations: Situation[] = [];
  for (const { because, source: own = source, of } of reasons) {
    for (const title of of) {
      const one = byTitle.get(title);
      if (!one) throw new Error(`${reasonsOf(rule.id)}: no situation "${title}"`);
      byTitle.delete(title);
      situations.push(await situationOf(rule, one, because, own));
    }
  }
  return {
    $schema: './corpus.schema.json',
    schemaVersion: '1.0',
    license: 'CC-BY-4.0',
    rule: rule.id,
    resourceTypes: [...rule.resourceTypes],
    parameters: valuesOf(rule),
    accountId: ACCOUNT,
    now: NOW,
    situations,
  };
}

async function situationOf(rule: AnyRule, one: Tested, reason: string, source: string): Promise<Situation> {
  const { situation, readings, parameters = {}, regions = ['us-east-1'] } = one;
  const answers = Object.entries(readings).filter(([, answer]) => answer !== undefined);
  const errors = answers.flatMap(([file, answer]) =>
    answer instanceof Failure ? [{ file, code: answer.code }] : [],
  );
  return {
    id: slugOf(situation),
    situation,
    parameters: { ...parameters },
    files: {
      ...Object.fromEntries(answers.filter(([, answer]) => !(answer instanceof Failure))),
      'collected.json': { collectedAt: NOW, regions: [...regions] },
      ...(errors.length > 0 && { 'errors.json': errors }),
    } as Situation['files'],
    expected: await expectedOf(rule, one),
    reason,
    source,
  };
}

/** The verdicts that the tests ask for, with the whole name of the resource that each is about. */
async function expectedOf(rule: AnyRule, one: Tested): Promise<Expected[]> {
  const { readings, parameters = {}, regions = ['us-east-1'], situation } = one;
  const said = await judged(rule, memoryAccount(readings, { regions }), parameters);
  const wanted = verdictsOf(one).map(([id = said[0]?.id, [compliance]]) => `${id} ${compliance}`);
  const given = said.map(({ id, compliance }) => `${id} ${compliance}`);
  if (wanted.sort().join() !== given.sort().join())
    throw new Error(`${rule.id}, "${situation}": the tests ask for ${wanted}, the rule says ${given}`);
  return said.map(({ type, id, region, compliance }) => ({
    resourceType: type,
    resourceId: id,
    region,
    verdict: compliance === 'UNKNOWN' ? 'COULD_NOT_TELL' : compliance,
  }));
}
