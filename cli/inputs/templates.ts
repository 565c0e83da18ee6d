/** CloudFormation templates, as what is judged: the same rules, over every way that a template may be deployed. */
import type { ResourceRef } from '../../account/account.ts';
import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { nameOf } from '../../account/reading.ts';
import {
  ANSWERED,
  type Outcome,
  type TemplateAccount,
  templateAccount,
  typesIn,
} from '../../account/template/account.ts';
import { isFields } from '../../account/template/parse.ts';
import {
  hiddenIn,
  type Template,
  type TemplateResource,
  withLoops,
} from '../../account/template/template.ts';
import { accountResource, evaluate } from '../../rules/evaluate.ts';
import { rules as allRules } from '../../rules/index.ts';
import { couldNotTell } from '../../rules/judgement.ts';
import type { AnyRule, Finding, Judgement, Verdict } from '../../rules/rule.ts';
import { UsageError } from '../program/errors.ts';
import type { Progress } from '../program/progress.ts';
import type { Input } from './input.ts';
import { type BrokenTemplate, readOr, type TemplateFile } from './template-files.ts';
import { PLACES } from './template-places.ts';
import { untold } from './untold.ts';

/** What the command line says of templates. */
export interface TemplateOptions {
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Whether a template shows all that a rule asks for. */
export const canJudge = ({ reads }: AnyRule): boolean => reads.every((reading) => ANSWERED.has(reading));

/** @throws {UsageError} where a parameter is given a value that no template has. */
export function templateInputs(
  files: readonly TemplateFile[],
  { account: accounts = [], region = [], overrides = {} }: TemplateOptions,
  progress: Progress,
): Input[] {
  if (files.length === 0) return [];
  refuseUnknownParameters(files, overrides);
  // Of several, none is that of what does not say it.
  const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);
  const account = only(accounts);
  const inputs = files.map(({ template: written, accountId, region: own }) => {
    const where = { accountId: accountId ?? account, region: only(region) ?? own };
    const given = {
      ...(where.accountId !== undefined && { accountId: where.accountId }),
      ...(where.region !== undefined && { region: where.region }),
      overrides,
    };
    const template = 'why' in written ? written : readOr(written.file, () => withLoops(written, given));
    if ('why' in template) return untoldOf(template, given);
    sayWhatIsHidden(template, progress);
    return inputOf(template, given);
  });
  const able = allRules.filter(canJudge).length;
  progress.note({
    en: `templates are judged by ${able} of ${allRules.length} rules: the others look at the account as a whole, or at how it is used, which a template does not show`,
    ko: `템플릿은 규칙 ${allRules.length}개 중 ${able}개로 판정합니다. 나머지는 계정 전체나 사용 현황을 보는데, 템플릿에는 그런 내용이 없습니다`,
  });
  return inputs;
}

function refuseUnknownParameters(
  files: readonly TemplateFile[],
  overrides: Readonly<Record<string, string>>,
): void {
  const read = files.flatMap(({ template }) => ('why' in template ? [] : [template.root.Parameters]));
  // It may be in one that cannot be read.
  if (read.length < files.length) return;
  const known = new Set(read.flatMap((parameters) => Object.keys(isFields(parameters) ? parameters : {})));
  const strange = Object.keys(overrides).find((name) => !known.has(name));
  if (strange === undefined) return;
  const names = [...known].sort().join(', ');
  throw new UsageError({
    en: `--parameter-overrides ${strange}: no template has this parameter${names && ` (they have ${names})`}`,
    ko: `--parameter-overrides ${strange}: 이 파라미터가 있는 템플릿이 없습니다${names && ` (있는 것: ${names})`}`,
  });
}

function sayWhatIsHidden(template: Template, progress: Progress): void {
  const hidden = hiddenIn(template).map(({ what, count }) => (count > 1 ? `${what} (${count})` : what));
  if (hidden.length > 0) {
    const list = hidden.join(', ');
    progress.note({
      en: `${template.file}: what is made of ${list} is not judged: only CloudFormation makes it. Judge it once it is deployed, nested templates by themselves`,
      ko: `${template.file}: ${list}이(가) 만드는 것은 판정하지 않습니다. CloudFormation만 만들 수 있기 때문입니다. 배포한 뒤에 판정하고, 중첩 템플릿은 따로 주십시오`,
    });
  }
  if (typesIn(template).size > 0) return;
  progress.note({
    en: `${template.file}: no resource that a rule reports on`,
    ko: `${template.file}: 규칙이 보고하는 리소스가 없습니다`,
  });
}

/** A template that cannot be read: of its resources, no rule that looks at templates can tell. */
function untoldOf({ file, why }: BrokenTemplate, given: Parameters<typeof templateAccount>[1]): Input {
  const nothing = { file, root: {}, resources: [], left: [], lineOf: () => 1 };
  const { outcomes } = templateAccount(nothing, given);
  const [{ account }] = outcomes as readonly [Outcome, ...Outcome[]];
  const whole = { ...accountResource(account), location: { file, line: 1 } };
  return { ...untold({ label: file, account }, why, whole), answers: canJudge };
}

function inputOf(template: Template, given: Parameters<typeof templateAccount>[1]): Input {
  const types = typesIn(template);
  const made = templateAccount(template, given);
  const [first] = made.outcomes as readonly [Outcome];
  return {
    label: template.file,
    account: first.account,
    holds: [...types].sort().join(', '),
    answers: (rule) => canJudge(rule) && rule.resourceTypes.some((type) => types.has(type)),
    judge: (rule, parameters, context) =>
      canJudge(rule)
        ? judged(template, made, rule, (account) => evaluate(rule, account, parameters as never, context))
        : one(couldNotTell(accountResource(first.account), notShown(rule, template))),
  };
}

