/**
 * What a function says in English has its Korean in a book of phrases (`*.ko.ts`): every sentence that fixes, their tasks, the
 * checks before a deployment, and the readers of settings and of waivers can say.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import type { AnyAccount } from '../../account/account.ts';
import { AccountError, IncompleteListError } from '../../account/errors.ts';
import { BOOKS } from '../../cli/program/korean.ts';
import { phrases as preflight } from '../../deploy/preflight/phrases.ko.ts';
import { phrases as settings } from '../../deploy/settings/phrases.ko.ts';
import { fixSpeech, SHARED_BOOKS } from '../../report/fix-language.ts';
import { translator } from '../../report/phrases.ts';
import type { Plan } from '../../rules/fix.ts';
import { fixes, rules } from '../../rules/index.ts';
import { fixPhrases } from '../../rules/korean.ts';
import type { Phrases } from '../../rules/language.ts';
import { phrases as parameters } from '../../rules/parameters.ko.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule, Verdict } from '../../rules/rule.ts';
import { phrases as tasks } from '../../tasks/phrases.ko.ts';
import { phrases as waivers } from '../../waivers/phrases.ko.ts';
import { judged, memoryAccount, type Said } from '../support/memory.ts';
import { allSituations } from '../support/situations.ts';
import { codeOf, importsOf, sourceFiles } from './source.ts';

const ROOT = join(__dirname, '../..');
const files = sourceFiles(ROOT);

/** Texts in the code that no person is told: names of AWS's, what is written into AWS, and what only a forged call is answered. */
const NOT_SAID = [
  /^AWS (?:Console Sign In|API Call) via CloudTrail$/,
  /^GuardDuty Finding$/,
  /Made by Groundrules/,
  /^aws [a-z0-9-]+ [a-z-]+/,
  /^npx cdk /,
  /^Groundrules(?: in \{\}|: the rules)/,
  /^--[a-z-]+ [\w{}"]/,
  /^ ?(?:SELECT|configurationItemStatus,|configurationItem) /,
  /^(?: (?:in|of) |sts:AssumeRole of |Transform |\{\} as )\S+/,
  /^groundrules \{\} \{\}$/,
  /^name=default,/,
  /^--recording-group/,
  /^(?:HTTP on port|an alarm) \{\}(?: in)? $/,
  /^(?:\{\},? )+$/,
  /^(?:executionId|DocumentVersion) \{\}: ssm:\w+: \{\}: \{\}$/,
  /^(?:user|role|account) \{\}(?: \{\})?$/,
  /^\{\} (?:and|in) \{\}(?: more)?$/,
];
/** The title and the text of an OpsItem, which are written into AWS in English; its text is in both languages. */
const OPS_ITEM =
  /^(?:Root of (?:the )?AWS account|\{\} (?:has (?:a virtual|no credentials)|is not protected))/;
/** What only a call that no document makes is answered. */
const FORGED = ['rules/shared/alerts/fix/foreign.ts'];

interface Node {
  readonly type?: string;
  readonly [field: string]: unknown;
}

/** The texts of a file that have words in them, `{}` for what is put into them; not those that are in both languages there. */
function saidIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { type, ...rest } = node as Node;
    if (type === 'ImportDeclaration' || type === 'TsLiteralType') return;
    // Reports say in Korean why something could not be read, and quote this.
    if (type === 'NewExpression' && (rest.callee as Node).value === 'AccountError') return;
    const key = (rest.key as Node | undefined)?.value;
    if (type === 'KeyValueProperty' && (key === 'en' || key === 'ko')) return;
    // What the editor shows of a setting.
    const callee = ((rest.callee as Node | undefined)?.property as Node | undefined)?.value;
    if (type === 'CallExpression' && callee === 'describe') {
      visit(rest.callee);
      return;
    }
    // `where('shared', 'Where something is shared', '공유된 것이 있는 경우')`
    if (type === 'CallExpression' && /[가-힣]/.test(JSON.stringify(rest.arguments))) {
      const others = (rest.arguments as readonly { expression: Node }[]).filter(
        ({ expression }) => !['StringLiteral', 'TemplateLiteral'].includes(expression.type ?? ''),
      );
      visit([rest.callee, others]);
      return;
    }
    if (type === 'StringLiteral') found.push(rest.value as string);
    if (type === 'TemplateLiteral' && rest.quasis)
      found.push((rest.quasis as readonly { cooked: string }[]).map(({ cooked }) => cooked).join('{}'));
    visit(Object.values(rest));
  };
  visit(parseSync(readFileSync(join(ROOT, file), 'utf8'), { syntax: 'typescript', target: 'es2022' }));
  return found;
}

const isSentence = (text: string): boolean =>
  /[a-z]{2,},? [a-z]|[a-z]{2,} \{\}|\{\},? [a-z]{2,}/i.test(text) && !/[가-힣]/.test(text);
