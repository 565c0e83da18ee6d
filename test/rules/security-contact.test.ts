import { accountResource } from '../../rules/evaluate.ts';
import type { Plan } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import { fix } from '../../rules/security-contact/fix.ts';
import rule from '../../rules/security-contact/rule.ts';
import { ACCOUNT, denied, fails, judged, memoryAccount, memorySource } from '../support/memory.ts';

const CONTACT = 'global/account/get-alternate-contact/SECURITY.json';
const none = { [CONTACT]: fails('ResourceNotFoundException') };
const contact = {
  Name: 'Security',
  Title: 'Team',
  EmailAddress: 'security@moonjar.example',
  PhoneNumber: '+82 2 555 0199',
};
const registered = (more: object = {}) => ({
  [CONTACT]: { AlternateContact: { ...contact, AlternateContactType: 'SECURITY', ...more } },
});

describe('the verdict', () => {
  test.each([
    ['no contact', none, 'NON_COMPLIANT'],
    ['a contact, whoever it is', registered({ Name: 'Nobody' }), 'COMPLIANT'],
  ])('%s', async (_, readings, compliance) => {
    const said = await judged(rule, memoryAccount(readings));
    expect(said).toMatchObject([{ id: ACCOUNT, type: 'AWS::::Account', region: 'global', compliance }]);
  });

  test.each([
    ['may not be read', { [CONTACT]: denied }, 'AccessDenied'],
    ['was not read', {}, 'NotCollected'],
    ['makes no sense', registered({ EmailAddress: '' }), 'Malformed'],
  ])('a contact that %s is not told from none', async (_, readings, code) => {
    expect(await judged(rule, memoryAccount(readings))).toMatchObject([{ compliance: 'UNKNOWN', code }]);
  });

  test('says nothing of another account, and asks nothing', async () => {
    const source = memorySource(none);
    const resource = { type: 'AWS::::Account', id: '999988887777', region: 'global' };
    expect(await judged(rule, memoryAccount(none), {}, { resource })).toEqual([]);
    expect(source.asked).toEqual([]);
  });
});

const now = new Date(0);
const account = memoryAccount(none);
const whole = {
  ContactName: 'Security',
  ContactTitle: 'Team',
  EmailAddress: ' security@moonjar.example ',
  PhoneNumber: '+82 2 555 0199',
};
const planFor = async (options: object): Promise<Plan> =>
  fix.plan(
    { resource: accountResource(account), compliance: 'NON_COMPLIANT', findings: [{ kind: 'noContact' }] },
    {
      account,
      parameters: {},
      options: parseParameters({ id: 'document', parameters: fix.options }, options),
      caller: '',
      now,
    },
  );
const undoOf = async ({ before }: Plan, readings: object): Promise<Plan> =>
  fix.undo(JSON.parse(JSON.stringify(before)) as never, {
    account: memoryAccount(readings as Record<string, unknown>),
    resource: accountResource(account),
    now,
  });

describe('the plan', () => {
  test('puts the contact that the options name, in the account itself', async () => {
    const { steps, inputs } = await planFor(whole);
    const input = { AlternateContactType: 'SECURITY', ...contact };
    expect(steps).toEqual([{ api: 'account:PutAlternateContact', input, why: expect.any(String) }]);
    expect(inputs).toEqual(contact);
  });

  test.each(Object.keys(whole))('makes nothing up: without %s there is no fix', async (option) => {
    for (const empty of ['', '  ']) {
      const plan = await planFor({ ...whole, [option]: empty });
      expect(plan.steps).toEqual([]);
      expect(plan.refusals).toEqual([expect.stringContaining(`Set ${option}:`)]);
    }
  });
});

describe('undo', () => {
  test('deletes the contact of the run', async () => {
    const { steps } = await undoOf(await planFor(whole), registered());
    const input = { AlternateContactType: 'SECURITY' };
    expect(steps).toEqual([{ api: 'account:DeleteAlternateContact', input, why: expect.any(String) }]);
  });

  test.each([
    ['that others changed since', registered({ PhoneNumber: '+82 2 555 0100' })],
    ['that others deleted since', none],
  ])('leaves alone a contact %s', async (_, readings) => {
    expect((await undoOf(await planFor(whole), readings)).steps).toEqual([]);
  });

  test('does not guess what it cannot read', async () => {
    await expect(undoOf(await planFor(whole), { [CONTACT]: denied })).rejects.toMatchObject({
      code: 'AccessDenied',
      api: 'account:GetAlternateContact',
    });
  });
});
