import { notifyFix } from '../shared/notify/fix.ts';
import type { UnusedFinding } from './findings.ts';

/** Tells people: whether something that is idle will be needed again, nobody else knows. */
export const fix = notifyFix<UnusedFinding, unknown>()({
  category: 'Cost',
  steps: [
    {
      en: 'Ask whoever owns it: its tags, and who made it by CloudTrail, tell. A standby, a bastion or a licence server is idle on purpose: give it the tag of exemptTagKey, or waive the result.',
      ko: '소유자에게 확인합니다. 태그와 CloudTrail의 생성 기록으로 알 수 있습니다. 대기용 서버, 배스천, 라이선스 서버처럼 일부러 쉬게 둔 것이면 exemptTagKey의 태그를 붙이거나 결과를 면제합니다.',
    },
    {
      en: 'A default VPC: delete it in the VPC console, which takes its subnets, its internet gateway and its security group along. "Create default VPC" brings an empty one back.',
      ko: '기본 VPC: VPC 콘솔에서 삭제합니다. 서브넷, 인터넷 게이트웨이, 보안 그룹도 함께 삭제됩니다. "기본 VPC 생성"으로 빈 기본 VPC를 다시 만들 수 있습니다.',
    },
    {
      en: 'A NAT gateway: take its routes out of the route tables, delete it, and release its Elastic IP address, which costs money by itself. A load balancer: look for DNS records that name it, then delete it with its target groups.',
      ko: 'NAT 게이트웨이: 라우팅 테이블에서 경로를 지우고 삭제한 뒤, 따로 과금되는 탄력적 IP 주소를 해제합니다. 로드 밸런서: 이름을 가리키는 DNS 레코드가 있는지 보고 대상 그룹과 함께 삭제합니다.',
    },
    {
      en: 'An instance: stop it first and wait. If nobody misses it, make a snapshot or an AMI, and terminate it. A snapshot of a database: copy it elsewhere if somebody may want it, and delete it; it cannot be brought back.',
      ko: '인스턴스: 먼저 중지하고 기다립니다. 찾는 사람이 없으면 스냅샷이나 AMI를 만든 뒤 종료합니다. 데이터베이스 스냅샷: 필요할 수 있으면 다른 곳에 복사하고 삭제합니다. 삭제한 것은 되살릴 수 없습니다.',
    },
  ],
});
