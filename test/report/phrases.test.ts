import { translator } from '../../report/phrases.ts';

const said = translator([
  {
    'expected {kind}, not {value}': '{kind} 필요, 현재 값 {value}',
    'expected {values}, not {value}{hint}': '{values} 필요, 현재 값 {value}{hint}',
    ' (did you mean {near}?)': ' (혹시 {near}?)',
    'a list': '목록',
  },
]);

test.each([
  [
    'a hint behind a value',
    'expected root or cost, not "roott" (did you mean root?)',
    'root 또는 cost 필요, 현재 값 "roott" (혹시 root?)',
  ],
  ['no hint', 'expected a list, not "x"', '목록 필요, 현재 값 "x"'],
  ['a hint that is not known', 'expected a list, not "x" (ask)', '목록 필요, 현재 값 "x" (ask)'],
  ['nothing of ours', 'no such thing', 'no such thing'],
])('%s', (_, english, korean) => {
  expect(said(english)).toBe(korean);
});
