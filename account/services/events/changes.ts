import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { codesOf } from '../../live/failures.ts';
import type { LiveChange } from '../../live/service.ts';
import { service } from './live.ts';

type Send = (client: EventBridgeClient, input: never) => Promise<unknown>;
const change = (api: string, send: Send): LiveChange<EventBridgeClient> => ({
  service,
  api,
  make: ({ client }, input) => send(client, input as never),
});

interface Answer {
  readonly FailedEntries?:
    | { ErrorCode?: string | undefined; ErrorMessage?: string | undefined }[]
    | undefined;
}

/** An answer may say that a part of what was asked for failed. */
async function whole(asking: Promise<Answer>): Promise<void> {
  const { FailedEntries: [failed] = [] } = await asking;
  if (failed)
    throw Object.assign(new Error(failed.ErrorMessage), { name: failed.ErrorCode ?? 'FailedEntry' });
}

async function orGone(asking: Promise<unknown>): Promise<void> {
  try {
    await asking;
  } catch (error) {
    if (!codesOf(error).includes('ResourceNotFoundException')) throw error;
  }
}

export const putRule = change('events:PutRule', (events, input) => events.send(new PutRuleCommand(input)));
export const putTargets = change('events:PutTargets', (events, input) =>
  whole(events.send(new PutTargetsCommand(input))),
);
export const removeTargets = change('events:RemoveTargets', (events, input) =>
  orGone(whole(events.send(new RemoveTargetsCommand(input)))),
);
export const deleteRule = change('events:DeleteRule', (events, input) =>
  orGone(events.send(new DeleteRuleCommand(input))),
);
export const enableRule = change('events:EnableRule', (events, input) =>
  events.send(new EnableRuleCommand(input)),
);
export const disableRule = change('events:DisableRule', (events, input) =>
  orGone(events.send(new DisableRuleCommand(input))),
);
