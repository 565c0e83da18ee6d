import { readFileSync } from 'node:fs';
import type { Waiver } from '../waivers/waiver.ts';

/** What the deployment puts beside a function's code: the waivers that are about its rule (deploy/account/code.ts). */
export const DEPLOYED_WAIVERS = 'waivers.json';

/**
 * The waivers that a function was deployed with; none where there is no such file.
 *
 * @param code the function's `import.meta.url`.
 * @throws {SyntaxError} for a file that the deployment did not write: a waiver that is not understood must not look like none.
 */
export function deployedWaivers(code: string): readonly Waiver[] {
  try {
    return JSON.parse(readFileSync(new URL(DEPLOYED_WAIVERS, code), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
