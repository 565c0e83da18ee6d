/** `groundrules preflight`: what would go wrong with a deployment, asked before anything is made. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createColors } from 'picocolors';
import type { LiveAccount } from '../../account/live/open.ts';
import { type Checked, type Clients, type Level, preflight } from '../../deploy/preflight/index.ts';
import type { Settings } from '../../deploy/settings/index.ts';
import { listing } from '../../report/listing.ts';
import { jsonText, printable } from '../../report/printable.ts';
import { openLive } from '../options/live.ts';
import { readSettingsFile } from '../options/settings.ts';
import type { Screen, World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';

/**
 * `groundrules preflight`. Gives the exit status: 0 nothing keeps the deployment from succeeding, 1 something does, 2 something
 * could not be told.
 */
export async function run(_: Arguments, options: Options, world: World): Promise<number> {
  const settings = await readSettingsFile(options.config);
  const { account, found } = await look(settings, options, world);
  if (options.format === 'json') world.print(json(found, account));
  else if (found.length > 0) world.print(table(found, countsOf(found), account, world.screen()));
  return has(found, 'error') ? 1 : has(found, 'unknown') ? 2 : 0;
}

/**
 * The same before a deployment, on standard error: only what is not as it should be.
 *
 * @returns whether something would keep it from succeeding. What could not be told is said, and no reason to stop.
 */
export async function keepsFromDeploying(
  settings: Settings,
  options: Pick<Options, 'profile'>,
  world: World,
): Promise<boolean> {
  const { account, found } = await look(settings, options, world);
  const wrong = found.filter(({ level }) => level !== 'ok');
  if (wrong.length > 0) world.complain(table(wrong, countsOf(found), account, world.screen()));
  return has(found, 'error');
}

const has = (found: readonly Checked[], level: Level): boolean => found.some((one) => one.level === level);

async function look(
  settings: Settings,
  { profile, endpointUrl, plain }: Partial<Options>,
  world: World,
): Promise<{ readonly account: LiveAccount; readonly found: readonly Checked[] }> {
  const account = await openLive(
    {
      region: settings.regions,
      ...(profile !== undefined && { profile }),
      ...(endpointUrl !== undefined && { endpointUrl }),
    },
    world,
  );
  world.progress.step('looking at what the deployment rests on');
  const found = await preflight({
    settings,
    accountId: account.accountId,
    clients: clientsOf(account),
    ...(plain && { without: ['bootstrap'] }),
  });
  world.progress.done();
  return { account, found };
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
  screen: Screen,
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
