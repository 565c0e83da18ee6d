/** `groundrules preflight`: what would go wrong with a deployment, asked before anything is made. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createColors } from 'picocolors';
import type { LiveAccount } from '../account/live/open.ts';
import { type Checked, type Clients, type Level, preflight } from '../deploy/preflight/index.ts';
import { loadSettings, type Settings, SettingsError } from '../deploy/settings/index.ts';
import { listing } from '../report/listing.ts';
import { jsonText, printable } from '../report/printable.ts';
import { UsageError } from './errors.ts';
import { type LiveOptions, openLive } from './live.ts';
import type { Progress } from './progress.ts';
import { SETTINGS_FILE } from './settings.ts';

export interface PreflightOptions extends Omit<LiveOptions, 'region'> {
  readonly config?: string;
  /** Without the CDK: its bootstrapping does not matter. */
  readonly plain?: true;
  readonly format?: string;
  /** Prints what is wrong alone, and nothing where nothing is. */
  readonly quiet?: true;
}

export interface PreflightWorld {
  readonly write: (text: string) => void;
  readonly progress: Progress;
  readonly screen: { readonly colour: boolean; readonly width: number };
}

/**
 * Prints what every check found.
 *
 * @returns the exit status: 0 nothing keeps the deployment from succeeding, 1 something does, 2 something could not be told.
 * @throws {UsageError}
 */
export async function preflightCommand(options: PreflightOptions, world: PreflightWorld): Promise<number> {
  const settings = settingsOf(options.config ?? SETTINGS_FILE);
  const { profile, endpointUrl } = options;
  const account = await openLive(
    {
      region: settings.regions,
      ...(profile !== undefined && { profile }),
      ...(endpointUrl !== undefined && { endpointUrl }),
    },
    world.progress,
  );
  world.progress.step('looking at what the deployment rests on');
  const found = await preflight({
    settings,
    accountId: account.accountId,
    clients: clientsOf(account),
    ...(options.plain && { without: ['bootstrap'] }),
  });
  world.progress.done();
  const has = (level: Level) => found.some((one) => one.level === level);
  const shown = options.quiet ? found.filter(({ level }) => level !== 'ok') : found;
  if (options.format === 'json') world.write(json(found, account));
  else if (shown.length > 0) world.write(table(shown, countsOf(found), account, world.screen));
  return has('error') ? 1 : has('unknown') ? 2 : 0;
}

function settingsOf(file: string): Settings {
  try {
    return loadSettings(file);
  } catch (error) {
    if (error instanceof SettingsError) throw new UsageError(error.message);
    throw error;
  }
}

/** One client a service and Region. */
function clientsOf({ config }: LiveAccount): Clients {
  const pool = <T>(make: (region: string) => T) => {
    const made = new Map<string, T>();
    return (region: string): T => {
      const client = made.get(region) ?? make(region);
      made.set(region, client);
      return client;
    };
  };
  return {
    cloudformation: pool((region) => new CloudFormationClient({ ...config, region })),
    config: pool((region) => new ConfigServiceClient({ ...config, region })),
    lambda: pool((region) => new LambdaClient({ ...config, region })),
    organizations: pool((region) => new OrganizationsClient({ ...config, region })),
    securityHub: pool((region) => new SecurityHubClient({ ...config, region })),
    ssm: pool((region) => new SSMClient({ ...config, region })),
  };
}

const LEVELS: readonly Level[] = ['error', 'unknown', 'warning', 'ok'];
const WORDS: Readonly<Record<Level, string>> = {
  error: 'ERROR',
  unknown: 'COULD NOT TELL',
  warning: 'WARNING',
  ok: 'OK',
};

const countsOf = (found: readonly Checked[]): Record<Level, number> =>
  Object.fromEntries(
    LEVELS.map((level) => [level, found.filter((one) => one.level === level).length]),
  ) as Record<Level, number>;

const json = (found: readonly Checked[], { accountId }: LiveAccount): string =>
  `${jsonText({ schemaVersion: '1.0', accountId, findings: found, summary: countsOf(found) }, 2)}\n`;

function table(
  found: readonly Checked[],
  { error, unknown, warning, ok }: Readonly<Record<Level, number>>,
  { accountId }: LiveAccount,
  screen: PreflightWorld['screen'],
): string {
  const { bold, cyan, dim, green, magenta, red, yellow } = createColors(screen.colour);
  const tint: Record<Level, (text: string) => string> = {
    error: red,
    unknown: magenta,
    warning: yellow,
    ok: green,
  };
  const sorted = [...found].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const rows = sorted.map(({ level, check, region, message, command }) => [
    tint[level](WORDS[level]),
    check,
    region,
    printable(message) + (command ? `\n${cyan(printable(command))}` : ''),
  ]);
  const summary = `${error} errors, ${unknown} could not be told, ${warning} warnings, ${ok} as they should be`;
  return `${listing(['', 'CHECK', 'REGION', 'FOUND'], rows, screen)}\n\n${bold(summary)}\n${dim(`account ${accountId}`)}\n`;
}
