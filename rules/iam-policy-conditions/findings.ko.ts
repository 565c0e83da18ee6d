import type { MessagesOf } from '../rule.ts';
import { listedKo } from '../shared/listed.ko.ts';
import { NAMED, short } from './findings.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  unrestricted: ({ sid, index, actions, keys }) => {
    const statement = sid === undefined ? `문 ${index}` : `문 "${short(sid)}"`;
    const why = keys.length > 0 ? `(조건의 키: ${short(keys.join(', '))})` : '';
    return `${statement}: 제한하는 조건 없이 허용함${why}: ${listedKo(actions, NAMED)}`;
  },
  unattached: () => '아무에게도 연결되지 않음',
  boundaryOnly: () => '권한 경계로만 쓰이며, 권한 경계는 아무 권한도 주지 않음',
};
