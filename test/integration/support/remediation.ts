/** What has to hold of every remediation document, on moto over HTTP. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { type Clients, DEFAULTS, openClients } from '../../../account/live/clients.ts';
import { type LiveSource, liveSource } from '../../../account/live/source.ts';
import { CHANGES } from '../../../account/services/changes.ts';
import { ASKS } from '../../../account/services/live.ts';
import {
  awsCaller,
  documentName,
  type Execution,
  functionName,
  loadDocument,
  localFunctions,
  type Running,
  remembering,
  runAutomation,
} from '../../../automation/index.ts';
import { documentParameter } from '../../../rules/fix.ts';
import type { PlanAnswer } from '../../../tasks/answer.ts';
import { answerTo } from '../../support/aws/stand-in.ts';
import type { Call } from '../../support/aws/wire.ts';
import { note } from '../../support/figures.ts';
import { quickClock } from './clock.ts';
import {
  type Fault,
  isReading,
  type Middle,
  occurrenceOf,
  type Seen,
  type Stand,
  startMiddle,
} from './middle.ts';
import { ANYBODY, MOTO_ACCOUNT, useMoto } from './moto.ts';
import { opsItems } from './ops-items.ts';
import { Camera, differences } from './picture.ts';
import { root } from './real-iam.ts';
import type { Recorded } from './recorded.ts';
import { configStand, Roles } from './roles.ts';
import type { Refusal, Remediation, Rival, Scenario } from './scenario.ts';
import { noticing } from './strikes.ts';
import { asPlanned, changesOf, isRefusal, listed, said, saidOfUndo } from './what-ran.ts';

export type { Refusal, Remediation, Rival, Scenario } from './scenario.ts';

const REGION = 'us-east-1';
const SLOW = 60_000;

/** Runs the whole catalogue of promises on a document. */
export function remediates(remediation: Remediation): void {
  const {
    rule,
    scenarios,
    refusals = [],
    lacking,
    mend = '',
    now,
    secrets = [],
    region: here = REGION,
  } = remediation;
  const moto = useMoto(() => mend);
  const text = readFileSync(`rules/${rule.id}/remediation.yaml`, 'utf8');
  const document = loadDocument(text, documentName(rule.id));
  const [resourceParameter = ''] = Object.entries(document.parameters)
    .filter(([, { default: value }]) => value === undefined)
    .map(([name]) => name);
  const roles = new Roles(rule);
  let readings: Record<string, unknown> = {};
  const stands: Stand[] = [
    opsItems,
    configStand,
    ...(lacking
      ? [{ services: lacking.services, answer: (call: Call) => answerTo(call, readings, lacking.acts) }]
      : []),
  ];
  let middle: Middle;
  let camera: Camera;
  let clients: Clients;
  let executions: Execution[];
  const clean = () => {
    executions = [];
    readings = {};
    opsItems.reset();
    root.reset();
    middle.reset();
    camera.forget();
  };
  beforeAll(async () => {
    middle = await startMiddle(moto.endpoint, stands, roles.mend);
    clients = openClients(recording(roles.function));
    camera = new Camera(
      () => moto.client(REGION),
      middle.written,
      () => [['ops items', opsItems.items], ...Object.entries(readings)],
    );
  });
  afterAll(() => middle?.stop());
  beforeEach(clean);
  // No picture hides anything: what was not looked at again is as it was.
  afterEach(async () => {
    const seen = await look();
    camera.forget();
    expect(differences(seen, await look())).toEqual([]);
    // A message is an input of the step that publishes it.
    const written = JSON.stringify([executions, opsItems.items]);
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  });

  const look = () => camera.take();
  /** Somebody else is at work, or the scenario is being made. */
  const apart = async <T>(
    work: (client: object, readings: Record<string, unknown>) => T,
  ): Promise<Awaited<T>> => {
    try {
      return await work(moto.client(REGION), readings);
    } finally {
      camera.forget();
    }
  };
  const recording = ({ logger }: Recorded, credentials = ANYBODY) => ({
    endpoint: middle.endpoint,
    credentials,
    retryMode: 'standard' as const,
    // As often as elsewhere, without the pause before it.
    retryStrategy: new ConfiguredRetryStrategy(DEFAULTS.maxAttempts, 0),
    logger,
  });
  const open = ({ accountId, region }: { readonly accountId: string; readonly region: string }) =>
    noting(
      liveSource({
        ...{ accountId, regions: [region], homeRegion: region },
        ...{ asks: ASKS, changes: CHANGES, clients },
        sleep: async () => {},
      }),
    );
  /** What functions changed in the run under way, as the plan's steps say it. */
  let byFunction: [api: string, input: unknown][] = [];
  const noting = (source: LiveSource): LiveSource => ({
    ...source,
    async change(api, place, input) {
      await source.change?.(api, place, input);
      byFunction.push([api, input]);
    },
  });
  let running: Running | undefined;
  const madeBy = (execution: Execution) => [...changesOf(execution), ...byFunction];
  const functions = () =>
    localFunctions({
      rules: [rule],
      open,
      region: here,
      accountId: MOTO_ACCOUNT,
      sleep: async () => {},
      running: () => running,
      ...(now && { now }),
    });
  /** What has been run: for {@link Roles.check}. */
  const ran = new Set<Scenario | Refusal>();
  const evaluate = (id: string) => roles.evaluate(id, open, recording(roles.function), now);

  async function run(
    Mode: 'Preview' | 'Apply' | 'Undo',
    id: string,
    more: Readonly<Record<string, unknown>> = {},
    credentials = ANYBODY,
  ) {
    const call = remembering(callerFor(credentials), executions);
    const invoke = functions();
    byFunction = [];
    const execution = await runAutomation(document, {
      parameters: { [resourceParameter]: id, Mode, ...more },
      call: (request) => {
        // The executions are remembered here rather than asked for.
        if (request.api === 'GetAutomationExecution')
          roles.document.actions.add('ssm:GetAutomationExecution');
        return call(request);
      },
      invokeLambda: (request) => {
        expect(request.functionName).toBe(functionName(rule.id));
        roles.document.actions.add('lambda:InvokeFunction');
        return invoke(request);
      },
      region: here,
      accountId: MOTO_ACCOUNT,
      executionId: randomUUID(),
      clock: quickClock,
      onStep: (_step, execution) => {
        running = { execution, document };
      },
    });
    running = undefined;
    executions.push(execution);
    return execution;
  }
  const callers = new Map<string, ReturnType<typeof awsCaller>>();
  function callerFor(credentials: typeof ANYBODY): ReturnType<typeof awsCaller> {
    const known = callers.get(credentials.accessKeyId);
    const caller =
      known ??
      awsCaller({
        region: here,
        endpointUrl: middle.endpoint,
        credentials,
        config: recording(roles.document, credentials),
      });
    callers.set(credentials.accessKeyId, caller);
    return caller;
  }
  const undo = (id: string, { executionId }: Execution) => run('Undo', id, { ExecutionId: executionId });

  async function planFor(id: string, scenario: Pick<Scenario, 'parameters'>): Promise<PlanAnswer> {
    const given: Readonly<Record<string, unknown>> = scenario.parameters ?? {};
    const pick = (names: object) =>
      Object.fromEntries(
        Object.keys(names)
          .map((name) => [name, given[documentParameter(rule.fix, name)]])
          .filter(([, value]) => value !== undefined),
      );
    const { Payload = '' } = await functions()({
      functionName: functionName(rule.id),
      invocationType: 'RequestResponse',
      payload: JSON.stringify({
        task: 'plan',
        resourceId: id,
        parameters: pick(rule.parameters),
        options: pick(rule.fix.options),
      }),
      step: 'test',
      signal: new AbortController().signal,
    });
    return JSON.parse(Payload);
  }

  /** The account as the scenario has it, made anew. */
  async function afresh({ found }: Pick<Scenario, 'found'>): Promise<string> {
    await moto.reset();
    clean();
    return apart(found);
  }

  /**
   * Lets a rival strike before every reading of Apply that could notice, then of Undo. What only a conditional write could
   * prevent is left out: between the last reading and the call that writes, of which there is one a call.
   */
  async function contended(scenario: Scenario, { does, strike, holds, duringUndo }: Rival): Promise<void> {
    const { parameters = {} } = scenario;
    const calls: Record<'Apply' | 'Undo', readonly Seen[]> = { Apply: [], Undo: [] };
    const clean = await run('Apply', await afresh(scenario), parameters);
    const [, id = ''] = Object.entries(clean.parameters).find(([name]) => name === resourceParameter) ?? [];
    calls.Apply = [...middle.seen];
    middle.reset();
    await undo(String(id), clean);
    calls.Undo = [...middle.seen];
    const tried = () =>
      noticing(middle.endpoint, [...calls.Apply, ...calls.Undo], () =>
        apart((client, readings) => strike(client, String(id), readings)),
      );
    let notices = await tried();
    if (!notices) {
      // Theirs to do only once the document has done its part.
      await run('Apply', String(id), parameters);
      notices = await tried();
    }
    const figures = { strikes: 0, theirs: 0 };
    for (const mode of duringUndo ? (['Apply', 'Undo'] as const) : (['Apply'] as const)) {
      for (const [call, seen] of calls[mode].entries()) {
        if (!isReading(seen) || notices?.(seen) === false) continue;
        const now = await afresh(scenario);
        let isTheirs = false;
        const fault: Fault = {
          kind: 'a second writer',
          before: occurrenceOf(calls[mode], call),
          strike: async () => {
            isTheirs = await apart((client, readings) => strike(client, now, readings));
          },
        };
        const where = `before call ${call} of ${mode}, ${seen.service} ${seen.what}`;
        try {
          middle.reset(mode === 'Apply' ? fault : undefined);
          const applied = await run('Apply', now, parameters);
          middle.reset(mode === 'Undo' ? fault : undefined);
          const undone = await undo(now, applied);
          figures.strikes++;
          if (isTheirs) {
            figures.theirs++;
            holds(await look());
          }
          expect(said(undone)).toMatchObject({ status: 'Success' });
        } catch (error) {
          (error as Error).message = `${where}: ${(error as Error).message}`;
          throw error;
        }
      }
    }
    note('rivals', `${rule.id}: ${does}`, figures);
  }

  describe.each(scenarios)('$situation', (scenario) => {
    const { found, parameters = {}, changes, stays = /(?!)/ } = scenario;
    const faults = scenario.faults ?? scenario === scenarios[0];
    const undoEnds = scenario.undoRefuses
      ? { status: 'Failed', message: expect.stringMatching(scenario.undoRefuses) }
      : { status: 'Success' };

    test(
      'preview, apply, apply again, undo',
      async () => {
        const id = await apart(found);
        await evaluate(id);
        const before = await look();
        const planned = await planFor(id, scenario);
        expect(planned.compliance).toBe(scenario.passes ? 'COMPLIANT' : 'NON_COMPLIANT');

        const preview = await run('Preview', id, parameters);
        expect(said(preview)).toMatchObject({ status: 'Success' });
        expect(differences(before, await look())).toEqual([]);

        const applied = await run('Apply', id, parameters);
        expect(said(applied)).toMatchObject({ status: 'Success' });
        if (scenario.message) expect(said(applied).message).toMatch(scenario.message);
        // What was done is what the preview said, call by call.
        expect(asPlanned(madeBy(applied), scenario)).toEqual(
          planned.plan.steps.map(({ api, input }) => [api, input]),
        );
        const after = await look();
        const changed = differences(before, after);
        expect(changed).not.toEqual([]);
        expect(changed.filter((name) => !changes.test(name))).toEqual([]);
        if (scenario.awaits) expect(said(applied).message).toMatch(scenario.awaits);
        if (!rule.fix.notifies)
          expect((await planFor(id, scenario)).compliance).toBe(
            scenario.awaits ? 'NON_COMPLIANT' : 'COMPLIANT',
          );

        // A preview lists what the run then changed, and still is nobody's to take back.
        expect(said(await undo(id, preview))).toMatchObject({
          status: 'Failed',
          message: expect.stringMatching(/preview/),
        });
        expect(differences(after, await look())).toEqual([]);

        const again = await run('Apply', id, parameters);
        expect(said(again)).toMatchObject({ status: 'Success' });
        expect(madeBy(again)).toEqual([]);
        expect(differences(after, await look())).toEqual([]);

        expect(saidOfUndo(await undo(id, applied))).toMatchObject(undoEnds);
        expect(differences(before, await look()).filter((name) => !stays.test(name))).toEqual([]);
        const undone = await look();
        expect(saidOfUndo(await undo(id, applied))).toMatchObject(undoEnds);
        expect(differences(undone, await look())).toEqual([]);
        ran.add(scenario);
      },
      SLOW,
    );

    for (const rival of scenario.rivals ?? []) {
      test(
        `somebody else ${rival.does} at any call: that stays, and Undo leaves it alone`,
        () => contended(scenario, rival),
        5 * SLOW,
      );
    }

    if (!faults) return;
    test(
      'whatever call fails, nothing is worse, Before is kept, and Undo brings it back',
      async () => {
        const id = await apart(found);
        const before = await look();
        const applied = await run('Apply', id, parameters);
        const calls = [...middle.seen];
        await undo(id, applied);
        const isBack = async () => {
          const changed = differences(before, await look()).filter((name) => !stays.test(name));
          expect(changed).toEqual([]);
        };
        await isBack();

        const figures = { calls: calls.length, denied: 0, lost: 0 };
        /** @returns whether the run got over it. */
        const spoilt = async (fault: Fault): Promise<boolean> => {
          executions = [];
          if (scenario.again) await apart(scenario.again);
          const start = await look();
          middle.reset(fault);
          const execution = await run('Apply', id, parameters);
          middle.reset();
          const now = await look();
          scenario.safe?.(before, now);
          // A fix that only tells somebody leaves the resource as it is by design.
          const isRefused = !rule.fix.notifies && !scenario.awaits && isRefusal(execution);
          if (isRefused)
            expect(differences(start, now).length > 0).toBe(listed(execution, 'Applied').length > 0);
          else if (execution.status === 'Success' && !rule.fix.notifies && !scenario.awaits) {
            expect((await planFor(id, scenario)).compliance).toBe('COMPLIANT');
          }
          if (differences(start, now).length > 0) {
            expect(execution.outputs['Plan.Before']).toMatch(/^\{"rule"/);
            expect(saidOfUndo(await undo(id, execution))).toMatchObject(undoEnds);
            await isBack();
          }
          return execution.status === 'Success' && !isRefused;
        };
        expect(await spoilt({ kind: 'passing' })).toBe(true);
        for (const [call, seen] of calls.entries()) {
          const where = `call ${call}, ${seen.service} ${seen.what}`;
          try {
            if (isTelling(calls, call)) {
              await spoilt({ kind: 'AccessDenied', call });
              figures.denied++;
            }
            if (!isReading(seen)) {
              await spoilt({ kind: 'a lost answer', call });
              figures.lost++;
            }
          } catch (error) {
            (error as Error).message = `${where}: ${(error as Error).message}`;
            throw error;
          }
        }
        note('faults', `${rule.id}: Apply`, figures);
      },
      5 * SLOW,
    );

    test(
      'whatever call of Undo fails, it says so, and a second Undo brings the rest back',
      async () => {
        const id = await apart(found);
        const before = await look();
        const isBack = async () => {
          const changed = differences(before, await look()).filter((name) => !stays.test(name));
          expect(changed).toEqual([]);
        };
        const applied = await run('Apply', id, parameters);
        middle.reset();
        await undo(id, applied);
        const calls = [...middle.seen];

        const figures = { calls: calls.length, denied: 0, lost: 0 };
        const spoilt = async (fault: Fault): Promise<string> => {
          executions = [];
          if (scenario.again) await apart(scenario.again);
          const execution = await run('Apply', id, parameters);
          expect(execution.status).toBe('Success');
          middle.reset(fault);
          const undone = await undo(id, execution);
          middle.reset();
          scenario.safe?.(before, await look());
          if (undone.status === 'Success') await isBack();
          expect(saidOfUndo(await undo(id, execution))).toMatchObject(undoEnds);
          await isBack();
          return undone.status;
        };
        expect(await spoilt({ kind: 'passing' })).toBe(undoEnds.status);
        for (const [call, seen] of calls.entries()) {
          const where = `call ${call} of Undo, ${seen.service} ${seen.what}`;
          try {
            // Nobody can know that all is back who may not look.
            if (isTelling(calls, call)) {
              expect(await spoilt({ kind: 'AccessDenied', call })).toBe('Failed');
              figures.denied++;
            }
            if (!isReading(seen)) {
              await spoilt({ kind: 'a lost answer', call });
              figures.lost++;
            }
          } catch (error) {
            (error as Error).message = `${where}: ${(error as Error).message}`;
            throw error;
          }
        }
        note('faults', `${rule.id}: Undo`, figures);
      },
      5 * SLOW,
    );
  });

  for (const refusal of refusals) {
    const { situation, found, parameters = {}, message, runBy } = refusal;
    test(
      `refuses: ${situation}`,
      async () => {
        const id = await apart(found);
        const before = await look();
        expect(said(await run('Preview', id, parameters, runBy?.())).message).toMatch(message);
        const refused = await run('Apply', id, parameters, runBy?.());
        // Another attempt would only say the same: AWS Config is to count none.
        expect(refused.status).toBe('Success');
        expect(said(refused).message).toMatch(message);
        expect(madeBy(refused)).toEqual([]);
        expect(differences(before, await look())).toEqual([]);
        ran.add(refusal);
      },
      SLOW,
    );
  }

  test(
    'the roles of the function and of the document allow what these call, and nothing else',
    async () => {
      for (const one of [...scenarios, ...refusals].filter((one) => !ran.has(one))) {
        const id = await afresh(one);
        await evaluate(id);
        await undo(id, await run('Apply', id, one.parameters, one.runBy?.()));
      }
      await roles.check(document);
    },
    5 * SLOW,
  );
}

/** A denial lasts: of the calls of one name, the first and the last that meet it tell all that those between would. */
function isTelling(calls: readonly Seen[], call: number): boolean {
  const isSame = ({ service, what }: Seen) => service === calls[call]?.service && what === calls[call]?.what;
  return calls.findIndex(isSame) === call || calls.findLastIndex(isSame) === call;
}
