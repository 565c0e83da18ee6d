/** Options that several commands have. */
import type { Command } from 'commander';

/** The options that the aws command line has too. */
export function withLiveOptions(command: Command): Command {
  return withEndpoint(command).option(
    '--region <region...>',
    'these Regions only (default: all that are enabled)',
  );
}

/** Evaluation, collection and remediation go by what the functions are deployed with. */
export function withSettings(command: Command): Command {
  return command
    .option('--config <file>', 'follow these settings (default: groundrules.config.json, if it is here)')
    .option('--no-config', 'leave groundrules.config.json alone');
}

export function withEndpoint(command: Command): Command {
  return command
    .option('--profile <name>', 'credentials and Region of this profile')
    .option('--endpoint-url <url>', 'send requests here instead of to AWS (also: AWS_ENDPOINT_URL)');
}
