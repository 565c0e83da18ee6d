/** `groundrules.waivers.yaml` as a file: for the commands that follow it, list it or add to it, and for the deployment. */
import { readFileSync } from 'node:fs';
import { rules } from '../rules/index.ts';
import { type Known, readWaivers, WaiverError } from './read.ts';
import type { Waiver } from './waiver.ts';

export interface FileOptions {
  readonly now: Date;
  /** The longest that a waiver may hold; a year unless the settings say otherwise. */
  readonly maxDays?: number | undefined;
  /** ` (did you mean …?)`; nothing unless given. */
  readonly hint?: Known['hint'];
}

/** @throws {WaiverError} where the file cannot be read, or something in it is wrong: with line and column. */
export function loadWaivers(file: string, options: FileOptions): readonly Waiver[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing
      ? 'there is no such file ("groundrules waive" makes one)'
      : (error as Error).message;
    throw new WaiverError(`${file}: ${why}`, { cause: error });
  }
  return waiversIn(content, file, options);
}

/** @throws {WaiverError} where something in it is wrong: with line and column. */
export function waiversIn(
  content: string,
  file: string,
  { now, maxDays, hint = () => '' }: FileOptions,
): readonly Waiver[] {
  const kinds = Object.fromEntries(rules.map(({ id, messages }) => [id, Object.keys(messages)]));
  return readWaivers(content, { file, now, maxDays, known: { kinds, hint } });
}
