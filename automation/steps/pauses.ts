import { durationSeconds, isSleep, isTimestamp, SLEEP, TIMESTAMP } from '../document/steps.ts';
import { invalidInput, StepError } from '../run/failure.ts';
import { type Action, byDefault } from './action.ts';

export const sleep: Action<'aws:sleep'> = {
  run: async ({ Duration, Timestamp }, { clock, signal }) => {
    let milliseconds = 0;
    if (Duration !== undefined) {
      if (!isSleep(Duration)) throw invalidInput(`Duration is ${JSON.stringify(Duration)}: ${SLEEP}`);
      milliseconds = (durationSeconds(Duration) ?? 0) * 1000;
    } else if (Timestamp !== undefined) {
      if (!isTimestamp(Timestamp))
        throw invalidInput(`Timestamp is ${JSON.stringify(Timestamp)}: ${TIMESTAMP}`);
      milliseconds = Date.parse(Timestamp) - clock.now().getTime();
      if (!isSleep(`PT${Math.max(0, milliseconds / 1000)}S`)) {
        throw invalidInput(`Timestamp is more than 7 days ahead: ${Timestamp}`);
      }
    }
    // "If the specified date and time has passed, the action proceeds immediately."
    if (milliseconds > 0) await clock.sleep(milliseconds, signal);
    return {};
  },
};

const rejected = (message: string) =>
  new StepError({ stage: 'Invocation', type: 'Action', message }, 'Rejected');

/** Without somebody who can resume it, a run that pauses is refused. */
export const pause: Action<'aws:pause'> = {
  run: async (_inputs, { options, signal }, { name }) => {
    const goesOn = await options.approve?.({ action: 'aws:pause', step: name, approvers: [], signal });
    if (!goesOn) throw rejected(options.approve ? 'not resumed' : 'nobody here can resume the run');
    return {};
  },
};

/** The caller's answer counts for all approvers. */
export const approve: Action<'aws:approve'> = {
  limit: byDefault(604_800),
  run: async ({ Approvers, Message, MinRequiredApprovals }, { options, signal }, { name }) => {
    const approvers = [Approvers].flat();
    if (Number(MinRequiredApprovals ?? 1) > approvers.length) {
      throw invalidInput(`${MinRequiredApprovals} approvals wanted of ${approvers.length} approvers`);
    }
    const isApproved = await options.approve?.({
      action: 'aws:approve',
      step: name,
      ...(Message !== undefined && { message: Message }),
      approvers,
      signal,
    });
    if (!isApproved) throw rejected(options.approve ? 'rejected' : 'nobody here can approve the step');
    return { outputs: { ApprovalStatus: 'Approved', ApproverDecisions: [] } };
  },
};
