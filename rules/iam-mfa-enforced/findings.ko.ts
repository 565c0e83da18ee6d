import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import { MOST } from './findings.ts';
import type rule from './rule.ts';

const WAYS = { password: '암호', key: '액세스 키' };

/** `모든 작업(제외: iam:* 외 2개)`: actions as {@link inWords} says them. */
function actionsKo(words: string): string {
  const [, what = words, except, more] = /^(\S+) but (\S+)(?: and (\d+) more)?$/.exec(words) ?? [];
  const all = what === 'everything' ? '모든 작업' : what;
  if (except === undefined) return all;
  return `${all}(제외: ${except}${more === undefined ? '' : ` 외 ${more}개`})`;
}

const listed = (actions: readonly string[]): string =>
  `${actions.slice(0, MOST).map(actionsKo).join(', ')}${actions.length > MOST ? ' 등' : ''}`;

export const messages: MessagesOf<typeof rule> = {
  withoutMfa: ({ by, actions }) =>
    `${by.map((way) => WAYS[way]).join(', ')}만으로 MFA 없이 할 수 있는 작업: ${listed(actions)}`,
  noCredentials: () => '암호도 활성 액세스 키도 없음',
  keyOnly: () => '액세스 키만 있고 암호가 없으며, includeAccessKeyOnly가 false',
  exempt: exemptMessageKo,
};
