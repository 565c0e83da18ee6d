/**
 * Finds the run of its document that asks a function to make changes, and who approved it. It asks SSM, and believes nothing
 * that its caller says.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { InvalidEventError, isObject } from '../config/event.ts';
import { documentName } from '../rules/names.ts';
import type { AnyRule } from '../rules/rule.ts';

/** Where a function that makes changes itself looks for the run that asks for them, and whose approvals count. */
export interface Runs {
  /** The `AutomationExecution` of GetAutomationExecution. */
  execution(id: string): Promise<unknown>;
  /** What a version of a document of this account says (GetDocument, as JSON). */
  document(name: string, version: string): Promise<unknown>;
  /** {@link documentHash} of the one document whose runs count. */
  readonly documentHash: string;
  /** The prefix of the document's name, where the deployment sets one. */
  readonly namePrefix?: string | undefined;
  /**
   * ARNs of IAM users and roles. On a laptop the person who runs the document approves, because they have the
   * credentials for the changes anyway.
   */
  readonly approvers: readonly string[] | 'whoever runs it';
}

/** The changes to be made, as the event names them. */
export interface Wanted {
  readonly task: 'apply' | 'restore';
  readonly executionId: unknown;
  /** What the execution's plan gave: JSON text, or what it says. */
  readonly planned: unknown;
  /** The function's account. */
  readonly accountId: string | undefined;
}

/** Finds out about runs of a rule's document. */
export interface FindRun {
  /** The run that asks for what is wanted, as {@link planOfRun}. */
  asking(rule: AnyRule, wanted: Wanted): Promise<unknown>;
  /** Whether the run that is to be taken back counts, as {@link checkText}. */
  earlier(rule: AnyRule, version: string | null | undefined): Promise<void>;
}

/**
 * For a function that makes changes itself. The handler gets it as an option, so that other functions do not bundle
 * it.
 */
export const findRunIn = (runs: Runs): FindRun => ({
  asking: (rule, wanted) => planOfRun(rule, wanted, runs),
  earlier: (rule, version) => checkText(rule, version, runs),
});

/** By task: the mode that the execution has to run in, and the step that planned it. */
const RUNS = {
  apply: { mode: 'Apply', step: 'Plan' },
  restore: { mode: 'Undo', step: 'PlanUndo' },
} as const;

const texts = z.record(z.string(), z.array(z.string()));
const execution = z.looseObject({
  AutomationExecutionId: z.string(),
  AutomationExecutionStatus: z.string(),
  DocumentName: z.string(),
  DocumentVersion: z.string(),
  ExecutedBy: z.nullish(z.string()),
  ParentAutomationExecutionId: z.nullish(z.string()),
  Parameters: texts,
  StepExecutionsTruncated: z.nullish(z.boolean()),
  StepExecutions: z.array(
    z.looseObject({
      StepName: z.string(),
      Action: z.string(),
      StepStatus: z.string(),
      Outputs: z.nullish(texts),
    }),
  ),
});
type Facts = z.output<typeof execution>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Finds that the execution for which a change is to be made runs at this moment, is of the right document in the
 * right version, and has planned this very change of this very resource; and, unless the fix needs no approval, that
 * somebody whom the settings name has approved it.
 *
 * @returns the plan, as the execution has it: nothing else counts.
 * @throws {InvalidEventError} `NotApproved`, naming the field, when any of this is not so, or cannot be told.
 */
export async function planOfRun(rule: AnyRule, wanted: Wanted, runs: Runs): Promise<unknown> {
  const needsApproval = rule.fix.byFunction?.approval !== false;
  try {
    const { facts, plan } = await foundRun(rule, wanted, runs);
    if (needsApproval) checkApprovers(facts, runs, wanted.accountId);
    return plan;
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    const why = needsApproval ? 'it is not approved' : 'no run of the document asks for it';
    throw new InvalidEventError('NotApproved', `nothing was changed, because ${why}: ${error.message}`);
  }
}

interface FoundRun {
  readonly facts: Facts;
  readonly plan: Readonly<Record<string, unknown>>;
}

