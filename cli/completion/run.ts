/** `groundrules completion`: what a shell needs to complete the command, made from the command's own options. */
import type { Language } from '../../report/both.ts';
import { type AnyCommand, nameOf, type OptionSpec, wordsFor } from '../program/define.ts';
import type { World } from '../program/world.ts';
import type { Arguments, SHELLS } from './command.ts';

interface Sub {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly {
    readonly name: string;
    readonly what: string;
    /** `null` for a switch; nothing for a value that nobody can know. */
    readonly values: readonly string[] | null;
  }[];
  readonly values: readonly string[];
}

export async function run(
  [shell]: Arguments,
  _: object,
  { commands, language, print }: World,
): Promise<number> {
  const subs = await Promise.all(commands.map((command) => subOf(command, language)));
  print(WRITERS[shell](subs));
  return 0;
}

async function subOf(
  { name, summary, arguments: args, options }: AnyCommand,
  language: Language,
): Promise<Sub> {
  const [values, all] = await Promise.all([
    Promise.all(args.map(wordsFor)),
    Promise.all(
      options.map(async (spec) => ({
        name: nameOf(spec),
        what: spec.what[language],
        values: takesValue(spec) ? await wordsFor(spec) : null,
      })),
    ),
  ]);
  return { name, summary: summary[language], options: all, values: values.flat() };
}

const takesValue = ({ flags }: OptionSpec): boolean => flags.includes(' ');

/** The word after an option is its value, a file unless the values are known, and not one of the command's arguments. */
const cases = (
  subs: readonly Sub[],
  line: (values: readonly string[]) => string,
  otherwise: string,
): string =>
  subs
    .flatMap(({ name, options }) =>
      options.flatMap((option) =>
        option.values === null
          ? []
          : [
              `    "${name} ${option.name}") ${option.values.length > 0 ? line(option.values) : otherwise} ;;`,
            ],
      ),
    )
    .join('\n');

const bash = (
  subs: readonly Sub[],
): string => `# groundrules completion bash > /etc/bash_completion.d/groundrules
_groundrules() {
  local cur=\${COMP_WORDS[COMP_CWORD]} sub=\${COMP_WORDS[1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=( $(compgen -W "${subs.map(({ name }) => name).join(' ')}" -- "$cur") )
    return
  fi
  case "$sub \${COMP_WORDS[COMP_CWORD-1]}" in
${cases(subs, (values) => `words="${values.join(' ')}"`, 'return')}
    *) case "$sub:$cur" in
${subs.map(({ name, options }) => `      ${name}:-*) words="${options.map((one) => one.name).join(' ')}" ;;`).join('\n')}
${subs
  .filter(({ values }) => values.length > 0)
  .map(({ name, values }) => `      ${name}:*) words="${values.join(' ')}" ;;`)
  .join('\n')}
    esac ;;
  esac
  COMPREPLY=( $(compgen -W "$words" -- "$cur") )
}
complete -o default -F _groundrules groundrules
`;

/** In single quotes, as every shell here takes it. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const described = (name: string, what: string) => quoted(`${name.replaceAll(':', '\\:')}:${what}`);

const zsh = (subs: readonly Sub[]): string => `#compdef groundrules
# groundrules completion zsh > "\${fpath[1]}/_groundrules"
_groundrules() {
  local -a found
  if (( CURRENT == 2 )); then
    found=(${subs.map(({ name, summary }) => described(name, summary)).join(' ')})
    _describe command found
    return
  fi
  case "$words[2] $words[CURRENT-1]" in
${cases(subs, (values) => `compadd -- ${values.join(' ')}; return`, '_files; return')}
  esac
  case "$words[2]:$PREFIX" in
${subs
  .map(
    ({ name, options }) =>
      `    ${name}:-*) found=(${options.map((one) => described(one.name, one.what)).join(' ')}); _describe option found ;;`,
  )
  .join('\n')}
${subs
  .filter(({ values }) => values.length > 0)
  .map(({ name, values }) => `    ${name}:*) compadd -- ${values.join(' ')}; _files ;;`)
  .join('\n')}
    *) _files ;;
  esac
}
# Read from a folder of $fpath, the file is the function, and this is its first call; with eval or source it is neither.
if [ "$funcstack[1]" = "_groundrules" ]; then
  _groundrules "$@"
else
  compdef _groundrules groundrules
fi
`;

const fish = (
  subs: readonly Sub[],
): string => `# groundrules completion fish > ~/.config/fish/completions/groundrules.fish
${subs
  .flatMap(({ name, summary, options, values }) => {
    const seen = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `complete -c groundrules -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
      ...(values.length > 0 ? [`complete -c groundrules ${seen} -a ${quoted(values.join(' '))}`] : []),
      ...options.map((one) => {
        const takes =
          one.values === null ? '' : one.values.length > 0 ? ` -x -a ${quoted(one.values.join(' '))}` : ' -r';
        return `complete -c groundrules ${seen} -l ${one.name.replace(/^--/, '')}${takes} -d ${quoted(one.what)}`;
      }),
    ];
  })
  .join('\n')}
`;

const WRITERS: Readonly<Record<(typeof SHELLS)[number], (subs: readonly Sub[]) => string>> = {
  bash,
  zsh,
  fish,
};
