#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '../package.ts';
import { withDeployment } from './deployment.ts';
import { examplesText } from './examples.ts';
import { HELP, helpWidth } from './help.ts';
import { withLimits } from './limit-option.ts';
import { withEndpoint, withLiveOptions, withSettings } from './live-options.ts';
import { progressTo } from './progress.ts';
import {
  complain,
  complainOf,
  endWhenUnread,
  exitUnreadWith,
  FORMATS,
  print,
  takeUnread,
} from './terminal.ts';

function program(): Command {
  const groundrules = new Command('groundrules')
    .description('AWS Config rules that hold an account to its security baseline.')
    .version(VERSION)
    .addHelpText('after', '\nTry: groundrules evaluate, and groundrules help evaluate')
    .showHelpAfterError('(add --help for how to call it)')
    // What it complains of is what was typed, or pasted: nothing to obey either.
    .configureOutput({
      writeOut: print,
      writeErr: complain,
      getOutHelpWidth: helpWidth,
      getErrHelpWidth: helpWidth,
    })
    .configureHelp(HELP)
    .exitOverride();

  const evaluate = withLiveOptions(
    groundrules
      .command('evaluate')
      .summary('judge an account: live, from a snapshot, or from AWS Config files')
      .description('Judges an account by the rules, and says what is non-compliant, where, and why.')
      .argument(
        '[snapshot...]',
        'snapshot folders; AWS Config snapshot or history files, events and messages, or the bucket that it delivers to; a credential report; what the aws command prints; - for standard input. The sample accounts when there is none',
      )
      .option('--live', 'judge the live account of the credentials'),
  );
  withSettings(withLimits(evaluate))
    .option('--account <id>', 'the account of a file that does not say it; this account only')
    .option('--rule <id...>', 'judge by these rules only (default: all that the input can answer)')
    .option('--parameters <file|json>', 'rule parameters, as {"rule-id": {"name": "value"}}')
    .option(
      '--now <time>',
      'judge as of this ISO 8601 time (default: when a snapshot was collected, else now)',
    )
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .option('--output <file>', 'write to a file instead of standard output, and replace it when it is whole')
    .option('--sample', 'judge the sample accounts that come along')
    .option('--fail-on <severity>', 'exit with 1 only for this severity and worse (default: LOW)')
    .option('--on-error <what>', 'exit with 2 where something could not be judged: fail (default) or ignore')
    .option('--exit-zero', 'exit with 0 whatever was found')
    .addHelpText('after', () => examplesText('evaluate'))
    .action(async (snapshots, options) => {
      if (options.exitZero) exitUnreadWith(0);
      const { evaluateCommand } = await import('./evaluate-command.ts');
      process.exitCode = await evaluateCommand(snapshots, options, progressTo(process.stderr));
    });

  withSettings(
    withLiveOptions(
      groundrules
        .command('collect')
        .summary('write a live account to a snapshot folder')
        .description(
          'Reads a live account and writes what the rules need as a snapshot folder: what the aws command line prints.',
        ),
    ),
  )
    .option('--rule <id...>', 'collect what these rules need (default: all rules)')
    .option('--all', 'collect everything that Groundrules can read')
    .option('--output <folder>', 'where to make the folder named by the account id', '.')
    .addHelpText('after', () => examplesText('collect'))
    .action(async (options) => {
      const { collectCommand } = await import('./collect-command.ts');
      process.exitCode = await collectCommand(options, progressTo(process.stderr));
      // Calls that are still waiting for AWS would keep an interrupted process for minutes.
      if (process.exitCode > 2) process.exit();
    });

  withSettings(
    withEndpoint(
      groundrules
        .command('remediate')
        .summary('fix what a rule reports: preview, apply, undo')
        .description(
          "Runs a rule's remediation document with your own credentials: a preview, unless told to --apply or to --undo.",
        )
        .argument('[rule]', 'the rule that reports the resource')
        .argument(
          '[resource-id]',
          'the resource as the rule reports it; not for rules on the account itself',
        ),
    ),
  )
    .option(
      '--region <region>',
      "where the resource is (default: the settings' home Region, or else as the aws command; buckets are found anywhere)",
    )
    .option('--apply', 'show what would change, ask (with --from for each resource), and change it')
    .option('--undo <record...>', 'bring back what the runs of these records changed')
    .option(
      '--trust-record',
      'with --undo: take a record that your key did not sign, or that was changed since; shows what it would do, and always asks',
    )
    .option(
      '--from <results.json>',
      'fix what an evaluation found (evaluate --format json), worst first; - for standard input',
    )
    .option('--rule <id...>', 'with --from: only what these rules report')
    .option('--severity <severity>', 'with --from: only what is of this severity, or worse')
    .option(
      '--resource <glob...>',
      'with --from: only resources whose id or name matches (* any characters, ? one)',
    )
    .option('--max <count>', 'with --from: change this many resources at most (default: 10)')
    .option(
      '--yes',
      'do not ask: needed where there is no terminal (a document may have approval steps, which always ask)',
    )
    .option(
      '--record <file>',
      'where to write the record (default: a file of its own in groundrules-executions/)',
    )
    .option(
      '--parameter <name=value>',
      'a parameter of the document; may be given several times',
      (value, all: string[] = []) => [...all, value],
    )
    .option('--parameters <file|json>', 'rule parameters, as {"rule-id": {"name": "value"}}')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', () => examplesText('remediate'))
    .action(async (rule, resource, options) => {
      const { remediateCommand } = await import('./remediate-command.ts');
      const { surroundingsOf } = await import('./remediate/surroundings.ts');
      const surroundings = surroundingsOf(progressTo(process.stderr));
      // Whoever stops reading halfway (EPIPE) has not been told that all is done.
      process.exitCode = 2;
      process.exitCode = await remediateCommand([rule, resource], options, surroundings);
    });

  groundrules
    .command('controls')
    .summary('show the catalogue of controls, and the frameworks that they help with')
    .description('Shows the catalogue: every control, or one of them whole.')
    .argument('[control]', 'one control, with all that the catalogue says of it')
    .option(
      '--framework <name>',
      'only what helps with this framework, with its ids: cis, "cis 5.0", pci, isms-p',
    )
    .option('--domain <domain>', 'only this pack: root, identity, logging, cost, workloads, attestations')
    .option('--planned', 'only controls whose rule is still to be built')
    .option(
      '--unjudged [rule...]',
      'only what "evaluate" leaves to AWS Config or to people: by all rules, or by these',
    )
    .addOption(new Option('--lang <language>', 'of titles and reasons').choices(['en', 'ko']).default('en'))
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .addHelpText('after', () => examplesText('controls'))
    .action(async (control, options) => {
      const { controlsCommand } = await import('./controls-command.ts');
      controlsCommand(control, options, print);
    });

  withEndpoint(
    groundrules
      .command('attest')
      .summary('record a process check, or list what is unattested or lapses')
      .description(
        'Records that a procedural control is met, and until when; or, with --status alone, lists how all of them stand.',
      )
      .argument('[control]', 'the process check (groundrules controls --domain attestations)'),
  )
    .option('--evidence <text|url>', 'why it may be believed; kept in AWS Config, so no secrets')
    .option('--until <date>', 'the last day that it holds (default: the whole review interval from today)')
    .option(
      '--status [status]',
      'COMPLIANT (default), NON_COMPLIANT or NOT_APPLICABLE; without a value: list how things stand',
    )
    .option(
      '--lapsing <days>',
      'with --status: how long before its end an attestation is about to lapse (default: 30)',
    )
    .option(
      '--region <region>',
      "the home Region (default: as groundrules.config.json says, or else the credentials' own)",
    )
    .option(
      '--config <file>',
      'the settings that say the home Region (default: groundrules.config.json, if it is here)',
    )
    .option('--no-config', 'leave groundrules.config.json alone')
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .addHelpText('after', () => examplesText('attest'))
    .action(async (control, options) => {
      const { attestCommand } = await import('./attest-command.ts');
      // It prints when all is done: whoever does not read that far (EPIPE) is told by the status nevertheless.
      takeUnread(() => undefined);
      process.exitCode = await attestCommand(control, options, {
        now: () => new Date(),
        write: print,
        progress: progressTo(process.stderr),
      });
    });

  withCost(groundrules);
  withDeployment(groundrules);
  withHelpers(groundrules);
  return groundrules;
}

