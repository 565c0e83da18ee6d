import type { Writable } from 'node:stream';
import type { Progress } from '../progress.ts';
import { takeUnread, terminal } from '../terminal.ts';
import { type Asker, askOn } from './confirm.ts';

/** What the command finds around it. */
export interface Surroundings {
  readonly progress: Progress;
  readonly out: Writable;
  readonly colour: boolean;
  readonly width: number;
  /** How to ask; `undefined` where nobody is there to answer. */
  readonly ask: ((onInterrupt: () => void) => Asker) | undefined;
  /**
   * Takes interrupts (Ctrl-C, or a reader of the output that has gone) while something is being changed, until the function
   * that it gives is called.
   */
  readonly onInterrupt: (take: () => void) => () => void;
  readonly now?: Date;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** The process's own: the question goes to standard error, so that standard output holds nothing but the result. */
export function surroundingsOf(progress: Progress): Surroundings {
  const { stdin: input, stdout, stderr: output } = process;
  const isAskable = input.isTTY === true && output.isTTY === true;
  return {
    progress,
    out: stdout,
    ...terminal(),
    ask: isAskable ? (onInterrupt) => askOn({ input, output, onInterrupt }) : undefined,
    onInterrupt(take) {
      // Once: who asks a second time means it.
      for (const name of SIGNALS) process.once(name, take);
      const release = takeUnread(take);
      return () => {
        release();
        for (const name of SIGNALS) process.off(name, take);
      };
    },
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
