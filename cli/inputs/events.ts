import { AccountError, OWN_CODES } from '../../account/errors.ts';
import { readAccount } from '../../account/open.ts';
import { type AnyTarget, nameOf, type Reading } from '../../account/reading.ts';
import { itemsSaidIn, saidIn } from '../../account/snapshot/channels.ts';
import type { ConfigFile } from '../../account/snapshot/config-files.ts';
import { isInvokingEvent, parseInvokingEvent, parseRecordedEvent } from '../../config/event.ts';
import {
  type ConfigurationItem,
  InvalidItemError,
  type ItemSubject,
  type ItemSummary,
  isRecorded,
  parseItem,
  readItem,
  resourceOfItem,
  withItem,
} from '../../config/item.ts';
import { couldNotTell, notApplicable } from '../../rules/judgement.ts';
import type { AnyRule, Judgement } from '../../rules/rule.ts';
import { UsageError } from '../program/errors.ts';
import type { Input } from './input.ts';

/**
 * A problem of an item is reported on its resource, as for an item in a Config file. If the item does not name its
 * resource, or something else is wrong with the event, it is an error of the call.
 */
function readable(label: string, open: () => Input): Input {
  try {
    return open();
  } catch (error) {
    const invalid = error instanceof Error && error.cause instanceof InvalidItemError ? error.cause : error;
    if (!(invalid instanceof InvalidItemError && invalid.subject)) throw error;
    const { subject } = invalid;
    return resourceInput(subject, label, couldNotTell(resourceOfItem(subject), error));
  }
}

/** A configuration item by itself. */
export const itemInput = (value: unknown, label: string): Input =>
  readable(label, () => inputOfItem(parseItem(value, label), label));

/** The event of a rule's function, or the invoking event in it. */
export const eventInput = (value: unknown, label: string): Input =>
  readable(label, () => inputOfEvent(value, label));

/**
 * Messages of AWS Config in what carried them: one is judged as the event that it is, several as the items of a Config file,
 * the newest of each resource. Events of functions are judged each with the parameters that they have.
 *
 * @throws {UsageError} when none of them holds a resource.
 */
export function carriedInputs(value: unknown, label: string): { list: Input[]; files: ConfigFile[] } {
  const said = [...saidIn(value, label)];
  const told = said.filter((one) => one.kind !== 'nothing');
  const [first] = told;
  if (!first) {
    const what = said.map((one) => (one.kind === 'nothing' ? one.what : '')).join(', ') || 'no message';
    throw new UsageError({
      en: `${label}: ${what}: no configuration item is in it`,
      ko: `${label}: ${what}: 구성 항목이 들어 있지 않습니다`,
    });
  }
  const invocations = told.filter(({ value: event }) => 'invokingEvent' in event);
  if (told.length === 1 || invocations.length === told.length) {
    const open = ({ kind, value: one }: (typeof told)[number]) =>
      kind === 'item' ? itemInput(one, label) : eventInput(one, label);
    return { list: told.map(open), files: [] };
  }
  const items = [...itemsSaidIn(value, label)];
  if (items.length === 0)
    throw new UsageError({
      en: `${label}: none of its messages holds a configuration item`,
      ko: `${label}: 구성 항목이 있는 메시지가 없습니다`,
    });
  return { list: [], files: [{ path: label, label, items }] };
}

function inputOfEvent(value: unknown, label: string): Input {
  const envelope = isInvokingEvent(value) ? undefined : parseRecordedEvent(value);
  const event = envelope ?? parseInvokingEvent(value);
  if (event.kind === 'periodic') {
    throw new UsageError({
      en: `${label}: the event of a periodic run asks for the whole account, and holds nothing of it: give a snapshot folder or --live`,
      ko: `${label}: 주기적 실행의 이벤트는 계정 전체를 대상으로 하며 그 내용이 없습니다. 스냅샷 폴더나 --live를 주십시오`,
    });
  }
  const item = event.kind === 'change' ? event.item : event.summary;
  const input = inputOfItem(item, label, envelope?.eventLeftScope);
  return { ...input, ...(envelope && { parameters: envelope.ruleParameters }) };
}

function inputOfItem(item: ItemSummary | ConfigurationItem, label: string, leftScope = false): Input {
  if (leftScope || !isRecorded(item)) return resourceInput(item, label, notApplicable(resourceOfItem(item)));
  if (!('configuration' in item)) {
    throw new UsageError({
      en: `${label}: the item was too large for the event, which holds only its summary: get it with "aws configservice get-resource-config-history --resource-type ${item.type} --resource-id ${item.id} --limit 1", and give that file`,
      ko: `${label}: 항목이 이벤트에 담기에는 커서 요약만 있습니다. "aws configservice get-resource-config-history --resource-type ${item.type} --resource-id ${item.id} --limit 1"로 받아서 그 파일을 주십시오`,
    });
  }
  const input = resourceInput(item, label);
  return { ...input, account: withItem(input.account, readItem(item)) };
}

/** One resource of an account of which nothing else is known. */
function resourceInput(of: ItemSubject, label: string, told?: Judgement): Input {
  const resource = resourceOfItem(of);
  const source = {
    accountId: of.accountId,
    regions: [of.region],
    async read(reading: Reading, { id }: AnyTarget = {}) {
      const name = nameOf(reading);
      const message = `${name} is not in ${label}: evaluate a snapshot folder or --live to have it`;
      throw new AccountError(OWN_CODES.notCollected, name, message, id);
    },
  };
  const isAbout = (rule: AnyRule) => rule.resourceTypes.includes(of.type);
  return {
    label,
    account: readAccount(source),
    resource,
    holds: of.type,
    answers: isAbout,
    tells: (rule) => (isAbout(rule) ? told : notApplicable(resource)),
  };
}
