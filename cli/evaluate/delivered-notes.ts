/** What is said beside the report of a bucket that AWS Config delivers to. */
import type { OpenBucket } from '../../account/live/bucket.ts';
import type { Progress } from '../program/progress.ts';
import type { Head } from './kept.ts';

const HOUR = 3_600_000;
/** AWS Config makes a snapshot once a day, where it is to make some: two that are missing are no chance. */
const OLD_HOURS = 48;

/** Names the accounts of which other logs alone are in the bucket. */
export function sayLeftOut(accounts: readonly string[], progress: Progress): void {
  if (accounts.length === 0) return;
  const names = shortly([...accounts].sort());
  progress.note({
    en: `${names} left out: AWS Config delivers nothing of ${accounts.length === 1 ? 'it' : 'them'} to this bucket`,
    ko: `${names} 제외: AWS Config가 이 버킷에 전달한 파일이 없습니다`,
  });
}

/** Says that there may be more accounts: AWS Control Tower's lie above `AWSLogs/`. */
export function sayUnlisted(path: string, { message }: Error, progress: Progress): void {
  progress.note({
    en: `${path}: accounts in folders of organizations beside AWSLogs/, as AWS Control Tower has them, are not looked for: ${message}`,
    ko: `${path}: AWS Control Tower처럼 AWSLogs/ 옆의 조직 폴더에 있는 계정은 찾지 않았습니다: ${message}`,
  });
}

/** Says which accounts are shown as they were long ago. */
export function sayOld(heads: readonly Head[], now: Date, progress: Progress): void {
  const old = heads.flatMap(({ account: { accountId }, input: { delivered = {} } }) =>
    Object.entries(delivered)
      .filter(([, at]) => now.getTime() - Date.parse(at) > OLD_HOURS * HOUR)
      .map(([region, at]) => ({ place: `${accountId} ${region}`, at })),
  );
  if (old.length === 0) return;
  const oldestFirst = old.sort((one, other) => (one.at < other.at ? -1 : 1));
  const named = shortly(oldestFirst.map(({ place, at }) => `${place} (${at.slice(0, 16)}Z)`));
  progress.note({
    en: `the newest file is more than ${OLD_HOURS} hours old in ${old.length} Regions of accounts, so that they are judged as they were then: ${named}. Look at their delivery channels`,
    ko: `가장 새 파일이 ${OLD_HOURS}시간보다 오래된 계정 리전이 ${old.length}곳 있어, 그 시점의 상태로 판정했습니다: ${named}. 전송 채널을 확인하십시오`,
  });
}

/** Says that there are rules which the bucket has nothing for. */
export function sayUntold(rules: number, progress: Progress): void {
  if (rules === 0) return;
  progress.note({
    en: `${rules} rules left out: AWS Config recorded nothing of what they report on (--with-live asks the accounts)`,
    ko: `규칙 ${rules}개 제외: 보고할 대상이 AWS Config 기록에 없습니다 (--with-live로 계정에 물어볼 수 있음)`,
  });
}

/** Says which rules have something in some accounts alone. */
export function sayUntoldInSome(rules: readonly string[], heads: readonly Head[], progress: Progress): void {
  const lacking = rules
    .map((rule) => ({ rule, accounts: heads.filter((head) => head.rules?.includes(rule) === false).length }))
    .filter(({ accounts }) => accounts > 0);
  if (lacking.length === 0) return;
  const named = (of: (rule: string, accounts: number) => string) =>
    lacking.map(({ rule, accounts }) => of(rule, accounts)).join(', ');
  progress.note({
    en: `left out where AWS Config recorded nothing of what they report on: ${named((rule, accounts) => `${rule} in ${accounts} of ${heads.length} accounts`)}`,
    ko: `보고할 대상이 AWS Config 기록에 없어 제외: ${named((rule, accounts) => `${rule}(계정 ${heads.length}개 중 ${accounts}개)`)}`,
  });
}

/** Says what the buckets were asked. */
export function sayWhatWasAsked(buckets: readonly OpenBucket[], progress: Progress): void {
  for (const { name, asked } of buckets) {
    const megabytes = (asked.bytes / 1e6).toFixed(1);
    progress.note({
      en: `s3://${name}: ${asked.lists} lists and ${asked.gets} objects, ${megabytes} MB`,
      ko: `s3://${name}: 목록 요청 ${asked.lists}회, 객체 요청 ${asked.gets}회, ${megabytes}MB`,
    });
  }
}

const shortly = (names: readonly string[]): string =>
  names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
