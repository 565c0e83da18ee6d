import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import type rule from './rule.ts';

/** `사용자 데이터`, `버전 3`: where the key is. */
const whereKo = (where: string): string =>
  where.replace(/^user data$/, '사용자 데이터').replace(/^version (?=.)/, '버전 ');

export const messages: MessagesOf<typeof rule> = {
  accessKey: ({ where, line, key }) => `${whereKo(where)}의 ${line}행에 액세스 키가 있음: ${key}`,
  secretKey: ({ where, line }) => `${whereKo(where)}의 ${line}행에 시크릿 액세스 키가 있음`,
  exempt: exemptMessageKo,
};
