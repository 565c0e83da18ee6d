/**
 * One situation in every form in which Groundrules can meet it: files, AWS Config's items, a change event, a schedule, and a
 * live account (the SDK, answered as AWS would).
 */
import {
  type ConfigServiceClient,
  type Evaluation,
  PutEvaluationsCommand,
} from '@aws-sdk/client-config-service';
import { type Clients, openClients } from '../../account/live/clients.ts';
import { liveSource } from '../../account/live/source.ts';
import { readAccount } from '../../account/open.ts';
import { ASKS } from '../../account/services/live.ts';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { ITEM_READERS } from '../../config/item.ts';
import { IncompleteEvaluationError } from '../../config/judging.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { accountFolder, snapshotFile } from '../account/snapshot/support.ts';
import { change, lambdaEvent, NOW, scheduled } from '../config/support/lambda.ts';
import { type StandIn, startStandIn } from './aws/stand-in.ts';
import { NotOnTheWire } from './aws/values.ts';
import { ACCOUNT, Failure, judged, memorySource } from './memory.ts';

type Json = Record<string, unknown>;

/** What there is: answers of the `aws` command by path, and what AWS Config has recorded in the place of some. */
export interface Situation {
  readonly rule: AnyRule;
  readonly readings: Readonly<Json>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** In view: us-east-1, unless told. */
  readonly regions?: readonly string[];
  /** Configuration items, and the answers that they stand in for. */
  readonly recorded?: { readonly items: readonly Readonly<Json>[]; readonly insteadOf: readonly string[] };
}

/** `AWS::S3::Bucket b: COMPLIANT`, in order. */
type Verdicts = readonly string[];

/**
 * What is said in each form; a change event only of what AWS Config has recorded, and a schedule of several Regions only where
 * each Region has its own. Live is `NotOnTheWire` what AWS's model has no place for.
 */
export async function inEveryForm(given: Situation): Promise<Readonly<Record<string, Verdicts>>> {
  const collected = Object.entries(given.readings).filter(([, answer]) => answer !== undefined);
  const situation = { ...given, readings: Object.fromEntries(collected) };
  const { recorded, rule, regions = HERE } = situation;
  const isScheduled = regions.length === 1 || (rule.scope === 'regional' && regions.length > 0);
  return {
    files: await byFiles(situation),
    ...(isScheduled && { schedule: await bySchedule(situation) }),
    live: await byLive(situation),
    ...(recorded && { items: await byItems(situation, recorded) }),
    ...(recorded &&
      situation.rule.triggers.some(({ kind }) => kind === 'change') && {
        events: await byFunction(situation, recorded.items.map(change)),
      }),
  };
}

const HERE = ['us-east-1'];
const verdict = (type: string, id: string, compliance: string) => `${type} ${id}: ${compliance}`;

async function byFiles({ rule, readings, parameters, regions = HERE }: Situation): Promise<Verdicts> {
  const { account } = snapshotAccount(await accountFolder(filesOf(readings, regions)));
  return said(await judged(rule, account, { ...parameters }, { now: NOW }));
}

function byItems(situation: Situation, { items, insteadOf }: NonNullable<Situation['recorded']>) {
  const left = Object.entries(situation.readings).filter(([path]) => !insteadOf.includes(path));
  const readings = { ...Object.fromEntries(left), 'us-east-1/config/snapshot.json': snapshotFile(...items) };
  return byFiles({ ...situation, readings });
}

const filesOf = (readings: Readonly<Json>, regions: readonly string[]): Json => ({
  ...Object.fromEntries(regions.map((region) => [`${region}/README`, 'a Region in view'])),
  ...Object.fromEntries(Object.entries(readings).filter(([, answer]) => !(answer instanceof Failure))),
  'errors.json': Object.entries(readings).flatMap(([file, answer]) =>
    answer instanceof Failure ? [{ file, code: answer.code }] : [],
  ),
  ...(isBeyond(readings, regions) && { 'collected.json': { collectedAt: NOW, regions } }),
});

