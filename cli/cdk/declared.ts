/** The CDK's own commands, on the app that comes along: what they have in common. */
import type { CommandLine } from '../../report/commands.ts';
import {
  type AnyCommand,
  type ArgumentsOf,
  defineCommand,
  type OptionsOf,
  options,
} from '../program/define.ts';
import type { World } from '../program/world.ts';

const args = [{ name: '[cdk...]', what: 'stacks (default: all), and any option of the CDK' }] as const;
const declared = options(
  { flags: '--config <file>', what: 'the settings', default: 'groundrules.config.json' },
  { flags: '--profile <name>', what: 'credentials of this profile' },
  {
    flags: '--require-approval <level>',
    what: 'ask before changes of permissions: never, any-change, broadening',
    offers: ['never', 'any-change', 'broadening'],
  },
  { flags: '--no-preflight', what: 'with deploy: do not look first whether it can succeed' },
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

type RunCdk = (args: Arguments, options: Options, world: World) => Promise<number>;

/** What is not said here is passed on to the CDK. */
export const cdkCommand = (
  name: 'deploy' | 'synth' | 'diff' | 'destroy',
  summary: string,
  ko: string,
  examples: readonly CommandLine[],
  run: () => Promise<{ readonly run: RunCdk }>,
): AnyCommand =>
  defineCommand({
    name,
    summary,
    ko,
    description: `Runs "cdk ${name}" on the stacks that groundrules.config.json asks for (docs/deploy.md).`,
    arguments: args,
    options: declared,
    passesOn: true,
    examples,
    exit: [
      ['0', 'done'],
      ...(name === 'deploy'
        ? [['1', 'something would keep it from succeeding: nothing was deployed'] as const]
        : []),
      ['2', 'the call or the settings were wrong'],
      ['others', "the CDK's own"],
    ],
    run,
  });
