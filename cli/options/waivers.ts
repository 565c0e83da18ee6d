/** `groundrules.waivers.yaml`, for the commands that follow it, list it or add to it. */
import { readFileSync } from 'node:fs';
import { didYouMean } from '../../report/closest.ts';
import { rules } from '../../rules/index.ts';
import { readWaivers, WaiverError } from '../../waivers/read.ts';
import type { Waiver } from '../../waivers/waiver.ts';
import { UsageError } from '../program/errors.ts';

export const WAIVERS_FILE = 'groundrules.waivers.yaml';

/** @throws {UsageError} where the file cannot be read, or something in it is wrong: with line and column. */
export function readWaiversFile(file: string, now: Date): readonly Waiver[] {
  try {
    return understood(readFileSync(file, 'utf8'), file, now);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--waivers ${file}: ${(error as Error).message}`);
  }
}

/** @throws {UsageError} where something in it is wrong: with line and column. */
export function understood(content: string, file: string, now: Date): readonly Waiver[] {
  const kinds = Object.fromEntries(rules.map(({ id, messages }) => [id, Object.keys(messages)]));
  try {
    return readWaivers(content, { file, now, known: { kinds, hint: didYouMean } });
  } catch (error) {
    if (error instanceof WaiverError) throw new UsageError(error.message);
    throw error;
  }
}