/** Whether there is an answer of a Region that is not in view: its folder would bring it there. */
const isBeyond = (readings: Readonly<Json>, regions: readonly string[]): boolean =>
  Object.keys(readings).some((path) => !['global', ...regions].includes(path.split('/')[0] ?? ''));

let standIn: StandIn;
/** One a service for all situations: to make one takes longer than to ask with it. */
let clients: Clients;
beforeAll(async () => {
  standIn = await startStandIn();
  // A client that has been refused would be slower with the next situation, if it were adaptive.
  const once = { maxAttempts: 1, retryMode: 'standard' } as const;
  clients = openClients({ endpoint: standIn.endpoint, credentials: NOBODY, ...once });
});
afterAll(() => standIn?.stop());

async function byLive({ rule, readings, parameters, regions = HERE }: Situation): Promise<Verdicts> {
  standIn.reset(readings);
  const source = liveSource({
    accountId: ACCOUNT,
    regions,
    asks: ASKS,
    clients,
    sleep: async () => {},
  });
  const verdicts = said(await judged(rule, readAccount(source), { ...parameters }, { now: NOW }));
  try {
    standIn.check();
  } catch (error) {
    if (error instanceof NotOnTheWire) return [`NotOnTheWire: ${error.message}`];
    throw error;
  }
  return verdicts;
}

const NOBODY = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'nobody' };

async function bySchedule(situation: Situation): Promise<Verdicts> {
  const verdicts: string[] = [];
  for (const region of situation.regions ?? HERE)
    verdicts.push(...(await byFunction(situation, [scheduled], region)));
  return ofWhole(verdicts).sort();
}

/** Each Region's function says its own of the account. The account is as its worst Region. */
function ofWhole(verdicts: readonly string[]): string[] {
  const isAccount = (one: string) => one.startsWith('AWS::::Account ');
  const ofAccount = verdicts.filter(isAccount);
  const worst = ['NON_COMPLIANT', 'could not tell', 'COMPLIANT', 'NOT_APPLICABLE']
    .map((compliance) => ofAccount.find((one) => one.endsWith(`: ${compliance}`)))
    .find((one) => one !== undefined);
  return [...verdicts.filter((one) => !isAccount(one)), ...(worst === undefined ? [] : [worst])];
}

async function byFunction(
  { rule, readings, parameters }: Situation,
  events: Json[],
  AWS_REGION = 'us-east-1',
): Promise<Verdicts> {
  const evaluations: Evaluation[] = [];
  const client = {
    async send(command: unknown) {
      if (!(command instanceof PutEvaluationsCommand)) return undefined;
      evaluations.push(...(command.input.Evaluations ?? []));
      return { FailedEvaluations: [] };
    },
  } as unknown as ConfigServiceClient;
  const doubts: string[] = [];
  for (const event of events) {
    const handler = ruleHandler(
      rule,
      ({ accountId, region }) => ({
        ...memorySource(readings, { accountId, regions: [region] }),
      }),
      {
        client,
        now: () => NOW,
        log: { info() {}, warn() {} },
        items: ITEM_READERS,
        sleep: async () => {},
        env: { AWS_REGION },
      },
    );
    const given = { ruleParameters: JSON.stringify(parameters ?? {}), resultToken: 'TESTMODE' };
    try {
      await handler(lambdaEvent(event, given));
    } catch (error) {
      if (!(error instanceof IncompleteEvaluationError)) throw error;
      doubts.push(
        ...error.unjudged.map(({ resource }) => verdict(resource.type, resource.id, 'could not tell')),
      );
    }
  }
  return [
    ...evaluations.map((one) =>
      verdict(`${one.ComplianceResourceType}`, `${one.ComplianceResourceId}`, `${one.ComplianceType}`),
    ),
    ...doubts,
  ].sort();
}

const said = (all: Awaited<ReturnType<typeof judged>>): Verdicts =>
  all
    .map(({ type, id, compliance }) =>
      verdict(type, id, compliance === 'UNKNOWN' ? 'could not tell' : compliance),
    )
    .sort();
