import { compilePattern } from '../../automation/document/pattern.ts';

test.each([
  ['anchored', '^sg-[a-f0-9]{8,17}$', ['sg-12345678'], ['sg-1', 'xsg-12345678', '']],
  ['not anchored: the whole value counts', 'a|b', ['a', 'b'], ['ab', 'ax']],
  [
    'escapes that only Java allows',
    '^arn\\:aws\\:iam\\:\\:[\\d]{12}\\:role\\/[\\w+=,.@\\-]+$',
    ['arn:aws:iam::123456789012:role/a-b'],
    ['arn'],
  ],
  // As AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock has it.
  ['look-ahead', '(?=^.{3,5}$)(?!^\\d+$)^[a-z0-9]+$', ['abc', '1bc'], ['123', 'ab', 'abcdef']],
  ['look-behind of fixed length', '^.*(?<=x)y$', ['xy'], ['zy']],
  ['a named group', '^(?<name>a)\\k<name>$', ['aa'], ['a']],
  ['empty or something', '^$|^x$', ['', 'x'], ['y']],
])('%s', (_what, pattern, matching, others) => {
  const compiled = compilePattern(pattern);
  expect(matching.filter((text) => !compiled.test(text))).toEqual([]);
  expect(others.filter((text) => compiled.test(text))).toEqual([]);
});

test.each([
  ['an open group', '(a'],
  ['a group that was not opened', 'a)'],
  ['an open class', '[a'],
  ['a quantifier of nothing', '*a'],
  ['a brace alone', 'a{'],
  ['a backslash at the end', 'a\\'],
  ['a range the wrong way round', '[z-a]'],
  ['a possessive quantifier', 'a++'],
  ['a possessive count', 'a{2}+'],
  ['an atomic group', '(?>a)'],
  ['inline flags', '(?i)a'],
  ['a class in a class', '[a[b]]'],
  ['an intersection of classes', '[a-z&&[^b]]'],
  ['an empty class', '[]'],
  ['a class of everything', '[^]'],
  ['quoting', '\\Qa\\E'],
  ['the end of input, in Java', 'a\\Z'],
  ['a code point in braces', '\\u{41}'],
  ['an octal escape', '\\07'],
  ['a word boundary in a class', '[\\b]'],
  ['a property of Java', '\\p{Alpha}'],
  ['a look-behind without a greatest length', '(?<=a+)b'],
  ['a group name with an underscore', '(?<my_name>a)'],
])('refuses %s', (_what, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(SyntaxError);
});
