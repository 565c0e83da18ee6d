/** What each document of this pack does, in a line, for the index of fixes. Their pages say it in full. */

import { no, text, yes } from './aws-owned/parts.ts';
import type { Summary, Text } from './aws-owned.ts';

export const summaries: Readonly<Record<string, Summary>> = {
  'root-mfa': {
    changes: text(
      "Nothing in root's sign-in, which nobody else can change: opens an OpsItem and publishes to an SNS topic.",
      '루트의 로그인은 본인만 바꿀 수 있으므로 바꾸지 않습니다. OpsItem을 열고 SNS 주제에 게시합니다.',
    ),
    breaks: text('Nothing.', '없음.'),
    undo: text(
      'Resolves the OpsItem. A message that was sent stays sent.',
      'OpsItem을 해결 처리합니다. 보낸 메시지는 회수되지 않습니다.',
    ),
    automatic: yes('It only tells people.', '알리기만 합니다.'),
  },
  's3-public': {
    changes: text(
      "The flags of the bucket's Block Public Access that stop the cause (or all four).",
      '원인을 막는 버킷의 퍼블릭 액세스 차단 플래그(또는 네 개 모두).',
    ),
    breaks: text(
      'Public websites on the bucket; other accounts that a public policy lets in.',
      '버킷의 공개 웹 사이트, 퍼블릭 정책으로 들어오던 다른 계정.',
    ),
    undo: text('Turns off what the run turned on.', '실행이 켠 것만 끕니다.'),
    automatic: yes('Once what is meant to be public is exempt.', '공개해야 할 버킷을 제외한 뒤에.'),
  },
  'sg-open-ports': {
    changes: text(
      'Revokes the offending rules; narrower ones for allowed ports and private sources are authorized first.',
      '문제가 되는 규칙을 취소합니다. 허용된 포트와 사설 소스를 위한 좁은 규칙을 먼저 추가합니다.',
    ),
    breaks: text(
      'Whoever connects from the internet to a port that is not allowed.',
      '허용되지 않은 포트로 인터넷에서 접속하던 쪽.',
    ),
    undo: text(
      'Brings the revoked rules back, with descriptions and tags (under new ids), and takes away what was added.',
      '취소한 규칙을 설명과 태그까지 되살리고(ID는 새로 생김) 추가한 규칙을 없앱니다.',
    ),
    automatic: yes('Once the allowed ports are right.', '허용 포트를 맞춘 뒤에.'),
  },
  'access-key-age': {
    changes: text(
      'Deactivates old access keys; never deletes one.',
      '오래된 액세스 키를 비활성화합니다. 삭제는 하지 않습니다.',
    ),
    breaks: text(
      'Whatever signs with the key. One used in the last days is left alone.',
      '그 키로 서명하던 것. 최근에 사용한 키는 건드리지 않습니다.',
    ),
    undo: text('Activates the keys again.', '키를 다시 활성화합니다.'),
    automatic: yes('Without Force.', 'Force를 쓰지 않을 때.'),
  },
  'trail-object-lock': {
    changes: text(
      "Versioning and Object Lock with a default retention on the trail's bucket.",
      '추적 버킷의 버전 관리와 기본 보존 기간이 있는 객체 잠금.',
    ),
    breaks: text(
      'New objects cannot be deleted until their retention ends: costs, and whatever cleans up.',
      '새 객체는 보존 기간이 끝날 때까지 삭제할 수 없습니다. 비용이 들고 정리 작업이 막힙니다.',
    ),
    undo: text(
      'Takes back the default retention alone. Object Lock and versioning can never be turned off again.',
      '기본 보존 기간만 되돌립니다. 객체 잠금은 다시 끌 수 없습니다.',
    ),
    automatic: no('It cannot be taken back as a whole.', '전부 되돌릴 수는 없습니다.'),
  },
  'rds-audit-log': {
    changes: text(
      'Exports the logs of the DB instance to CloudWatch Logs.',
      'DB 인스턴스의 로그를 CloudWatch Logs로 내보냅니다.',
    ),
    breaks: text(
      'Nothing; CloudWatch Logs bills the volume.',
      '없음. CloudWatch Logs가 양에 따라 과금합니다.',
    ),
    undo: text(
      'Stops exporting what the run began to export; log groups stay.',
      '실행이 시작한 내보내기를 멈춥니다. 로그 그룹은 남습니다.',
    ),
    automatic: yes('Where the bill is wanted.', '비용을 감수할 때.'),
  },
  'rds-aurora-audit-log': {
    changes: text(
      'Exports the audit log of the Aurora MySQL cluster to CloudWatch Logs.',
      'Aurora MySQL 클러스터의 감사 로그를 CloudWatch Logs로 내보냅니다.',
    ),
    breaks: text(
      'Nothing; CloudWatch Logs bills the volume.',
      '없음. CloudWatch Logs가 양에 따라 과금합니다.',
    ),
    undo: text(
      'Stops exporting it if the run began to; log groups stay.',
      '실행이 시작한 내보내기를 멈춥니다. 로그 그룹은 남습니다.',
    ),
    automatic: yes('Where the bill is wanted.', '비용을 감수할 때.'),
  },
  'alb-http-to-https': {
    changes: text(
      "The default action of the load balancer's HTTP listeners becomes a redirect to its HTTPS listener.",
      '로드 밸런서 HTTP 리스너의 기본 동작을 HTTPS 리스너로의 리디렉션으로 바꿉니다.',
    ),
    breaks: text(
      'Clients that follow no redirect, or do not trust the certificate.',
      '리디렉션을 따르지 않거나 인증서를 신뢰하지 않는 클라이언트.',
    ),
    undo: text('Gives the listeners their former default action.', '리스너의 이전 기본 동작을 되돌립니다.'),
    automatic: no('Try the HTTPS listener first.', '먼저 HTTPS 리스너를 확인하십시오.'),
  },
  'security-contact': {
    changes: text(
      "Registers the account's alternate contact for security where it has none.",
      '계정에 보안 대체 연락처가 없으면 등록합니다.',
    ),
    breaks: text('Nothing.', '없음.'),
    undo: text('Deletes the contact that the run registered.', '실행이 등록한 연락처를 삭제합니다.'),
    automatic: yes('With a contact of your own.', '담당 연락처를 지정했을 때.'),
  },
  'member-root-credentials': {
    changes: text(
      "Deletes the root user's credentials of a member account, from the management account.",
      '관리 계정에서 멤버 계정 루트 사용자의 자격 증명을 삭제합니다.',
    ),
    breaks: text("Whoever signs in as that account's root user.", '그 계정의 루트 사용자로 로그인하던 사람.'),
    undo: text(
      'None: root recovers its password once that is allowed again.',
      '없음: 다시 허용되면 루트가 암호를 복구합니다.',
    ),
    automatic: no('A person approves every run.', '실행마다 사람이 승인합니다.'),
  },
};

