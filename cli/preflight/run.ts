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
import { phrases } from '../../deploy/preflight/phrases.ko.ts';
import type { Settings } from '../../deploy/settings/index.ts';
import type { Language } from '../../report/both.ts';
import { listing } from '../../report/listing.ts';
import { translator } from '../../report/phrases.ts';
import { jsonText, printable } from '../../report/printable.ts';
import { openLive } from '../options/live.ts';
import { readSettingsFile } from '../options/settings.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';

/**
 * `groundrules preflight`. Gives the exit status: 0 nothing keeps the deployment from succeeding, 1 something does, 2 something
 * could not be told.
 */
export async function run(_: Arguments, options: Options, world: World): Promise<number> {
  const settings = await readSettingsFile(options.config);
  const { account, found } = await look(settings, options, world);
  if (options.format === 'json') world.print(json(found, account));
  else if (found.length > 0) world.print(table(found, countsOf(found), account, world));
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
  if (wrong.length > 0) world.complain(table(wrong, countsOf(found), account, world));
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
  world.progress.step({
    en: 'looking at what the deployment rests on',
    ko: '배포에 필요한 것을 확인하는 중',
  });
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
const WORDS = {
  en: {
    levels: { error: 'ERROR', unknown: 'COULD NOT TELL', warning: 'WARNING', ok: 'OK' },
    head: ['', 'CHECK', 'REGION', 'FOUND'],
    summary: ({ error, unknown, warning, ok }: Counts) =>
      `${error} errors, ${unknown} could not be told, ${warning} warnings, ${ok} as they should be`,
    account: 'account',
  },
  ko: {
    levels: { error: '오류', unknown: '알 수 없음', warning: '경고', ok: '정상' },
    head: ['', '점검', '리전', '내용'],
    summary: ({ error, unknown, warning, ok }: Counts) =>
      `오류 ${error}개, 알 수 없음 ${unknown}개, 경고 ${warning}개, 정상 ${ok}개`,
    account: '계정',
  },
} satisfies Record<Language, { readonly levels: Record<Level, string> } & Record<string, unknown>>;
type Counts = Readonly<Record<Level, number>>;

const countsOf = (found: readonly Checked[]): Record<Level, number> =>
  Object.fromEntries(
    LEVELS.map((level) => [level, found.filter((one) => one.level === level).length]),
  ) as Record<Level, number>;

const json = (found: readonly Checked[], { accountId }: LiveAccount): string =>
  `${jsonText({ schemaVersion: '1.0', accountId, findings: found, summary: countsOf(found) }, 2)}\n`;

function table(
  found: readonly Checked[],
  counts: Counts,
  { accountId }: LiveAccount,
  { language, screen: screenOf }: Pick<World, 'language' | 'screen'>,
): string {
  const words = WORDS[language];
  const say = language === 'en' ? (text: string) => text : translator([phrases]);
  const screen = screenOf();
  const { bold, cyan, dim, green, magenta, red, yellow } = createColors(screen.colour);
  const tint: Record<Level, (text: string) => string> = {
    error: red,
    unknown: magenta,
    warning: yellow,
    ok: green,
  };
  const sorted = [...found].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const rows = sorted.map(({ level, check, region, message, command }) => [
    tint[level](words.levels[level]),
    check,
    region,
    printable(say(message)) + (command ? `\n${cyan(printable(say(command)))}` : ''),
  ]);
  return `${listing(words.head, rows, screen)}\n\n${bold(words.summary(counts))}\n${dim(`${words.account} ${accountId}`)}\n`;
}
