import { type AlternateContact, alternateContact } from '../../account/services/account/readings.ts';
import { defineFix, type FixContext, type Plan, type UndoContext, type Verified } from '../fix.ts';
import { optionalText, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import {
  contactOf,
  isSame,
  NOBODY,
  others,
  registration,
  removal,
  stays,
  unsaid,
} from '../shared/contacts.ts';
import type { NoContact } from './rule.ts';

const TYPE = 'SECURITY';

const options = {
  ContactName: parameter(optionalText(), '', {
    en: "The contact's name, such as a team's.",
    ko: '연락처 이름(예: 팀 이름).',
  }),
  ContactTitle: parameter(optionalText(), '', {
    en: "The contact's title, such as `Security team`.",
    ko: '연락처 직함(예: `Security team`).',
  }),
  EmailAddress: parameter(optionalText(), '', {
    en: 'The address to which AWS writes of security: a list that several people read.',
    ko: 'AWS가 보안 관련 메일을 보내는 주소. 여러 사람이 읽는 메일 그룹이 좋습니다.',
  }),
  PhoneNumber: parameter(optionalText(), '', {
    en: 'The number that AWS calls.',
    ko: 'AWS가 전화하는 번호.',
  }),
};
type Option = keyof typeof options;
const reads = [alternateContact] as const;
type Asks = (typeof reads)[number];
type Context = FixContext<unknown, typeof options>;

/** The API's names of what the options say. */
const FIELDS: Record<keyof AlternateContact, Option> = {
  Name: 'ContactName',
  Title: 'ContactTitle',
  EmailAddress: 'EmailAddress',
  PhoneNumber: 'PhoneNumber',
};

interface Before {
  /** The contact that the run registers. */
  readonly put: AlternateContact;
}

/** Registers the contact that the options name. Without one there is no fix, because nobody else knows who it is. */
export const fix = defineFix<NoContact, unknown>()({
  needs: Object.values(FIELDS),
  summary: {
    changes: {
      en: "Registers the account's alternate contact for security where it has none.",
      ko: '계정에 보안 대체 연락처가 없으면 등록합니다.',
    },
    breaks: { en: 'Nothing.', ko: '없음.' },
    undo: { en: 'Deletes the contact that the run registered.', ko: '실행이 등록한 연락처를 삭제합니다.' },
    automatic: {
      sensible: true,
      why: { en: 'With a contact of your own.', ko: '담당 연락처를 지정했을 때.' },
    },
  },
  options,
  reads,
  inputs: NOBODY,
  plan,
  undo,
  verify,
});

function plan(_verdict: Verdict<NoContact>, { options }: Context): Plan<AlternateContact> {
  const { contact: put, missing } = contactOf(FIELDS, options);
  if (missing.length > 0) return { steps: [], refusals: [unsaid(TYPE, missing)] };
  return { steps: [registration(TYPE, put)], inputs: put, before: { put } satisfies Before };
}

/** Deletes the contact that the run put, unless somebody has changed it since. */
async function undo({ put }: Before, { account }: UndoContext<Asks>): Promise<Plan<AlternateContact>> {
  const now = await account.read(alternateContact, { id: TYPE });
  if (isSame(now, put)) return { steps: [removal(TYPE)] };
  return { steps: [], manual: now ? [stays(TYPE)] : [] };
}

async function verify(
  before: Before,
  changes: readonly string[],
  { account }: UndoContext<Asks>,
): Promise<Verified> {
  const now = await account.read(alternateContact, { id: TYPE });
  const isOurs = isSame(now, before.put);
  return { before: isOurs ? before : null, made: isOurs ? changes : [], others: others(now, before.put) };
}