async function* one<T>(value: T): AsyncGenerator<T> {
  yield value;
}

function notShown({ reads }: AnyRule, { file }: Template): AccountError {
  const [reading] = reads.filter((asked) => !ANSWERED.has(asked));
  const name = reading ? nameOf(reading) : '';
  const message = `${name} is not in ${file}: no template shows it. Evaluate --live, or a snapshot`;
  return new AccountError(OWN_CODES.unresolved, name, message);
}

/** What a rule says of a resource in each way that the template may be deployed. */
interface Said {
  readonly outcome: Outcome;
  readonly judgement: Judgement;
}

/** The judgements of all outcomes as one for each resource. Those on the account are of no template, unless they are errors. */
async function* judged(
  template: Template,
  made: TemplateAccount,
  rule: AnyRule,
  judge: (account: Outcome['account']) => AsyncIterable<Judgement>,
): AsyncGenerator<Judgement> {
  const byResource = new Map<TemplateResource, Said[]>();
  const others = new Map<string, Judgement>();
  for (const outcome of made.outcomes) {
    for await (const judgement of judge(outcome.account)) {
      const resource = outcome.resourceOf(judgement.resource);
      if (resource) byResource.set(resource, [...(byResource.get(resource) ?? []), { outcome, judgement }]);
      else if (judgement.compliance === undefined) others.set(judgement.error.message, judgement);
    }
  }
  for (const resource of template.resources) {
    const said = byResource.get(resource);
    if (!said) continue;
    const name = said.map(({ outcome }) => outcome.nameOf(resource)).find((known) => known !== undefined);
    const [{ judgement }] = said as [Said, ...Said[]];
    const { type, region } = judgement.resource;
    const whole = made.isOpaque(resource) ? undefined : agreed(said);
    const ref: ResourceRef = {
      ...{ type: resource.type.startsWith(type) ? resource.type : type, id: resource.id },
      ...(name !== undefined && name !== resource.id && { name }),
      region,
      location: { file: template.file, line: lineOf(rule, whole, resource, said) },
    };
    yield whole ? { ...whole, resource: ref } : couldNotTell(ref, doubt(rule, resource, said, made));
  }
  yield* others.values();
}

/** The line that the worst finding is about, where one is; else that of the resource. */
function lineOf(
  { id }: AnyRule,
  verdict: Verdict | undefined,
  resource: TemplateResource,
  said: readonly Said[],
): number {
  const [finding] = verdict?.compliance === 'NON_COMPLIANT' ? verdict.findings : [];
  const { places } = said.find(({ outcome }) => outcome.bound === 'best')?.outcome ?? {};
  return (finding && places && PLACES[id]?.(finding, resource, places)?.line) ?? resource.line;
}

/**
 * The verdict that holds however the template is deployed: what is NON_COMPLIANT at best, and anything that is the same at best and
 * at worst.
 */
function agreed(said: readonly Said[]): Verdict | undefined {
  const [first] = said;
  const best = said.filter(({ outcome }) => outcome.bound === 'best');
  const isBad = best.length > 0 && best.every(({ judgement }) => judgement.compliance === 'NON_COMPLIANT');
  if (isBad) return withCommon(best.map(({ judgement }) => judgement as Verdict));
  const { compliance } = first?.judgement ?? {};
  const isSame =
    compliance !== undefined && said.every(({ judgement }) => judgement.compliance === compliance);
  return isSame ? (first?.judgement as Verdict) : undefined;
}

/** With the findings that all of them have; where none is common, those of the first. */
function withCommon(verdicts: readonly Verdict[]): Verdict {
  const [first, ...others] = verdicts as readonly [Verdict, ...Verdict[]];
  const texts = others.map(({ findings }) => new Set(findings.map(textOf)));
  const common = first.findings.filter((finding) => texts.every((some) => some.has(textOf(finding))));
  return common.length > 0 ? { ...first, findings: common } : first;
}
const textOf = (finding: Finding): string => JSON.stringify(finding);

/** How many reasons one message has. */
const MOST_REASONS = 3;

/** Why nobody can tell: what the template does not say, unless the resource makes no sense anyway. */
function doubt(
  rule: AnyRule,
  resource: TemplateResource,
  said: readonly Said[],
  made: TemplateAccount,
): Error {
  const errors = said.flatMap(({ judgement }) =>
    judgement.compliance === undefined ? [judgement.error] : [],
  );
  const why = made.whyOf(resource);
  const plain = errors.find(({ message }) => !/\ba symbol$/.test(message) && said.length === errors.length);
  if (why.length === 0) {
    const error = plain ?? errors[0] ?? new Error('no verdict');
    const isElsewhere = error instanceof AccountError && error.code === OWN_CODES.incomplete;
    return isElsewhere
      ? new AccountError(OWN_CODES.unresolved, error.api, error.message, resource.id)
      : error;
  }
  const more = why.length > MOST_REASONS ? ` (and ${why.length - MOST_REASONS} more)` : '';
  const message = [...(plain ? [plain.message] : []), ...why.slice(0, MOST_REASONS)].join('; ') + more;
  const [reading] = rule.reads;
  const api = errors.find((error) => error instanceof AccountError)?.api ?? (reading ? nameOf(reading) : '');
  return new AccountError(OWN_CODES.unresolved, api, message, resource.id);
}
