/** The commands that deploy: `preflight`, the CDK's own, and `template`. */
import { type Command, Option } from 'commander';
import { examplesText } from './examples.ts';
import { withEndpoint } from './live-options.ts';
import { progressTo } from './progress.ts';
import { complain, FORMATS, print, terminal } from './terminal.ts';

export function withDeployment(groundrules: Command): void {
  withPreflight(groundrules);
  withCdkCommands(groundrules);
  withTemplate(groundrules);
}

function withPreflight(groundrules: Command): void {
  withEndpoint(
    groundrules
      .command('preflight')
      .summary('look whether a deployment can succeed, before anything is made')
      .description(
        'Asks AWS, in every Region of the settings, for what a deployment rests on, and prints the command that mends what is wrong. "groundrules deploy" does it first.',
      )
      .option('--config <file>', 'the settings', 'groundrules.config.json'),
  )
    .option('--plain', 'for plain CloudFormation (groundrules template): the CDK need not be bootstrapped')
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .addHelpText('after', () => examplesText('preflight'))
    .action(async (options) => {
      const { preflightCommand } = await import('./preflight-command.ts');
      process.exitCode = await preflightCommand(options, {
        write: print,
        progress: progressTo(process.stderr),
        screen: terminal(),
      });
    });
}

const CDK_SUMMARIES = {
  deploy: 'register the packs, functions and fixes in your account (with the AWS CDK)',
  synth: 'write the CloudFormation templates that deploy would use',
  diff: 'what deploy would change',
  destroy: 'remove what deploy made',
} as const;

/** The CDK's own commands: what is not said here is passed on to it. */
function withCdkCommands(groundrules: Command): void {
  for (const [command, summary] of Object.entries(CDK_SUMMARIES) as [keyof typeof CDK_SUMMARIES, string][]) {
    groundrules
      .command(command)
      .summary(summary)
      .description(
        `Runs "cdk ${command}" on the stacks that groundrules.config.json asks for (docs/deploy.md).`,
      )
      .argument('[cdk...]', 'stacks (default: all), and any option of the CDK')
      .option('--config <file>', 'the settings', 'groundrules.config.json')
      .option('--profile <name>', 'credentials of this profile')
      .option(
        '--require-approval <level>',
        'ask before changes of permissions: never, any-change, broadening',
      )
      .option('--no-preflight', 'with deploy: do not look first whether it can succeed')
      .allowUnknownOption()
      .action(async (rest, options) => {
        const { deployCommand } = await import('./deploy-command.ts');
        process.exitCode = await deployCommand(command, rest, options);
      });
  }
}

function withTemplate(groundrules: Command): void {
  groundrules
    .command('template')
    .summary('write the deployment as plain CloudFormation: no CDK and no bootstrapping where it goes')
    .description(
      'Writes a template a Region, one zip file a function, and the two aws commands that upload and create them.',
    )
    .requiredOption('--output <folder>', 'where to write')
    .option('--region <region...>', "these of the settings' Regions only; without settings, the Regions")
    .option('--config <file>', 'the settings (default: groundrules.config.json, if it is here)')
    .addHelpText('after', () => examplesText('template'))
    .action(async (options) => {
      const { templateCommand } = await import('./template-command.ts');
      await templateCommand(options, {
        write: print,
        say: (line) => complain(`${line}\n`),
        folder: process.cwd(),
      });
    });
}
