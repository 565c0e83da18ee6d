import type { Reading } from '../../account/reading.ts';
import { nameOf } from '../../account/reading.ts';
import { READINGS } from '../../account/services/index.ts';

/** The reading of a name, for tables that say what AWS is asked: `s3:GetBucketPolicy`. */
export function readingOf(name: string): Reading {
  const found = READINGS.find((reading) => nameOf(reading) === name);
  if (!found) throw new Error(`there is no reading ${name}`);
  return found;
}
