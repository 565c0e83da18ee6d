import type { Language } from '../../report/both.ts';
import { listing } from '../../report/listing.ts';
import { jsonText, printable } from '../../report/printable.ts';
import { subjectText } from '../../waivers/text.ts';
import { endOf, isExpired, isExpiring, type Waiver } from '../../waivers/waiver.ts';
import { followSettings } from '../options/settings.ts';
import { readWaiversFile } from '../options/waivers.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options, STATUSES } from './command.ts';

type Status = (typeof STATUSES)[number];

const DAY = 86_400_000;

const WORDS = {
  en: {
    head: ['UNTIL', 'RULE', 'RESOURCE', 'TICKET', 'OWNER', 'REASON'],
    expired: 'expired',
    tag: 'tag',
    ends: (days: number) => (days === 1 ? 'ends today' : `ends in ${days} days`),
    ofKind: (kind: string) => `findings of kind ${kind}`,
    none: (status: Status | undefined) => `no waiver${status === undefined ? '' : ` is ${status}`}`,
  },
  ko: {
    head: ['기한', '규칙', '리소스', '티켓', '담당자', '사유'],
    expired: '만료됨',
    tag: '태그',
    ends: (days: number) => (days === 1 ? '오늘 끝남' : `${days}일 안에 끝남`),
    ofKind: (kind: string) => `${kind} 종류만`,
    none: (status: Status | undefined) =>
      status === undefined ? '예외가 없습니다' : `${status} 상태인 예외가 없습니다`,
  },
} satisfies Record<Language, object>;

/** `groundrules waivers`: lists the file's waivers, by their ends. */
export async function run(_: Arguments, options: Options, world: World): Promise<number> {
  const { waivers: file, status, format } = options;
  const now = world.now();
  const limits = { now, maxDays: (await followSettings(options))?.waivers.maxDays };
  const shown = readWaiversFile(file, limits)
    .map((waiver) => ({ ...waiver, status: statusOf(waiver, now) }))
    .filter((waiver) => status === undefined || waiver.status === status)
    .sort((one, other) =>
      one.until < other.until ? -1 : one.until > other.until ? 1 : one.line - other.line,
    );
  if (format === 'json') {
    world.print(`${jsonText({ schemaVersion: '1.0', file, waivers: shown }, 2)}\n`);
    return 0;
  }
  const words = WORDS[world.language];
  const rows = shown.map((one) =>
    [
      inWords(one, one.status, now, world.language),
      one.rule,
      where(one, world.language),
      one.ticket,
      one.owner,
      one.kind === undefined ? one.reason : `${one.reason} (${words.ofKind(one.kind)})`,
    ].map((cell) => printable(cell)),
  );
  world.print(
    rows.length > 0
      ? `${listing(words.head, rows, world.screen())}\n`
      : `${printable(file)}: ${words.none(status)}\n`,
  );
  return 0;
}

const statusOf = (waiver: Waiver, now: Date): Status =>
  isExpired(waiver, now) ? 'expired' : isExpiring(waiver, now) ? 'expiring' : 'holds';

function inWords(waiver: Waiver, status: Status, now: Date, language: Language): string {
  const words = WORDS[language];
  if (status !== 'expiring') return status === 'expired' ? `${waiver.until}, ${words.expired}` : waiver.until;
  const days = Math.ceil((endOf(waiver).getTime() - now.getTime()) / DAY);
  return `${waiver.until}, ${words.ends(days)}`;
}

const where = ({ account, organizationalUnit, region, ...about }: Waiver, language: Language): string =>
  [
    subjectText(about, WORDS[language].tag),
    ...[account, organizationalUnit, region].filter((one) => one !== undefined),
  ].join(', ');
