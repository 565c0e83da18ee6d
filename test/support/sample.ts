/** What each rule says of the sample accounts (examples/): `test/rules/<id>/sample.ts`, which test/house/sample.test.ts holds it to. */
import { join } from 'node:path';
import type { Compliance } from '../../rules/rule.ts';

export const SHOP = '123456789012';
export const SANDBOX = '210987654321';

/** The name that a person knows the resource by, the verdict, and what its annotation (or the error) says. */
export type SampleVerdict = readonly [resource: string, compliance: Compliance | 'UNKNOWN', says: string];
export type SampleVerdicts = Readonly<Record<typeof SHOP | typeof SANDBOX, readonly SampleVerdict[]>>;

export const sampleOf = (id: string): SampleVerdicts =>
  require(join(__dirname, '../rules', id, 'sample.ts')).default;