function withCost(groundrules: Command): void {
  const cost = withEndpoint(
    groundrules
      .command('cost')
      .summary('estimate the monthly AWS bill of the packs')
      .description(
        'Estimates what the packs cost a month, from what accounts have, and says what it does not know.',
      )
      .argument('[snapshot...]', 'snapshot folders; AWS Config snapshot or history files')
      .option('--live', 'count in the live account of the credentials'),
  );
  withLimits(cost)
    .option(
      '--region <region...>',
      'these Regions only (default: as the settings say, or else where the accounts have something)',
    )
    .option('--config <file>', 'the settings (default: groundrules.config.json, if it is here)')
    .option('--no-config', 'leave groundrules.config.json alone')
    .option('--packs <pack...>', 'these packs only (default: as the settings say, or all)')
    .option('--accounts <count>', 'for so many accounts like those')
    .option(
      '--count <type=number>',
      'resources of a type: AWS::RDS::DBInstance=12, or in one Region AWS::RDS::DBInstance@eu-west-1=12; may be given several times',
      (value, all: string[]) => [...all, value],
      [],
    )
    .option(
      '--changes-per-day <number>',
      'changes of a resource that AWS Config records, a day (default: 0.1)',
    )
    .option('--verdict-changes <percent>', 'verdicts that change in a month (default: 5)')
    .option(
      '--with-recorder [mode]',
      'with what the configuration recorder costs: continuous (default) or daily',
    )
    .option('--free-tier', "take off AWS's free tier, as if nothing else used it")
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .addHelpText('after', () => examplesText('cost'))
    .action(async (snapshots, options) => {
      const { costCommand } = await import('./cost-command.ts');
      process.exitCode = await costCommand(snapshots, options, progressTo(process.stderr));
    });
}

