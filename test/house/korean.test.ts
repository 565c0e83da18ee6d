/** What each rule says, it says in Korean too: every kind of finding, of all that is known to be found. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { sentencesOf } from '../../report/language.ts';
import { fixes, rules } from '../../rules/index.ts';
import { korean } from '../../rules/korean.ts';
import type { AnyRule, Finding } from '../../rules/rule.ts';
import { judged, memoryAccount } from '../support/memory.ts';
import { SANDBOX, SHOP } from '../support/sample.ts';
import { allSituations } from '../support/situations.ts';
import { FURTHER } from './korean-findings.ts';

const all: readonly AnyRule[] = [...rules, ...fixes];
const SAMPLE = join(__dirname, '../../examples/sample-account');

test('every rule has its findings in Korean, and nothing else has', () => {
  expect([...korean.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
});

/** The findings of every rule, in its situations and in the sample accounts, each once, and those that none of these has. */
const FOUND = new Map<string, Finding[]>();
beforeAll(async () => {
  const found = new Map<string, Finding[]>(all.map(({ id }) => [id, [...(FURTHER[id] ?? [])]]));
  for (const { rule, situations } of allSituations) {
    for (const { readings, regions = ['us-east-1'], parameters = {} } of situations) {
      const said = await judged(rule, memoryAccount(readings, { regions }), parameters);
      found.get(rule.id)?.push(...said.flatMap(({ findings }) => findings));
    }
  }
  for (const accountId of [SHOP, SANDBOX]) {
    const folder = join(SAMPLE, accountId);
    const { collectedAt } = JSON.parse(readFileSync(join(folder, 'collected.json'), 'utf8'));
    const { account } = snapshotAccount(folder);
    for (const rule of rules) {
      const said = await judged(rule, account, {}, { now: new Date(collectedAt) });
      found.get(rule.id)?.push(...said.flatMap(({ findings }) => findings));
    }
  }
  for (const [id, findings] of found) {
    FOUND.set(id, [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()]);
  }
}, 120_000);

const said = (id: string, finding: Finding) => ({
  en: sentencesOf(id, [finding], 'en'),
  ko: sentencesOf(id, [finding], 'ko'),
});
const HANGUL = /[가-힣]/;

/** Words of a sentence in lower case that are no part of a name: `policy`, but not of `policy-editor` or `PutBucketPolicy`. */
const plainWords = (text: string): string[] => text.match(/(?<![\w:./*@$-])[a-z]{2,}(?![\w:./*@-])/g) ?? [];

/** English that evidence is made of, besides names: `inline policy deploy`, `anyone but 111122223333`, `root's sign-in`. */
const PHRASES = [
  /^anyone(?: but (?=.)|$)/,
  /^(?:a billing view|user data|public|internet|foreign|wide|report|export|ended|notBegun|key)$/,
  /^(?:inline policy|policy|user|role|group|tag|parameter|rule|metric filter|version) (?=.)/,
  /^(?:an? )?(?:password|access key|signing certificate)(?= \d$|$)/,
  /^root's (?=.)|^GuardDuty's finding on root's use$|(?<=^root's .*|^)(?:sign-in|API calls)(?=$| and )/g,
  /\beverything\b| but (?=\S+(?:$| and ))| and (?:\d+ more)?/g,
  / restricts nobody(?=,|$)| does not compare | is not (?:fixed|a plain address range)(?=,|$)/g,
  / is broader than (?=\/)| ranges join to more than a (?=\/)/g,
  /^(?:forwards requests|redirects to (?=HTTP$)|answers by itself|does (?:nothing)?)/,
  / on any port$|^a member of global database (?=.)/,
];
/** Words of AWS's and of our own, which have no Korean. */
const TERMS = new Set(['audit', 'impaired', 'false', 'HTTP', 'RDS']);

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value instanceof Date || typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, one]) => (key === 'kind' ? [] : leavesOf(one)));
}
const evidenceWords = (finding: Finding): string[] =>
  leavesOf(finding)
    .flatMap((leaf) => PHRASES.reduce((text, phrase) => text.replace(phrase, ' '), leaf).split(/[\s(),"…]+/))
    .filter((word) => word.length > 1);

/** Ids, names, numbers and dates of the English sentence, and the names of AWS's services, APIs and settings. */
function evidenceOf(finding: Finding, english: string): string[] {
  const numbers = english.match(/[\w.:/*-]*\d[\w:/*-]*/g) ?? [];
  const terms = english.match(/\b(?:\w*[a-z][A-Z]\w*|[A-Z]{2,}\w*)\b/g) ?? [];
  const words = evidenceWords(finding).filter((word) => english.includes(word));
  return [...new Set([...numbers, ...terms, ...words])];
}

/** Whether a particle that depends on how a word ends (은/는, 이/가, 을/를, …) follows one that may be any word. */
const dangles = (finding: Finding, korean: string): boolean =>
  evidenceWords(finding)
    .filter((word) => !TERMS.has(word))
    .some((word) =>
      ['은', '는', '이', '가', '을', '를', '과', '와', '로', '으로', '이나', '나'].some((particle) =>
        [' ', ',', '.', ')'].some((end) => `${korean} `.includes(`${word}${particle}${end}`)),
      ),
    );

describe.each(all)('$id', ({ id, messages }) => {
  const findings = () => FOUND.get(id) as Finding[];

  test('has a Korean sentence for each kind of finding, and for no other', () => {
    expect(Object.keys(korean.get(id) ?? {}).sort()).toEqual(Object.keys(messages).sort());
  });

  test('each kind of finding is among those that are looked at here', () => {
    const kinds = new Set(findings().map(({ kind }) => kind));
    expect(Object.keys(messages).filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('its sentences are Korean, with nothing left in English', () => {
    const left = findings().flatMap((finding) => {
      const { ko } = said(id, finding);
      const names = new Set([...TERMS, ...evidenceWords(finding)]);
      const words = plainWords(ko).filter((word) => !names.has(word));
      return HANGUL.test(ko) && words.length === 0 ? [] : [{ ko, words }];
    });
    expect(left).toEqual([]);
  });

  test('no sentence loses what the English one has: an id, a name, a number, a date', () => {
    const lost = findings().flatMap((finding) => {
      const { en, ko } = said(id, finding);
      const missing = evidenceOf(finding, en).filter((one) => !ko.includes(one));
      return missing.length > 0 ? [{ en, ko, missing }] : [];
    });
    expect(lost).toEqual([]);
  });

  test('findings that are read back from JSON say the same in both languages', () => {
    const read: Finding[] = JSON.parse(JSON.stringify(findings()));
    expect(read.map((finding) => said(id, finding))).toEqual(findings().map((finding) => said(id, finding)));
  });

  test('no particle follows what may be any word', () => {
    const dangling = findings().filter((finding) => dangles(finding, said(id, finding).ko));
    expect(dangling.map((finding) => said(id, finding).ko)).toEqual([]);
    const both = /\((?:으|이|은|을|와)\)|(?:이\(가|은\(는|을\(를|와\(과)\)/;
    expect(findings().flatMap((finding) => both.exec(said(id, finding).ko)?.input ?? [])).toEqual([]);
  });
});
