import { parseSelector, type Selected, select } from '../document/selector.ts';
import { isPlainScalar } from '../document/values.ts';
import { withTimeout } from '../run/clock.ts';
import { unverified } from '../run/failure.ts';
import { type Action, atMost, byDefault, type StepContext } from './action.ts';

/** "Each aws:executeAwsApi action can run up to a maximum duration of 25 seconds." */
const API_SECONDS = 25;
/** How often a wait asks again. SSM's own interval is not documented. */
const POLL_SECONDS = 5;

type Inputs = Readonly<Record<string, unknown>> & { readonly Service: string; readonly Api: string };

const ask = (
  { Service: service, Api: api, ...input }: Inputs,
  context: StepContext,
  step: { name: string },
) =>
  withTimeout(context.clock, API_SECONDS, context.signal, (signal) =>
    context.options.call({ service, api, input, step: step.name, signal }),
  );

export const executeAwsApi: Action<'aws:executeAwsApi'> = {
  limit: atMost(API_SECONDS),
  run: async (inputs, context, step) => ({ payload: await ask(inputs, context, step) }),
};

type Watched = Inputs & {
  readonly PropertySelector: string;
  readonly DesiredValues: readonly string[] | string;
};

async function property(
  { PropertySelector, DesiredValues: _desired, ...call }: Watched,
  context: StepContext,
  step: { name: string },
): Promise<Selected> {
  return select(await ask(call as Inputs, context, step), parseSelector(PropertySelector));
}

/** A value as DesiredValues spells it: Booleans are "True" and "False" ("Automation actions reference"). */
function spelled(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return isPlainScalar(value) ? String(value) : JSON.stringify(value);
}

const isDesired = (selected: Selected, { DesiredValues }: Watched) =>
  selected.found && DesiredValues.includes(spelled(selected.value));

const described = (selected: Selected, { PropertySelector, DesiredValues }: Watched) =>
  `${PropertySelector} is ${selected.found ? spelled(selected.value) : 'not there'}, not ${[DesiredValues].flat().join(' or ')}`;

export const assertAwsResourceProperty: Action<'aws:assertAwsResourceProperty'> = {
  limit: atMost(API_SECONDS),
  run: async (inputs, context, step) => {
    const selected = await property(inputs as Watched, context, step);
    if (!isDesired(selected, inputs as Watched)) throw unverified(described(selected, inputs as Watched));
    return {};
  },
};

/**
 * Asks until the value is one of those desired. It also waits for a value that is not there yet, as AWS's own sample
 * does.
 */
export const waitForAwsResourceProperty: Action<'aws:waitForAwsResourceProperty'> = {
  limit: byDefault(3600),
  run: async (inputs, context, step) => {
    while (!isDesired(await property(inputs as Watched, context, step), inputs as Watched)) {
      await context.clock.sleep(POLL_SECONDS * 1000, context.signal);
    }
    return {};
  },
};
