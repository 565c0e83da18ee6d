/** The assumptions for what no snapshot tells. Every estimate prints all of them. */
import type { Both } from '../../report/both.ts';
import type { AnyRule } from '../../rules/rule.ts';

export interface Assumptions {
  /** Configuration items that AWS Config records of a resource, a day. */
  readonly changesPerDay: number;
  /** The share of verdicts that change in a month. */
  readonly verdictChanges: number;
  /** What the configuration recorder costs belongs into the estimate, and how it records. */
  readonly recorder: 'continuous' | 'daily' | undefined;
}

export const DEFAULTS: Assumptions = { changesPerDay: 0.1, verdictChanges: 0.05, recorder: undefined };

/** Waiting for one call of an AWS API, in milliseconds. */
export const CALL_MS = 50;
/** Starting a function that is not warm: Node.js, and a bundle of up to 400 KB. Lambda bills it. */
export const START_MS = 300;
/** Judging one event without the network: the most that docs/benchmarks.md has, rounded up. */
export const JUDGE_MS = 7;
/** What a run writes to its log, Lambda's own lines included. */
export const LOG_BYTES = 2_000;
/** Lambda waits for messages on five connections at a time, each for twenty seconds. */
export const POLLS_PER_MINUTE = 15;

/** Of a rule that is being written: test/bench/asked.test.ts asks for its own. */
const CALLS_UNMEASURED = { fixed: 4, each: 3 };

/** The AWS calls of a periodic run over so many resources, its PutEvaluations and the sweep included. */
export function callsOf({ calls = CALLS_UNMEASURED }: Pick<AnyRule, 'calls'>, resources: number): number {
  const { fixed, each } = calls;
  const batches = Math.ceil(resources / 100);
  return fixed + each * resources + batches + (2 + batches);
}

/** The assumptions in words. */
export const inWords = ({ changesPerDay, verdictChanges, recorder }: Assumptions): Both[] => [
  {
    en: `A resource changes ${changesPerDay} times a day, and each change is an evaluation by every rule that waits for changes of its type (an assumption without a source: --changes-per-day; AWS Config counts changed relationships, too).`,
    ko: `리소스는 하루에 ${changesPerDay}번 바뀌고, 바뀔 때마다 그 유형의 변경을 기다리는 모든 규칙이 평가합니다 (출처 없는 가정: --changes-per-day. AWS Config는 관계의 변경도 셉니다).`,
  },
  {
    en: `${verdictChanges * 100}% of the verdicts change in a month; each change is a configuration item of AWS::Config::ResourceCompliance, which the recorder is taken to record, and a finding where Security Hub is on (an assumption without a source: --verdict-changes).`,
    ko: `한 달에 판정의 ${verdictChanges * 100}%가 바뀝니다. 바뀔 때마다 AWS::Config::ResourceCompliance 구성 항목이 하나 생기고(레코더가 기록한다고 봅니다), Security Hub가 켜져 있으면 결과도 하나 생깁니다 (출처 없는 가정: --verdict-changes).`,
  },
  {
    en: 'An evaluation is one result of one rule for one resource. Results that are NOT_APPLICABLE are taken to be billed (unverified).',
    ko: '평가는 리소스 하나에 대한 규칙 하나의 결과입니다. NOT_APPLICABLE인 결과도 요금이 나온다고 봅니다 (확인하지 않음).',
  },
  {
    en: 'A process check is evaluated when somebody attests it, which is hardly ever: taken as 0 (whether AWS bills it is unverified).',
    ko: '프로세스 점검은 사람이 기록할 때만 평가되며 드문 일이므로 0으로 봅니다 (AWS가 요금을 매기는지는 확인하지 않음).',
  },
  {
    en: `A function starts cold each time (${START_MS} ms), judges for ${JUDGE_MS} ms, and waits ${CALL_MS} ms for each AWS call, one after the other; it writes ${LOG_BYTES / 1000} KB of log. The calls of each rule are measured, the times are assumptions.`,
    ko: `함수는 매번 콜드 스타트하고(${START_MS}ms), ${JUDGE_MS}ms 동안 판정하며, AWS 호출마다 ${CALL_MS}ms를 차례로 기다리고, 로그를 ${LOG_BYTES / 1000}KB 씁니다. 호출 수는 규칙마다 측정한 값이고, 시간은 가정입니다.`,
  },
  recorder === undefined
    ? {
        en: 'The configuration recorder is there anyway: what it costs is not in here (--with-recorder).',
        ko: '구성 레코더는 어차피 있다고 보아 그 비용은 넣지 않았습니다 (--with-recorder).',
      }
    : recorder === 'daily'
      ? {
          en: 'The recorder records once a day, and then no resource more than once.',
          ko: '레코더는 하루에 한 번 기록하며, 리소스마다 많아야 한 번입니다.',
        }
      : {
          en: 'The recorder records continuously. Only resource types that somebody counted are in its cost.',
          ko: '레코더는 계속 기록합니다. 센 리소스 유형만 비용에 들어 있습니다.',
        },
];
