import type { MessagesOf } from '../rule.ts';
import { listedKo } from '../shared/listed.ko.ts';
import { MOST_NAMED } from './findings.ts';
import type rule from './rule.ts';

const of = ({ region, recorder }: { readonly region: string; readonly recorder: string }): string =>
  `${region}의 기록기 ${recorder}`;

export const messages: MessagesOf<typeof rule> = {
  noRecorder: ({ region }) => `${region}: 구성 기록기가 없음`,
  stopped: (one) => `${of(one)}: 중지됨`,
  failing: ({ code, ...one }) => `${of(one)}: 실패${code === undefined ? '' : `(${code})`}`,
  noChannel: ({ region }) => `${region}: 전송 채널이 없음`,
  someTypes: ({ excluded, ...one }) =>
    excluded.length === 0
      ? `${of(one)}: 지정한 리소스 유형만 기록함`
      : `${of(one)}: 제외한 리소스 유형이 있음(${listedKo(excluded, MOST_NAMED)})`,
  role: (one) => `${of(one)}: AWS Config의 서비스 연결 역할로 실행하지 않음`,
  noGlobalTypes: () => 'AWS::IAM::User, Group, Role, Policy를 모두 기록하는 리전이 없음',
};
