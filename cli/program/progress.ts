import type { Ora } from 'ora';
import type { Both, Language } from '../../report/both.ts';
import { printable, screenText } from '../../report/printable.ts';

/** What a line is about, for programs that read it. */
export interface About {
  readonly rule?: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly resourceId?: string;
  /** How many of how many are done. */
  readonly done?: number;
  readonly total?: number;
  /** Of an error. */
  readonly code?: string;
}

/** Says on standard error what a long run is doing: a moving line on a terminal, nothing or plain lines elsewhere. */
export interface Progress {
  /** What goes on now. */
  step(text: Both, about?: About): void;
  /** Something worth a line of its own, terminal or not. */
  note(text: Both, about?: About): void;
  /** The same of what went wrong, which is said even to who wants to hear nothing. */
  problem(text: Both, about?: About): void;
  /** Several lines, with colours, that were made to be looked at. */
  show(text: string): void;
  done(): void;
}

export function progressTo(stream: NodeJS.WriteStream, language: Language): Progress {
  let spinner: Ora | undefined;
  /** What goes on now. */
  let doing: string | undefined;
  // Most that calls the command is no terminal, and need not wait until this is loaded.
  async function spin(): Promise<void> {
    const { default: ora } = await import('ora');
    if (spinner || doing === undefined) return;
    // ora itself does not look at NO_COLOR.
    spinner = ora({ stream, discardStdin: false, color: process.env.NO_COLOR ? false : 'cyan' }).start();
    spinner.text = doing;
  }
  const between = (text: string) => {
    spinner?.stop();
    stream.write(text);
    spinner?.start();
  };
  const line = (text: Both) => between(`${printable(text[language])}\n`);
  return {
    step(text) {
      // A terminal that does not say how wide it is (0 columns) would have ora clear lines without end.
      if (!stream.isTTY || !stream.columns) return;
      doing = printable(text[language]);
      if (spinner) spinner.text = doing;
      else void spin();
    },
    note: line,
    problem: line,
    show: (text) => between(`${screenText(text)}\n`),
    done() {
      doing = undefined;
      spinner?.stop();
      spinner = undefined;
    },
  };
}
