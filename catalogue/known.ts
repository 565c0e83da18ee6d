/**
 * What is in availability.json. The command has it as it is when it is built (scripts/build.ts), without what reads and checks it.
 */
import data from './availability.json' with { type: 'json' };
import { type ManagedRule, type Region, readAvailability } from './read-availability.ts';

const availability = readAvailability(data);

/** Every Region that AWS Config is in, by its code. */
export const regions: Readonly<Record<string, Region>> = availability.regions;
/** Every managed rule of the catalogue, by its SourceIdentifier. */
export const managedRules: Readonly<Record<string, ManagedRule>> = availability.rules;
