import { LIMIT, PROGRESS } from '../options/declared.ts';
import { type ArgumentsOf, defineCommand, type OptionsOf, options } from '../program/define.ts';

const args = [
  {
    name: '[results]',
    what: {
      en: 'what "evaluate --format json" wrote, or a folder of it, of which the newest is shown (default: the history)',
      ko: '"evaluate --format json"의 출력, 또는 그런 파일의 폴더(가장 최근 것을 보여 줌). 기본값은 이력 폴더',
    },
  },
] as const;
const declared = options(
  {
    flags: '--history <folder>',
    what: {
      en: 'earlier results, as "evaluate --history" keeps them (default: groundrules-history, if it is here)',
      ko: '"evaluate --history"가 보관한 이전 결과 (기본값: 현재 폴더에 있으면 groundrules-history)',
    },
  },
  {
    flags: '--no-history',
    what: { en: 'show the results alone', ko: '결과만 보여 줌' },
  },
  {
    flags: '--baseline <file>',
    what: {
      en: 'earlier results, to say what has changed since',
      ko: '이전 결과. 그 뒤로 달라진 점을 보여 줌',
    },
  },
  {
    flags: '--port <number>',
    what: {
      en: 'the port, 0 for any that is free (default: 4780, or the next that is free)',
      ko: '포트. 0이면 비어 있는 아무 포트 (기본값: 4780, 사용 중이면 그다음 빈 포트)',
    },
  },
  ...LIMIT,
  ...PROGRESS,
);
export type Arguments = ArgumentsOf<typeof args>;
export type Options = OptionsOf<typeof declared>;

export default defineCommand({
  name: 'serve',
  summary: {
    en: 'show results as a page for the browser, with their history',
    ko: '결과를 이력과 함께 브라우저용 페이지로 보여 줍니다',
  },
  description: {
    en: 'Serves the HTML report of results, on this machine alone, with what their history says: trends, times to fix, what keeps turning. A new run shows when the page is loaded again.',
    ko: '결과의 HTML 보고서를 이 컴퓨터에서만 열리는 주소로 제공합니다. 이력이 있으면 추이, 해결 시간, 되풀이되는 것도 보여 줍니다. 새 실행은 페이지를 새로 고치면 나타납니다.',
  },
  arguments: args,
  options: declared,
  examples: [
    [
      '$ groundrules serve results.json',
      { en: 'with groundrules-history, if it is here', ko: 'groundrules-history가 있으면 함께' },
    ],
    [
      '$ groundrules serve',
      { en: 'the newest run of groundrules-history', ko: 'groundrules-history의 최근 실행' },
    ],
    ['$ groundrules serve --history /srv/audit/history --port 8080 --lang ko', ''],
  ],
  note: {
    en: 'Nothing but this machine can reach the address (127.0.0.1), and it has no password: whoever has an account here can read it.',
    ko: '주소(127.0.0.1)는 이 컴퓨터에서만 열립니다. 암호가 없으므로 이 컴퓨터에 계정이 있는 사람은 누구나 볼 수 있습니다.',
  },
  exit: [
    ['0', { en: 'ended by Ctrl-C', ko: 'Ctrl-C로 끝냄' }],
    [
      '2',
      {
        en: 'the call was wrong, the results cannot be read, or the port is taken',
        ko: '명령을 잘못 썼거나, 결과를 읽을 수 없거나, 포트가 사용 중임',
      },
    ],
  ],
  run: () => import('./run.ts'),
});
