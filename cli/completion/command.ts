import { type ArgumentsOf, defineCommand } from '../program/define.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
const args = [
  { name: '<shell>', what: { en: 'bash, zsh or fish', ko: 'bash, zsh, fish' }, choices: SHELLS },
] as const;
export type Arguments = ArgumentsOf<typeof args>;

export default defineCommand({
  name: 'completion',
  summary: {
    en: 'print what your shell needs to complete the command',
    ko: '셸 자동 완성 스크립트를 출력합니다',
  },
  description: {
    en: 'Prints a script that lets bash, zsh or fish complete commands, options, rules and Regions.',
    ko: 'bash, zsh, fish에서 명령, 옵션, 규칙, 리전을 자동 완성하는 스크립트를 출력합니다.',
  },
  arguments: args,
  options: [],
  examples: [
    ['$ eval "$(groundrules completion bash)"', { en: 'in ~/.bashrc', ko: '~/.bashrc에' }],
    ['$ groundrules completion zsh > "$fpath[1]/_groundrules"', ''],
    ['$ groundrules completion fish > ~/.config/fish/completions/groundrules.fish', ''],
  ],
  exit: [
    ['0', { en: 'printed', ko: '출력함' }],
    ['2', { en: 'the call was wrong', ko: '명령을 잘못 썼음' }],
  ],
  run: () => import('./run.ts'),
});
