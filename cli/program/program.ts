/** The commands as commander wants them: it takes the command line apart, and prints help. */
import { Argument, Command, Option } from 'commander';
import type { Language } from '../../report/both.ts';
import { suggestion } from '../../report/closest.ts';
import { described, mistakeIn, words as said, titleIn } from './commander.ts';
import { type AnyCommand, GLOBAL, nameOf, type OptionSpec, wordsFor } from './define.ts';
import { UsageError } from './errors.ts';
import { heard } from './heard.ts';
import { HELP, helpWidth, lessonText } from './help.ts';
import { oneOf } from './one-of.ts';
import type { World } from './world.ts';

/** @param onStatus is told the exit status of the command that the command line names. */
export function programOf(world: World, version: string, onStatus: (status: number) => void): Command {
  const { commands, print, complain, screen, language } = world;
  const words = said[language];
  const width = () => helpWidth(screen);
  const groundrules = new Command('groundrules')
    .description(words.about)
    .version(version, '-V, --version', words.version)
    .helpOption('-h, --help', words.help)
    .helpCommand(false)
    .addHelpText('after', `\n${words.try}`)
    .showHelpAfterError(words.howToCall)
    // Its message repeats what was typed or pasted, so that it is made printable.
    .configureOutput({
      writeOut: print,
      writeErr: complain,
      getOutHelpWidth: width,
      getErrHelpWidth: width,
      outputError: (message, write) => write(mistakeIn(message, language)),
    })
    .configureHelp({
      ...HELP,
      styleTitle: (title) => titleIn(title, language),
      optionDescription: (option) => described(option, language),
    })
    .exitOverride();
  for (const spec of GLOBAL) groundrules.addOption(optionOf(spec, language));
  for (const command of commands) {
    const sub = groundrules
      .command(command.name)
      .summary(command.summary[language])
      .description(command.description[language])
      .allowUnknownOption(command.passesOn ?? false);
    for (const { name, what } of command.arguments) sub.addArgument(new Argument(name, what[language]));
    for (const spec of command.options) sub.addOption(optionOf(spec, language));
    sub.addHelpText('after', () => lessonText(command, width(), language));
    sub.action(async (...given: unknown[]) => {
      const args = given.slice(0, command.arguments.length);
      const read = [
        await readArguments(command, args),
        await readOptions(command, sub.optsWithGlobals<Values>()),
      ] as const;
      const { run } = await command.run();
      onStatus(await heard(command.name, read[1], world, (around) => run(...read, around)));
    });
  }
  addHelpCommand(groundrules, language, onStatus);
  return groundrules;
}

/** `groundrules help [command]`: commander's own says of a command that is not there nothing but the whole help. */
function addHelpCommand(groundrules: Command, language: Language, onStatus: (status: number) => void): void {
  groundrules
    .command('help')
    .argument('[command]')
    .description(said[language].help)
    .helpOption(false)
    .action((name?: string) => {
      const all = groundrules.commands;
      const found = name === undefined ? groundrules : all.find((command) => command.name() === name);
      if (!found) {
        const names = all.map((command) => command.name());
        throw new UsageError({
          en: `there is no command ${JSON.stringify(name)}${suggestion(String(name), names)}`,
          ko: `${JSON.stringify(name)} 명령은 없습니다${suggestion(String(name), names, 'ko')}`,
        });
      }
      found.outputHelp();
      onStatus(0);
    });
}

type Values = Readonly<Record<string, unknown>>;

function optionOf(
  { flags, what, default: otherwise, choices, required, many, group }: OptionSpec,
  language: Language,
): Option {
  const option = new Option(flags, what[language]).makeOptionMandatory(required ?? false);
  if (otherwise !== undefined) option.default(otherwise);
  // Only for help: what is none of them is refused where letter case does not matter.
  if (otherwise !== undefined && Array.isArray(choices)) option.argChoices = [...choices];
  if (group !== undefined) option.helpGroup(group[language]);
  if (many) option.argParser((value: string, all: readonly string[] = []) => [...all, value]);
  return option;
}

const readArguments = (command: AnyCommand, given: readonly unknown[]): Promise<readonly unknown[]> =>
  Promise.all(
    command.arguments.map(async (spec, index) => {
      const value = given[index];
      if (spec.choices === undefined || typeof value !== 'string') return value;
      return oneOf(command.name, value, await wordsFor(spec));
    }),
  );

/** The options that were given, or have a default: values with choices as the choice itself is written. */
async function readOptions(command: AnyCommand, given: Values): Promise<Values> {
  const values = { ...given };
  for (const spec of command.options) {
    const name = nameOf(spec);
    const key = new Option(spec.flags).attributeName();
    const value = values[key];
    // Commander's own default of an option that only says no.
    if (name.startsWith('--no-') && value === true) delete values[key];
    if (spec.choices !== undefined && typeof value === 'string') {
      values[key] = oneOf(name, value, await wordsFor(spec));
    }
  }
  return values;
}
