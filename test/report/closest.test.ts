import { suggestion } from '../../report/closest.ts';

test.each([
  ['scope', ['Scope', 'Force'], ': did you mean Scope?'],
  ['Scpe', ['Scope', 'Force'], ': did you mean Scope?'],
  ['maxAgeDay', ['warnAgeDays', 'maxAgeDays'], ': did you mean maxAgeDays?'],
  ['jsno', ['json', 'csv'], ': did you mean json?'],
  ['Colour', ['Scope', 'Force'], ' (there is: Scope, Force)'],
  ['', ['Scope'], ' (there is: Scope)'],
  ['Scope', [], ' (there is: none)'],
])('%j among %j', (name, names, end) => {
  expect(suggestion(name, names)).toBe(end);
});
