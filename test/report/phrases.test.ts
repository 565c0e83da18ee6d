import { translator } from '../../report/phrases.ts';

const said = translator([
  {
    'expected {kind}, not {value}': '{kind} 필요, 현재 값 {value}',
    'expected {values}, not {value}{hint}': '{values} 필요, 현재 값 {value}{hint}',
    ' (did you mean {near}?)': ' (혹시 {near}?)',
    'a list': '목록',
    rules: '규칙',
    'there is no such setting{hint}': '없는 설정{hint}',
    'there is no {name} (there is: {names})': '{name} 없음(있는 것: {names})',
    'too many {what}': '{what}이 너무 많음',
    'Refused:': '거부:',
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
  [
    'a key that is called like a word of ours',
    'x.json:3:2: rules: there is no such setting',
    'x.json:3:2: rules: 없는 설정',
  ],
  ['… in a hint', 'rule: there is no such setting (did you mean rules?)', 'rule: 없는 설정 (혹시 rules?)'],
  ['… in a value', 'there is no rules (there is: rules, root)', 'rules 없음(있는 것: rules, root)'],
  ['the word itself', 'too many rules', '규칙이 너무 많음'],
  ['a word of ours before a colon', 'Refused: too many rules', '거부: 규칙이 너무 많음'],
  ['nothing of ours', 'no such thing', 'no such thing'],
])('%s', (_, english, korean) => {
  expect(said(english)).toBe(korean);
});
