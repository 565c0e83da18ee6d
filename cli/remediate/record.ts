import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { documentName, type Execution, type StepExecution } from '../../automation/index.ts';
import type { Both } from '../../report/both.ts';
import { isRegion } from '../options/read.ts';
import { UsageError } from '../program/errors.ts';
import { FIXABLE } from './document.ts';
import type { RecordKey } from './key.ts';
import { doubt, sealed } from './seal.ts';

/**
 * What is kept of a run: the execution as `automation/` records it, and whose it is. Undo reads it again.
 * Steps and outputs may hold whatever the account holds: the file is for its owner alone (mode 0600).
 */
export interface ExecutionRecord extends Execution {
  readonly schemaVersion: '1.0';
  readonly rule: string;
  readonly resourceId: string;
}

/** Where records go unless told otherwise. */
const FOLDER = 'groundrules-executions';

/** `groundrules-executions/<rule>-<resource>-<time>-<execution id>.json`. */
export function recordFile(rule: string, resourceId: string, at: Date, executionId: string): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  // Ids may hold what no file name can: a trail's ARN has slashes and colons.
  const name = [rule, resourceId, time, executionId].map((part) =>
    part.replace(/[^\w.-]+/g, '_').slice(0, 80),
  );
  return join(FOLDER, `${name.join('-')}.json`);
}

/** @throws {UsageError} when the file is there: it may be all that can undo an earlier run. */
export function checkRecordFile(file: string | undefined): void {
  if (file !== undefined && existsSync(file)) {
    throw new UsageError({
      en: `--record ${file}: there is such a file, and it may be what undoes an earlier run`,
      ko: `--record ${file}: 이미 있는 파일이며, 앞선 실행을 되돌릴 유일한 기록일 수 있습니다`,
    });
  }
}

/** Writes the record whole or not at all, and signed: whoever reads it never sees half of one. */
export async function saveRecord(file: string, record: ExecutionRecord, key: RecordKey): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(sealed({ ...record }, key));
      // Synced to the disk, because the record must survive a machine that fails right after the change.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

const VERSION = '1.0';
const text = z.string();
const outputs = z.record(text, z.unknown());
const record = z.looseObject({
  schemaVersion: z.literal(VERSION),
  rule: text,
  resourceId: text,
  executionId: text,
  document: z.looseObject({ name: text }),
  accountId: text,
  region: z.string().check(z.refine(isRegion, 'not an AWS Region such as us-east-1')),
  status: text,
  startTime: text,
  parameters: z.record(text, z.unknown()),
  steps: z.array(z.looseObject({ name: text, action: text, status: text, inputs: z.unknown(), outputs })),
  outputs,
});

/** A record, and why it is not to be believed by itself. */
export interface ReadRecord {
  readonly record: ExecutionRecord;
  /** Names the field; absent where the user's own key says that a run wrote it, to the last byte. */
  readonly doubt?: Both;
}

/**
 * Reads the record of a run that is to be undone.
 *
 * @param key the user's; `undefined` where there is none, so that no record can be believed.
 * @throws {UsageError} when it is none, when this build cannot read it, when it is of no rule that is here, or of a preview.
 */
export async function readRecord(file: string, key: RecordKey | undefined): Promise<ReadRecord> {
  const wrong = (what: Both, quotes?: string) =>
    new UsageError({ en: `--undo ${file}: ${what.en}`, ko: `--undo ${file}: ${what.ko}` }, { quotes });
  let bytes: Buffer;
  let content: unknown;
  try {
    bytes = await readFile(file);
    content = JSON.parse(bytes.toString());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw wrong({ en: 'there is no such file', ko: '그런 파일이 없습니다' });
    if (code) throw wrong({ en: message, ko: message }, message);
    throw wrong({
      en: `not JSON (${message}): expected the record of a run with --apply`,
      ko: `JSON이 아닙니다 (${message}). --apply로 실행한 기록이어야 합니다`,
    });
  }
  const { schemaVersion } = (content ?? {}) as { readonly schemaVersion?: unknown };
  if (typeof schemaVersion === 'string' && schemaVersion !== VERSION) {
    throw wrong({
      en: `schemaVersion is ${JSON.stringify(schemaVersion)}, and this build reads ${VERSION}: undo it with the version of groundrules that wrote it`,
      ko: `schemaVersion이 ${JSON.stringify(schemaVersion)}인데 이 빌드는 ${VERSION}을 읽습니다. 기록을 만든 버전의 groundrules로 되돌리십시오`,
    });
  }
  const parsed = z.safeParse(record, content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.');
    throw wrong({
      en: `not the record of an execution${where ? ` (${where}: ${issue?.message})` : ''}`,
      ko: `실행 기록이 아닙니다${where ? ` (${where}: 형식이 올바르지 않음)` : ''}`,
    });
  }
  const { document, rule, parameters } = parsed.data;
  if (!FIXABLE.some(({ id }) => documentName(id) === document.name)) {
    throw wrong({
      en: `document.name: it is of ${document.name}, which is no document of this pack`,
      ko: `document.name: 이 팩에 없는 문서 ${document.name}의 기록입니다`,
    });
  }
  if (documentName(rule) !== document.name) {
    throw wrong({
      en: `rule is ${JSON.stringify(rule)}, document.name is ${document.name}: they are of two rules`,
      ko: `rule은 ${JSON.stringify(rule)}, document.name은 ${document.name}: 서로 다른 규칙입니다`,
    });
  }
  if (parameters.Mode === 'Preview') {
    throw wrong({
      en: 'parameters.Mode: it is of a preview, which changed nothing: there is nothing to undo',
      ko: 'parameters.Mode: 아무것도 바꾸지 않은 미리 보기의 기록이라 되돌릴 것이 없습니다',
    });
  }
  const why = doubt(bytes, content as Record<string, unknown>, key);
  return { record: parsed.data as unknown as ExecutionRecord, ...(why !== undefined && { doubt: why }) };
}

/** What a rule's function is asked without anything being changed. */
const ASKING = ['plan', 'confirm', 'report', 'undo', 'undone'];

/** The steps of a run that change something, begun or done: a call that failed may have had its effect nevertheless. */
export const changesOf = ({ steps }: Pick<Execution, 'steps'>): StepExecution[] =>
  steps.filter(({ action, inputs, failure }) => {
    if (failure?.stage === 'InputValidation') return false;
    const { Api, InputPayload } = inputs as {
      readonly Api?: unknown;
      readonly InputPayload?: { readonly task?: unknown };
    };
    if (action === 'aws:invokeLambdaFunction') return !ASKING.includes(String(InputPayload?.task));
    return action === 'aws:executeAwsApi' && !/^(get|list|describe|head|simulate)/i.test(String(Api));
  });
