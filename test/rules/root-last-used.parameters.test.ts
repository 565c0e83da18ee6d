import { parseParameters } from '../../rules/parameters.ts';
import rule from '../../rules/root-last-used/rule.ts';

const until = (approvedUseUntil: string) =>
  parseParameters(rule, { approvedUseUntil }).approvedUseUntil?.toISOString();

test.each([
  ['a date, which means its end', '2026-06-27', '2026-06-27T23:59:59.999Z'],
  ['a time', '2026-06-27T08:00:00Z', '2026-06-27T08:00:00.000Z'],
  ['a time without its zone', '2026-06-27T08:00', '2026-06-27T08:00:00.000Z'],
  ['a time of Seoul', '2026-06-27T08:00:00+09:00', '2026-06-26T23:00:00.000Z'],
  ['nothing', '', undefined],
])('%s', (_, given, expected) => {
  expect(until(given)).toBe(expected);
});
test.each(['2026-02-31', '27.06.2026', 'soon', '2026-06-27 25:00'])('%s is no time', (given) => {
  expect(() => until(given)).toThrow('expected a time such as');
});