/** For those who set the command up: its role, and their shell. */
function withHelpers(groundrules: Command): void {
  groundrules
    .command('permissions')
    .summary('print the least IAM policy that a command needs')
    .description('Prints the least IAM policy that a command needs, as JSON, for whoever creates its role.')
    .argument('[command]', 'evaluate (default), collect or remediate')
    .option('--rule <id...>', 'for these rules only (default: all)')
    .option('--partition <name>', 'how ARNs begin: aws, aws-cn, aws-us-gov', 'aws')
    .addHelpText('after', () => examplesText('permissions'))
    .action(async (command, options) => {
      const { permissionsPolicy } = await import('./permissions-command.ts');
      print(permissionsPolicy(command, options));
    });
  groundrules
    .command('completion')
    .summary('print what your shell needs to complete the command')
    .description('Prints a script that lets bash, zsh or fish complete commands, options, rules and Regions.')
    .argument('<shell>', 'bash, zsh or fish')
    .addHelpText('after', () => examplesText('completion'))
    .action(async (shell) => {
      const { completionScript } = await import('./completion.ts');
      print(completionScript(shell, groundrules));
    });
}

endWhenUnread();
// The SDK that comes in the package is the one that runs: its advice to upgrade Node.js before it is upgraded is for us.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

try {
  await program().parseAsync();
} catch (error) {
  // commander has printed its own message, and help is not an error.
  if (!(error instanceof CommanderError)) complainOf(error);
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
}
