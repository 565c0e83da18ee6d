import { CommanderError } from 'commander';
import { VERSION } from '../../package.ts';
import type { AnyCommand } from './define.ts';
import { processWorld } from './process.ts';
import { programOf } from './program.ts';
import { complainOf, endWhenUnread } from './terminal.ts';

/** Runs the command that the command line names, and sets the exit status. */
export async function start(commands: readonly AnyCommand[]): Promise<void> {
  endWhenUnread();
  // The SDK that comes in the package is the one that runs: its advice to upgrade Node.js before it is upgraded is for us.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const program = programOf(processWorld(commands), VERSION, (status) => {
    process.exitCode = status;
    // Calls that are still waiting for AWS would keep an interrupted process for minutes.
    if (status > 128) process.exit();
  });
  // Until the command has come to its end: whoever stops reading halfway has not been told that all is done.
  program.hook('preAction', () => {
    process.exitCode = 2;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    // commander has printed its own message, and help is not an error.
    if (!(error instanceof CommanderError)) complainOf(error);
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  }
}
