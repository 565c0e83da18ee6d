/** Reads what `evaluate --format json` wrote, a result at a time. */
import { statSync } from 'node:fs';
import * as z from 'zod';
import { readBytes } from '../../account/snapshot/files.ts';
import { JsonElementScanner, parseElement } from '../../account/snapshot/json-stream.ts';
import type { RunError, RunHeader, RunResult } from '../../report/history/run.ts';
import type { Header, Report, Result, ResultError, Summary } from '../../report/result.ts';
import { type Results, resultsParts } from '../../report/schema.ts';
import { UsageError } from '../program/errors.ts';

const VERSION = '1.0';
const AROUND = Object.keys(resultsParts.around.shape);

/** What a history goes by, of a file of any version of Groundrules. */
const subject = {
  rule: z.string(),
  accountId: z.string(),
  region: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  resourceName: z.optional(z.string()),
};
const LEAST = {
  around: z.object({
    schemaVersion: z.literal(VERSION),
    generatedAt: z.iso.datetime(),
    accountIds: z.array(z.string()),
    now: z.iso.datetime().nullable(),
    rules: z.array(z.string()),
    sample: z.boolean(),
    inputs: z.optional(
      z.array(z.object({ accountId: z.string(), asOf: z.iso.datetime(), regions: z.array(z.string()) })),
    ),
  }),
  result: z.object({
    ...subject,
    compliance: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']),
    severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
    waivers: z.optional(z.array(z.unknown())),
  }),
  error: z.object(subject),
};

interface Within {
  /** The folder that the file may not lead out of as a link. */
  readonly within?: string;
}

/**
 * Reads a file for the history.
 *
 * @throws {UsageError} where it is something else, with the field that is.
 */
export async function readRun(
  file: string,
  label: string,
  take: { readonly result: (one: RunResult) => void; readonly error: (one: RunError) => void },
  options: Within = {},
): Promise<RunHeader> {
  const kept = await scan(file, label, options, (value, path) => {
    take.result(parsed(LEAST.result, value, label, path) as RunResult);
  });
  const header = runHeader(kept, label);
  for (const [at, one] of errorsOf(kept, label).entries()) {
    take.error(parsed(LEAST.error, one, label, `errors.${at}`) as RunError);
  }
  return header;
}

function runHeader(kept: unknown, label: string): RunHeader {
  const { generatedAt, now, inputs, ...rest } = parsed(LEAST.around, kept, label);
  return {
    ...rest,
    generatedAt: new Date(generatedAt),
    ...(now !== null && { now: new Date(now) }),
    ...(inputs && { inputs: inputs.map((input) => ({ ...input, asOf: new Date(input.asOf) })) }),
  };
}

/** What a file says before its results; `undefined` where that is not all that {@link readRun} wants, or it is no such file. */
export async function beginningOf(
  file: string,
  label: string,
  options: Within = {},
): Promise<RunHeader | undefined> {
  const scanner = new JsonElementScanner({ arrays: ['results'], keep: AROUND });
  try {
    for await (const chunk of readBytes(file, label, options)) {
      scanner.write(chunk);
      if (scanner.found === 'results') return runHeader(Object.fromEntries(scanner.kept), label);
    }
  } catch {
    // Whoever reads all of it says what is wrong with it.
  }
  return undefined;
}

/**
 * Tells a report all that a file of results says, as `evaluate` would have told it.
 *
 * @throws {UsageError} where the file is not whole, with the field that is not.
 */
export async function retell(file: string, report: Report): Promise<void> {
  // Who sorts the members of such a file has the header behind the results.
  const kept = await scan(file, file, {}, () => {});
  const around = parsed(resultsParts.around, kept, file);
  const errors = errorsOf(kept, file).map((one, at) => parsed(resultsParts.error, one, file, `errors.${at}`));
  await report.begin(headerOf(around));
  await scan(file, file, {}, (value, path) =>
    report.result(parsed(resultsParts.result, value, file, path) as Result),
  );
  for (const one of errors) await report.error(one as ResultError);
  await report.end(around.summary as Summary);
}

function headerOf({
  generatedAt,
  now,
  inputs,
  parameters,
  accounts,
  ...rest
}: Omit<Results, 'results' | 'errors'>): Header {
  const { accountIds, rules, sample, settings, controls } = rest;
  return {
    ...{ accountIds, rules, sample, controls },
    settings: settings as Header['settings'],
    generatedAt: new Date(generatedAt),
    ...(now !== null && { now: new Date(now) }),
    ...(inputs && { inputs: inputs.map((input) => ({ ...input, asOf: new Date(input.asOf) })) }),
    ...(parameters && { parameters }),
    ...(accounts && { accounts: accounts as NonNullable<Header['accounts']> }),
  };
}

/** Gives each result as it comes, and then all that is around them. */
async function scan(
  file: string,
  label: string,
  options: Within,
  take: (value: unknown, path: string) => void | Promise<void>,
): Promise<Readonly<Record<string, unknown>>> {
  const scanner = new JsonElementScanner({ arrays: ['results'], keep: [...AROUND, 'errors'] });
  let count = 0;
  try {
    for await (const chunk of readBytes(file, label, options)) {
      for (const element of scanner.write(chunk)) await take(parseElement(element), `results.${count++}`);
    }
    scanner.end();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw notResults(label, (error as Error).message.replace(`${label}: `, ''));
  }
  const kept = Object.fromEntries(scanner.kept);
  const { schemaVersion } = kept;
  if (typeof schemaVersion === 'string' && schemaVersion !== VERSION) {
    throw new UsageError({
      en: `${label}: schemaVersion: ${schemaVersion}, and this version of Groundrules reads ${VERSION}`,
      ko: `${label}: schemaVersion: ${schemaVersion}. 이 버전의 Groundrules는 ${VERSION}만 읽습니다`,
    });
  }
  if (scanner.found !== 'results') throw notResults(label, 'results: there is none');
  return kept;
}

function errorsOf({ errors }: Readonly<Record<string, unknown>>, label: string): readonly unknown[] {
  if (!Array.isArray(errors)) throw notResults(label, 'errors: expected an array');
  return errors;
}

/** @throws {UsageError} that says what is wrong with a part of a file, and where. */
export function parsed<Shape extends z.core.$ZodType>(
  shape: Shape,
  value: unknown,
  label: string,
  path = '',
): z.output<Shape> {
  const { success, data, error } = z.core.safeParse(shape, value);
  if (success) return data;
  const [issue] = error.issues;
  const field = [path, ...(issue?.path ?? [])].filter((part) => part !== '').join('.');
  throw notResults(label, `${field || 'the whole'}: ${issue?.message}`);
}

/** It is no file of results, or a broken one. */
export const notResults = (label: string, what: string): UsageError =>
  new UsageError(
    {
      en: `${label}: ${what}; expected what "groundrules evaluate --format json" writes`,
      ko: `${label}: ${what}. "groundrules evaluate --format json"의 출력이어야 합니다`,
    },
    { quotes: what },
  );

/** What tells that a file was replaced or written to; `undefined` where there is none. */
export function versionOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.ino} ${stats.mtimeNs} ${stats.size}`;
}