async function foundRun(
  rule: AnyRule,
  { task, executionId, planned }: Wanted,
  runs: Runs,
): Promise<FoundRun> {
  if (typeof executionId !== 'string' || !UUID.test(executionId)) {
    throw refused(
      'executionId is missing, or no execution of SSM: only a run of the document can ask for this',
    );
  }
  const facts = await factsOf(executionId, runs);
  const { mode, step } = RUNS[task];
  const document = await documentOf(rule, facts, runs);
  if (facts.Parameters.Mode?.join() !== mode) {
    throw refused(`Parameters.Mode is ${shown(facts.Parameters.Mode)}, and ${task} is for ${mode}`);
  }
  const plan = planOf(facts, step);
  if (canonical(parsed(planned)) !== canonical(plan)) {
    throw refused(`planned is not what the step ${step} of the execution gave`);
  }
  const resource = resourceParameter(document);
  if (facts.Parameters[resource]?.join() !== plan.resourceId) {
    throw refused(
      `Parameters.${resource} is ${shown(facts.Parameters[resource])}, and the plan is for ${shown(plan.resourceId)}`,
    );
  }
  return { facts, plan };
}

async function factsOf(executionId: string, runs: Runs): Promise<Facts> {
  let answer: unknown;
  try {
    answer = await runs.execution(executionId);
  } catch (error) {
    const { name, message } = error as Error;
    throw refused(`executionId ${executionId}: ssm:GetAutomationExecution: ${name}: ${message}`);
  }
  const found = z.safeParse(execution, answer);
  if (!found.success) {
    const [issue] = found.error.issues;
    throw refused(`${issue?.path.join('.') || 'the execution'}: ${issue?.message}`);
  }
  const facts = found.data;
  if (facts.AutomationExecutionId !== executionId) {
    throw refused(`AutomationExecutionId is ${shown(facts.AutomationExecutionId)}, not ${executionId}`);
  }
  // What was planned, and approved, holds for this execution, and ends with it.
  if (facts.AutomationExecutionStatus !== 'InProgress') {
    throw refused(`AutomationExecutionStatus is ${shown(facts.AutomationExecutionStatus)}, not InProgress`);
  }
  if (facts.StepExecutionsTruncated) {
    throw refused(
      'StepExecutionsTruncated: SSM does not tell of all steps, so nobody knows what was planned',
    );
  }
  return facts;
}

/**
 * Holds the run that is to be taken back to the text that the function was deployed with, because what another text put out
 * as `Before` may be anything.
 *
 * @throws {InvalidEventError} `OtherExecution`, naming the field, when it was of another text, or nobody can tell.
 */
export async function checkText(
  rule: AnyRule,
  version: string | null | undefined,
  runs: Runs,
): Promise<void> {
  const DocumentName = documentName(rule.id, runs.namePrefix);
  try {
    if (!version) throw refused('DocumentVersion is missing');
    const what = { DocumentName, DocumentVersion: version };
    await documentOf(rule, what, runs, 'take back by hand what that run made');
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    const message = `the execution that is to be taken back: ${error.message}`;
    throw new InvalidEventError('OtherExecution', message);
  }
}

async function documentOf(
  rule: AnyRule,
  { DocumentName, DocumentVersion }: Pick<Facts, 'DocumentName' | 'DocumentVersion'>,
  runs: Runs,
  instead = "deploy again, and start the document's default version",
): Promise<Readonly<Record<string, unknown>>> {
  const name = documentName(rule.id, runs.namePrefix);
  if (DocumentName !== name) throw refused(`DocumentName is ${shown(DocumentName)}, not ${name}`);
  let content: unknown;
  try {
    content = await runs.document(DocumentName, DocumentVersion);
  } catch (error) {
    const { name, message } = error as Error;
    throw refused(`DocumentVersion ${shown(DocumentVersion)}: ssm:GetDocument: ${name}: ${message}`);
  }
  if (isObject(content) && documentHash(content) === runs.documentHash) return content;
  throw refused(
    `DocumentVersion is ${shown(DocumentVersion)}, whose text is not the one that this function was deployed with: ${instead}`,
  );
}

/** A document's one parameter without a default is its resource. */
function resourceParameter({ parameters }: Readonly<Record<string, unknown>>): string {
  const needed = Object.entries(isObject(parameters) ? parameters : {}).filter(
    ([, one]) => isObject(one) && one.default === undefined,
  );
  const [[name] = [], ...more] = needed;
  if (name === undefined || more.length > 0) {
    throw refused('the document has no one parameter for its resource');
  }
  return name;
}

