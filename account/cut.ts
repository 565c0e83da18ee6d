/**
 * Finds answers that say themselves that there is more. AWS gives lists in pages. The `aws` command asks for all of
 * them unless it is told not to (`--max-items`, `--no-paginate`), and then prints a token for the rest.
 */
import { AccountError, OWN_CODES } from './errors.ts';
import { type AnyTarget, commandOf, nameOf, ofWhat, type Reading } from './reading.ts';

/**
 * The members, of any service, with which an answer says that it goes on: `NextToken`, `Marker` and `IsTruncated`,
 * `NextMarker`, `ContinuationToken`, … Every answer is checked for them, so that no list can be forgotten.
 */
const PAGING =
  /^(?:next\w*(?:token|marker|key)|(?:next)?(?:continuation|pagination)?token|marker|(?:is|has)\w*truncated|has\w*more\w*)$/i;

/** Whether a member only tells where the next page begins. */
export const isPaging = (member: string): boolean => PAGING.test(member);

/** The members of an answer that say that it goes on: those that are there and neither empty nor false. */
export const goesOn = (answer: unknown): [member: string, value: unknown][] =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer)
    ? Object.entries(answer).filter(([member, value]) => isPaging(member) && isSet(value))
    : [];

const isSet = (value: unknown) =>
  value !== undefined && value !== null && value !== '' && !/^(?:false|none|null)$/i.test(String(value));

/** Why an answer is not whole; `undefined` for one that is. */
export function howItIsCut(reading: Reading, target: AnyTarget, answer: unknown): AccountError | undefined {
  const { filters = [], variant } = reading;
  const { region, id } = target;
  const cut = (problem: string, instead: string) => {
    const of = `${nameOf(reading)}${ofWhat(reading, target)}${region === undefined ? '' : ` in ${region}`}`;
    const ask = `Ask for all of it: "aws ${commandOf(reading).join(' ')}" without ${instead}`;
    return new AccountError(OWN_CODES.cut, nameOf(reading), `${of}: ${problem}. ${ask}`, id ?? variant);
  };

  const members = goesOn(answer).map(([member]) => member);
  if (members.length > 0) {
    return cut(
      `the answer goes on (${members.join(', ')}), and the rest is not here`,
      '--max-items and --no-paginate',
    );
  }
  const filter = filters.find((member) => isSet((answer as Readonly<Record<string, unknown>>)[member]));
  return filter === undefined ? undefined : cut(`the answer is of a part only (${filter})`, 'a filter');
}
