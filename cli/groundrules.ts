#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { UsageError } from './errors.ts';
import { FORMATS } from './evaluate.ts';
import { VERSION } from './package.ts';
import { progressTo } from './progress.ts';

const EVALUATE_EXAMPLES = `
Examples:
  $ groundrules evaluate                                    the sample accounts that come along
  $ groundrules evaluate --live --profile audit             a live account, every enabled Region
  $ groundrules evaluate --live --region eu-west-1 --rule sg-open-ports
  $ groundrules evaluate ./123456789012                     a snapshot folder (see "groundrules collect")
  $ groundrules evaluate ConfigSnapshot.json.gz             AWS Config's own snapshot and history files
  $ groundrules evaluate credential-report.csv --now 2026-11-22T00:00:00Z
  $ cat event.json | groundrules evaluate -                 the event that a rule's function was invoked with
  $ groundrules evaluate --parameters '{"sg-open-ports":{"allowedTcpPorts":"443"}}' --format json

Exit status:
  0  nothing is non-compliant
  1  something is
  2  something could not be judged, or the call was wrong (2 wins over 1)`;

const COLLECT_EXAMPLES = `
Examples:
  $ groundrules collect                                     ./123456789012/ from the default profile
  $ groundrules collect --profile audit --output snapshots  snapshots/123456789012/
  $ groundrules collect --rule s3-public --region eu-west-1 only what this rule needs, of one Region
  $ groundrules collect --all                               everything that Groundrules can read
  $ groundrules evaluate ./123456789012                     then judge it, anywhere, without AWS

Exit status:
  0  everything was read (what does not exist counts as read)
  2  something could not be read (errors.json says what), or the call was wrong`;

const REMEDIATE_EXAMPLES = `
Examples:
  $ groundrules remediate s3-public my-bucket               what would change; changes nothing
  $ groundrules remediate s3-public my-bucket --apply       shows it, asks, changes it, and writes a record
  $ groundrules remediate --undo groundrules-executions/s3-public-my-bucket-….json
  $ groundrules remediate access-key-age minseo.lee         a user by name or by unique id (AIDA…)
  $ groundrules remediate sg-open-ports sg-0123456789abcdef0 --region eu-west-1
  $ groundrules remediate s3-public my-bucket --parameter Scope=All --apply
  $ groundrules evaluate --live --format json --output results.json
  $ groundrules remediate --from results.json               a whole evaluation, worst first
  $ groundrules remediate --from results.json --rule s3-public --max 50 --apply --yes

Exit status:
  0    done, nothing to do, or previewed
  1    after --apply or --undo: something is left, refused, or nobody said yes
  2    the call was wrong, or it failed before anything was changed
  130  interrupted (Ctrl-C); the record says how far it came`;

function program(): Command {
  const groundrules = new Command('groundrules')
    .description('AWS Config rules that hold an account to its security baseline.')
    .version(VERSION)
    .addHelpText('after', '\nTry: groundrules evaluate, and groundrules help evaluate')
    .showHelpAfterError('(add --help for how to call it)')
    .exitOverride();

  withLiveOptions(
    groundrules
      .command('evaluate')
      .summary('judge an account: live, from a snapshot, or from AWS Config files')
      .description('Judges an account by the rules, and says what is non-compliant, where, and why.')
      .argument(
        '[snapshot...]',
        'snapshot folders; AWS Config snapshot or history files; a credential report; a Lambda invoking event; - for standard input. The sample accounts when there is none',
      )
      .option('--live', 'judge the live account of the credentials'),
  )
    .option('--rule <id...>', 'judge by these rules only (default: all that the input can answer)')
    .option('--parameters <file|json>', 'rule parameters, as {"rule-id": {"name": "value"}}')
    .option(
      '--now <time>',
      'judge as of this ISO 8601 time (default: when a snapshot was collected, else now)',
    )
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .option('--output <file>', 'write to a file instead of standard output')
    .option('--exit-zero', 'exit with 0 whatever was found')
    .addHelpText('after', EVALUATE_EXAMPLES)
    .action(async (snapshots, options) => {
      // Whoever stops reading halfway (EPIPE) has not been told that nothing is wrong.
      process.exitCode = options.exitZero ? 0 : 2;
      const { evaluateCommand } = await import('./evaluate.ts');
      process.exitCode = await evaluateCommand(snapshots, options, progressTo(process.stderr));
    });

  withLiveOptions(
    groundrules
      .command('collect')
      .summary('write a live account to a snapshot folder')
      .description(
        'Reads a live account and writes what the rules need as a snapshot folder: what the aws command line prints.',
      ),
  )
    .option('--rule <id...>', 'collect what these rules need (default: all rules)')
    .option('--all', 'collect everything that Groundrules can read')
    .option('--output <folder>', 'where to make the folder named by the account id', '.')
    .addHelpText('after', COLLECT_EXAMPLES)
    .action(async (options) => {
      const { collectCommand } = await import('./collect-command.ts');
      process.exitCode = await collectCommand(options, progressTo(process.stderr));
    });

  withEndpoint(
    groundrules
      .command('remediate')
      .summary('fix what a rule reports: preview, apply, undo')
      .description(
        "Runs a rule's remediation document with your own credentials: a preview, unless told to --apply or to --undo.",
      )
      .argument('[rule]', 'the rule that reports the resource')
      .argument('[resource-id]', 'the resource as the rule reports it; not for rules on the account itself'),
  )
    .option(
      '--region <region>',
      'where the resource is (default: as the aws command; buckets are found anywhere)',
    )
    .option('--apply', 'show what would change, ask, and change it')
    .option('--undo <record...>', 'bring back what the runs of these records changed')
    .option(
      '--from <results.json>',
      'fix what an evaluation found (evaluate --format json), worst first; - for standard input',
    )
    .option('--rule <id...>', 'with --from: only what these rules report')
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
    .addHelpText('after', REMEDIATE_EXAMPLES)
    .action(async (rule, resource, options) => {
      const { remediateCommand } = await import('./remediate-command.ts');
      const { surroundingsOf } = await import('./remediate/surroundings.ts');
      const surroundings = surroundingsOf(progressTo(process.stderr));
      process.exitCode = await remediateCommand([rule, resource], options, surroundings);
    });

  return groundrules;
}

/** The options that the aws command line has too. */
function withLiveOptions(command: Command): Command {
  return withEndpoint(command).option(
    '--region <region...>',
    'these Regions only (default: all that are enabled)',
  );
}

function withEndpoint(command: Command): Command {
  return command
    .option('--profile <name>', 'credentials and Region of this profile')
    .option('--endpoint-url <url>', 'send requests here instead of to AWS (also: AWS_ENDPOINT_URL)');
}

/** Whoever reads the output may have seen enough: `groundrules evaluate | head`. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  await program().parseAsync();
} catch (error) {
  // commander has printed its own message, and help is not an error.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const known = error instanceof UsageError || typeof (error as { code?: unknown }).code === 'string';
    process.stderr.write(`groundrules: ${known ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = 2;
  }
}
