import { suggestion } from '../../report/closest.ts';

test.each([
  ['scope', ['Scope', 'Force'], ': did you mean Scope? (there is: Scope, Force)'],
  ['Scpe', ['Scope', 'Force'], ': did you mean Scope? (there is: Scope, Force)'],
  [
    'maxAgeDay',
    ['warnAgeDays', 'maxAgeDays'],
    ': did you mean maxAgeDays? (there is: warnAgeDays, maxAgeDays)',
  ],
  ['Colour', ['Scope', 'Force'], ' (there is: Scope, Force)'],
  ['', ['Scope'], ' (there is: Scope)'],
  ['Scope', [], ' (there is: none)'],
])('%j among %j', (name, names, end) => {
  expect(suggestion(name, names)).toBe(end);
});
