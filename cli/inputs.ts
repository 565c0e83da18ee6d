import { rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account, ResourceRef } from '../account/account.ts';
import { AccountError, OWN_CODES } from '../account/errors.ts';
import { readAccount } from '../account/read-account.ts';
import { configFileAccounts, snapshotAccount } from '../account/snapshot/account.ts';
import type { ConfigFile } from '../account/snapshot/config-files.ts';
import { credentialReportAccount } from '../account/snapshot/credential-report.ts';
import { readText, type SpooledFile, spool } from '../account/snapshot/files.ts';
import { openSnapshot } from '../account/snapshot/open.ts';
import type { FileAccount } from '../account/snapshot/overlay.ts';
import { sniff } from '../account/snapshot/sniff.ts';
import { isInvokingEvent, parseEvent, parseInvokingEvent } from '../config/event.ts';
import {
  type ConfigurationItem,
  isRecorded,
  parseItem,
  readItem,
  resourceOfItem,
  withItem,
} from '../config/item.ts';
import type { AnyRule } from '../rules/rule.ts';
import { UsageError } from './errors.ts';
import { type LiveOptions, openLive } from './live.ts';
import { PACKAGE_ROOT } from './package.ts';
import type { Progress } from './progress.ts';

/** Something to judge: an account, and what is special about where it came from. */
export interface Input {
  /** How messages call it. */
  readonly label: string;
  readonly account: Account;
  /** Whether the input has what the rule reports on; a folder or a live account is taken to have everything. */
  answers?(rule: AnyRule): boolean;
  /** What is in it, for the message that no rule is about that. */
  readonly holds?: string;
  /** Resources that it says are gone. */
  deleted?(types: readonly string[]): AsyncIterable<ResourceRef>;
  /** The time that it shows the account at. */
  readonly asOf?: Date;
  /** The only resource to judge. */
  readonly resource?: ResourceRef;
  /** There is nothing to judge: what `deleted` names is all. */
  readonly isGone?: boolean;
  /** The parameters that came along with the event. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface Inputs {
  readonly list: readonly Input[];
  /** Removes what was put aside for reading. */
  close(): Promise<void>;
}

const SAMPLE = join(PACKAGE_ROOT, 'examples', 'sample-account');

