import type { Language } from '../../report/both.ts';
import { askOn } from './ask.ts';
import type { AnyCommand } from './define.ts';
import { progressTo } from './progress.ts';
import { complain, exitUnreadWith, print, takeUnread, terminal } from './terminal.ts';
import type { World } from './world.ts';

/** The process's own: the question goes to standard error, so that standard output holds nothing but the result. */
export function processWorld(commands: readonly AnyCommand[], language: Language): World {
  const { stdin: input, stdout, stderr: output } = process;
  const isAskable = input.isTTY === true && output.isTTY === true;
  return {
    env: process.env,
    language,
    now: () => new Date(),
    folder: process.cwd(),
    input,
    out: stdout,
    print,
    complain,
    progress: progressTo(output, language),
    screen: terminal,
    ask: isAskable ? (onInterrupt) => askOn({ input, output, onInterrupt, language }) : undefined,
    onInterrupt(signals, take) {
      const releases = signals.map((signal) => {
        const listener = () => take(signal);
        process.once(signal, listener);
        return () => process.off(signal, listener);
      });
      return () => {
        for (const release of releases) release();
      };
    },
    onUnread: takeUnread,
    exitUnreadWith,
    onExit(clean) {
      process.once('exit', clean);
      return () => process.off('exit', clean);
    },
    exit: (status) => process.exit(status),
    commands,
  };
}
