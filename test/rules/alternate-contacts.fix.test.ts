import { AccountError } from '../../account/errors.ts';
import { fix } from '../../rules/alternate-contacts/fix.ts';
import rule from '../../rules/alternate-contacts/rule.ts';
import { accountResource } from '../../rules/evaluate.ts';
import type { Plan } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { Verdict } from '../../rules/rule.ts';
import { denied, fails, memoryAccount } from '../support/memory.ts';

const path = (type: string) => `global/account/get-alternate-contact/${type}.json`;
const NONE = fails('ResourceNotFoundException');
const there = (type: string, EmailAddress = `${type.toLowerCase()}@moonjar.example`) => ({
  [path(type)]: {
    AlternateContact: {
      AlternateContactType: type,
      Name: 'Moonjar',
      Title: 'Team',
      EmailAddress,
      PhoneNumber: '+82 2 555 0100',
    },
  },
});
const missing = (...types: string[]) => Object.fromEntries(types.map((type) => [path(type), NONE]));
const contact = (prefix: string, address = `aws-${prefix.toLowerCase()}@moonjar.example`) => ({
  [`${prefix}Name`]: ` ${prefix}`,
  [`${prefix}Title`]: 'Team',
  [`${prefix}EmailAddress`]: address,
  [`${prefix}PhoneNumber`]: '+82 2 555 0199',
});

type Readings = Record<string, unknown>;
interface Asked {
  readonly options?: object;
  readonly parameters?: Record<string, string>;
  readonly agreed?: { readonly before: unknown; readonly readings: Readings; readonly part?: string };
}
async function planFor(
  readings: Readings,
  { options = {}, parameters = {}, agreed }: Asked = {},
): Promise<Plan> {
  const account = memoryAccount(readings);
  const values = parseParameters(rule, parameters);
  const now = new Date(0);
  for await (const judgement of rule.judge(account, values, { now })) {
    if (!judgement.compliance) throw judgement.error;
    const asked = parseParameters({ id: 'document', parameters: fix.options }, options);
    return fix.plan(judgement as Verdict<never>, {
      account,
      parameters: values,
      options: asked,
      caller: '',
      now,
      ...(agreed && {
        agreed: { ...agreed, account: memoryAccount(agreed.readings), isUnderWay: false },
      }),
    });
  }
  throw new Error('nothing was judged');
}
const putsOf = ({ steps }: Plan) => steps.map(({ input }) => input.AlternateContactType);

test('registers what is missing, and nothing else', async () => {
  const { steps, before, manual } = await planFor(
    { ...missing('BILLING'), ...there('OPERATIONS'), ...there('SECURITY', 'moonjar@gmail.com') },
    { options: { ...contact('Billing'), ...contact('Operations'), ...contact('Security') } },
  );
  const put = {
    Name: 'Billing',
    Title: 'Team',
    EmailAddress: 'aws-billing@moonjar.example',
    PhoneNumber: '+82 2 555 0199',
  };
  expect(steps).toMatchObject([
    { api: 'account:PutAlternateContact', input: { AlternateContactType: 'BILLING', ...put } },
  ]);
  expect(before).toEqual({ put: [{ type: 'BILLING', contact: put }] });
  expect(manual).toEqual([
    expect.stringMatching(/contact for SECURITY has an address at gmail\.com: change it by hand/),
  ]);
});

test('what is not required is not registered', async () => {
  const plan = await planFor(missing('BILLING', 'OPERATIONS', 'SECURITY'), {
    options: { ...contact('Billing'), ...contact('Security') },
    parameters: { requiredTypes: 'SECURITY' },
  });
  expect(putsOf(plan)).toEqual(['SECURITY']);
  expect(plan.refusals).toEqual([]);
});

test('what nobody says is refused, and the rest is registered', async () => {
  const plan = await planFor(
    { ...missing('BILLING', 'OPERATIONS', 'SECURITY') },
    {
      options: {
        ...contact('Billing'),
        ...contact('Operations', 'team@naver.com'),
        SecurityName: 'Security',
      },
    },
  );
  expect(putsOf(plan)).toEqual(['BILLING']);
  expect(plan.refusals).toEqual([
    expect.stringMatching(/Set SecurityTitle, SecurityEmailAddress, SecurityPhoneNumber:/),
    expect.stringMatching(/would fail OperationsEmailAddress: .*has an address at naver\.com\.$/),
  ]);
});

