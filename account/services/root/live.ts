/**
 * The root user of a member account. The organization's management account, or IAM's delegated administrator, borrows
 * it for a task at a time with sts:AssumeRoot, whose credentials stay here: nothing gives them away.
 */
import {
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  paginateListAccessKeys,
  paginateListMFADevices,
  paginateListSigningCertificates,
} from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { type Ask, allPages, type ClientConfig, type LiveService } from '../../live/service.ts';
import * as root from './readings.ts';

/**
 * What a session may do: AWS managed policies that all other actions are denied by
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html).
 */
export type Task =
  | 'IAMAuditRootUserCredentials'
  | 'IAMDeleteRootUserCredentials'
  | 'IAMCreateRootUserPassword';

/** The longest that AWS allows, in seconds. */
const LONGEST = 900;

/** IAM clients that are a member's root for one task. */
export class RootSessions {
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

type RootAsk = Ask<RootSessions>;
const audit = ({ client, id }: RootAsk) => client.as('IAMAuditRootUserCredentials', id.split('/')[0] ?? '');

export const service: LiveService<RootSessions> = { connect: (config) => new RootSessions(config) };

// Without a user's name, IAM takes who asks: root.
export const rootPassword = {
  service,
  reading: root.rootPassword,
  ask: (ask: RootAsk) => audit(ask).send(new GetLoginProfileCommand({})),
};
export const rootSignedIn = {
  service,
  reading: root.rootSignedIn,
  ask: (ask: RootAsk) => audit(ask).send(new GetUserCommand({})),
};
export const rootAccessKeys = {
  service,
  reading: root.rootAccessKeys,
  ask: (ask: RootAsk) => allPages(paginateListAccessKeys({ client: audit(ask) }, {}), 'AccessKeyMetadata'),
};
export const rootAccessKeyLastUsed = {
  service,
  reading: root.rootAccessKeyLastUsed,
  ask: (ask: RootAsk) =>
    audit(ask).send(new GetAccessKeyLastUsedCommand({ AccessKeyId: ask.id.split('/')[1] })),
};
export const rootCertificates = {
  service,
  reading: root.rootCertificates,
  ask: (ask: RootAsk) =>
    allPages(paginateListSigningCertificates({ client: audit(ask) }, {}), 'Certificates'),
};
export const rootMfaDevices = {
  service,
  reading: root.rootMfaDevices,
  ask: (ask: RootAsk) => allPages(paginateListMFADevices({ client: audit(ask) }, {}), 'MFADevices'),
};
