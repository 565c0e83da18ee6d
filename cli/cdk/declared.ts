/** The CDK's own commands, on the app that comes along: what they have in common. */
import type { Both } from '../../report/both.ts';
import {
  type AnyCommand,
  type ArgumentsOf,
  defineCommand,
  type Example,
  type OptionsOf,
  options,
} from '../program/define.ts';
import type { World } from '../program/world.ts';

const args = [
  {
    name: '[cdk...]',
    what: {
      en: 'stacks (default: all), and any option of the CDK',
      ko: '스택(기본값: 전부)과 CDK의 모든 옵션',
    },
  },
] as const;
const declared = options(
  {
    flags: '--config <file>',
    what: { en: 'the settings', ko: '설정 파일' },
    default: 'groundrules.config.json',
  },
  {
    flags: '--profile <name>',
    what: { en: 'credentials of this profile', ko: '이 프로파일의 자격 증명 사용' },
  },
);
/** Of `deploy` alone: the others change no permissions, or ask by themselves. */
const ofDeploy = options(
  {
    flags: '--require-approval <level>',
    what: {
      en: 'ask before changes of permissions: never, any-change, broadening',
      ko: '권한이 바뀌기 전에 물어볼지: never, any-change, broadening',
    },
    offers: ['never', 'any-change', 'broadening'],
  },
  {
    flags: '--no-preflight',
    what: {
      en: 'do not look first whether it can succeed',
      ko: '성공할 수 있는지 먼저 확인하지 않음',
    },
  },
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared> & OptionsOf<typeof ofDeploy>;

type RunCdk = (args: Arguments, options: Options, world: World) => Promise<number>;

/** What is not said here is passed on to the CDK. */
export const cdkCommand = (
  name: 'deploy' | 'synth' | 'diff' | 'destroy',
  summary: Both,
  examples: readonly Example[],
  run: () => Promise<{ readonly run: RunCdk }>,
): AnyCommand =>
  defineCommand({
    name,
    summary,
    description: {
      en: `Runs "cdk ${name}" on the stacks that groundrules.config.json asks for (docs/deploy.md).`,
      ko: `groundrules.config.json이 정한 스택에 "cdk ${name}"을 실행합니다(docs/deploy.md).`,
    },
    arguments: args,
    options: name === 'deploy' ? [...declared, ...ofDeploy] : declared,
    passesOn: true,
    examples,
    exit: [
      ['0', { en: 'done', ko: '완료' }],
      ...(name === 'deploy'
        ? [
            [
              '1',
              {
                en: 'something would keep it from succeeding: nothing was deployed',
                ko: '배포를 막는 것이 있음. 아무것도 배포하지 않음',
              },
            ] as const,
          ]
        : []),
      ['2', { en: 'the call or the settings were wrong', ko: '명령이나 설정이 잘못됨' }],
      ['others', { en: "the CDK's own", ko: 'CDK의 종료 코드' }],
    ],
    run,
  });
