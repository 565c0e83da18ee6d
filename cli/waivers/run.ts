import { listing } from '../../report/listing.ts';
import { jsonText, printable } from '../../report/printable.ts';
import { endOf, isExpired, isExpiring, type Waiver } from '../../waivers/waiver.ts';
import { followSettings } from '../options/settings.ts';
import { readWaiversFile } from '../options/waivers.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options, STATUSES } from './command.ts';

type Status = (typeof STATUSES)[number];

const DAY = 86_400_000;

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
  const rows = shown.map((one) =>
    [
      inWords(one, one.status, now),
      one.rule,
      where(one),
      one.ticket,
      one.owner,
      one.kind === undefined ? one.reason : `${one.reason} (findings of kind ${one.kind})`,
    ].map((cell) => printable(cell)),
  );
  const head = ['UNTIL', 'RULE', 'RESOURCE', 'TICKET', 'OWNER', 'REASON'];
  world.print(
    rows.length > 0
      ? `${listing(head, rows, world.screen())}\n`
      : `${printable(file)}: no waiver${status === undefined ? '' : ` is ${status}`}\n`,
  );
  return 0;
}

const statusOf = (waiver: Waiver, now: Date): Status =>
  isExpired(waiver, now) ? 'expired' : isExpiring(waiver, now) ? 'expiring' : 'holds';

function inWords(waiver: Waiver, status: Status, now: Date): string {
  if (status !== 'expiring') return status === 'expired' ? `${waiver.until}, expired` : waiver.until;
  const days = Math.ceil((endOf(waiver).getTime() - now.getTime()) / DAY);
  return `${waiver.until}, ends ${days === 1 ? 'today' : `in ${days} days`}`;
}

const where = ({ resource, account, region }: Waiver): string =>
  [resource, ...[account, region].filter((one) => one !== undefined)].join(', ');