describe('an address that may be the same as one that cannot be read', () => {
  const readings = { ...missing('BILLING'), ...there('OPERATIONS'), [path('SECURITY')]: denied };
  const options = contact('Billing');

  test('cannot be planned', async () => {
    await expect(planFor(readings, { options })).rejects.toThrow(AccountError);
  });

  test('is registered where addresses may be the same', async () => {
    expect(putsOf(await planFor(readings, { options, parameters: { requireDistinct: 'false' } }))).toEqual([
      'BILLING',
    ]);
  });

  test('is refused for what is missing of it, whatever cannot be read', async () => {
    const { refusals } = await planFor(readings);
    expect(refusals).toEqual([expect.stringMatching(/^whom AWS should tell of billing cannot be made up/)]);
  });
});

describe('immediately before the change', () => {
  const none = missing('BILLING', 'OPERATIONS', 'SECURITY');
  const options = { ...contact('Billing'), ...contact('Operations'), ...contact('Security') };
  const { type, contact: put } = { type: 'BILLING', contact: {} };

  test('no more is registered than was planned', async () => {
    const agreed = { before: { put: [{ type, contact: put }] }, readings: none };
    expect(putsOf(await planFor(none, { options, agreed }))).toEqual(['BILLING']);
  });

  test('a contact that somebody has registered since stays', async () => {
    const { before } = await planFor(none, { options });
    const agreed = { before, readings: { ...none, ...there('OPERATIONS') } };
    expect(putsOf(await planFor(none, { options, agreed }))).toEqual(['BILLING', 'SECURITY']);
    const one = await planFor(none, { options, agreed: { ...agreed, part: 'OPERATIONS' } });
    expect(one).toMatchObject({ steps: [], before: { put: [] } });
  });

  test('each is confirmed by itself, with its own contact', async () => {
    const { before } = await planFor(none, { options });
    const plan = await planFor(none, { options, agreed: { before, readings: none, part: 'SECURITY' } });
    expect(putsOf(plan)).toEqual(['SECURITY']);
    expect(plan.inputs).toMatchObject({ Types: ['SECURITY'], Name: 'Security' });
  });
});

describe('Undo', () => {
  const options = { ...contact('Billing'), ...contact('Operations') };
  const found = { ...missing('BILLING', 'OPERATIONS'), ...there('SECURITY') };
  const asPut = (prefix: string, EmailAddress: string) => ({
    [path(prefix.toUpperCase())]: {
      AlternateContact: { Name: prefix, Title: 'Team', EmailAddress, PhoneNumber: '+82 2 555 0199' },
    },
  });
  const undoOf = async (readings: Readings, part?: number) => {
    const { before } = await planFor(found, { options });
    const account = memoryAccount(readings);
    const resource = accountResource(account);
    return fix.undo(before as never, {
      account,
      resource,
      now: new Date(0),
      ...(part !== undefined && { part }),
    });
  };
  const changed = {
    ...asPut('Billing', 'somebody@moonjar.example'),
    ...asPut('Operations', ' aws-operations@moonjar.example '),
  };

  test('deletes what is still as the run put it, and leaves what somebody has changed', async () => {
    const plan = await undoOf(changed);
    expect(plan.steps).toEqual([
      {
        api: 'account:DeleteAlternateContact',
        input: { AlternateContactType: 'OPERATIONS' },
        why: 'The account has no alternate contact for operations again, as before',
      },
    ]);
    expect(plan.inputs).toEqual({ Parts: ['2'] });
  });

  test('looks at each again', async () => {
    expect((await undoOf(changed, 1)).inputs).toEqual({ Removes: false, Type: 'BILLING' });
    expect((await undoOf(changed, 2)).inputs).toMatchObject({ Removes: true, Type: 'OPERATIONS' });
  });

  test('what is gone already is left', async () => {
    expect((await undoOf(missing('BILLING', 'OPERATIONS'))).steps).toEqual([]);
  });
});
