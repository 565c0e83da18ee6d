/** The example on a rule's page is judged as the page says: the rule gets what `aws` prints there, and the sample account's answers to all else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountError, isOneOf } from '../../account/errors.ts';
import { readAccount } from '../../account/open.ts';
import { type AnyTarget, nameOf, type Reading, commandOf as wordsOf } from '../../account/reading.ts';
import { cliCommand } from '../../account/snapshot/cli-command.ts';
import { cliErrorIn } from '../../account/snapshot/cli-error.ts';
import { snapshotSource } from '../../account/snapshot/source.ts';
import type { Source } from '../../account/source.ts';
import { fixes, rules } from '../../rules/index.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { type Language, pageName } from '../../scripts/pages.ts';
import { SECTIONS } from '../../scripts/scaffold.ts';
import { judged } from '../support/memory.ts';

const ROOT = join(__dirname, '../..');
const ACCOUNT = '123456789012';
const SAMPLE = join(ROOT, 'examples/sample-account', ACCOUNT);
const { collectedAt } = JSON.parse(readFileSync(join(SAMPLE, 'collected.json'), 'utf8'));

interface Example {
  readonly mark: string;
  readonly resource: string;
  readonly compliance: string;
  readonly annotation: string;
  /** What each command prints. */
  readonly printed: ReadonlyMap<string, string>;
}

/** The heading of the section, in the page's language. */
const HEADING = { en: SECTIONS.en[2], ko: SECTIONS.ko[2] };

/** A verdict, and the commands that it rests on: those under it, and those above all verdicts. */
function examplesIn(page: string, language: Language): Example[] {
  const [, section = ''] = page.split(`\n## ${HEADING[language]}\n`);
  const [shared = '', ...parts] = (section.split('\n## ')[0] as string).split(/^(?=❌|✅)/m);
  return parts.map((part) => {
    const said = /^(❌|✅) `([^`]+)` ([A-Z_]+)(?:: `([^`]+)`)?$/m.exec(part.split('\n')[0] as string);
    const [, mark = '', resource = '', compliance = '', annotation = ''] = said ?? [];
    return {
      mark,
      resource,
      compliance,
      annotation,
      printed: new Map([...commandsIn(shared), ...commandsIn(part)]),
    };
  });
}

function commandsIn(text: string): [command: string, printed: string][] {
  return [...text.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, session = '']) =>
    session
      .split(/^\$ /m)
      .slice(1)
      .map((one): [string, string] => [one.slice(0, one.indexOf('\n')), one.slice(one.indexOf('\n') + 1)]),
  );
}

/** Root's readings are IAM's commands, with the credentials of `aws sts assume-root`: these say whose root it is. */
const commandOf = (reading: Reading, target: AnyTarget) =>
  reading.service.name === 'root'
    ? `aws iam ${wordsOf(reading)[1]}`
    : cliCommand(reading, target, { accountId: ACCOUNT, region: undefined });

/** The sample account, but for what the commands print; `answered` is which of them were asked for. */
function sourceOf(printed: ReadonlyMap<string, string>, answered: Set<string>): Source {
  const sample = snapshotSource(SAMPLE);
  return {
    accountId: sample.accountId,
    regions: sample.regions,
    everyRegion: true,
    async read(reading: Reading, target: AnyTarget = {}) {
      const command = commandOf(reading, target);
      const text = printed.get(command);
      if (text === undefined) return sample.read(reading, target);
      answered.add(command);
      const error = cliErrorIn(text, reading);
      if (!error) return reading.text ? reading.text(text) : JSON.parse(text);
      if (isOneOf(reading.none ?? [], error.code)) return null;
      throw new AccountError(error.code, nameOf(reading), error.message ?? '', target.id);
    },
  };
}

async function judge(rule: AnyRule, { resource, printed }: Example) {
  const answered = new Set<string>();
  const account = readAccount(sourceOf(printed, answered));
  const now = new Date(collectedAt);
  const [type = ''] = rule.resourceTypes;
  // One is judged only when it is asked about: what has no rule of AWS Config's, but a fix.
  const asked =
    rule.triggers.length === 0 && !rule.detectedBy
      ? { resource: { type, id: resource, region: 'global' } }
      : {};
  const said = await judged(rule, account, {}, { now, ...asked });
  const of = said.find(({ id, name }) => id === resource || name === resource);
  return {
    compliance: of?.compliance,
    annotation: of?.annotation,
    unasked: [...printed.keys()].filter((command) => !answered.has(command)),
  };
}

const all = [...rules, ...fixes].map((rule) => ({ id: rule.id, rule, folder: `rules/${rule.id}` }));
const examplesOf = (folder: string, language: Language) =>
  examplesIn(readFileSync(join(ROOT, folder, pageName(language)), 'utf8'), language);

describe.each(all)('the page of $id', ({ rule, folder }) => {
  test.each(['en', 'ko'] as const)('begins with one sentence in %s', (language) => {
    const page = readFileSync(join(ROOT, folder, pageName(language)), 'utf8');
    const [title, sentence = '', next] = page.split('\n\n');
    expect([title, next?.split('\n')[0]]).toEqual([`# ${rule.id}`, '<!-- header -->']);
    expect(sentence.match(/[.!?](?=\s|$)/g)).toEqual(['.']);
    expect(sentence).toMatch(language === 'en' ? /^[A-Z]/ : /[가-힣]/);
  });

  test('has an example that fails, and then one that passes', () => {
    expect(examplesOf(folder, 'en')).toMatchObject([
      { mark: '❌', compliance: 'NON_COMPLIANT', annotation: expect.stringMatching(/./) },
      { mark: '✅', compliance: 'COMPLIANT' },
    ]);
  });

  test('has the same ones in Korean', () => {
    expect(examplesOf(folder, 'ko')).toEqual(examplesOf(folder, 'en'));
  });

  test.each([0, 1])('example %#: the rule judges it so, and asks for each answer', async (at) => {
    const example = examplesOf(folder, 'en')[at] as Example;
    const { compliance, annotation } = example;
    expect(await judge(rule, example)).toEqual({ compliance, annotation, unasked: [] });
  });
});
