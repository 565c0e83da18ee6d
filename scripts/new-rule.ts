/** `npm run new-rule <id>`: the folder, pages, controls and tests of a new rule. */
import { execFileSync } from 'node:child_process';
import { Command, Option } from 'commander';
import { type NewRule, scaffold } from './scaffold.ts';

const program = new Command('npm run new-rule --')
  .description(
    'Makes the first files of a new rule. Controls that wait for it in the catalogue move into its folder.',
  )
  .argument('<id>', 'as in vpc-flow-logs: the name of the rule everywhere')
  .option(
    '--resource <type>',
    'what it reports on, as AWS Config names types (default: as the catalogue says)',
  )
  .addOption(
    new Option('--fix <kind>', 'tells people what to do, or changes something itself')
      .choices(['notify', 'own'])
      .default('notify'),
  )
  .parse();

const run = (...args: string[]) =>
  execFileSync('npx', ['--no', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
try {
  const [id = ''] = program.args;
  const { files, notes } = scaffold({ ...program.opts<Omit<NewRule, 'id'>>(), id });
  run('biome', 'check', '--write', ...files.filter((file) => /\.(?:ts|json)$/.test(file)));
  run('tsx', 'scripts/docs.ts');
  console.log(
    [
      ...files,
      '',
      ...notes,
      `Next: the situations in test/rules/${id}/situations.ts, then CONTRIBUTING.md.`,
    ].join('\n'),
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
