import { CommanderError } from 'commander';
import { VERSION } from '../../package.ts';
import type { AnyCommand } from './define.ts';
import { languageOf } from './language.ts';
import { processWorld } from './process.ts';
import { programOf } from './program.ts';
import { complainOf, endWhenUnread } from './terminal.ts';

/** Runs the command that the command line names, and sets the exit status. */
export async function start(commands: readonly AnyCommand[]): Promise<void> {
  // The SDK's advice to upgrade Node.js is off, because the package brings its own SDK and only this project upgrades
  // it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const language = languageOf(process.argv.slice(2), process.env);
  endWhenUnread(language);
  const program = programOf(processWorld(commands, language), VERSION, (status) => {
    process.exitCode = status;
    // Calls that are still waiting for AWS would keep an interrupted process for minutes.
    if (status > 128) process.exit();
  });
  // The status until the command has ended: a reader who stops halfway has not seen the result.
  program.hook('preAction', () => {
    process.exitCode = 2;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    // commander has printed its own message, and help is not an error.
    if (!(error instanceof CommanderError)) await complainOf(error, language);
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  }
}
