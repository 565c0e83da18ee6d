import { createInterface } from 'node:readline/promises';
import { printable } from '../../report/printable.ts';

/** Asks a question that is answered with yes or no; anything but yes is no. */
export type Ask = (question: string, signal: AbortSignal) => Promise<boolean>;

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Called on Ctrl-C, which a terminal hands to the question rather than to the process. */
  readonly onInterrupt: () => void;
}

/** Asks on a terminal. The end of the input (Ctrl-D) and an aborted signal are a no. */
export const askOn =
  ({ input, output, onInterrupt }: Terminal): Ask =>
  async (question, signal) => {
    const prompt = createInterface({ input, output });
    const ended = new Promise<undefined>((resolve) => prompt.once('close', () => resolve(undefined)));
    prompt.once('SIGINT', () => {
      onInterrupt();
      prompt.close();
    });
    try {
      const asked = prompt.question(`${printable(question, '\n')} [y/N] `, { signal });
      // Nobody waits for it once the input has ended.
      asked.catch(() => undefined);
      const answer = await Promise.race([asked, ended]);
      if (answer === undefined) output.write('\n');
      return /^y(es)?$/i.test(answer?.trim() ?? '');
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    } finally {
      prompt.close();
    }
  };
