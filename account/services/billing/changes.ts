import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { codesOf } from '../../live/failures.ts';
import type { LiveChange } from '../../live/service.ts';
import { service } from './live.ts';

type Send = (client: CloudWatchClient, input: never) => Promise<unknown>;
const change = (api: string, send: Send): LiveChange<CloudWatchClient> => ({
  service,
  api,
  make: ({ client }, input) => send(client, input as never),
});

export const putMetricAlarm = change('cloudwatch:PutMetricAlarm', (cloudwatch, input) =>
  cloudwatch.send(new PutMetricAlarmCommand(input)),
);
export const deleteAlarms = change('cloudwatch:DeleteAlarms', async (cloudwatch, input) => {
  try {
    await cloudwatch.send(new DeleteAlarmsCommand(input));
  } catch (error) {
    if (!codesOf(error).some((code) => code.startsWith('ResourceNotFound'))) throw error;
  }
});
