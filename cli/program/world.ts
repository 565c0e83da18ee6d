import type { Readable, Writable } from 'node:stream';
import type { Language } from '../../report/both.ts';
import type { Asker } from './ask.ts';
import type { AnyCommand } from './define.ts';
import type { Progress } from './progress.ts';

/** The exit status of a process that a signal ended, as shells give it. */
export const STATUS_OF = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type Signal = keyof typeof STATUS_OF;
export const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** What a command finds around it. A test makes one of its own (test/cli/support.ts) instead of changing the process. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of all that is said to people. JSON, and what other programs read, is in English. */
  readonly language: Language;
  readonly now: () => Date;
  /** The current folder, for what says where a file lies. */
  readonly folder: string;
  readonly input: Readable;
  /** Standard output, for what report/lines.ts writes line by line. */
  readonly out: Writable;
  /** Prints on standard output. */
  readonly print: (text: string) => void;
  /** Prints on standard error. */
  readonly complain: (text: string) => void;
  readonly progress: Progress;
  /** How to print on standard output, or into a file; `otherwise` is the width where nobody says it. */
  readonly screen: (isStdout?: boolean, otherwise?: number) => Screen;
  /** How to ask; `undefined` where nobody is there to answer. */
  readonly ask: ((onInterrupt: () => void) => Asker) | undefined;
  /**
   * Takes signals, each once (who asks a second time means it), until the function that it gives is called. What nobody
   * takes ends the process.
   */
  readonly onInterrupt: (signals: readonly Signal[], take: (signal: Signal) => void) => () => void;
  /** Takes it that nobody reads standard output any more (`| head`), which ends the process unless it is taken. */
  readonly onUnread: (take: () => void) => () => void;
  /** What the status is when the reader has gone: 2, unless told. */
  readonly exitUnreadWith: (status: number) => void;
  /** Has something done when the process ends, however it does, until the function that it gives is called. */
  readonly onExit: (clean: () => void) => () => void;
  readonly exit: (status: number) => never;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  /** Every command that there is, for completion. */
  readonly commands: readonly AnyCommand[];
}

export interface Screen {
  readonly colour: boolean;
  readonly width: number;
}
