import { howToRaise, limits } from './limits.ts';

/**
 * The text as a JSON value. What is not JSON is often something that a person can put right, if told what it is.
 *
 * @param text without a byte order mark, as `readText` gives it.
 * @throws {Error} that says what the text is instead, or where the error is.
 */
export function parseJson(text: string): unknown {
  refuseTooDeep(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = whatItIs(text);
    if (what) throw new Error(what, { cause: error });
    const { message } = error as Error;
    // V8 tells the position of everything but the end.
    throw new Error(message.includes('end of JSON') ? `${message} at position ${text.length}` : message, {
      cause: error,
    });
  }
}

/** Deeper than any answer of AWS's; what comes after would run out of stack. */
function refuseTooDeep(text: string): void {
  const { depth: deepest } = limits();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at++;
      for (
        let inner = text.charCodeAt(at);
        at < text.length && inner !== 0x22;
        inner = text.charCodeAt(++at)
      ) {
        if (inner === 0x5c) at++;
      }
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) {
        throw new Error(
          `more than ${deepest} objects and arrays inside of each other at position ${at}; ${howToRaise('depth')}`,
        );
      }
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}

const JSON_OPTION = 'save what the command prints with --output json';

const COMPLAINT =
  /^(Unable to locate credentials|Could not connect|Connect timeout|You must specify a region|usage: aws|aws: (error|\[ERROR\])|The config profile|Error (when|loading)|Partial credentials)/;

/** What a text that is not JSON is, and what to do about it, where that can be told. */
export function whatItIs(text: string): string | undefined {
  const start = text.slice(0, 4096).trimStart();
  const [line = ''] = start.split(/\r?\n/, 1);
  if (start === '') return 'the file is empty: did the command fail?';
  if (/^[{["]/.test(start)) return undefined;
  if (COMPLAINT.test(line)) {
    return `the aws command's own words (${line.trim()}), where its answer is expected: put that right, and save it again`;
  }
  if (start.startsWith('<')) return 'HTML or XML, where JSON is expected';
  if (/^(---+|\+---+\+?|\|.*\|)$/.test(line.trim()) && /^\s*[|+]/m.test(start)) {
    return `a table, as --output table prints it, where JSON is expected: ${JSON_OPTION}`;
  }
  if (/^(---|- |[A-Za-z][\w-]*:( |$))/.test(line)) {
    return `YAML, as --output yaml prints it, where JSON is expected: ${JSON_OPTION}`;
  }
  if (line.includes('\t') || /^[A-Z][A-Z0-9_]+$/.test(line)) {
    return `tab-separated text, as --output text prints it, where JSON is expected: ${JSON_OPTION}`;
  }
  if (/^(None|True|False)\s*$/.test(start)) {
    return `${JSON.stringify(start.trim())}, as --output text prints it, where JSON is expected: ${JSON_OPTION}`;
  }
  return undefined;
}
