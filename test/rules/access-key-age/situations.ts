import rule from '../../../rules/access-key-age/rule.ts';
import { readingsOf } from '../../support/access-keys.ts';
import { ACCOUNT } from '../../support/memory.ts';
import type { Says, Situations } from '../../support/situations.ts';
import { type Case, cases } from './cases.ts';

const saysOf = ({ says, annotation, code = '' }: Case): Says =>
  says === 'UNKNOWN'
    ? [says, code]
    : annotation === undefined
      ? [says as 'COMPLIANT']
      : [says as 'COMPLIANT', annotation];
/** Root, of whom nothing is wrong in any of them. */
const ROOT: Says = ['COMPLIANT'];

const situations: Situations = {
  rule,
  // All are judged at one time: what another clock makes of a key stays in the test of the rule alone.
  situations: cases
    .filter(({ now }) => now === undefined)
    .map((one) => ({
      situation: one.title,
      readings: readingsOf({
        report: { alice: one.reported },
        ...(one.fresh && { keys: { alice: one.fresh } }),
      }),
      parameters: Object.fromEntries(
        Object.entries(one.parameters ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      ...(one.filesOnly !== undefined && { filesOnly: one.filesOnly }),
      says: { [ACCOUNT]: ROOT, ...(one.says !== 'nothing' && { AIDAALICE: saysOf(one) }) },
    })),
};
export default situations;
