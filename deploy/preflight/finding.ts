import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { Settings } from '../settings/index.ts';

/**
 * What a check found: `error` makes the deployment fail, or makes most of it useless; `warning` is to be known; `unknown` could
 * not be told.
 */
export type Level = 'ok' | 'warning' | 'error' | 'unknown';

export interface Finding {
  readonly level: Level;
  /** The finding in one sentence. */
  readonly message: string;
  /** The command that mends it. */
  readonly command?: string;
}

/** A finding, with where it was found. */
export interface Checked extends Finding {
  /** {@link Check.id} */
  readonly check: string;
  readonly region: string;
}

/** The AWS APIs that checks ask, by Region. */
export interface Clients {
  cloudformation(region: string): CloudFormationClient;
  config(region: string): ConfigServiceClient;
  lambda(region: string): LambdaClient;
  organizations(region: string): OrganizationsClient;
  securityHub(region: string): SecurityHubClient;
  ssm(region: string): SSMClient;
}

export interface Place {
  readonly settings: Settings;
  readonly accountId: string;
  readonly region: string;
  readonly clients: Clients;
}

export interface Check {
  /** `recorder`: what findings are listed under. */
  readonly id: string;
  /** IAM actions that it needs, for what to allow where it is denied. */
  readonly actions: readonly string[];
  /** Whether it is about the account as a whole, and asked in the home Region alone. */
  readonly once?: true;
  /** Gives what is wrong, and one `ok` where nothing is; nothing where it does not apply. */
  run(place: Place): Promise<readonly Finding[]>;
}

/** What is wrong, or one `ok` where nothing is. */
export const okUnless = (wrong: readonly Finding[], message: string): readonly Finding[] =>
  wrong.length > 0 ? wrong : [{ level: 'ok', message }];
