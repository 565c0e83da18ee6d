import type { Location } from '../../../account/account.ts';
import { fixes, rules } from '../../../rules/index.ts';
import { type Language, sentencesOf } from '../../language.ts';
import { printable } from '../../printable.ts';
import { accountOf, type Result, type ResultError } from '../../result.ts';
import { domainOf, factsOf, pageIn } from '../../rule-facts.ts';
import { whyNotOf } from '../../why.ts';
import { type PageRule, type Row, type RowMore, SEVERITY_NAMES, STATUSES } from './model.ts';
import { statusOf } from './tally.ts';

/** A list of names, each at a place of its own. */
export class Places {
  readonly names: string[] = [];
  private readonly places = new Map<string, number>();

  of(name: string): number {
    const found = this.places.get(name);
    if (found !== undefined) return found;
    this.places.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** Makes rows of results. Rules, accounts, Regions and types are numbers in them. */
export class Rows {
  readonly rules = new Places();
  readonly accounts = new Places();
  /** At the places of the accounts, as people call them. */
  readonly accountNames: string[] = [];
  readonly regions = new Places();
  readonly types = new Places();
  private readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  of(one: Result | ResultError): Row {
    const said = 'compliance' in one ? resultMore(one, this.language) : errorMore(one, this.language);
    const more = one.location ? { ...said, location: printable(placeIn(one.location)) } : said;
    const severity = 'severity' in one ? one.severity : (factsOf(one.rule).severity ?? 'MEDIUM');
    const id = printable(one.resourceId);
    const name = printable(one.resourceName ?? '');
    const account = this.accounts.of(printable(one.accountId));
    this.accountNames[account] ??= printable(accountOf(one));
    const row = [
      STATUSES.indexOf(statusOf(one)),
      SEVERITY_NAMES.indexOf(severity),
      this.rules.of(one.rule),
      account,
      this.regions.of(printable(one.region)),
      this.types.of(printable(one.resourceType)),
      id,
      name === id ? '' : name,
    ] as const;
    return more ? [...row, more] : row;
  }
}

const placeIn = ({ file, line }: Location): string => `${file}:${line}`;

/** Why a result is as it is, a sentence a finding. */
export function whyOf({ rule, findings, annotation }: Result, language: Language): readonly string[] {
  if (findings.length === 0) return annotation === '' ? [] : [printable(annotation)];
  return findings.map((finding) => printable(sentencesOf(rule, [finding], language)));
}

function resultMore(result: Result, language: Language): RowMore | undefined {
  const why = whyOf(result, language);
  const { recordedAt, stored } = result;
  const ofConfig: RowMore = {
    ...(recordedAt !== undefined && { recordedAt: printable(recordedAt) }),
    ...(stored && {
      stored: {
        status: stored.compliance === null ? '' : stored.compliance === 'COMPLIANT' ? 'pass' : 'fail',
        recordedAt: printable(stored.recordedAt ?? ''),
        why: stored.why,
      },
    }),
  };
  if (result.compliance !== 'NON_COMPLIANT') {
    const more = { ...(why.length > 0 && { why }), ...ofConfig };
    return Object.keys(more).length > 0 ? more : undefined;
  }
  return {
    why,
    ...ofConfig,
    ...(result.findings.length > 0 && { evidence: shown(result.findings) as RowMore['evidence'] & object }),
    ...(result.fix !== null && { fix: printable(result.fix) }),
    findingId: printable(result.findingId),
    ...(result.waivers && { waivers: shown(result.waivers) as RowMore['waivers'] & object }),
  };
}

const errorMore = ({ code, api, message, findingId }: ResultError, language: Language): RowMore => ({
  why: [printable(whyNotOf({ code, message, ...(api !== undefined && { api }) }, language))],
  code: printable(code),
  ...(api !== undefined && { api: printable(api) }),
  findingId: printable(findingId),
});

/** The value with every text in it as a person reads it. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [printable(name), shown(one)]));
}

/** What the page says of a rule. */
export function pageRule(id: string, language: Language): PageRule {
  const { controls: own, frameworks, page } = factsOf(id);
  const fix = [...rules, ...fixes].find((rule) => rule.id === id)?.fix.summary;
  return {
    id,
    domain: domainOf(id),
    title: own.map(({ title }) => title[language]).join('; ') || id,
    controls: own.map((control) => control.id),
    frameworks: Object.entries(frameworks),
    page: pageIn(page, language),
    ...(fix && {
      fix: {
        ...{ changes: fix.changes[language], breaks: fix.breaks[language], undo: fix.undo[language] },
        automatic: `${YES_NO[language][fix.automatic.sensible ? 0 : 1]} ${fix.automatic.why[language]}`,
      },
    }),
  };
}

const YES_NO = { en: ['Yes.', 'No.'], ko: ['예.', '아니요.'] } as const;
