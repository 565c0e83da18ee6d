import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { credentialReport } from '../../account/services/iam/readings.ts';
import { configFileAccounts, snapshotAccount } from '../../account/snapshot/account.ts';
import { answerOf, listOf, readAnswer } from '../../account/snapshot/answers.ts';
import type { ConfigFile } from '../../account/snapshot/config-files.ts';
import {
  type CredentialReport,
  readCredentialReport,
  reportAccount,
} from '../../account/snapshot/credential-report.ts';
import { deliveredFiles } from '../../account/snapshot/delivery.ts';
import { SnapshotError } from '../../account/snapshot/errors.ts';
import { readBytes, readText, type SpooledFile, spool } from '../../account/snapshot/files.ts';
import { inView } from '../../account/snapshot/in-view.ts';
import { parseJson } from '../../account/snapshot/json.ts';
import { openSnapshot } from '../../account/snapshot/open.ts';
import { type FileKind, sniff } from '../../account/snapshot/sniff.ts';
import { someOf } from '../../account/some.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import { type AnswerFile, answerInputs, isAboutThese } from './answers.ts';
import { carriedInputs, eventInput, itemInput } from './events.ts';
import type { Input } from './input.ts';
import type { InputOptions } from './open.ts';
import { toldBy } from './recorded.ts';
import { isCdkOut, type TemplateFile, templateIn, templatesIn } from './template-files.ts';
import { templateInputs } from './templates.ts';
import { untold } from './untold.ts';

/** The inputs, as they are opened. */
class Found {
  readonly list: Input[] = [];
  /** Inputs that show Regions, among which `--region` chooses. */
  readonly ofRegions: Input[] = [];
  /** Together, because the same resource may be in several of them. */
  readonly configFiles: ConfigFile[] = [];
  readonly answers: AnswerFile[] = [];
  readonly templates: TemplateFile[] = [];
  readonly reports: { readonly label: string; readonly report: CredentialReport }[] = [];

  add(...inputs: readonly Input[]): void {
    this.list.push(...inputs);
    this.ofRegions.push(...inputs);
  }
}

/** Opens files and folders. */
export async function openGiven(
  paths: readonly string[],
  options: InputOptions,
  { input, progress }: Pick<World, 'input' | 'progress'>,
  spooled: SpooledFile[],
): Promise<Input[]> {
  const { region: regions = [], account: accounts = [] } = options;
  const [account, ...others] = accounts;
  const found = new Found();
  // The same path twice is one thing to judge.
  const once = new Map(paths.map((path) => [path === '-' ? path : resolve(path), path])).values();
  for (const path of once) {
    if (path === '-') spooled.push(await spool(input));
    const file = path === '-' ? (spooled.at(-1) as SpooledFile).file : path;
    const label = path === '-' ? 'standard input' : path;
    if (await isFolder(file)) await findInFolder(found, file, options);
    else {
      const template = await templateIn(file, label);
      if (template) found.templates.push({ template });
      else await findInFile(found, await sniff(file, label), file, label, options);
    }
  }
  if (found.configFiles.length > 0) found.add(...(await configInputs(found.configFiles, regions)));
  // Of several, none is the account of what does not say it.
  openAnswers(found, { ...(account !== undefined && others.length === 0 && { account }), regions });
  refuseUnknown(regions, found.ofRegions);
  found.list.push(...templateInputs(found.templates, options, progress));
  return found.list;
}

async function findInFolder(
  found: Found,
  folder: string,
  { region: regions = [], until }: InputOptions,
): Promise<void> {
  if (await isCdkOut(folder)) {
    found.templates.push(...(await templatesIn(folder)));
    return;
  }
  const delivered = await deliveredFiles(folder, until);
  if (delivered) {
    found.configFiles.push(...delivered);
    return;
  }
  try {
    found.add(...(await folderInputs(folder, regions)));
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    if (error.code === 'Empty') {
      const label = resolve(folder);
      found.list.push(untold({ label, account: snapshotAccount(label).account }, error));
      return;
    }
    if (error.code !== 'NotASnapshot') throw error;
    const templates = await templatesIn(folder);
    if (templates.length === 0) throw error;
    found.templates.push(...templates);
  }
}

