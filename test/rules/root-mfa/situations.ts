import rule from '../../../rules/root-mfa/rule.ts';
import { readingsOf } from '../../support/root.ts';
import type { Says, Situations } from '../../support/situations.ts';
import { type Case, cases } from './cases.ts';

const saysOf = ({ says, annotation, code = '' }: Case): Says =>
  says === 'UNKNOWN' ? [says, code] : annotation === undefined ? [says] : [says, annotation];

const situations: Situations = {
  rule,
  situations: cases.map((one) => ({
    situation: one.title,
    readings: readingsOf(one),
    parameters: Object.fromEntries(
      Object.entries(one.parameters ?? {}).map(([name, value]) => [name, String(value)]),
    ),
    says: saysOf(one),
  })),
};
export default situations;