/** Controls that the catalogue gives a document of this pack, whose rule is still to be built. */
export const planned: readonly { readonly control: string; readonly would: Text }[] = [
  {
    control: 'root-activity-alert',
    would: text(
      'create the EventBridge rule (us-east-1 for sign-in) and its SNS target',
      'EventBridge 규칙(로그인은 us-east-1)과 SNS 대상을 만듭니다',
    ),
  },
  {
    control: 'root-approved-task-notification',
    would: text('the same document, second rule', '같은 문서, 두 번째 규칙'),
  },
  {
    control: 'guardduty-root-alert',
    would: text(
      "create an EventBridge rule for GuardDuty's finding",
      'GuardDuty 결과에 대한 EventBridge 규칙을 만듭니다',
    ),
  },
  {
    control: 'iam-mfa-enforced',
    would: text(
      'attach a reviewed deny-unless-MFA policy through a group',
      '검토한 MFA 강제 정책을 그룹으로 연결합니다',
    ),
  },
  {
    control: 'access-key-creation-banned',
    would: text('deactivate the key after notice', '알린 뒤 키를 비활성화합니다'),
  },
  {
    control: 'alternate-contacts',
    would: text('register the billing and operations contacts as well', '결제·운영 연락처도 등록합니다'),
  },
  {
    control: 'budget-alert',
    would: text('create a budget with a limit and a subscriber', '한도와 수신자를 지정한 예산을 만듭니다'),
  },
  {
    control: 'cost-anomaly-detection',
    would: text('create an anomaly monitor and its subscription', '이상 비용 모니터와 구독을 만듭니다'),
  },
  {
    control: 'billing-alarm',
    would: text('create the alarm in us-east-1', 'us-east-1에 경보를 만듭니다'),
  },
  {
    control: 'rds-managed-master-secret',
    would: text(
      'hand the master password to Secrets Manager, which rotates it at once',
      '마스터 암호를 Secrets Manager에 맡기며 즉시 교체됩니다',
    ),
  },
];
