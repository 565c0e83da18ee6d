import { AccountError } from '../../account/errors.ts';
import { organization } from '../../account/services/organizations/readings.ts';
import { type OpsItem, opsItems } from '../../account/services/ssm/readings.ts';
import {
  defineFix,
  type FixContext,
  type Plan,
  type PlanStep,
  type UndoContext,
  type Verified,
} from '../fix.ts';
import { optionalText, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { settle } from '../shared/settle.ts';
import type { RootMfaFinding } from './findings.ts';
import { stepsToTake, title } from './steps.ts';

const inputs = {
  Publish: false,
  Open: false,
  OpsItemId: '-',
  Title: '-',
  Description: '-',
  Dedup: '-',
  FoundAt: '-',
  Subject: '-',
};
type Inputs = typeof inputs;

const options = {
  TopicArn: parameter(optionalText(), '', {
    en: 'An SNS topic of the same Region, to publish to as well. Empty: the OpsItem alone.',
    ko: 'OpsItem과 함께 메시지를 게시할 같은 리전의 SNS 주제. 비워 두면 OpsItem만 만듭니다.',
  }),
};

interface Values {
  readonly requireHardware: boolean;
}
const reads = [organization, opsItems] as const;
type Asks = (typeof reads)[number];
type Context = FixContext<Values, typeof options, Asks>;

/** The OpsItem that the run is going to open, identified by its time; absent if one is open already. */
interface Before {
  readonly foundAt: string | null;
}

/**
 * Our operational data: when it was found, and the topic that has been told. It is searchable, because only such data
 * is listed.
 */
const FOUND_AT = 'groundrules-root-mfa';
const TOLD = 'groundrules-told';
const searchable = (Value: string) => ({ Type: 'SearchableString', Value });

/** Tells people what to do: nobody but root itself can register root's MFA. */
export const fix = defineFix<RootMfaFinding, Values>()({
  summary: {
    changes: {
      en: "Nothing in root's sign-in, which nobody else can change: opens an OpsItem and publishes to an SNS topic.",
      ko: '루트의 로그인은 본인만 바꿀 수 있으므로 바꾸지 않습니다. OpsItem을 열고 SNS 주제에 게시합니다.',
    },
    breaks: { en: 'Nothing.', ko: '없음.' },
    undo: {
      en: 'Resolves the OpsItem. A message that was sent stays sent.',
      ko: 'OpsItem을 해결 처리합니다. 보낸 메시지는 회수되지 않습니다.',
    },
    automatic: { sensible: true, why: { en: 'It only tells people.', ko: '알리기만 합니다.' } },
  },

  options,
  reads,
  inputs,
  notifies: true,
  plan,
  undo,
  verify,
});

/**
 * One OpsItem an account, as long as it is not resolved, and one message a topic. The message goes out before the
 * OpsItem is opened, because only the OpsItem can record that it was sent. Whatever fails, the next run does.
 */
async function plan({ findings }: Verdict<RootMfaFinding>, context: Context): Promise<Plan<Inputs>> {
  const { account, options, parameters, now } = context;
  const [own, open] = await Promise.all([settle(account.read(organization)), openItem(context)]);
  const told = {
    accountId: account.id,
    findings,
    requireHardware: parameters.requireHardware,
    organization: own instanceof AccountError ? ('unknown' as const) : own,
    foundAt: now,
  };
  const text = {
    Title: title(told),
    Description: stepsToTake(told),
    // OpsCenter itself refuses a second one that is open or in progress
    // (https://docs.aws.amazon.com/systems-manager/latest/userguide/OpsCenter-working-deduplication.html).
    Dedup: JSON.stringify({ dedupString: `groundrules root-mfa ${account.id}` }),
    FoundAt: now.toISOString(),
    Subject: title(told),
  };
  const { TopicArn } = options;
  const publishes = TopicArn !== undefined && open?.data[TOLD] !== TopicArn;
  return {
    steps: [
      ...(publishes ? [publish(TopicArn, text)] : []),
      ...(open ? [] : [openNew(text, TopicArn)]),
      ...(publishes && open ? [note(open, TopicArn)] : []),
    ],
    inputs: { ...text, Publish: publishes, Open: !open, ...(open && { OpsItemId: open.id }) },
    before: { foundAt: open ? null : text.FoundAt } satisfies Before,
    manual: [
      open
        ? `The OpsItem ${open.id} (${open.status}) says what to do, and ${open.data[TOLD] ? `${open.data[TOLD]} has been told` : 'no topic has been told'}.`
        : 'Only a person can do it: the OpsItem says how.',
      ...(TopicArn === undefined
        ? ['TopicArn is empty, so nothing is published: who does not look at OpsCenter is not told.']
        : []),
      ...(own instanceof AccountError
        ? [`Whether the account belongs to an organization could not be read (${own.message}).`]
        : []),
    ],
  };
}

/** @throws {AccountError} when the list of OpsItems cannot be read, because people would be told again in every run. */
async function openItem({ account }: Pick<Context, 'account'>): Promise<OpsItem | undefined> {
  return (await ownItems(account)).find(isOpen);
}
const ownItems = async (account: Context['account']) =>
  (await account.read(opsItems, { region: account.regions[0] ?? 'us-east-1' })).filter(
    ({ data }) => FOUND_AT in data,
  );
const isOpen = ({ status }: OpsItem) => status === 'Open' || status === 'InProgress';

type Text = Readonly<Record<'Title' | 'Description' | 'Dedup' | 'FoundAt' | 'Subject', string>>;

const publish = (TopicArn: string, { Subject, Description }: Text): PlanStep => ({
  api: 'sns:Publish',
  input: { TopicArn, Subject, Message: Description },
  why: `the steps to take published to ${TopicArn}`,
});

const OPENED = 'an OpsItem opened with the steps to take';

const openNew = (text: Text, topic: string | undefined): PlanStep => ({
  api: 'ssm:CreateOpsItem',
  input: {
    Title: text.Title,
    Description: text.Description,
    Source: 'Groundrules',
    Category: 'Security',
    Severity: '1',
    OperationalData: {
      '/aws/dedup': searchable(text.Dedup),
      [FOUND_AT]: searchable(text.FoundAt),
      ...(topic !== undefined && { [TOLD]: searchable(topic) }),
    },
  },
  why: OPENED,
});

const note = ({ id }: OpsItem, topic: string): PlanStep => ({
  api: 'ssm:UpdateOpsItem',
  input: { OpsItemId: id, OperationalData: { [TOLD]: searchable(topic) } },
  why: `the OpsItem ${id} notes that`,
});

/** Resolves the OpsItem that the run opened, if nobody has. A message can't be taken back. */
async function undo({ foundAt }: Before, { account }: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const manual = ['A message that was published cannot be taken back.'];
  if (foundAt === null) return { steps: [], manual };
  const items = await ownItems(account);
  const item = items.find((one) => isOpen(one) && one.data[FOUND_AT] === foundAt);
  if (!item) return { steps: [], manual };
  return {
    steps: [
      {
        api: 'ssm:UpdateOpsItem',
        input: { OpsItemId: item.id, Status: 'Resolved' },
        why: `the OpsItem ${item.id} resolved`,
      },
    ],
    inputs: { OpsItemId: item.id },
    manual: item.data[TOLD] ? manual : [],
  };
}

/** The time in an OpsItem tells whether the run opened it, because OpsCenter keeps one open, whoever was first. */
async function verify(
  before: Before,
  changes: readonly string[],
  { account }: UndoContext<Asks>,
): Promise<Verified> {
  const items = (await ownItems(account)).filter(isOpen);
  const isOurs = before.foundAt !== null && items.some(({ data }) => data[FOUND_AT] === before.foundAt);
  return {
    before: isOurs ? before : null,
    made: changes.filter((change) => change !== OPENED || isOurs),
    others: [],
  };
}