/** A single file: what is in it tells what it is. */
async function findInFile(
  found: Found,
  kind: FileKind,
  file: string,
  label: string,
  { account: [accountId, ...otherAccounts] = [], region: [region, ...others] = [] }: InputOptions,
): Promise<void> {
  switch (kind) {
    case 'config-items': {
      // Resources that a batch call did not answer are named without their account and Region.
      const isOne = otherAccounts.length === 0;
      const whose = {
        ...(accountId && isOne && { accountId }),
        ...(region && others.length === 0 && { region }),
      };
      found.configFiles.push({ path: file, label, ...whose });
      return;
    }
    case 'config-lines':
      await findInLines(found, file, label);
      return;
    case 'credential-report':
      found.reports.push({ label, report: await readCredentialReport(file, label) });
      return;
  }
  const value = jsonOf(await readText(file, label), label);
  switch (kind) {
    case 'event':
      found.list.push(eventInput(value, label));
      return;
    case 'item':
      found.list.push(itemInput(value, label));
      return;
    case 'carried': {
      const { list, files } = carriedInputs(value, label);
      found.list.push(...list);
      found.configFiles.push(...files);
      return;
    }
    case 'answer': {
      const keys = Object.keys(Object(Array.isArray(value) ? value[0] : value));
      const name = Array.isArray(value) ? listOf(keys) : answerOf(keys);
      if (name) found.answers.push({ label, answer: readAnswer(name, value) });
    }
  }
}

/** Events of functions, a line each, have parameters of their own; of all other lines the newest of each resource counts. */
async function findInLines(found: Found, file: string, label: string): Promise<void> {
  if (!(await isLinesOfEvents(file, label))) {
    found.configFiles.push({ path: file, label, isLines: true });
    return;
  }
  const lines = (await readText(file, label)).split('\n').filter((line) => line.trim() !== '');
  const events = lines.map((line, index) => jsonOf(line, `${label}: line ${index + 1}`));
  found.list.push(...events.map((event, index) => eventInput(event, `${label}: line ${index + 1}`)));
}

async function isLinesOfEvents(file: string, label: string): Promise<boolean> {
  for await (const chunk of readBytes(file, label)) {
    const [first = ''] = Buffer.from(chunk).toString('utf8').trimStart().split('\n', 1);
    return Object.hasOwn(Object(jsonOf(first, label)), 'invokingEvent');
  }
  return false;
}

function jsonOf(text: string, label: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new SnapshotError('Malformed', `${label}: ${(error as Error).message}`, { cause: error });
  }
}

/** A credential report beside answers of the `aws` command is one more of them. */
function openAnswers(
  found: Found,
  whose: { readonly account?: string; readonly regions: readonly string[] },
): void {
  if (found.answers.length === 0) {
    for (const { label, report } of found.reports) {
      found.list.push({
        label,
        account: reportAccount(report),
        holds: 'a credential report',
        answers: (rule) => isAboutThese(rule, new Set([credentialReport])),
        ...(report.generatedAt && { asOf: report.generatedAt }),
      });
    }
    return;
  }
  const reports = found.reports.map(
    ({ label, report }): AnswerFile => ({
      label,
      answer: {
        reading: credentialReport,
        value: report.rows,
        accountIds: [report.accountId],
        regions: [],
      },
      ...(report.generatedAt && { at: report.generatedAt }),
    }),
  );
  for (const input of answerInputs([...found.answers, ...reports], whose)) {
    found.list.push(input);
    if (input.account.regions.length > 0) found.ofRegions.push(input);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
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
  const label = someOf(files.map((file) => file.label));
  const delivered = new Set(files.flatMap(({ isDelivered, accountId }) => (isDelivered && accountId) || []));
  return (await configFileAccounts(files)).map((found) => ({
    label,
    ...(found.newest && { asOf: found.newest }),
    ...inView(found, regions),
    holds: [...found.resourceTypes].sort().join(', '),
    ...toldBy(found, delivered.has(found.account.id)),
  }));
}

/** An unknown Region would look like one without problems. */
function refuseUnknown(regions: readonly string[], inputs: readonly Input[]): void {
  const missing = regions.find((region) => !inputs.some(({ account }) => account.regions.includes(region)));
  if (missing === undefined || inputs.length === 0) return;
  const labels = someOf([...new Set(inputs.map(({ label }) => label))]);
  throw new UsageError({
    en: `--region ${missing}: ${labels} has nothing of this Region`,
    ko: `--region ${missing}: ${labels}에는 이 리전의 것이 없습니다`,
  });
}
