/** What the HTML report says, in both languages. What a rule finds is said by the rule. */
import type { Domain } from '../../../catalogue/index.ts';
import type { Severity } from '../../../rules/rule.ts';
import type { Change, State } from '../../compare.ts';
import type { Age } from '../../history/history.ts';
import type { Language } from '../../language.ts';
import type { Status } from './model.ts';
import type { ControlState, NotJudged } from './scores.ts';
import { en } from './words.en.ts';
import { ko } from './words.ko.ts';

/** What the client says: texts alone, with `{name}` for what is filled in. */
export interface ClientWords {
  readonly severity: Readonly<Record<Severity, string>>;
  readonly status: Readonly<Record<Status, string>>;
  readonly change: { readonly new: string; readonly changed: string };
  readonly columns: Readonly<Record<'severity' | 'status' | 'resource' | 'rule' | 'place', string>>;
  readonly shown: string;
  readonly nothing: string;
  readonly clear: string;
  readonly sortBy: string;
  readonly any: Readonly<Record<'domain' | 'rule' | 'account' | 'region' | 'type', string>>;
  readonly open: string;
  readonly close: string;
  readonly previous: string;
  readonly next: string;
  readonly copy: string;
  readonly copied: string;
  readonly account: string;
  readonly region: string;
  readonly location: string;
  readonly type: string;
  readonly resourceId: string;
  readonly findingId: string;
  readonly why: string;
  readonly whyUnknown: string;
  readonly evidence: string;
  readonly matters: string;
  readonly fix: string;
  readonly fixPreview: string;
  readonly fixApply: string;
  readonly noFix: string;
  readonly changes: string;
  readonly breaks: string;
  readonly undo: string;
  readonly automatic: string;
  readonly fixWhole: string;
  readonly undoWhole: string;
  readonly frameworks: string;
  readonly waiver: string;
  readonly waivedUntil: string;
  readonly notWaived: string;
  readonly page: string;
  readonly recordedAt: string;
  readonly stored: string;
  readonly storedVerdict: string;
  readonly storedWhy: Readonly<Record<'parameters' | 'older' | 'noResult', string>>;
  readonly global: string;
  readonly printed: string;
  readonly printedMore: string;
}

export interface Headline {
  readonly failing: number;
  readonly waived: number;
  readonly judged: number;
  readonly critical: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly elsewhere: number;
  readonly procedures: number;
}

export interface HistoryWords {
  readonly about: (runs: number, from: string, to: string) => string;
  readonly first: string;
  readonly firstAbout: string;
  readonly reading: (left: number, all: number) => string;
  readonly readingAbout: string;
  readonly unrelated: (runs: number) => string;
  readonly later: (runs: number) => string;
  readonly unread: (files: number) => string;
  /** `3 days`, `≥ 41 days` */
  readonly age: (age: Age) => string;
  readonly open: string;
  readonly openAbout: (judged: number, waived: number, carried: number) => string;
  readonly fixed: string;
  readonly fixedAbout: (since: string, began: number) => string;
  readonly toFix: string;
  readonly toFixAbout: string;
  readonly openAge: string;
  readonly oldest: (age: string) => string;
  readonly oldestOne: string;
  readonly flapping: string;
  readonly flappingAbout: (turns: number) => string;
  readonly flappingWhole: (turns: number) => string;
  readonly noneFlapping: (turns: number) => string;
  readonly left: string;
  readonly leftAbout: string;
  readonly trends: string;
  readonly trendsAbout: string;
  readonly apart: string;
  readonly all: string;
  readonly failingOf: (failing: number, judged: number) => string;
  /** After the number of what fails. */
  readonly ofJudged: (judged: number) => string;
  readonly percent: (share: number) => string;
  readonly passNow: (count: number) => string;
  readonly failNow: (count: number) => string;
  readonly times: string;
  readonly timesAbout: string;
  readonly longest: string;
  readonly longestAbout: string;
  readonly noneOpen: string;
  readonly since: string;
  readonly openFor: string;
  readonly turns: string;
  readonly run: string;
  readonly numbers: string;
  readonly numbersAbout: string;
}

export interface Words {
  readonly title: string;
  readonly skip: string;
  readonly sections: Readonly<
    Record<'overview' | 'history' | 'changes' | 'findings' | 'waivers' | 'controls' | 'about', string>
  >;
  readonly theme: Readonly<Record<'label' | 'auto' | 'light' | 'dark', string>>;
  readonly sample: string;
  readonly account: string;
  readonly accounts: (count: number) => string;
  readonly asOf: string;
  readonly severalTimes: string;
  readonly generated: string;
  readonly rules: string;
  readonly inputs: string;
  readonly live: string;
  readonly settings: string;
  readonly noSettings: string;
  readonly settingsText: (file: string, home: string, regions: string) => string;
  readonly headline: (of: Headline) => string;
  readonly rest: (of: Headline) => readonly string[];
  readonly findingsOpen: string;
  readonly domains: Readonly<Record<Domain, string>>;
  readonly scores: Readonly<
    Record<'domains' | 'domainsAbout' | 'frameworks' | 'frameworksAbout' | 'types' | 'typesAbout', string>
  >;
  readonly columns: Readonly<
    Record<
      | 'framework'
      | 'score'
      | 'notJudged'
      | 'type'
      | 'total'
      | 'control'
      | 'severity'
      | 'verdict'
      | 'evidence'
      | 'parameters'
      | 'how'
      | 'requirement'
      | 'resource'
      | 'rule'
      | 'why'
      | 'place'
      | 'was'
      | 'is',
      string
    >
  >;
  readonly state: Readonly<Record<ControlState, string>>;
  readonly notJudged: Readonly<Record<NotJudged, string>>;
  readonly scoreOf: (passing: number, judged: number) => string;
  readonly noScore: string;
  readonly allJudged: string;
  readonly barLabel: (pass: number, waived: number, fail: number, unjudged: number) => string;
  readonly nothingFails: string;
  readonly nothingFailsAbout: string;
  readonly nothingJudged: string;
  readonly nothingJudgedAbout: string;
  readonly change: Readonly<Record<Change, string>>;
  readonly changeAbout: Readonly<Record<Change, string>>;
  readonly changesSince: (file: string) => string;
  readonly noChanges: string;
  readonly noBaseline: string;
  readonly more: (count: number) => string;
  readonly compared: Readonly<Record<State, string>>;
  readonly history: HistoryWords;
  readonly waiverKinds: Readonly<Record<'expired' | 'expiring' | 'unused' | 'undecided', string>>;
  readonly tag: string;
  readonly waiversAbout: string;
  readonly waiverText: (until: string, ticket: string, owner: string) => string;
  readonly filters: Readonly<Record<'label' | 'search' | 'placeholder' | 'status' | 'severity', string>>;
  readonly findingsAbout: string;
  readonly printTitle: string;
  readonly controlsAbout: string;
  /** How many of what, in a word or two. */
  readonly tally: Readonly<Record<Status, (count: number) => string>>;
  readonly managed: (identifier: string, pack: string) => string;
  readonly attestation: (days: number, control: string) => string;
  readonly planned: string;
  readonly leftOut: string;
  readonly off: string;
  readonly readBy: string;
  readonly managedReads: string;
  readonly byPeople: string;
  readonly defaults: string;
  readonly about: readonly string[];
  readonly client: ClientWords;
}

export const WORDS: Readonly<Record<Language, Words>> = { en, ko };
