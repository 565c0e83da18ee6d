import type { MessagesOf } from '../rule.ts';
import { quotedKo } from '../shared/listed.ko.ts';
import { payerCoversMessageKo } from '../shared/payer.ko.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {
  noReport: () => '계정에 비용 및 사용 보고서(CUR)도 비용 데이터 내보내기도 없음',
  failing: ({ what, name, status, bucket }) =>
    `${what === 'report' ? '보고서' : '내보내기'} "${name}": 전달되지 않음${bucket === undefined ? '' : `(버킷 ${bucket})`}: ${status}`,
  otherExports: ({ exports }) => `비용과 사용량이 아닌 것을 내보냄: ${quotedKo(exports)}`,
  payerCovers: payerCoversMessageKo,
};
