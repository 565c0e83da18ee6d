import type { MessagesOf } from '../rule.ts';
import { exemptMessageKo } from '../shared/exemption.ko.ts';
import { type Opening, span, widest } from './findings.ts';
import type rule from './rule.ts';

/** `tcp 22`, `tcp 81-442`, `icmp 타입 8`, `gre`, `프로토콜 99`. */
function whatIsOpen(finding: Opening): string {
  switch (finding.kind) {
    case 'allTraffic':
      return '모든 트래픽';
    case 'openPorts':
      return `${finding.protocol} ${span(finding.fromPort, finding.toPort)}`;
    case 'openIcmp':
      return finding.fromType === 0 && finding.toType === 255
        ? finding.protocol
        : `${finding.protocol} 타입 ${span(finding.fromType, finding.toType)}`;
    case 'openProtocol':
      return /^\d+$/.test(finding.protocol) ? `프로토콜 ${finding.protocol}` : finding.protocol;
  }
}

function whoCanReach(finding: Opening): string {
  const { shown, more } = widest(finding);
  const named = shown.map(({ source, awsName }) =>
    awsName === undefined ? source : `${source}(AWS 관리형 ${awsName})`,
  );
  return `${named.join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`;
}

const sentence = (finding: Opening): string => `${whatIsOpen(finding)} 개방: ${whoCanReach(finding)}`;

export const messages: MessagesOf<typeof rule> = {
  allTraffic: sentence,
  openPorts: sentence,
  openIcmp: sentence,
  openProtocol: sentence,
  foreignGroup: ({ owner }) => `계정 ${owner}의 보안 그룹으로, 그 계정에서 판정함`,
  exempt: exemptMessageKo,
};
