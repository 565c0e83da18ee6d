import { rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Account, ResourceRef } from '../account/account.ts';
import { AccountError, checkComplete, IncompleteListError, OWN_CODES } from '../account/errors.ts';
import { readAccount } from '../account/read-account.ts';
import { configFileAccounts, snapshotAccount } from '../account/snapshot/account.ts';
import type { ConfigFile } from '../account/snapshot/config-files.ts';
import { credentialReportAccount } from '../account/snapshot/credential-report.ts';
import { readText, type SpooledFile, spool } from '../account/snapshot/files.ts';
import { openSnapshot } from '../account/snapshot/open.ts';
import type { FileAccount } from '../account/snapshot/overlay.ts';
import { type FileKind, sniff } from '../account/snapshot/sniff.ts';
import { isInvokingEvent, parseInvokingEvent, parseRecordedEvent } from '../config/event.ts';
import {
  type ConfigurationItem,
  InvalidItemError,
  type ItemSubject,
  type ItemSummary,
  isRecorded,
  parseItem,
  readItem,
  resourceOfItem,
  withItem,
} from '../config/item.ts';
import { couldNotTell, notApplicable } from '../rules/judgement.ts';
import type { AnyRule, Judgement } from '../rules/rule.ts';
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
  /** What it tells of that resource without the rule: it is gone, not the rule's business, or cannot be read. */
  tells?(rule: AnyRule): Judgement | undefined;
  /** The parameters that came along with the event. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface Inputs {
  readonly list: readonly Input[];
  /** Removes what was put aside for reading. */
  close(): Promise<void>;
}

const SAMPLE = join(PACKAGE_ROOT, 'examples', 'sample-account');

/** Opens everything that is to be judged; the sample accounts, when nothing is named. */
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
    // The same path twice is one thing to judge.
    const once = new Map(paths.map((path) => [path === '-' ? path : resolve(path), path])).values();
    for (const path of paths.length > 0 || live ? once : [SAMPLE]) {
      if (path === '-') spooled.push(await spool(process.stdin));
      const file = path === '-' ? (spooled.at(-1) as SpooledFile).file : path;
      const label = path === '-' ? 'standard input' : path;
      if (await isFolder(file)) {
        add(await folderInputs(file, regions));
        continue;
      }
      const kind = await sniff(file, label);
      if (kind === 'config-items') configFiles.push({ path: file, label });
      else list.push(await fileInput(kind, file, label));
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
  const folders = await openSnapshot(path);
  return Promise.all(
    folders.map(async (folder) => {
      const { collectedAt, ...found } = snapshotAccount(folder);
      // Buckets of a Region lie in global/, so that one without a folder of its own is in view, if hardly collected.
      const known = (await isFolder(join(folder, 'global'))) ? regions : found.account.regions;
      return { label: folder, ...inView(found, regions, known), ...(collectedAt && { asOf: collectedAt }) };
    }),
  );
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
export function inView(
  { account, deleted }: FileAccount,
  regions: readonly string[],
  known = account.regions,
): FileAccount {
  if (regions.length === 0) return { account, deleted };
  const isInView = ({ region }: { readonly region: string }) =>
    region === 'global' || regions.includes(region);
  return {
    account: {
      ...account,
      regions: regions.filter((region) => known.includes(region)),
      s3: { ...account.s3, buckets: () => filtered(account.s3.buckets(), isInView) },
    },
    deleted: (types) => filtered(deleted(types), isInView),
  };
}

async function* filtered<T extends { readonly region: string }>(
  values: AsyncIterable<T>,
  isWanted: (value: { readonly region: string }) => boolean,
): AsyncGenerator<T> {
  try {
    for await (const value of values) if (isWanted(value)) yield value;
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error;
    checkComplete(error.errors.filter(({ about }) => !about || isWanted(about)));
  }
}

/** A Region that nothing is known of would look like one where all is well. */
function refuseUnknown(regions: readonly string[], inputs: readonly Input[]): void {
  const missing = regions.find((region) => !inputs.some(({ account }) => account.regions.includes(region)));
  if (missing === undefined || inputs.length === 0) return;
  const labels = inputs.map(({ label }) => label).join(', ');
  throw new UsageError(`--region ${missing}: ${labels} has nothing of this Region`);
}

/** Any other single file: what is in it tells what it is. */
async function fileInput(
  kind: Exclude<FileKind, 'config-items'>,
  file: string,
  label: string,
): Promise<Input> {
  switch (kind) {
    case 'credential-report':
      return {
        label,
        account: await credentialReportAccount(file, label),
        holds: 'a credential report',
        answers: (rule) => rule.reads.includes('iam:GetCredentialReport'),
      };
    case 'event': {
      const event: unknown = JSON.parse(await readText(file, label));
      return readable(label, () => eventInput(event, label));
    }
    default: {
      const item: unknown = JSON.parse(await readText(file, label));
      return readable(label, () => itemInput(parseItem(item, label), label));
    }
  }
}

/**
 * What is wrong with an item is wrong with its resource, and belongs in the report, as it does where the item lies in a
 * Config file. An item that does not say whose it is, like whatever else is wrong with an event, is nothing to report on.
 */
function readable(label: string, open: () => Input): Input {
  try {
    return open();
  } catch (error) {
    const invalid = error instanceof Error && error.cause instanceof InvalidItemError ? error.cause : error;
    if (!(invalid instanceof InvalidItemError && invalid.subject)) throw error;
    const { subject } = invalid;
    return resourceInput(subject, label, couldNotTell(resourceOfItem(subject), error));
  }
}

/** The event of a rule's function, or the invoking event in it. */
function eventInput(value: unknown, label: string): Input {
  const envelope = isInvokingEvent(value) ? undefined : parseRecordedEvent(value);
  const event = envelope ?? parseInvokingEvent(value);
  if (event.kind === 'periodic') {
    throw new UsageError(
      `${label}: the event of a periodic run asks for the whole account, and holds nothing of it: give a snapshot folder or --live`,
    );
  }
  const item = event.kind === 'change' ? event.item : event.summary;
  const input = itemInput(item, label, envelope?.eventLeftScope);
  return { ...input, ...(envelope && { parameters: envelope.ruleParameters }) };
}

function itemInput(item: ItemSummary | ConfigurationItem, label: string, leftScope = false): Input {
  if (leftScope || !isRecorded(item)) return resourceInput(item, label, notApplicable(resourceOfItem(item)));
  if (!('configuration' in item)) {
    throw new UsageError(
      `${label}: the item was too large for the event, which holds only its summary: get it with "aws configservice get-resource-config-history --resource-type ${item.type} --resource-id ${item.id} --limit 1", and give that file`,
    );
  }
  const input = resourceInput(item, label);
  return { ...input, account: withItem(input.account, readItem(item)) };
}

/** One resource of an account of which nothing else is known. */
function resourceInput(of: ItemSubject, label: string, told?: Judgement): Input {
  const resource = resourceOfItem(of);
  const source = {
    accountId: of.accountId,
    regions: [of.region],
    async read(name: AccountError['api'], { id }: { readonly id?: string } = {}) {
      const message = `${name} is not in ${label}: evaluate a snapshot folder or --live to have it`;
      throw new AccountError(OWN_CODES.notCollected, name, message, id);
    },
  };
  const isAbout = (rule: AnyRule) => rule.resourceTypes.includes(of.type);
  return {
    label,
    account: readAccount(source),
    resource,
    holds: of.type,
    answers: isAbout,
    tells: (rule) => (isAbout(rule) ? told : notApplicable(resource)),
  };
}
