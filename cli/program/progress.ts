import ora, { type Ora } from 'ora';
import { printable, screenText } from '../../report/printable.ts';

/** Says on standard error what a long run is doing: a moving line on a terminal, nothing or plain lines elsewhere. */
export interface Progress {
  /** What goes on now. */
  step(text: string): void;
  /** Something worth a line of its own, terminal or not. */
  note(text: string): void;
  /** Several lines, with colours, that were made to be looked at. */
  show(text: string): void;
  done(): void;
}

export function progressTo(stream: NodeJS.WriteStream): Progress {
  let spinner: Ora | undefined;
  const between = (text: string) => {
    spinner?.stop();
    stream.write(text);
    spinner?.start();
  };
  return {
    step(text) {
      // A terminal that does not say how wide it is (0 columns) would have ora clear lines without end.
      if (!stream.isTTY || !stream.columns) return;
      // ora itself does not look at NO_COLOR.
      spinner ??= ora({ stream, discardStdin: false, color: process.env.NO_COLOR ? false : 'cyan' }).start();
      spinner.text = printable(text);
    },
    note: (text) => between(`${printable(text)}\n`),
    show: (text) => between(`${screenText(text)}\n`),
    done() {
      spinner?.stop();
      spinner = undefined;
    },
  };
}
