/** What `--help` teaches by: examples, and what the exit status means. */
import { type CommandLine, commandList } from '../report/commands.ts';
import { fields, helpWidth } from './help.ts';

interface Lesson {
  readonly examples: readonly CommandLine[];
  readonly note?: string;
  readonly status: readonly (readonly [status: string, what: string])[];
}

const LESSONS = {
  evaluate: {
    examples: [
      ['$ groundrules evaluate --sample', 'the sample accounts that come along'],
      ['$ groundrules evaluate --live --profile audit', 'a live account, every enabled Region'],
      ['$ groundrules evaluate --live --region eu-west-1 --rule sg-open-ports', ''],
      ['$ groundrules evaluate ./123456789012', 'a snapshot folder (see "groundrules collect")'],
      ['$ groundrules evaluate ConfigSnapshot.json.gz', "AWS Config's own snapshot and history files"],
      ['$ groundrules evaluate credential-report.csv --now 2026-11-22T00:00:00Z', ''],
      ['$ cat event.json | groundrules evaluate -', "the event that a rule's function was invoked with"],
      [`$ groundrules evaluate --parameters '{"sg-open-ports":{"allowedTcpPorts":"443"}}' --format json`, ''],
    ],
    status: [
      ['0', 'nothing is non-compliant'],
      ['1', 'something is'],
      ['2', 'something could not be judged, or the call was wrong (2 wins over 1)'],
    ],
  },
  collect: {
    examples: [
      ['$ groundrules collect', './123456789012/ from the default profile'],
      ['$ groundrules collect --profile audit --output snapshots', 'snapshots/123456789012/'],
      [
        '$ groundrules collect --rule s3-public --region eu-west-1',
        'only what this rule needs, of one Region',
      ],
      ['$ groundrules collect --all', 'everything that Groundrules can read'],
      ['$ groundrules evaluate ./123456789012', 'then judge it, anywhere, without AWS'],
    ],
    status: [
      ['0', 'everything was read (what does not exist counts as read)'],
      ['2', 'something could not be read (errors.json says what), or the call was wrong'],
      ['130, 143', 'interrupted by Ctrl-C or SIGTERM: evaluate says what was not read'],
    ],
  },
  remediate: {
    examples: [
      ['$ groundrules remediate s3-public my-bucket', 'what would change; changes nothing'],
      [
        '$ groundrules remediate s3-public my-bucket --apply',
        'shows it, asks, changes it, and writes a record',
      ],
      [
        '$ groundrules remediate --undo groundrules-executions/s3-public-my-bucket-….json',
        'a record that your own key has signed',
      ],
      [
        '$ groundrules remediate --undo record.json --trust-record',
        'another one that you have looked at; always asks',
      ],
      ['$ groundrules remediate access-key-age minseo.lee', 'a user by name or by unique id (AIDA…)'],
      ['$ groundrules remediate sg-open-ports sg-0123456789abcdef0 --region eu-west-1', ''],
      ['$ groundrules remediate s3-public my-bucket --parameter Scope=All --apply', ''],
      ['$ groundrules evaluate --live --format json --output results.json', ''],
      ['$ groundrules remediate --from results.json', 'a whole evaluation, worst first'],
      [
        '$ groundrules remediate --from results.json --severity HIGH --apply',
        'asks for each resource: y, n, all, quit',
      ],
      [`$ groundrules remediate --from results.json --resource 'prod-*' --apply`, ''],
      ['$ groundrules remediate --from results.json --rule s3-public --max 50 --apply --yes', ''],
    ],
    status: [
      ['0', 'done, nothing to do, or previewed'],
      ['1', 'after --apply or --undo: something is left, refused, beyond --max, or nobody said yes'],
      ['2', 'the call was wrong, there is no such resource, or it failed before anything was changed'],
      ['130', 'interrupted (Ctrl-C, or nobody reads the output any more); the record says how far it came'],
    ],
  },
  controls: {
    examples: [
      ['$ groundrules controls', 'the whole catalogue, a table a pack'],
      ['$ groundrules controls --framework "cis 5.0"', "with the framework's own ids"],
      ['$ groundrules controls --domain identity --lang ko', ''],
      ['$ groundrules controls --planned', 'those whose rule is still to be built'],
      ['$ groundrules controls s3-public', 'one control whole: frameworks, parameters, fix, notes'],
      ['$ groundrules controls --format json', ''],
    ],
    status: [
      ['0', 'done'],
      ['2', 'the call was wrong'],
    ],
  },
  attest: {
    examples: [
      ['$ groundrules attest incident-response-plan --evidence https://wiki.example.com/ir-plan', ''],
      [
        "$ groundrules attest root-dual-control --evidence 'two of three, minutes of 2026-11-03' --until 2027-01-31",
        '',
      ],
      [
        "$ groundrules attest partner-managed-account --status NOT_APPLICABLE --evidence 'no partner has access'",
        '',
      ],
      ['$ groundrules attest --status', 'what is attested, lapsed, or unattested'],
      ['$ groundrules attest --status --lapsing 60 --format json', ''],
    ],
    note: 'It asks nothing: what AWS Config has on the control is replaced at once.',
    status: [
      ['0', 'recorded; with --status: everything is attested'],
      ['1', 'with --status: something is unattested, lapsed or not met'],
      ['2', 'something could not be recorded or told, or the call was wrong'],
    ],
  },
  cost: {
    examples: [
      ['$ groundrules cost', 'the sample accounts that come along'],
      [
        '$ groundrules cost ./123456789012 --packs root,identity',
        'a snapshot folder (see "groundrules collect")',
      ],
      [
        '$ groundrules cost --live --region us-east-1 --free-tier',
        'a live account; AWS Config tells most counts',
      ],
      ['$ groundrules cost --live --accounts 100', 'a hundred accounts like this one'],
      ['$ groundrules cost --count AWS::S3::Bucket=40 --count AWS::IAM::User=12 --format json', ''],
      ['$ groundrules cost ConfigSnapshot.json.gz --changes-per-day 0.5 --with-recorder daily', ''],
    ],
    note: 'It is an estimate: what is assumed, and what is not known, is printed with it (docs/cost.md).',
    status: [
      ['0', 'printed'],
      ['2', 'the call was wrong'],
    ],
  },
  preflight: {
    examples: [
      ['$ groundrules preflight', 'with the settings that are here'],
      ['$ groundrules preflight --profile audit --format json', ''],
    ],
    status: [
      ['0', 'nothing keeps the deployment from succeeding'],
      ['1', 'something does'],
      ['2', 'something could not be told, or the call was wrong'],
    ],
  },
  template: {
    examples: [
      [
        '$ groundrules template --output cloudformation',
        'as groundrules.config.json says, or with the defaults',
      ],
      ['$ groundrules template --output cloudformation --region eu-west-1', ''],
    ],
    status: [
      ['0', 'written'],
      ['2', 'the call or the settings were wrong, or the folder cannot be written'],
    ],
  },
  permissions: {
    examples: [
      ['$ groundrules permissions', 'what "evaluate --live" reads'],
      ['$ groundrules permissions collect --rule s3-public', 'of one rule alone'],
      ['$ groundrules permissions remediate --rule s3-public', 'what the fix calls, too'],
    ],
    status: [
      ['0', 'printed'],
      ['2', 'the call was wrong'],
    ],
  },
  completion: {
    examples: [
      ['$ eval "$(groundrules completion bash)"', 'in ~/.bashrc'],
      ['$ groundrules completion zsh > "$fpath[1]/_groundrules"', ''],
      ['$ groundrules completion fish > ~/.config/fish/completions/groundrules.fish', ''],
    ],
    status: [
      ['0', 'printed'],
      ['2', 'the call was wrong'],
    ],
  },
} as const satisfies Readonly<Record<string, Lesson>>;

/** What comes after a command's options in its help. */
export function examplesText(command: keyof typeof LESSONS): string {
  const { examples, note, status }: Lesson = LESSONS[command];
  const width = helpWidth();
  return [
    `\nExamples:\n${commandList(examples, { colour: false, width })}`,
    ...(note === undefined ? [] : [fields([['', note]], width)]),
    `Exit status:\n${fields(status, width)}`,
  ].join('\n\n');
}
