#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { withLimits } from './limit-option.ts';
import { VERSION } from './package.ts';
import { progressTo } from './progress.ts';
import { complain, complainOf, endWhenUnread, FORMATS, print, takeUnread } from './terminal.ts';

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
  2  something could not be read (errors.json says what), or the call was wrong
  130, 143  interrupted by Ctrl-C or SIGTERM: evaluate says what was not read`;

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
  1    after --apply or --undo: something is left, refused, beyond --max, or nobody said yes
  2    the call was wrong, there is no such resource, or it failed before anything was changed
  130  interrupted (Ctrl-C, or nobody reads the output any more); the record says how far it came`;

const TEMPLATE_EXAMPLES = `
Examples:
  $ groundrules template --output cloudformation            as groundrules.config.json says, or with the defaults
  $ groundrules template --output cloudformation --region eu-west-1

Exit status:
  0  written
  2  the call or the settings were wrong, or the folder cannot be written`;

const CONTROLS_EXAMPLES = `
Examples:
  $ groundrules controls                                    the whole catalogue, a table a pack
  $ groundrules controls --framework "cis 5.0"              with the framework's own ids
  $ groundrules controls --domain identity --lang ko
  $ groundrules controls --planned                          those whose rule is still to be built
  $ groundrules controls s3-public                          one control whole: frameworks, parameters, fix, notes
  $ groundrules controls --format json

Exit status:
  0  done
  2  the call was wrong`;

const ATTEST_EXAMPLES = `
Examples:
  $ groundrules attest incident-response-plan --evidence https://wiki.example.com/ir-plan
  $ groundrules attest root-dual-control --evidence 'two of three, minutes of 2026-11-03' --until 2027-01-31
  $ groundrules attest partner-managed-account --status NOT_APPLICABLE --evidence 'no partner has access'
  $ groundrules attest --status                             what is attested, lapsed, or unattested
  $ groundrules attest --status --lapsing 60 --format json

It asks nothing: what AWS Config has on the control is replaced at once.

Exit status:
  0  recorded; with --status: everything is attested
  1  with --status: something is unattested, lapsed or not met
  2  something could not be recorded or told, or the call was wrong`;

const COST_EXAMPLES = `
Examples:
  $ groundrules cost                                        the sample accounts that come along
  $ groundrules cost ./123456789012 --packs root,identity   a snapshot folder (see "groundrules collect")
  $ groundrules cost --live --region us-east-1 --free-tier  a live account; AWS Config tells most counts
  $ groundrules cost --live --accounts 100                  a hundred accounts like this one
  $ groundrules cost --count AWS::S3::Bucket=40 --count AWS::IAM::User=12 --format json
  $ groundrules cost ConfigSnapshot.json.gz --changes-per-day 0.5 --with-recorder daily

It is an estimate: what is assumed, and what is not known, is printed with it (docs/cost.md).

Exit status:
  0  printed
  2  the call was wrong`;

function program(): Command {
  const groundrules = new Command('groundrules')
    .description('AWS Config rules that hold an account to its security baseline.')
    .version(VERSION)
    .addHelpText('after', '\nTry: groundrules evaluate, and groundrules help evaluate')
    .showHelpAfterError('(add --help for how to call it)')
    // What it complains of is what was typed, or pasted: nothing to obey either.
    .configureOutput({ writeOut: print, writeErr: complain })
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
    .addHelpText('after', EVALUATE_EXAMPLES)
    .action(async (snapshots, options) => {
      // Whoever stops reading halfway (EPIPE) has not been told that nothing is wrong.
      process.exitCode = options.exitZero ? 0 : 2;
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
    .addHelpText('after', COLLECT_EXAMPLES)
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
    .option('--apply', 'show what would change, ask, and change it')
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
    .addHelpText('after', CONTROLS_EXAMPLES)
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
    .addHelpText('after', ATTEST_EXAMPLES)
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
  withCdkCommands(groundrules);
  withTemplate(groundrules);
  return groundrules;
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
    .addHelpText('after', TEMPLATE_EXAMPLES)
    .action(async (options) => {
      const { templateCommand } = await import('./template-command.ts');
      await templateCommand(options, {
        write: (text) => process.stdout.write(text),
        say: (line) => process.stderr.write(`${line}\n`),
        folder: process.cwd(),
      });
    });
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
    .addHelpText('after', COST_EXAMPLES)
    .action(async (snapshots, options) => {
      const { costCommand } = await import('./cost-command.ts');
      process.exitCode = await costCommand(snapshots, options, progressTo(process.stderr));
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
      .allowUnknownOption()
      .action(async (rest, options) => {
        const { deployCommand } = await import('./deploy-command.ts');
        process.exitCode = await deployCommand(command, rest, options);
      });
  }
}

/** The options that the aws command line has too. */
function withLiveOptions(command: Command): Command {
  return withEndpoint(command).option(
    '--region <region...>',
    'these Regions only (default: all that are enabled)',
  );
}

/** Evaluation, collection and remediation go by what the functions are deployed with. */
function withSettings(command: Command): Command {
  return command
    .option('--config <file>', 'follow these settings (default: groundrules.config.json, if it is here)')
    .option('--no-config', 'leave groundrules.config.json alone');
}

function withEndpoint(command: Command): Command {
  return command
    .option('--profile <name>', 'credentials and Region of this profile')
    .option('--endpoint-url <url>', 'send requests here instead of to AWS (also: AWS_ENDPOINT_URL)');
}

endWhenUnread();
// The SDK that comes in the package is the one that runs: its advice to upgrade Node.js before it is upgraded is for us.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

try {
  await program().parseAsync();
} catch (error) {
  // commander has printed its own message, and help is not an error.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    complainOf(error);
    process.exitCode = 2;
  }
}
