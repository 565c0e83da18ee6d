import { carryOut } from '../../tasks/carry-out.ts';
import { memorySource } from '../support/memory.ts';

const resource = { type: 'AWS::Organizations::Account', id: '999988887777', region: 'global' };
const FIX = { changes: { 'root:a': [], 'root:b': [], 'root:c': [], 'root:new': [] } };
const step = (why: string) => ({ api: `root:${why}`, input: { Of: why }, why });

/** A source that writes down what it is asked to change, and fails at one of them. */
function source(failing?: string) {
  const changed: unknown[] = [];
  const change = async (api: string, place: object, input: object) => {
    if (api === failing) throw new Error(`${api}: access denied`);
    changed.push([api, place, input]);
  };
  return { ...memorySource({}), change, changed };
}

test('makes the changes in order, each in its Region', async () => {
  const to = source();
  const done = await carryOut(to, FIX, ['a', 'b'], {
    resource,
    plan: { steps: [step('a'), { ...step('b'), region: 'us-west-2' }] },
  });
  expect(done).toEqual({ resource, carriedOut: ['a', 'b'], done: '["a","b"]' });
  expect(to.changed).toEqual([
    ['root:a', { id: resource.id }, { Of: 'a' }],
    ['root:b', { id: resource.id, region: 'us-west-2' }, { Of: 'b' }],
  ]);
});

test('stops at the first that fails', async () => {
  const to = source('root:b');
  const steps = [step('a'), step('b'), step('c')];
  await expect(carryOut(to, FIX, ['a', 'b', 'c'], { resource, plan: { steps } })).rejects.toThrow(
    'access denied',
  );
  expect(to.changed).toHaveLength(1);
});

test('what is not to be changed any more is left out', async () => {
  const to = source();
  expect(await carryOut(to, FIX, ['a', 'b'], { resource, plan: { steps: [step('b')] } })).toMatchObject({
    carriedOut: ['b'],
  });
  expect(await carryOut(to, FIX, ['a', 'b'], { resource, plan: { steps: [] } })).toMatchObject({
    carriedOut: [],
  });
});

test.each([
  ['something new', [step('a'), step('new')], undefined, /this is new: new\. Start again/],
  ['a refusal', [], ['used today'], /this is new: used today/],
])('%s since the plan changes nothing', async (_what, steps, refusals, message) => {
  const to = source();
  const plan = { steps, ...(refusals && { refusals }) };
  const asked = carryOut(to, FIX, ['a'], { resource, plan });
  await expect(asked).rejects.toMatchObject({ code: 'PlanChanged', message: expect.stringMatching(message) });
  expect(to.changed).toEqual([]);
});

test('a snapshot cannot be changed', async () => {
  const plan = { steps: [step('a')] };
  await expect(carryOut(memorySource({}), FIX, ['a'], { resource, plan })).rejects.toThrow(
    'nothing here can',
  );
});

test('makes nothing where one of the changes is not what the fix declares', async () => {
  const to = source();
  const plan = { steps: [step('a'), { ...step('b'), api: 'iam:CreateUser' }] };
  await expect(carryOut(to, FIX, ['a', 'b'], { resource, plan })).rejects.toThrow(
    '999988887777: the fix does not declare iam:CreateUser',
  );
  expect(to.changed).toEqual([]);
});
