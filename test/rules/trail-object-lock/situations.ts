import rule from '../../../rules/trail-object-lock/rule.ts';
import type { Says, Situations } from '../../support/situations.ts';
import { readingsOf, trail } from '../../support/trails.ts';
import { type Case, cases } from './cases.ts';

const saysOf = ({ says, annotation, code = '' }: Case): Says =>
  says === 'UNKNOWN' ? [says, code] : annotation === undefined ? [says] : [says, annotation];

const situations: Situations = {
  rule,
  situations: cases.map((one) => ({
    situation: one.title,
    readings: readingsOf({
      regions: { 'us-east-1': [trail()] },
      locks: 'lock' in one ? { logs: one.lock } : {},
    }),
    parameters: Object.fromEntries(
      Object.entries(one.parameters ?? {}).map(([name, value]) => [name, String(value)]),
    ),
    says: saysOf(one),
  })),
};
export default situations;
