/** The corpus as it lies in corpus/: one file a rule, whose situations hold the files of a snapshot. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

export const FOLDER = 'corpus';
export const VERDICTS = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'COULD_NOT_TELL'] as const;
export type Verdict = (typeof VERDICTS)[number];

const expected = z
  .object({
    resourceType: z.string(),
    resourceId: z.string(),
    region: z.string().describe('The Region, or `global`.'),
    verdict: z.enum(VERDICTS),
  })
  .describe('What is right to say of a resource.');

const situation = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .describe('Its name, once in the file.'),
  situation: z.string().describe('In words.'),
  parameters: z
    .record(z.string(), z.string())
    .describe("The rule's parameters that are not as by default, as AWS Config keeps them."),
  files: z
    .record(z.string(), z.unknown())
    .describe(
      'What the `aws` command prints, by its path within the folder of the account: JSON, or the text of a .csv file. errors.json has the calls that failed. A file that is not there was not collected.',
    ),
  expected: z
    .array(expected)
    .describe('Of every resource that the rule reports on; none where there is none.'),
  reason: z.string().describe('Why that is right.'),
  source: z.url().describe("The page of AWS's documentation that the reason rests on."),
});

const corpus = z
  .object({
    $schema: z.string(),
    schemaVersion: z.literal('1.0'),
    license: z.literal('CC-BY-4.0'),
    rule: z.string(),
    resourceTypes: z.array(z.string()).min(1),
    parameters: z.record(z.string(), z.string()).describe("The rule's parameters, by default."),
    accountId: z.string().regex(/^\d{12}$/),
    now: z.iso.datetime().describe('The time at which the situations are judged.'),
    situations: z.array(situation).min(5),
  })
  .describe('Situations of an AWS account, and what a rule has to say of each.');

export type Corpus = z.infer<typeof corpus>;
export type Situation = z.infer<typeof situation>;
export type Expected = z.infer<typeof expected>;

export const corpusJsonSchema = () => ({
  ...z.toJSONSchema(corpus, { target: 'draft-7' }),
  title: 'a file of corpus/',
});

/** The corpus of every rule, or of those that are named. */
export const readCorpus = (ids: readonly string[] = []): Corpus[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .filter((name) => ids.length === 0 || ids.includes(name.replace(/\.json$/, '')))
    .map((name) => corpus.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))));

/** Writes a situation as a snapshot below a folder, and gives the account's folder. */
export function unpack({ accountId }: Corpus, { files }: Situation, folder: string): string {
  const root = join(folder, accountId);
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);
  }
  return root;
}

/** The Regions in view, and those that the account has besides. */
export function regionsIn(files: Situation['files']): readonly string[] {
  const { regions } = files['collected.json'] as { readonly regions: readonly string[] };
  const has = files['global/ec2/describe-regions.json'] as
    | { readonly Regions: readonly { readonly RegionName: string }[] }
    | undefined;
  return [...new Set([...regions, ...(has?.Regions ?? []).map(({ RegionName }) => RegionName)])];
}

/** Words as a name of a folder; what tells two situations apart is not lost with the letters that no name has. */
export const slugOf = (words: string): string =>
  words
    .replaceAll('*', ' star ')
    .replaceAll('%', ' percent ')
    .replaceAll('"', '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