function planOf({ StepExecutions }: Facts, name: string): Readonly<Record<string, unknown>> {
  const [step, ...more] = StepExecutions.filter(({ StepName }) => StepName === name);
  if (
    !step ||
    more.length > 0 ||
    step.Action !== 'aws:invokeLambdaFunction' ||
    step.StepStatus !== 'Success'
  ) {
    throw refused(`StepExecutions: the step ${name} has not succeeded`);
  }
  const [text, ...others] = step.Outputs?.Planned ?? [];
  const plan = text === undefined || others.length > 0 ? undefined : parsed(text);
  if (!isObject(plan)) throw refused(`StepExecutions.${name}.Outputs.Planned is missing, or no plan`);
  return plan;
}

function checkApprovers(facts: Facts, { approvers }: Runs, accountId: string | undefined): void {
  if (facts.ParentAutomationExecutionId) {
    throw refused('ParentAutomationExecutionId is set: another document started it, so nobody knows who did');
  }
  const steps = facts.StepExecutions.filter(
    ({ Action, StepStatus, Outputs }) =>
      Action === 'aws:approve' && StepStatus === 'Success' && Outputs?.ApprovalStatus?.join() === 'Approved',
  );
  if (steps.length === 0) throw refused('StepExecutions: no aws:approve step has succeeded');
  if (approvers === 'whoever runs it') return;
  if (approvers.length === 0) {
    throw refused('the settings name nobody who may approve it: set organization.rootCredentialApprovers');
  }
  const starter = principalOf(facts.ExecutedBy ?? '', accountId);
  if (!starter) throw refused(`ExecutedBy is ${shown(facts.ExecutedBy)}: nobody knows who started it`);
  const said = steps.flatMap(({ Outputs }) => approvalsIn(Outputs?.ApproverDecisions ?? []));
  const named = new Set(approvers.flatMap((arn) => principalOf(arn, accountId) ?? []));
  const counting = said.flatMap((one) => principalOf(one, accountId) ?? []).filter((one) => named.has(one));
  if (counting.some((one) => one !== starter)) return;
  throw refused(
    counting.length > 0
      ? `ApproverDecisions: ${facts.ExecutedBy} started the execution, and somebody else has to approve it`
      : `ApproverDecisions: ${said.length > 0 ? said.map((one) => shown(one)).join(', ') : 'nobody'} approved it, whom the settings do not name`,
  );
}

/**
 * Who approved, of the step's output: each decision is `{"Approver": …, "Decision": "Approve", …}`. Whether SSM gives
 * one text each or one text of all is unverified; this reads both.
 */
const approvalsIn = (decisions: readonly string[]): string[] =>
  decisions
    .flatMap((text) => parsed(text) as unknown[])
    .flatMap((one) =>
      isObject(one) && /^Approved?$/.test(String(one.Decision)) && typeof one.Approver === 'string'
        ? [one.Approver]
        : [],
    );

/**
 * Makes an approver comparable. An assumed role counts as the role, because whoever assumes it chooses the session's
 * name. SSM takes approvers by ARN, and users by name, too; in which form it gives them is unverified.
 */
function principalOf(text: string, accountId: string | undefined): string | undefined {
  const user = /^arn:[a-z-]+:iam::(\d{12}):user\/(?:.*\/)?([\w+=,.@-]+)$/.exec(text);
  if (user) return `user ${user[1]} ${user[2]}`;
  const role =
    /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(text) ??
    /^arn:[a-z-]+:sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]+$/.exec(text);
  if (role) return `role ${role[1]} ${role[2]}`;
  return accountId !== undefined && /^[\w+=,.@-]+$/.test(text) ? `user ${accountId} ${text}` : undefined;
}

/**
 * Identifies the content of a document, however its text is laid out. CloudFormation may hand numbers and truth
 * values on as texts, so they count as such.
 */
export const documentHash = (content: unknown): string =>
  createHash('sha256').update(canonical(content)).digest('hex');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(String(value));
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  // Sorted by code units, because the order of a locale differs between machines.
  const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join()}}`;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 200);
/** Why a run does not count. */
const refused = (why: string) => new InvalidEventError('NotApproved', why);
