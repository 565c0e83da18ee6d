/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  '{name} keeps the password that RDS manages, because nothing brings the former one back. To set one of your own, which deletes the secret: aws rds {command} {other} --no-manage-master-user-password --master-user-password <password>{options}.':
    '{name}: 이전 암호를 복구할 수 없으므로 RDS가 관리하는 암호를 그대로 둠. 직접 암호를 지정하려면(보안 암호는 삭제됨): aws rds {command} {other} --no-manage-master-user-password --master-user-password <password>{options}.',
  'Whatever logs in to {name} as its master user fails until it reads the secret: the password changes at once, and nothing brings the former one back.':
    '{name}: 암호가 즉시 바뀌므로 마스터 사용자로 로그인하는 것은 보안 암호를 읽을 때까지 실패함. 이전 암호는 복구할 수 없음.',
  'No blue/green deployment of {name} can be made afterwards{replica}. The secret costs $0.40 a month.':
    '{name}: 이후 블루/그린 배포를 만들 수 없음{replica}. 보안 암호 요금은 월 $0.40.',
  ', and no read replica, but for SQL Server': '(읽기 전용 복제본도 불가, SQL Server 제외)',
  'a new master password of {name} kept in Secrets Manager by RDS':
    '{name}: 새 마스터 암호를 RDS가 Secrets Manager에 보관',
  'RDS manages the password of {name} already, and cannot reach or rotate the secret: give RDS back the secret and its KMS key, then aws secretsmanager rotate-secret':
    '{name}: RDS가 이미 암호를 관리하나 보안 암호에 접근하거나 교체하지 못함. RDS가 보안 암호와 KMS 키를 다시 쓰게 한 뒤 aws secretsmanager rotate-secret을 실행할 것',
  'whatever logs in to {name} as its master user would fail: say Confirm={id} once it can read the secret':
    '{name}: 마스터 사용자로 로그인하는 것이 실패하게 됨. 보안 암호를 읽을 수 있게 된 뒤 Confirm={id} 지정 필요',
  'Confirm is not {name}, which is the identifier of this database':
    'Confirm의 값이 이 데이터베이스의 식별자({name})가 아님',
  '{name} has read replicas, and RDS makes no new ones of a database whose password it manages':
    '{name}: 읽기 전용 복제본이 있으며, RDS가 암호를 관리하면 새 복제본을 만들 수 없음',
};
