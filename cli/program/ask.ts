import { createInterface } from 'node:readline/promises';
import type { Language } from '../../report/both.ts';
import { printable } from '../../report/printable.ts';

/** The answer on one of several: this one, not this one, this and all that follow, or stop. */
export type Answer = 'yes' | 'no' | 'all' | 'quit';

/** Asks a person. */
export interface Asker {
  /** Asks a question that is answered with yes or no; anything but yes is no. */
  confirm(question: string, signal: AbortSignal): Promise<boolean>;
  /** Asks about one of several, again where the answer is none. The end of the input is `quit`. */
  choose(question: string, signal: AbortSignal): Promise<Answer>;
}

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly language: Language;
  /** Called on Ctrl-C, which a terminal hands to the question rather than to the process. */
  readonly onInterrupt: () => void;
}

const ANSWERS: readonly (readonly [RegExp, Answer])[] = [
  [/^y(es)?$/i, 'yes'],
  [/^(n|no)?$/i, 'no'],
  [/^a(ll)?$/i, 'all'],
  [/^q(uit)?$/i, 'quit'],
];
/** The answers are letters of the keyboard that everybody has, whatever the language. */
const EXPLAINED = {
  en: 'y: change it. n: leave it. all: change it, and all that follow. quit: change no more.',
  ko: 'y: 바꿉니다. n: 그대로 둡니다. all: 이것과 나머지를 모두 바꿉니다. quit: 더 바꾸지 않습니다.',
};

/** Asks on a terminal. The end of the input (Ctrl-D) and an aborted signal change nothing. */
export function askOn({ input, output, onInterrupt, language }: Terminal): Asker {
  /** `undefined` where there will be no answer. Text that was typed before the question is not taken for an answer. */
  async function line(question: string, signal: AbortSignal): Promise<string | undefined> {
    const prompt = createInterface({ input, output });
    const ended = new Promise<undefined>((resolve) => prompt.once('close', () => resolve(undefined)));
    prompt.once('SIGINT', () => {
      onInterrupt();
      prompt.close();
    });
    try {
      const asked = prompt.question(question, { signal });
      // Nobody waits for it once the input has ended.
      asked.catch(() => undefined);
      const answer = await Promise.race([asked, ended]);
      if (answer === undefined) output.write('\n');
      return answer?.trim();
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      prompt.close();
    }
  }

  return {
    async confirm(question, signal) {
      const answer = await line(`${printable(question, '\n')} [y/N] `, signal);
      return /^y(es)?$/i.test(answer ?? '');
    },

    async choose(question, signal) {
      for (;;) {
        const text = await line(`${printable(question, '\n')} [y/N/all/quit] `, signal);
        if (text === undefined) return 'quit';
        const [, answer] = ANSWERS.find(([form]) => form.test(text)) ?? [];
        if (answer) return answer;
        output.write(`${EXPLAINED[language]}\n`);
      }
    },
  };
}
