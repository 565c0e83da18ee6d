/**
 * The fix for what only a person can do: an OpsItem, and a message where there is a topic, with the steps to take. The
 * OpsItem is resolved once the rule passes.
 */
import type { Account, ResourceRef } from '../../../account/account.ts';
import type { Reading } from '../../../account/reading.ts';
import { type OpsItem, opsItems } from '../../../account/services/ssm/readings.ts';
import type { AnyFix, FixContext, Plan, PlanStep, UndoContext, Verified } from '../../fix.ts';
import { annotation } from '../../judgement.ts';
import { boolean, optionalText, parameter } from '../../parameters.ts';
import type { Finding, Messages, Severity, Verdict } from '../../rule.ts';
import type { Case, Names, Part, Step, Words } from './steps.ts';
import { descriptionOf, messageOf, type Told, titleOf } from './text.ts';

const inputs = {
  Publish: false,
  Open: false,
  OpsItemId: '-',
  Title: '-',
  Description: '-',
  Message: '-',
  Dedup: '-',
  FoundAt: '-',
  Subject: '-',
};
export type NotifyInputs = typeof inputs;

const options = {
  TopicArn: parameter(optionalText(), '', {
    en: 'An SNS topic of the same Region, to publish to as well. Empty: the OpsItem alone.',
    ko: 'OpsItem과 함께 메시지를 게시할 같은 리전의 SNS 주제. 비워 두면 OpsItem만 만듭니다.',
  }),
  OnlyResolve: parameter(boolean(), 'false', {
    en: 'Whether to tell nobody, and only to resolve the OpsItem of a resource that passes.',
    ko: '아무에게도 알리지 않고, 규칙을 통과한 리소스의 OpsItem을 해결됨으로 바꾸기만 할지 여부.',
  }),
};
type Options = typeof options;

/** What OpsCenter files OpsItems under. */
export type Category = 'Security' | 'Cost' | 'Performance' | 'Availability' | 'Recovery';

/** A rule's own part. Steps are enough. */
export interface Notice<F extends Finding, Values, Facts, R extends Reading> {
  /** Its line in the index of fixes, where there is more to say than that it only tells. */
  readonly changes?: Words;
  readonly category?: Category;
  /** What to do; or in {@link parts}, where there is more than one way. */
  readonly steps?: readonly Step<Case<F, Values, Facts>>[];
  readonly parts?: readonly Part<Case<F, Values, Facts>>[];
  /** What steps may name besides the account, the resource and the Region. */
  readonly names?: Names<Case<F, Values, Facts>>;
  /** What {@link look} reads beyond what the rule reads. */
  readonly reads?: readonly R[];
  /** What the steps rest on beyond the findings. */
  readonly look?: (account: Account<R>) => Promise<Facts>;
  /** Sentences for the output Message: what {@link look} could not find out. */
  readonly doubts?: (one: Case<F, Values, Facts>) => readonly string[];
  /** At most 99 ASCII characters. The rule's annotation, where it is left out. */
  readonly title?: (one: Case<F, Values, Facts>) => string;
  /** What was found; the rule's annotation, where it is left out. */
  readonly found?: (one: Case<F, Values, Facts>) => Words;
}

/** What the rule's document and its page are made of. */
export interface Notifies {
  readonly category: Category;
  /** OpsCenter's, from 1. */
  readonly severity: '1' | '2' | '3' | '4';
  /** The OpsItem's operational data that says when the resource was found. */
  readonly foundAt: string;
  readonly parts: readonly Part<Case>[];
  readonly names: Names<Case>;
}

/** What the fix has to know of its rule. */
export interface NoticeRule<F extends Finding> {
  readonly id: string;
  readonly severity: Severity;
  readonly messages: Messages<F>;
}

const SEVERITIES = { CRITICAL: '1', HIGH: '2', MEDIUM: '3', LOW: '4' } as const;

