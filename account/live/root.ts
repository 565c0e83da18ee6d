/**
 * The root user of a member account. The organization's management account, or IAM's delegated administrator, borrows
 * it for a task at a time with sts:AssumeRoot, whose credentials stay here: nothing gives them away.
 */
import {
  CreateLoginProfileCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteSigningCertificateCommand,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  paginateListAccessKeys,
  paginateListMFADevices,
  paginateListSigningCertificates,
} from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { codesOf } from './failures.ts';
import { allPages, type Change, type ClientConfig, defineService } from './service.ts';

/**
 * What a session may do: AWS managed policies that all other actions are denied by
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html).
 */
type Task = 'IAMAuditRootUserCredentials' | 'IAMDeleteRootUserCredentials' | 'IAMCreateRootUserPassword';

/** The longest that AWS allows, in seconds. */
const LONGEST = 900;

/** IAM clients that are a member's root for one task. */
class RootSessions {
  readonly #config: ClientConfig;
  readonly #sts: STSClient;
  readonly #clients = new Map<string, IAMClient>();

  constructor(config: ClientConfig) {
    this.#config = config;
    // "The STS global endpoint is not supported for AssumeRoot": API_AssumeRoot of the STS reference.
    this.#sts = new STSClient({ ...config, useGlobalEndpoint: false });
  }

  as(task: Task, accountId: string): IAMClient {
    const key = `${accountId} ${task}`;
    // The SDK asks for credentials when it needs some, and again before they expire.
    const credentials = () => this.#assume(task, accountId);
    const client = this.#clients.get(key) ?? new IAMClient({ ...this.#config, credentials });
    this.#clients.set(key, client);
    return client;
  }

  async #assume(task: Task, accountId: string) {
    const partition = /^(?:cn|us-gov)(?=-)/.exec(this.#config.region);
    const arn = `arn:aws${partition ? `-${partition[0]}` : ''}:iam::aws:policy/root-task/${task}`;
    const { Credentials } = await this.#sts.send(
      new AssumeRootCommand({
        TargetPrincipal: accountId,
        TaskPolicyArn: { arn },
        DurationSeconds: LONGEST,
      }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration && { expiration: Expiration }),
    };
  }
}

const audit = ({ client, id }: { readonly client: RootSessions; readonly id: string }) =>
  client.as('IAMAuditRootUserCredentials', id.split('/')[0] ?? '');

type Send = (iam: IAMClient, input: never) => Promise<unknown>;

/** @param made code of what an earlier attempt has made, though nobody heard of it. */
const change = (task: Task, made: RegExp, send: Send): Change<RootSessions> => ({
  action: 'sts:AssumeRoot',
  async make({ client, id }, input) {
    try {
      await send(client.as(task, id), input as never);
    } catch (error) {
      if (!codesOf(error).some((code) => made.test(code))) throw error;
    }
  },
});
const deletion = (send: Send) => change('IAMDeleteRootUserCredentials', /^NoSuchEntity/, send);

/** Without a user's name, IAM takes who asks: root. */
export const root = defineService<RootSessions>({
  connect: (config) => new RootSessions(config),
  reads: {
    'root:GetLoginProfile': (ask) => audit(ask).send(new GetLoginProfileCommand({})),
    'root:GetUser': (ask) => audit(ask).send(new GetUserCommand({})),
    'root:ListAccessKeys': (ask) =>
      allPages(paginateListAccessKeys({ client: audit(ask) }, {}), 'AccessKeyMetadata'),
    'root:GetAccessKeyLastUsed': (ask) =>
      audit(ask).send(new GetAccessKeyLastUsedCommand({ AccessKeyId: ask.id.split('/')[1] })),
    'root:ListSigningCertificates': (ask) =>
      allPages(paginateListSigningCertificates({ client: audit(ask) }, {}), 'Certificates'),
    'root:ListMFADevices': (ask) =>
      allPages(paginateListMFADevices({ client: audit(ask) }, {}), 'MFADevices'),
  },
  changes: {
    'root:DeleteAccessKey': deletion((iam, input) => iam.send(new DeleteAccessKeyCommand(input))),
    'root:DeleteSigningCertificate': deletion((iam, input) =>
      iam.send(new DeleteSigningCertificateCommand(input)),
    ),
    'root:DeleteLoginProfile': deletion((iam, input) => iam.send(new DeleteLoginProfileCommand(input))),
    'root:DeactivateMFADevice': deletion((iam, input) => iam.send(new DeactivateMFADeviceCommand(input))),
    'root:CreateLoginProfile': change('IAMCreateRootUserPassword', /^EntityAlreadyExists/, (iam, input) =>
      iam.send(new CreateLoginProfileCommand(input)),
    ),
  },
});
