/** What commander itself says, in the language of the call: it knows English alone. */
import type { Option } from 'commander';
import type { Language } from '../../report/both.ts';

export const words = {
  en: {
    about: 'AWS Config rules that hold an account to its security baseline.',
    try: 'Try: groundrules evaluate, and groundrules help evaluate',
    howToCall: '(add --help for how to call it)',
    help: 'display help for command',
    version: 'output the version number',
    examples: 'Examples:',
    exit: 'Exit status:',
    default: 'default',
    choices: 'choices',
  },
  ko: {
    about: '계정이 보안 기준을 지키는지 판정하는 AWS Config 규칙입니다.',
    try: '시작하기: groundrules evaluate, groundrules help evaluate',
    howToCall: '(사용법은 --help)',
    help: '도움말을 출력',
    version: '버전을 출력',
    examples: '예:',
    exit: '종료 코드:',
    default: '기본값',
    choices: '선택',
  },
} as const satisfies Record<Language, object>;

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': '사용법:',
  'Arguments:': '인수:',
  'Options:': '옵션:',
  'Commands:': '명령:',
};

export const titleIn = (title: string, language: Language): string =>
  language === 'ko' ? (TITLES[title] ?? title) : title;

/** An option's line of help, with what is taken where it is not given. */
export function described({ description, argChoices, defaultValue }: Option, language: Language): string {
  const said = words[language];
  const more = [
    ...(argChoices ? [`${said.choices}: ${argChoices.map((one) => JSON.stringify(one)).join(', ')}`] : []),
    ...(typeof defaultValue === 'string' ? [`${said.default}: ${JSON.stringify(defaultValue)}`] : []),
  ];
  return more.length > 0 ? `${description} (${more.join(', ')})` : description;
}

/** Mistakes in a call that commander finds, and what they are in Korean. */
const MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/missing required argument '(.+)'/, "필수 인수 '$1'이(가) 없습니다"],
  [/option '(.+)' argument missing/, "옵션 '$1'에 값이 없습니다"],
  [/required option '(.+)' not specified/, "필수 옵션 '$1'이(가) 없습니다"],
  [/unknown option '(.+)'/, "알 수 없는 옵션입니다: '$1'"],
  [/unknown command '(.+)'/, "알 수 없는 명령입니다: '$1'"],
  [
    /too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)\./,
    '인수가 너무 많습니다: $2개가 필요한데 $3개를 주었습니다',
  ],
];

/** What commander says of a mistake in the call, in a language. */
export function mistakeIn(message: string, language: Language): string {
  if (language === 'en') return message;
  const [form, korean] = MISTAKES.find(([known]) => known.test(message)) ?? [];
  const said = form && korean !== undefined ? message.replace(form, korean) : message;
  return said.replace(/^error: /, '오류: ').replace(/\(Did you mean (?:one of )?(.+?)\?\)/, '(혹시 $1?)');
}