/** The OpsItem that the run is going to open, by the time that it carries; none, where one was open. */
export interface Before {
  readonly foundAt: string | null;
  /** The resource passes, and its OpsItem is to be resolved. */
  readonly passes?: true;
}

/** Operational data of ours: the topic that has been told. Searchable, or nobody would list it. */
const TOLD = 'groundrules-told';
const DEDUP = '/aws/dedup';
const searchable = (Value: string) => ({ Type: 'SearchableString', Value });

/**
 * Declares a fix that tells people what to do.
 *
 * @example
 * export const fix = notifyFix<RootLastUsedFinding, Values>()({ steps: [{ en: 'Sign in …', ko: '… 로그인합니다.' }] });
 */
export const notifyFix =
  <F extends Finding, Values>() =>
  <Facts = undefined, R extends Reading = never>(notice: Notice<F, Values, Facts, R>) =>
  (rule: NoticeRule<F>) => {
    const teller = new Teller(rule, notice);
    return {
      summary: { ...SUMMARY, changes: notice.changes ?? SUMMARY.changes },
      options,
      reads: [...(notice.reads ?? []), opsItems],
      inputs,
      notifies: {
        category: notice.category ?? 'Security',
        severity: SEVERITIES[rule.severity],
        foundAt: foundAtOf(rule),
        parts: partsOf(notice) as unknown as readonly Part<Case>[],
        names: (notice.names ?? {}) as unknown as Names<Case>,
      } satisfies Notifies,
      plan: (verdict: Verdict<F>, context: Context<Values, R>) => teller.plan(verdict, context),
      passed: (verdict: Verdict<F>, context: Context<Values, R>) => teller.passed(verdict, context),
      undo: (before: Before, context: UndoContext<typeof opsItems>) => teller.undo(before, context),
      verify: (before: Before, changes: readonly string[], context: UndoContext<typeof opsItems>) =>
        teller.verify(before, changes, context),
    } satisfies AnyFix;
  };

const SUMMARY = {
  changes: {
    en: 'Nothing in the resource, which only a person may change: opens an OpsItem with the steps and publishes them to an SNS topic.',
    ko: '사람만 바꿀 수 있으므로 리소스는 바꾸지 않습니다. 절차를 적은 OpsItem을 열고 SNS 주제에 게시합니다.',
  },
  breaks: { en: 'Nothing.', ko: '없음.' },
  undo: {
    en: 'Resolves the OpsItem. A message that was sent stays sent.',
    ko: 'OpsItem을 해결 처리합니다. 보낸 메시지는 회수되지 않습니다.',
  },
  automatic: { sensible: true, why: { en: 'It only tells people.', ko: '알리기만 합니다.' } },
} as const;

const foundAtOf = ({ id }: { readonly id: string }) => `groundrules-${id}`;
const partsOf = <F extends Finding, Values, Facts, R extends Reading>({
  parts,
  steps,
}: Notice<F, Values, Facts, R>) => parts ?? [{ steps: steps ?? [] }];

/** {@link opsItems} is what the fix itself asks for. */
type Context<Values, R extends Reading = never> = FixContext<Values, Options, R | typeof opsItems>;
type OpsAccount = Account<typeof opsItems>;

/** Plans what tells people of one rule's findings, and what takes that back. */
class Teller<F extends Finding, Values, Facts, R extends Reading> {
  readonly #rule: NoticeRule<F>;
  readonly #notice: Notice<F, Values, Facts, R>;
  /** The operational data by which an OpsItem is this rule's. */
  readonly #foundAt: string;

  constructor(rule: NoticeRule<F>, notice: Notice<F, Values, Facts, R>) {
    this.#rule = rule;
    this.#notice = notice;
    this.#foundAt = foundAtOf(rule);
  }

  async #itemsOf(account: OpsAccount): Promise<OpsItem[]> {
    const items = await account.read(opsItems, { region: regionOf(account) });
    return items.filter(({ data }) => this.#foundAt in data);
  }

