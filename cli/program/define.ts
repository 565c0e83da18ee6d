/** What a command is: a value, of which its help, its completion, its options' types and README's table are made. */
import { type Both, LANGUAGES } from '../../report/both.ts';
import type { World } from './world.ts';

/** Words, or how to load them where what names them is large. */
export type Words<T extends string = string> = readonly T[] | (() => Promise<readonly T[]>);

export interface ArgumentSpec {
  /** As help shows it: `<shell>` has to be given, `[rule]` may be, `[snapshot...]` may be several. */
  readonly name: string;
  readonly what: Both;
  /** All that it may be, in any letter case. */
  readonly choices?: Words;
  /** What a shell offers, where it may be something else, too. */
  readonly offers?: Words;
}

export interface OptionSpec {
  /** As help shows it: `--live`, `--profile <name>`, `--rule <id...>`, `--status [status]`, `--no-config`. */
  readonly flags: string;
  readonly what: Both;
  readonly default?: string;
  /** All that its value may be, in any letter case. Help lists them where there is a default, too. */
  readonly choices?: Words;
  /** What a shell offers, where it may be something else, too. */
  readonly offers?: Words;
  /** It has to be given. */
  readonly required?: true;
  /** It may be given several times, one value each: `--parameter a=1 --parameter b=2`. */
  readonly many?: true;
  /** The heading in help, of a command with so many that they have several. */
  readonly group?: Both;
}

type Camel<Text extends string> = Text extends `${infer Word}-${infer Rest}`
  ? `${Word}${Capitalize<Camel<Rest>>}`
  : Text;
type KeyOf<Flags extends string> = Flags extends `--no-${infer Name}`
  ? Camel<Name>
  : Flags extends `--${infer Name} ${string}`
    ? Camel<Name>
    : Flags extends `--${infer Name}`
      ? Camel<Name>
      : never;
type Value<Spec> = Spec extends { readonly choices: Words<infer T> } ? T : string;
/** Of each spec by itself: `--config <file>` and `--no-config` together are a text or `false`. */
type OptionValue<Spec> = Spec extends OptionSpec ? ValueOf<Spec> : never;
type ValueOf<Spec extends OptionSpec> = Spec['flags'] extends `--no-${string}`
  ? false
  : Spec extends { readonly many: true }
    ? readonly string[]
    : Spec['flags'] extends `${string} <${string}...>`
      ? readonly string[]
      : Spec['flags'] extends `${string} [${string}...]`
        ? readonly string[] | true
        : Spec['flags'] extends `${string} <${string}>`
          ? Value<Spec>
          : Spec['flags'] extends `${string} [${string}]`
            ? Value<Spec> | true
            : boolean;
type Always = { readonly default: string } | { readonly required: true };

/** What `run` gets of these options: each by its name in camel case; those with a default are always there. */
export type OptionsOf<Specs extends readonly OptionSpec[]> = {
  readonly [Spec in Specs[number] as Spec extends Always ? never : KeyOf<Spec['flags']>]?: OptionValue<Spec>;
} & {
  readonly [Spec in Specs[number] as Spec extends Always ? KeyOf<Spec['flags']> : never]: OptionValue<Spec>;
};

type ArgumentValue<Spec extends ArgumentSpec> = Spec['name'] extends `${string}...${string}`
  ? readonly string[]
  : Spec['name'] extends `<${string}>`
    ? Value<Spec>
    : Value<Spec> | undefined;

/** What `run` gets of these arguments, in their order. */
export type ArgumentsOf<Specs extends readonly ArgumentSpec[]> = {
  readonly [Index in keyof Specs]: ArgumentValue<Specs[Index]>;
};

/** A command to type, and what comes of it, unless it says so itself. */
export type Example = readonly [line: string, what: Both | ''];

/** A command, with `run` in a file of its own: what it needs is loaded when it is called, and not for `--help`. */
export interface CommandSpec<
  Arguments extends readonly ArgumentSpec[] = readonly ArgumentSpec[],
  Options extends readonly OptionSpec[] = readonly OptionSpec[],
> {
  /** Its folder has the same name. */
  readonly name: string;
  /** One line, in the list of commands: in help, and in README. */
  readonly summary: Both;
  /** One sentence or two, at the head of its own help. */
  readonly description: Both;
  readonly arguments: Arguments;
  readonly options: Options;
  /** What is no option of its own is another program's, and becomes an argument. */
  readonly passesOn?: true;
  readonly examples: readonly Example[];
  /** What has to be known besides. */
  readonly note?: Both;
  readonly exit: readonly (readonly [status: string, what: Both])[];
  readonly run: () => Promise<{ readonly run: Run<Arguments, Options> }>;
}

/**
 * @returns the exit status.
 * @throws {UsageError} where the call is wrong, which ends with 2 and its message in one line.
 */
type Run<Arguments extends readonly ArgumentSpec[], Options extends readonly OptionSpec[]> = (
  args: ArgumentsOf<Arguments>,
  options: OptionsOf<Options>,
  world: World,
) => Promise<number>;

/** A command of whatever arguments and options. */
export interface AnyCommand extends Omit<CommandSpec, 'run'> {
  readonly run: () => Promise<{
    run(args: readonly unknown[], options: Readonly<Record<string, unknown>>, world: World): Promise<number>;
  }>;
}

/** What every command takes; `run` finds it in its world. */
export const GLOBAL: readonly OptionSpec[] = [
  {
    flags: '--lang <language>',
    what: {
      en: 'en or ko: of all that is said to people (default: as LC_ALL, LC_MESSAGES or LANG says)',
      ko: 'en 또는 ko: 사람이 읽는 모든 출력의 언어 (기본값: LC_ALL, LC_MESSAGES, LANG에 따름)',
    },
    choices: LANGUAGES,
  },
];

/** Defines a command: that its `run` takes what its options give is held by the types. */
export const defineCommand = <
  const Arguments extends readonly ArgumentSpec[],
  const Options extends readonly OptionSpec[],
>(
  command: CommandSpec<Arguments, Options>,
): AnyCommand => ({ ...command, options: [...command.options, ...GLOBAL] }) as unknown as AnyCommand;

/** Declares options, with their literal types. */
export const options = <const Options extends readonly OptionSpec[]>(...specs: Options): Options => specs;

/** Options under a heading of their own in help. */
export const under = <const Options extends readonly OptionSpec[]>(group: Both, specs: Options): Options =>
  specs.map((spec) => ({ ...spec, group })) as unknown as Options;

/** The option as it is typed: `--rule` of `--rule <id...>`. */
export const nameOf = ({ flags }: OptionSpec): string => flags.split(' ', 1)[0] as string;

/** What a shell offers for a value; nothing where nobody can know. */
export async function wordsFor({ choices, offers }: ArgumentSpec | OptionSpec): Promise<readonly string[]> {
  const words = choices ?? offers ?? [];
  return typeof words === 'function' ? words() : words;
}
