import { notifyFix } from '../shared/notify/fix.ts';
import type { IngressFinding } from './findings.ts';

/** Tells people which sources to take away: each of them can be an application's. */
export const fix = notifyFix<IngressFinding, object>()({
  names: {
    groups: (one) => {
      const groups = (one?.findings ?? []).flatMap((finding) => ('group' in finding ? [finding.group] : []));
      const text = one ? [...new Set(groups)].join(' ') : '`<groups>`';
      return { en: text, ko: text };
    },
  },
  steps: [
    {
      en: 'Find out who uses each source that is named above: the VPC flow logs of the network interfaces of {resource}, and the connections that the database itself shows, over a month.',
      ko: '위에 나온 소스를 누가 쓰는지 확인합니다. {resource}의 네트워크 인터페이스에 대한 VPC 흐름 로그와 데이터베이스가 보여 주는 접속을 한 달 동안 살펴봅니다.',
    },
    {
      en: 'For each application, add an inbound rule for the port of the database whose source is the security group of the application. Where that is impossible, take the range of its subnets.',
      ko: '애플리케이션마다 그 보안 그룹을 소스로 하는 인바운드 규칙을 데이터베이스 포트에 추가합니다. 불가능하면 그 서브넷의 범위를 씁니다.',
    },
    {
      en: 'Let people connect by Session Manager port forwarding or AWS Client VPN in the place of their own addresses.',
      ko: '사람은 자신의 IP 주소 대신 Session Manager 포트 전달이나 AWS Client VPN으로 접속하게 합니다.',
    },
    {
      en: 'Revoke the old inbound rules of {groups} in {region} (EC2 console, Security groups, Inbound rules). A group may belong to other resources, too: look at what uses it first.',
      ko: '{region}에서 {groups}의 이전 인바운드 규칙을 삭제합니다(EC2 콘솔, 보안 그룹, 인바운드 규칙). 보안 그룹을 다른 리소스도 쓸 수 있으므로 먼저 확인합니다.',
    },
    {
      en: 'Connections that are open stay open without their rule: watch the applications until they have connected anew, and put the rule back where one cannot.',
      ko: '이미 열린 연결은 규칙이 없어져도 유지됩니다. 애플리케이션이 다시 연결할 때까지 지켜보고, 연결하지 못하면 규칙을 되돌립니다.',
    },
  ],
});
