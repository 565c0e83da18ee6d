import { readFileSync } from 'node:fs';
import { FLEET_FILE, type FleetFile } from './layout.ts';

/**
 * The settings that a fleet's function was deployed with (deploy/account/code.ts puts them beside its code).
 *
 * @param code the function's `import.meta.url`.
 */
export const deployedFleet = (code: string): FleetFile =>
  JSON.parse(readFileSync(new URL(FLEET_FILE, code), 'utf8')) as FleetFile;
