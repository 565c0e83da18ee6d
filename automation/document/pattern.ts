/**
 * An `allowedPattern`, as a regular expression that matches a whole value. SSM reads it as Java does ("Data elements
 * and parameters");
 * whether it wants the whole value to match or a part of it is unverified, and the whole is stricter.
 *
 * Only what means the same in Java and in JavaScript is taken: a pattern that Java would not compile is refused, and so
 * is one that Java reads otherwise (`[a[b]]` is a union there).
 *
 * @throws {SyntaxError} that says what is wrong.
 */
export function compilePattern(pattern: string): RegExp {
  let result = '';
  let inClass = false;
  let lookbehind = 0;
  const depths: boolean[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const rest = pattern.slice(index);
    const char = pattern[index] as string;
    if (char === '\\') {
      const next = pattern[index + 1];
      if (next === undefined) throw new SyntaxError('a backslash with nothing after it');
      refuse(rest, [
        [/^\\[AGQENRhHVXzZaev]/, 'an escape that means something in Java only'],
        [/^\\0/, 'an octal escape: write \\x00'],
        [/^\\u\{/, '\\u{…}, which Java does not have'],
        [/^\\p\{(?!(?:L|M|N|P|S|Z|C|Lu|Ll|Lt|Nd)\})/, 'a property that only one of Java and JavaScript has'],
        ...(inClass ? ([[/^\\b/, 'a word boundary inside a class']] as const) : []),
      ]);
      // Java lets every character that is no letter be escaped; JavaScript only those that need it.
      const needless = /[^A-Za-z0-9^$\\.*+?()[\]{}|/]/.test(next) && !(inClass && next === '-');
      result += needless ? next : char + next;
      index++;
      continue;
    }
    if (inClass) {
      refuse(rest, [
        [/^\[/, 'a "[" inside a class, which Java reads as a class in a class: escape it'],
        [/^&&/, '"&&" inside a class, which Java reads as an intersection: escape it'],
      ]);
      if (char === ']') inClass = false;
    } else if (char === '[') {
      refuse(rest, [[/^\[\^?\]/, 'an empty class']]);
      inClass = true;
    } else if (char === '(') {
      refuse(rest, [
        [/^\(\?>/, 'an atomic group, which only Java has'],
        [/^\(\?[a-zA-Z-]+[:)]/, 'flags inside the pattern: spell out both cases'],
        [/^\(\?<[A-Za-z0-9]*[^A-Za-z0-9>=!]/, 'a group name with more than letters and digits'],
        [/^\(\?<\d/, 'a group name that begins with a digit'],
      ]);
      const isBehind = /^\(\?<[=!]/.test(rest);
      depths.push(isBehind);
      if (isBehind) lookbehind++;
    } else if (char === ')') {
      if (depths.pop()) lookbehind--;
    } else if (lookbehind > 0) {
      refuse(rest, [[/^(?:[*+]|\{\d+,\})/, 'a look-behind without a greatest length']]);
    }
    if (!inClass)
      refuse(rest, [[/^(?:[*+?]|\{\d+(?:,\d*)?\})\+/, 'a possessive quantifier, which only Java has']]);
    result += char;
  }
  return new RegExp(`^(?:${result})$`, 'u');
}

function refuse(rest: string, rules: readonly (readonly [RegExp, string])[]): void {
  for (const [pattern, what] of rules) {
    if (pattern.test(rest)) throw new SyntaxError(`${what} (${rest.slice(0, 12)})`);
  }
}