  /** @throws {AccountError} when the list cannot be read, because people would be told again in every run. */
  async #openItemOf(account: OpsAccount, resource: ResourceRef): Promise<OpsItem | undefined> {
    const wanted = dedupString(this.#rule, account, resource);
    return (await this.#itemsOf(account)).find((item) => isOpen(item) && dedupStringOf(item) === wanted);
  }

  async #textsOf(
    { findings, resource }: Verdict<F>,
    { account, parameters, now, korean }: Context<Values, R>,
  ) {
    const facts = (await this.#notice.look?.(account as Account<R>)) as Facts;
    const region = regionOf(account);
    const one = { accountId: account.id, region, resource, findings, parameters, facts, now };
    const failed = { resource, compliance: 'NON_COMPLIANT', findings } as const;
    const told: Told<F, Values, Facts> = {
      one,
      ruleId: this.#rule.id,
      annotation: annotation(this.#rule as never, failed),
      ...(korean && { korean: annotation({ messages: korean }, failed) }),
      parts: partsOf(this.#notice),
      names: this.#notice.names ?? {},
      title: this.#notice.title?.(one),
      found: this.#notice.found?.(one),
    };
    const text = {
      Title: titleOf(told),
      Description: descriptionOf(told),
      Message: messageOf(told),
      // OpsCenter itself refuses a second one that is open or in progress
      // (https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-working-deduplication.html).
      Dedup: JSON.stringify({ dedupString: dedupString(this.#rule, account, resource) }),
      FoundAt: now.toISOString(),
      Subject: titleOf(told),
    };
    return { text, doubts: this.#notice.doubts?.(one) ?? [] };
  }

  /**
   * One OpsItem a resource, as long as it is not resolved, and one message a topic. The message goes out before the OpsItem
   * is opened, because the OpsItem can say that it has been sent, and nothing else can: what fails is done by the next run.
   */
  async plan(verdict: Verdict<F>, context: Context<Values, R>): Promise<Plan<NotifyInputs>> {
    const { TopicArn, OnlyResolve } = context.options;
    if (OnlyResolve) return { steps: [], manual: ['OnlyResolve is true, so nobody is told.'] };
    if (passes(context.agreed?.before)) {
      return { steps: [], manual: ['It passed, and fails again: the next run tells.'] };
    }
    const [{ text, doubts }, open] = await Promise.all([
      this.#textsOf(verdict, context),
      this.#openItemOf(context.account, verdict.resource),
    ]);
    const publishes = TopicArn !== undefined && open?.data[TOLD] !== TopicArn;
    return {
      steps: [
        ...(publishes ? [publish(TopicArn, text)] : []),
        ...(open ? [] : [this.#openNew(text, TopicArn)]),
        ...(publishes && open ? [note(open, TopicArn)] : []),
      ],
      inputs: { ...text, Publish: publishes, Open: !open, ...(open && { OpsItemId: open.id }) },
      before: { foundAt: open ? null : text.FoundAt } satisfies Before,
      manual: [
        open
          ? `The OpsItem ${open.id} (${open.status}) says what to do, and ${open.data[TOLD] ? `${open.data[TOLD]} has been told` : 'no topic has been told'}.`
          : 'Only a person can do it: the OpsItem says how.',
        ...(TopicArn === undefined
          ? ['TopicArn is empty, so nothing is published: who does not look at OpsCenter is not told.']
          : []),
        ...doubts,
      ],
    };
  }

  /** Resolves the OpsItem of a resource that passes, or is not there any more. */
  async passed({ resource }: Verdict<F>, context: Context<Values, R>): Promise<Plan<NotifyInputs>> {
    const { account, agreed } = context;
    // What was agreed was to tell: the run after this one resolves.
    if (agreed && !passes(agreed.before)) return { steps: [] };
    const open = await this.#openItemOf(account, resource);
    if (!open) return { steps: [] };
    return {
      steps: [resolve(open)],
      inputs: { OpsItemId: open.id },
      before: { foundAt: null, passes: true } satisfies Before,
    };
  }

  /** Resolves the OpsItem that the run opened, if nobody has. A message can't be taken back. */
  async undo(
    { foundAt, passes }: Before,
    { account }: UndoContext<typeof opsItems>,
  ): Promise<Plan<NotifyInputs>> {
    if (passes)
      return { steps: [], manual: ['What passes has nothing to be told of: its OpsItem stays resolved.'] };
    const manual = ['A message that was published cannot be taken back.'];
    if (foundAt === null) return { steps: [], manual };
    const item = (await this.#itemsOf(account)).find(
      (one) => isOpen(one) && one.data[this.#foundAt] === foundAt,
    );
    if (!item) return { steps: [], manual };
    return { steps: [resolve(item)], inputs: { OpsItemId: item.id }, manual: item.data[TOLD] ? manual : [] };
  }

  /** An OpsItem is the run's by the time that it carries: OpsCenter keeps one open, whoever was first. */
  async verify(
    before: Before,
    changes: readonly string[],
    { account }: UndoContext<typeof opsItems>,
  ): Promise<Verified> {
    if (before.passes) return { before, made: changes, others: [] };
    const items = (await this.#itemsOf(account)).filter(isOpen);
    const isOurs =
      before.foundAt !== null && items.some(({ data }) => data[this.#foundAt] === before.foundAt);
    return {
      before: isOurs ? before : null,
      made: changes.filter((change) => change !== OPENED || isOurs),
      others: [],
    };
  }

  #openNew(text: Text, topic: string | undefined): PlanStep {
    return {
      api: 'ssm:CreateOpsItem',
      input: {
        Title: text.Title,
        Description: text.Description,
        Source: 'Groundrules',
        Category: this.#notice.category ?? 'Security',
        Severity: SEVERITIES[this.#rule.severity],
        OperationalData: {
          [DEDUP]: searchable(text.Dedup),
          [this.#foundAt]: searchable(text.FoundAt),
          ...(topic !== undefined && { [TOLD]: searchable(topic) }),
        },
      },
      why: OPENED,
    };
  }
}

const regionOf = ({ regions }: { readonly regions: readonly string[] }) => regions[0] ?? 'us-east-1';
const passes = (before: unknown): boolean => (before as Before | undefined)?.passes === true;
const isOpen = ({ status }: OpsItem) => status === 'Open' || status === 'InProgress';

/** Of an account's verdict, the account; of any other, the resource in it. OpsCenter is a Region's own. */
function dedupString(
  { id: ruleId }: { readonly id: string },
  account: { readonly id: string },
  { type, id }: ResourceRef,
): string {
  const what = type === 'AWS::::Account' ? account.id : `${account.id} ${type} ${id}`;
  return `groundrules ${ruleId} ${what}`;
}

/** Whether OpsCenter gives the JSON text as it was set is unverified. */
function dedupStringOf({ data }: OpsItem): unknown {
  try {
    return (JSON.parse(data[DEDUP] ?? '') as { dedupString?: unknown } | null)?.dedupString;
  } catch {
    return undefined;
  }
}

type Text = Readonly<Record<'Title' | 'Description' | 'Message' | 'Dedup' | 'FoundAt' | 'Subject', string>>;

const publish = (TopicArn: string, { Subject, Message }: Text): PlanStep => ({
  api: 'sns:Publish',
  input: { TopicArn, Subject, Message },
  why: `the steps to take published to ${TopicArn}`,
});

const OPENED = 'an OpsItem opened with the steps to take';

const note = ({ id }: OpsItem, topic: string): PlanStep => ({
  api: 'ssm:UpdateOpsItem',
  input: { OpsItemId: id, OperationalData: { [TOLD]: searchable(topic) } },
  why: `the OpsItem ${id} notes that`,
});

const resolve = ({ id }: OpsItem): PlanStep => ({
  api: 'ssm:UpdateOpsItem',
  input: { OpsItemId: id, Status: 'Resolved' },
  why: `the OpsItem ${id} resolved`,
});