/** Without the place before it, which has no language, and the full stop. */
const bare = (text: string): string =>
  text
    .replace(/\{\w*\}/g, '{}')
    .replace(/^(?:[\w.:{}-]+: )+/, '')
    .replace(/^(?:[a-z]\w*(?:\.[\w{}]+)+|regions|kmsKeyArn|permissionsBoundary): /, '')
    .replace(/\.$/, '');
/** Nothing of it is left in English, but for what AWS itself said and for commands. */
const isKorean = (said: string): boolean =>
  /[가-힣]/.test(said) &&
  !/[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(said.replace(/원문: ".*"|\baws [a-z][^가-힣]*/g, ''));
/** Made of several phrases. What stands beside a sentence is one itself. */
const isTranslated = (text: string, say: (text: string) => string): boolean =>
  isKorean(
    say(
      text
        .replace(/^\{\} (?=[A-Z])|^[;.] |(?<=\.) \{\}$|[;:] \{\}$|(?<=")\{\}$/g, '')
        .replaceAll('{}', 'x-1'),
    ),
  );
const keysOf = (books: readonly Phrases[]): Set<string> =>
  new Set(
    books
      .flatMap((book) => Object.keys(book))
      .flatMap((key) => [bare(key), key.replace(/\{\w+\}/g, '{}').replace(/\.$/, '')]),
  );

function withImports(start: readonly string[], except: (file: string) => boolean): Set<string> {
  const all = new Set<string>();
  const add = (file: string): void => {
    if (all.has(file) || !/^rules\/.*\.ts$/.test(file) || except(file)) return;
    all.add(file);
    for (const one of importsOf(ROOT, file, { types: false })) add(one);
  };
  for (const one of start) add(one);
  return all;
}

const FIX = /^rules\/[^/]+\/fix\.ts$/;
/** What a rule needs to judge is what findings say: their sentences are `findings.ko.ts`. */
const judging = withImports(
  files.filter((file) => /^rules\/[^/]+\/rule\.ts$/.test(file)),
  (file) => FIX.test(file),
);
const fixing = [
  ...withImports(
    files.filter((file) => FIX.test(file)),
    () => false,
  ),
].filter(
  (file) => !judging.has(file) && !FORGED.includes(file) && !/^rules\/(?:fix|parameters)\.ts$/.test(file),
);

const inFolder = (folder: string) =>
  files.filter((file) => file.startsWith(folder) && !file.endsWith('.ko.ts'));

/** What errors of readings say, which reports quote; and what is written into a template. */
const QUOTED = [
  /^\{\} is not read from a live account|AWS has no such API|to have it$|judge it once it is deployed/,
  /^@aws-sdk XML parse error|^access denied \(\{\}\)$|^An error occurred|^end of JSON$|^aws s3api/,
  /^\{\} was collected at|groundrules collect", which|^was not read: |^what \{\} read|^something else/,
  /^is of \{\}, and|^was to read|^ collect that, too|^null is no answer|^\{\} is no JSON$|^row \{\} has/,
  /^\{\} has nothing of account|^AWS Config has no result: |^\{\} parameters, SSM takes 200|is greater than/,
  /^a credential report$|^\{\} of \{\}: \{\}$|is no Region of it$|^there is no managed rule/,
];

/** Rooms whose errors no command ends with: functions, and what builds the package. */
const ELSEWHERE =
  /^(?:bench|config|lambda|scripts|tasks|rules|deploy\/(?:fleet|security-hub))\/|^deploy\/organization\/(?:weekly|audit-stack)/;
/** The linter of documents: those that come along pass it. */
const LINTER = /^automation\/(?:document|steps)\/|^automation\/run\/(?:failure|runner|values|record)/;
/** Those of the call are in both languages; reports say in Korean why something of an account could not be read. */
const BOTH = ['UsageError', 'AccountError'];
const withCode = files.flatMap((file) =>
  [...codeOf(join(ROOT, file)).matchAll(/class (\w+) extends Error \{[^}]*\bcode\b/g)]
    .map(([, name]) => name as string)
    .filter((name) => !BOTH.includes(name)),
);
/** Where such errors are made, and where their words come from. */
const ending = files
  .filter((file) => new RegExp(`new (?:${withCode.join('|')})\\(`).test(codeOf(join(ROOT, file))))
  .filter((file) => !ELSEWHERE.test(file) && !LINTER.test(file) && !file.endsWith('.ko.ts'))
  .concat(
    ['limits', 'json', 'json-stream', 'strangers', 'credential-report'].map(
      (name) => `account/snapshot/${name}.ts`,
    ),
    ['account/services/iam/credential-report.ts', 'automation/document/parameters.ts'],
  );
const ROOMS: readonly { room: string; of: readonly string[]; books: readonly Phrases[] }[] = [
  { room: 'the fixes', of: fixing, books: [...fixPhrases.values(), ...SHARED_BOOKS] },
  { room: 'parameters', of: ['rules/parameters.ts'], books: [parameters] },
  { room: 'the tasks of a function', of: inFolder('tasks/'), books: [tasks] },
  { room: 'preflight', of: inFolder('deploy/preflight/'), books: [preflight] },
  { room: 'the settings', of: inFolder('deploy/settings/'), books: [settings, parameters] },
  { room: 'the waivers', of: ['waivers/read.ts'], books: [waivers] },
  { room: 'errors that end a command', of: [...new Set(ending)], books: BOOKS },
];

test.each(ROOMS)('$room say nothing that has no Korean', ({ of, books }) => {
  const known = keysOf(books);
  const say = translator(books);
  const missing = of.flatMap((file) =>
    saidIn(file)
      .filter(
        (text) =>
          isSentence(text) && ![...NOT_SAID, ...QUOTED, OPS_ITEM].some((pattern) => pattern.test(text)),
      )
      .filter((text) => !known.has(bare(text)) && !known.has(text.replace(/\.$/, '')))
      .filter((text) => !isTranslated(text, say))
      .map((text) => `${file}: ${text}`),
  );
  expect(of.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

const ALL: readonly [string, string][] = [
  ...fixPhrases.values(),
  ...SHARED_BOOKS,
  preflight,
  settings,
  waivers,
].flatMap((book) => Object.entries(book));

test('a phrase is Korean, says what the English one names, and needs no particle for it', () => {
  expect(ALL.length).toBeGreaterThan(400);
  const names = (text: string) => text.match(/\{\w+\}/g) ?? [];
  const wrong = ALL.filter(([english, korean]) => {
    const isStrange = names(korean).some((name) => !english.includes(name));
    const isDangling = /\}(?:은|는|이|가|을|를|과|와|로|으로|이나|나)(?=[ ,.)]|$)/.test(korean);
    const hasWords = /(?<![\w:])[a-z]{3,}(?![\w:])/.test(english.replace(/\{\w+\}/g, ''));
    const isForeign = hasWords && !/[가-힣]/.test(korean);
    return isStrange || isDangling || isForeign;
  });
  expect(wrong).toEqual([]);
});

test('what a plan says of an account is wholly Korean', async () => {
  const left: object[] = [];
  let plans = 0;
  for (const { rule, situations } of allSituations) {
    for (const { readings, regions = ['us-east-1'], parameters: given = {} } of situations) {
      const account = memoryAccount(readings, { regions });
      for (const verdict of await judged(rule, account, given)) {
        const plan = await planOf(rule, verdict, account, given);
        if (!plan) continue;
        plans += 1;
        const say = fixSpeech(rule.id, { findings: verdict.findings }, 'ko');
        const { steps, refusals = [], warnings = [], manual = [] } = plan;
        for (const text of [...steps.map(({ why }) => why), ...refusals, ...warnings, ...manual])
          if (!isKorean(say(text))) left.push({ rule: rule.id, said: say(text) });
      }
    }
  }
  expect(plans).toBeGreaterThan(100);
  expect(left).toEqual([]);
}, 120_000);

async function planOf(
  rule: AnyRule,
  said: Said,
  account: AnyAccount,
  given: object,
): Promise<Plan | undefined> {
  const { compliance, findings, annotation: _annotation, code: _code, ...resource } = said;
  if (compliance !== 'NON_COMPLIANT') return undefined;
  const context = {
    account,
    parameters: parseParameters(rule, given),
    options: parseParameters({ id: rule.id, parameters: rule.fix.options }, {}),
    caller: '',
    now: new Date('2026-11-28T00:00:00Z'),
  };
  try {
    return await rule.fix.plan({ resource, compliance, findings } as Verdict, context);
  } catch (error) {
    // The situation does not say what the plan reads: another one does.
    if (error instanceof AccountError || error instanceof IncompleteListError) return undefined;
    throw error;
  }
}

test('a text that is nothing of ours stays as it is, and one that is in parts is translated in parts', () => {
  const say = translator([
    { 'rule {name} made in {region}': '규칙 {name}: {region}에 생성', 'Changed:': '변경:' },
  ]);
  expect(say('AccessDenied: no')).toBe('AccessDenied: no');
  expect(say('Changed: rule a made in eu-west-1; rule b made in eu-west-2.')).toBe(
    '변경: 규칙 a: eu-west-1에 생성; 규칙 b: eu-west-2에 생성.',
  );
});
test('every rule has a fix whose speech is known', () => {
  for (const { id } of [...rules, ...fixes] as readonly AnyRule[]) {
    expect(fixSpeech(id, { findings: [] }, 'en')('as it is')).toBe('as it is');
  }
});