/** Opens everything that is to be judged; the sample account, when nothing is named. */
export async function openInputs(
  paths: readonly string[],
  live: boolean,
  options: LiveOptions,
  progress: Progress,
): Promise<Inputs> {
  const { region: regions = [] } = options;
  const list: Input[] = [];
  const ofRegions: Input[] = [];
  const add = (inputs: readonly Input[]) => {
    list.push(...inputs);
    ofRegions.push(...inputs);
  };
  const configFiles: ConfigFile[] = [];
  const spooled: SpooledFile[] = [];
  // Whoever reads the report may end the process: what came in may be confidential, and must not stay behind.
  const removeAtOnce = () => {
    for (const { file } of spooled) rmSync(dirname(file), { recursive: true, force: true });
  };
  const close = async () => {
    for (const file of spooled) await file.remove();
    process.off('exit', removeAtOnce);
  };

  try {
    if (paths.includes('-')) process.once('exit', removeAtOnce);
    if (live) list.push(await liveInput(options, progress));
    for (const path of paths.length > 0 || live ? paths : [SAMPLE]) {
      if (path === '-') spooled.push(await spool(process.stdin));
      const file = path === '-' ? (spooled.at(-1) as SpooledFile).file : path;
      const label = path === '-' ? 'standard input' : path;
      if (await isFolder(file)) add(await folderInputs(file, regions));
      else if ((await sniff(file, label)) === 'config-items') configFiles.push({ path: file, label });
      else list.push(await fileInput(file, label));
    }
    // Together, because the same resource may be in several of them.
    if (configFiles.length > 0) add(await configInputs(configFiles, regions));
    refuseUnknown(regions, ofRegions);
    return { list, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function liveInput(options: LiveOptions, progress: Progress): Promise<Input> {
  const { source, accountId } = await openLive(options, progress);
  return { label: `account ${accountId}`, account: readAccount(source) };
}

async function folderInputs(path: string, regions: readonly string[]): Promise<Input[]> {
  return (await openSnapshot(path)).map((folder) => {
    const { collectedAt, ...found } = snapshotAccount(folder);
    return { label: folder, ...inView(found, regions), ...(collectedAt && { asOf: collectedAt }) };
  });
}

async function configInputs(files: readonly ConfigFile[], regions: readonly string[]): Promise<Input[]> {
  const label = files.map((file) => file.label).join(', ');
  return (await configFileAccounts(files)).map(({ resourceTypes, ...found }) => ({
    label,
    ...inView(found, regions),
    holds: [...resourceTypes].sort().join(', '),
    answers: (rule) => rule.resourceTypes.some((type) => resourceTypes.has(type)),
  }));
}

/** What files say of these Regions, as a live account shows no others; of all, when none is named. */
function inView({ account, deleted }: FileAccount, regions: readonly string[]): FileAccount {
  if (regions.length === 0) return { account, deleted };
  const isInView = ({ region }: { readonly region: string }) =>
    region === 'global' || regions.includes(region);
  return {
    account: {
      ...account,
      regions: account.regions.filter((region) => regions.includes(region)),
      s3: { ...account.s3, buckets: () => filtered(account.s3.buckets(), isInView) },
    },
    deleted: (types) => filtered(deleted(types), isInView),
  };
}

async function* filtered<T>(values: AsyncIterable<T>, isWanted: (value: T) => boolean): AsyncGenerator<T> {
  for await (const value of values) if (isWanted(value)) yield value;
}

/** A Region that nothing is known of would look like one where all is well. */
function refuseUnknown(regions: readonly string[], inputs: readonly Input[]): void {
  const missing = regions.find((region) => !inputs.some(({ account }) => account.regions.includes(region)));
  if (missing === undefined || inputs.length === 0) return;
  const labels = inputs.map(({ label }) => label).join(', ');
  throw new UsageError(`--region ${missing}: ${labels} has nothing of this Region`);
}

/** Any other single file: what is in it tells what it is. */
async function fileInput(file: string, label: string): Promise<Input> {
  switch (await sniff(file, label)) {
    case 'credential-report':
      return {
        label,
        account: await credentialReportAccount(file, label),
        holds: 'a credential report',
        answers: (rule) => rule.reads.includes('iam:GetCredentialReport'),
      };
    case 'event':
      return eventInput(await readText(file, label), label);
    default:
      return itemInput(parseItem(JSON.parse(await readText(file, label)), label), label);
  }
}

/** The event of a rule's function, or the invoking event in it. */
function eventInput(text: string, label: string): Input {
  const value: unknown = JSON.parse(text);
  const envelope = isInvokingEvent(value) ? undefined : parseEvent(value);
  const event = envelope ?? parseInvokingEvent(value);
  if (event.kind === 'change') {
    const input = itemInput(event.item, label, envelope?.eventLeftScope);
    return { ...input, ...(envelope && { parameters: envelope.ruleParameters }) };
  }
  throw new UsageError(
    event.kind === 'periodic'
      ? `${label}: a ScheduledNotification asks for the whole account, and holds nothing of it: give a snapshot folder or --live`
      : `${label}: the item was too large for the event, which holds only its summary: get it with "aws configservice get-resource-config-history --resource-type ${event.summary.type} --resource-id ${event.summary.id} --limit 1", and give that file`,
  );
}

function itemInput(item: ConfigurationItem, label: string, leftScope = false): Input {
  const resource = resourceOfItem(item);
  const gone = leftScope || !isRecorded(item);
  const source = {
    accountId: item.accountId,
    regions: [item.region],
    async read(name: AccountError['api'], { id }: { readonly id?: string } = {}) {
      const message = `${name} is not in ${label}: evaluate a snapshot folder or --live to have it`;
      throw new AccountError(OWN_CODES.notCollected, name, message, id);
    },
  };
  const account = readAccount(source);
  return {
    label,
    account: gone ? account : withItem(account, readItem(item)),
    resource,
    holds: item.type,
    answers: (rule) => rule.resourceTypes.includes(item.type),
    ...(gone && {
      isGone: true,
      async *deleted() {
        yield resource;
      },
    }),
  };
}
