import type { Account } from '../../account/account.ts';
import { type AlternateContact, alternateContact } from '../../account/services/account/readings.ts';
import { defineFix, type FixContext, type Plan, type UndoContext, type Verified } from '../fix.ts';
import { optionalText, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import {
  type ContactType,
  contactOf,
  isSame,
  NOBODY,
  others,
  registration,
  removal,
  stays,
  unsaid,
} from '../shared/contacts.ts';
import { type ContactsFinding, messages } from './findings.ts';
import { findingsOn, type Mail, mailOf, plainAddress, type Wanted } from './mail.ts';

const PREFIXES = { BILLING: 'Billing', OPERATIONS: 'Operations', SECURITY: 'Security' } as const;
type Prefix = (typeof PREFIXES)[ContactType];

const named = <P extends Prefix>(prefix: P) =>
  ({
    Name: `${prefix}Name`,
    Title: `${prefix}Title`,
    EmailAddress: `${prefix}EmailAddress`,
    PhoneNumber: `${prefix}PhoneNumber`,
  }) as const;

const optionsFor = <P extends Prefix>(prefix: P, of: string, ofKo: string) => {
  const option = (en: string, ko: string) => parameter(optionalText(), '', { en, ko });
  return {
    [`${prefix}Name`]: option(
      `The name of the contact for ${of}, such as a team's.`,
      `${ofKo} 연락처의 이름(예: 팀 이름).`,
    ),
    [`${prefix}Title`]: option('Its title, such as `Team`.', '직함(예: `Team`).'),
    [`${prefix}EmailAddress`]: option(
      `The address to which AWS writes of ${of}: a list that several people read.`,
      `AWS가 ${ofKo} 관련 메일을 보내는 주소. 여러 사람이 읽는 메일 그룹이 좋습니다.`,
    ),
    [`${prefix}PhoneNumber`]: option('The number that AWS calls.', 'AWS가 전화하는 번호.'),
  } as Record<`${P}${keyof AlternateContact}`, ReturnType<typeof option>>;
};

const options = {
  ...optionsFor('Billing', 'billing', '결제'),
  ...optionsFor('Operations', 'operations', '운영'),
  ...optionsFor('Security', 'security', '보안'),
};
const reads = [alternateContact] as const;
type Asks = (typeof reads)[number];
interface Values extends Wanted {
  readonly requiredTypes: readonly ContactType[];
}
type Context = FixContext<Values, typeof options, Asks>;

/** What the document's selectors find: the types, and of one of them its contact. */
const inputs = {
  Types: ['-'],
  ...NOBODY,
  /** Undo: which of {@link Before.put} are still as the run left them, counted from 1. */
  Parts: ['-'],
  /** Undo of one part: whether it still is, and its type. */
  Removes: false,
  Type: '-',
};
type Inputs = typeof inputs;

interface Before {
  /** The contacts that the run registers. */
  readonly put: readonly { readonly type: ContactType; readonly contact: AlternateContact }[];
}

const anyOf = (field: keyof AlternateContact) =>
  Object.values(PREFIXES).map((prefix) => named(prefix)[field]) as (keyof typeof options)[];

/** Registers the contacts that are missing, as the options name them. One that is there is never overwritten. */
export const fix = defineFix<ContactsFinding, Values>()({
  needs: [anyOf('Name'), anyOf('Title'), anyOf('EmailAddress'), anyOf('PhoneNumber')],
  summary: {
    changes: {
      en: "Registers the account's alternate contacts that are missing; never overwrites one.",
      ko: '계정에 없는 대체 연락처를 등록합니다. 이미 있는 연락처는 바꾸지 않습니다.',
    },
    breaks: { en: 'Nothing.', ko: '없음.' },
    undo: { en: 'Deletes the contacts that the run registered.', ko: '실행이 등록한 연락처를 삭제합니다.' },
    automatic: {
      sensible: true,
      why: { en: 'With contacts of your own.', ko: '담당 연락처를 지정했을 때.' },
    },
  },
  options,
  reads,
  inputs,
  plan,
  undo,
  verify,
  begun: ({ put }: Before, parts: readonly Before[]): Before => ({
    put: put.filter(({ type }) => parts.some((part) => part.put.some((one) => one.type === type))),
  }),
});

async function plan({ findings }: Verdict<ContactsFinding>, context: Context): Promise<Plan<Inputs>> {
  const { options: given, agreed } = context;
  const due = findings.flatMap((one) =>
    one.kind === 'noContact' && isDue(one.type, agreed) ? [one.type] : [],
  );
  const refusals: string[] = [];
  const said: Before['put'][number][] = [];
  for (const type of due) {
    const { contact, missing } = contactOf(named(PREFIXES[type]), given);
    if (missing.length > 0) refusals.push(unsaid(type, missing));
    else said.push({ type, contact });
  }
  const wrong = said.length > 0 ? await whatWouldBreak(said, context) : new Map<ContactType, string>();
  refusals.push(...wrong.values());
  const right = said.filter(({ type }) => !wrong.has(type));
  const put = agreed ? await stillMissing(right, agreed.account) : right;
  return {
    steps: put.map(({ type, contact }) => registration(type, contact)),
    ...(put[0] && { inputs: { Types: put.map(({ type }) => type), ...put[0].contact } }),
    before: { put } satisfies Before,
    refusals,
    manual: findings.flatMap(byHand),
  };
}

const isDue = (type: ContactType, agreed: Context['agreed']): boolean =>
  !agreed ||
  ((agreed.before as Before).put.some((one) => one.type === type) &&
    (agreed.part === undefined || agreed.part === type));

/** Of contacts that would be registered: why not to, because the rule would fail them, by type. */
async function whatWouldBreak(
  said: Before['put'],
  { account, parameters }: Context,
): Promise<Map<ContactType, string>> {
  const types = new Set(said.map(({ type }) => type));
  // Only for these a contact that cannot be read matters, which may have the same address.
  const besides = parameters.requireDistinct
    ? parameters.requiredTypes.filter((type) => !types.has(type))
    : [];
  const there = await Promise.all([...new Set(besides)].map((type) => mailOf(account, type)));
  const put: Mail[] = said.map(({ type, contact }) => ({
    type,
    address: plainAddress(contact.EmailAddress),
  }));
  const wrong = new Map<ContactType, string>();
  for (const finding of findingsOn(
    [...put, ...there.filter(({ address }) => address !== undefined)],
    parameters,
  )) {
    for (const type of 'types' in finding ? finding.types : [finding.type]) {
      if (!types.has(type) || wrong.has(type)) continue;
      wrong.set(
        type,
        `the rule would fail ${PREFIXES[type]}EmailAddress: ${messages[finding.kind](finding as never)}.`,
      );
    }
  }
  return wrong;
}

/** Read last, so that a contact that somebody else has registered meanwhile stays. */
async function stillMissing(right: Before['put'], account: Account<Asks>): Promise<Before['put']> {
  const now = await Promise.all(right.map(({ type }) => account.read(alternateContact, { id: type })));
  return right.filter((_, at) => now[at] === null);
}

/** What a person has to do, because a contact that is there is somebody's decision. */
function byHand(finding: ContactsFinding): string[] {
  if (finding.kind === 'noContact') return [];
  const types = finding.kind === 'sameMail' ? finding.types : [finding.type];
  return [
    `${messages[finding.kind](finding as never)}: change ${types.length > 1 ? 'all but one of them' : 'it'} by hand (account:PutAlternateContact), once it is known who should read that mail.`,
  ];
}

/** Deletes the contacts that the run put, but for those that somebody has changed since. */
async function undo({ put }: Before, { account, part }: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const now = await Promise.all(put.map(({ type }) => account.read(alternateContact, { id: type })));
  const parts = put.map(({ type, contact }, at) => ({
    type,
    ordinal: at + 1,
    isOurs: isSame(now[at] ?? null, contact),
  }));
  const back = parts.filter(({ isOurs, ordinal }) => isOurs && (part ?? ordinal) === ordinal);
  const one = part === undefined ? undefined : parts[part - 1];
  return {
    steps: back.map(({ type }) => removal(type)),
    manual: put.flatMap(({ type }, at) => (now[at] && !parts[at]?.isOurs ? [stays(type)] : [])),
    inputs: {
      ...(back.length > 0 && { Parts: back.map(({ ordinal }) => String(ordinal)) }),
      ...(one && { Removes: one.isOurs, Type: one.type }),
    },
  };
}

async function verify(
  { put }: Before,
  changes: readonly string[],
  { account }: UndoContext<Asks>,
): Promise<Verified> {
  const now = await Promise.all(put.map(({ type }) => account.read(alternateContact, { id: type })));
  const ours = put.filter(({ contact }, at) => isSame(now[at] ?? null, contact));
  const made = new Set(ours.map(({ type, contact }) => registration(type, contact).why));
  return {
    before: ours.length > 0 ? ({ put: ours } satisfies Before) : null,
    made: changes.filter((change) => made.has(change)),
    others: put.flatMap(({ contact }, at) => others(now[at] ?? null, contact)),
  };
}
