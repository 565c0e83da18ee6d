import {
  CreateLoginProfileCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteSigningCertificateCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { codesOf } from '../../live/failures.ts';
import type { LiveChange } from '../../live/service.ts';
import { type RootSessions, service, type Task } from './live.ts';

type Send = (iam: IAMClient, input: never) => Promise<unknown>;

/** @param made code of what an earlier attempt has made, though nobody heard of it. */
const change = (api: string, task: Task, made: RegExp, send: Send): LiveChange<RootSessions> => ({
  service,
  api,
  action: 'sts:AssumeRoot',
  async make({ client, id }, input) {
    try {
      await send(client.as(task, id), input as never);
    } catch (error) {
      if (!codesOf(error).some((code) => made.test(code))) throw error;
    }
  },
});
const deletion = (api: string, send: Send) =>
  change(api, 'IAMDeleteRootUserCredentials', /^NoSuchEntity/, send);

export const deleteAccessKey = deletion('root:DeleteAccessKey', (iam, input) =>
  iam.send(new DeleteAccessKeyCommand(input)),
);
export const deleteSigningCertificate = deletion('root:DeleteSigningCertificate', (iam, input) =>
  iam.send(new DeleteSigningCertificateCommand(input)),
);
export const deleteLoginProfile = deletion('root:DeleteLoginProfile', (iam, input) =>
  iam.send(new DeleteLoginProfileCommand(input)),
);
export const deactivateMfaDevice = deletion('root:DeactivateMFADevice', (iam, input) =>
  iam.send(new DeactivateMFADeviceCommand(input)),
);
export const createLoginProfile = change(
  'root:CreateLoginProfile',
  'IAMCreateRootUserPassword',
  /^EntityAlreadyExists/,
  (iam, input) => iam.send(new CreateLoginProfileCommand(input)),
);
