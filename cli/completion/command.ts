import { type ArgumentsOf, defineCommand } from '../program/define.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
const args = [{ name: '<shell>', what: 'bash, zsh or fish', choices: SHELLS }] as const;
export type Arguments = ArgumentsOf<typeof args>;

export default defineCommand({
  name: 'completion',
  summary: 'print what your shell needs to complete the command',
  ko: '셸 자동 완성 스크립트를 출력합니다',
  description: 'Prints a script that lets bash, zsh or fish complete commands, options, rules and Regions.',
  arguments: args,
  options: [],
  examples: [
    ['$ eval "$(groundrules completion bash)"', 'in ~/.bashrc'],
    ['$ groundrules completion zsh > "$fpath[1]/_groundrules"', ''],
    ['$ groundrules completion fish > ~/.config/fish/completions/groundrules.fish', ''],
  ],
  exit: [
    ['0', 'printed'],
    ['2', 'the call was wrong'],
  ],
  run: () => import('./run.ts'),
});
