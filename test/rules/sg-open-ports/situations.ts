import rule from '../../../rules/sg-open-ports/rule.ts';
import type { Situation, Situations } from '../../support/situations.ts';
import { cannotTell, fail, GROUPS, group, LISTS, passes } from './cases.ts';

/** EC2 takes a protocol by this name, and prints -1. */
const UNPRINTED = 'all traffic by name, with ports that EC2 ignores';
const EXEMPT = 'groundrules:exempt';
const situation = (
  situation: string,
  shorthand: string,
  says: Situation['says'],
  parameters: Readonly<Record<string, unknown>> = {},
  more: object = {},
): Situation => ({
  situation,
  readings: {
    [GROUPS]: { SecurityGroups: [group(shorthand, more)] },
    ...Object.fromEntries(Object.entries(LISTS).filter(([path]) => shorthand.includes(idOf(path)))),
  },
  parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)])),
  says,
});
/** The list that a file is of, as a word of the shorthand. */
const idOf = (path: string) => path.replace(/^.*\/|\.json$/g, '');

const situations: Situations = {
  rule,
  situations: [
    ...passes.map(([words, shorthand, parameters]) =>
      situation(words, shorthand, ['COMPLIANT', ''], parameters),
    ),
    ...fail
      .filter(([words]) => words !== UNPRINTED)
      .map(([words, shorthand, annotation, parameters]) =>
        situation(words, shorthand, ['NON_COMPLIANT', annotation], parameters),
      ),
    ...cannotTell.map(([words, shorthand, code]) => situation(words, shorthand, ['UNKNOWN', code])),
    situation(
      'a group that is exempt by its tag, open to the internet',
      '-1 - 0.0.0.0/0',
      ['NOT_APPLICABLE', `exempt by tag ${EXEMPT}`],
      { exemptTagKey: EXEMPT },
      { Tags: [{ Key: EXEMPT, Value: '' }] },
    ),
  ],
};
export default situations;
