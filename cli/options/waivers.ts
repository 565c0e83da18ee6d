/** `groundrules.waivers.yaml`, for the commands that follow it, list it or add to it. */
import { didYouMean } from '../../report/closest.ts';
import { loadWaivers, waiversIn } from '../../waivers/file.ts';
import { WaiverError } from '../../waivers/read.ts';
import type { Waiver } from '../../waivers/waiver.ts';
import { UsageError } from '../program/errors.ts';

/** What a waiver is held to. */
export interface WaiverLimits {
  readonly now: Date;
  /** `waivers.maxDays` of the settings. */
  readonly maxDays?: number | undefined;
}

/** @throws {UsageError} where the file cannot be read, or something in it is wrong: with line and column. */
export const readWaiversFile = (file: string, limits: WaiverLimits): readonly Waiver[] =>
  called(() => loadWaivers(file, { ...limits, hint: didYouMean }));

/** @throws {UsageError} where something in it is wrong: with line and column. */
export const understood = (content: string, file: string, limits: WaiverLimits): readonly Waiver[] =>
  called(() => waiversIn(content, file, { ...limits, hint: didYouMean }));

function called<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WaiverError)) throw error;
    // Without a cause it is about what the file says, and begins with its line.
    const said = error.cause ? `--waivers ${error.message}` : error.message;
    throw new UsageError({ en: said, ko: said }, { quotes: said });
  }
}
