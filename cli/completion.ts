/** `groundrules completion`: what a shell needs to complete the command, made from the command's own options. */
import type { Command, Option } from 'commander';
import { regions } from '../catalogue/availability.ts';
import { controls, DOMAINS, FRAMEWORKS } from '../catalogue/index.ts';
import { SEVERITIES } from '../report/result.ts';
import { rules } from '../rules/index.ts';
import { ON_ERROR } from './evaluate-command.ts';
import { oneOf } from './options.ts';
import { PERMISSIONS_FOR } from './permissions-command.ts';
import { FIXABLE } from './remediate/document.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

/** Values of options that commander does not know, by the option's name, or by the command's and the option's. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--rule': ids(rules),
  'remediate --rule': ids(FIXABLE),
  '--severity': SEVERITIES,
  '--status': ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'],
  '--framework': Object.keys(FRAMEWORKS),
  '--with-recorder': ['continuous', 'daily'],
  '--partition': ['aws', 'aws-cn', 'aws-us-gov'],
  '--require-approval': ['never', 'any-change', 'broadening'],
  '--unjudged': ids(rules),
  '--region': Object.keys(regions),
  '--packs': DOMAINS,
  '--domain': DOMAINS,
  '--fail-on': SEVERITIES,
  '--on-error': ON_ERROR,
};
/** Arguments, by command. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  remediate: ids(FIXABLE),
  controls: ids(controls),
  attest: ids(controls.filter(({ kind }) => kind === 'process-check')),
  permissions: PERMISSIONS_FOR,
  completion: SHELLS,
};

interface Sub {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly {
    readonly name: string;
    readonly what: string;
    readonly values: readonly string[] | null;
  }[];
  readonly values: readonly string[];
}

/** @throws {UsageError} for another shell. */
export function completionScript(shell: string, program: Command): string {
  const subs = program.commands.map(
    (command): Sub => ({
      name: command.name(),
      summary: command.summary(),
      options: command.options.map((option) => ({
        name: option.long ?? option.flags,
        what: option.description,
        values: valuesOf(command, option),
      })),
      values: ARGUMENTS[command.name()] ?? [],
    }),
  );
  return { bash, zsh, fish }[oneOf('completion', shell, SHELLS)](subs);
}

/** `null` for a switch; nothing for a value that nobody can know. */
function valuesOf(command: Command, { required, optional, argChoices, long = '' }: Option) {
  if (!required && !optional) return null;
  return argChoices ?? VALUES[`${command.name()} ${long}`] ?? VALUES[long] ?? [];
}

/** What comes after an option is its value: a file, as far as anybody knows, and none of the command's arguments. */
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
compdef _groundrules groundrules
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
