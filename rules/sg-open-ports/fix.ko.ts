/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  '{group} belongs to account {account}: only that account can change it.':
    '{group}: 계정 {account}의 소유이며 그 계정만 바꿀 수 있음.',
  'nothing is revoked, because {what} would be cut: the narrower rules for it are not there.':
    '{what}: 대신할 좁은 규칙이 없어 차단되므로 아무것도 취소하지 않음.',
  '{what} allowed by narrower rules': '{what}: 더 좁은 규칙으로 허용',
  '{what} revoked ({ids})': '{what}: 취소({ids})',
  'Also cut, since no rule can say "all but these": {what}.':
    '"이것만 빼고"라는 규칙은 없으므로 함께 차단됨: {what}.',
  'IPv6 addresses inside a VPC are mostly public ones: what came in from there by these rules is cut, too.':
    'VPC 안의 IPv6 주소는 대부분 퍼블릭 주소이므로 이 규칙으로 들어오던 내부 트래픽도 차단됨.',
  '{group} does not exist any more.': '{group}: 더 이상 없음.',
  '{what} revoked again ({ids})': '{what}: 다시 취소({ids})',
  'allowed by narrower rules': '더 좁은 규칙으로 허용',
  '{what} allowed again': '{what}: 다시 허용',
  '{what} from {sources}': '{sources}의 {what}',
  'all traffic': '모든 트래픽',
  'protocol {number}': '프로토콜 {number}',
  '{protocol} type {type}{code}': '{protocol} 유형 {type}{code}',
  ' code {code}': ' 코드 {code}',
  'protocols other than TCP, UDP and ICMP from {source}': '{source}의 TCP, UDP, ICMP 이외 프로토콜',
  'all types of {protocol} from {source}': '{source}의 모든 {protocol} 유형',
  'For a moment the group has {count} {family} rules or more. Its quota is above {quota}: should these be too many, EC2 refuses the narrower rules, and nothing changes.':
    '잠시 동안 그룹의 {family} 규칙이 {count}개 이상이 됨. 할당량은 {quota}개보다 많음: 너무 많으면 EC2가 더 좁은 규칙을 거부하고 아무것도 바뀌지 않음.',
  'the group would have {all} {family} rules for a moment, {more} of them new, and rulesPerGroup is {quota}: take rules away, have the quota raised (and say so in rulesPerGroup), or use a group of its own for some of them.':
    '잠시 동안 그룹의 {family} 규칙이 {all}개(새 규칙 {more}개)가 되며 rulesPerGroup은 {quota}: 규칙을 줄이거나, 할당량을 늘리고 rulesPerGroup에 지정하거나, 일부를 별도 그룹으로 옮길 것.',
  'Private sources get {what}, which is more than they had: a rule for each port would be more than the {quota} rules of a group.':
    '프라이빗 소스에 이전보다 넓게 허용됨({what}): 포트마다 규칙을 만들면 그룹의 규칙 {quota}개를 넘음.',
  'ec2:DescribeSecurityGroupRules of {group}: has no rule for {what}, which ec2:DescribeSecurityGroups shows; the group may be changing, try again':
    'ec2:DescribeSecurityGroupRules({group}): ec2:DescribeSecurityGroups에 나오는 규칙이 없음({what}). 그룹이 바뀌는 중일 수 있으니 다시 실행할 것',
};
