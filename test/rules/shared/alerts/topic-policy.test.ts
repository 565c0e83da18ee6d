import { setTopicAttributes } from '../../../../account/services/sns/changes.ts';
import { statementFor } from '../../../../rules/shared/alerts/fix/made.ts';
import { ACCOUNT } from '../../../support/memory.ts';

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:alerts`;
const OURS = statementFor(TOPIC);
const WRITTEN_OTHERWISE = { ...OURS, Action: ['SNS:Publish'] };
const OTHER = { ...OURS, Principal: { Service: 'budgets.amazonaws.com' } };
const THEIRS = { Sid: 'Theirs', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: TOPIC };

/** The statements that are written; none where nothing is. */
async function written(Statement: object[], change: object): Promise<object[]> {
  const all: object[] = [];
  const send = async ({ input }: { input: { AttributeValue?: string } }) => {
    if (input.AttributeValue !== undefined) all.push(JSON.parse(input.AttributeValue).Statement);
    return { Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) } };
  };
  await setTopicAttributes.make({ client: { send } } as never, { TopicArn: TOPIC, ...change });
  return all;
}

test('a statement is added once, beside what is there', async () => {
  expect(await written([THEIRS], { Add: OURS })).toEqual([[THEIRS, OURS]]);
  expect(await written([THEIRS, WRITTEN_OTHERWISE], { Add: OURS })).toEqual([]);
});

test("somebody else's statement of the same Sid is neither overwritten nor removed", async () => {
  await expect(written([THEIRS, OTHER], { Add: OURS })).rejects.toThrow(
    /GroundrulesEventBridge that says something else/,
  );
  expect(await written([THEIRS, OTHER], { Remove: OURS })).toEqual([]);
});

test('only the statement itself is removed', async () => {
  expect(await written([THEIRS, WRITTEN_OTHERWISE, OTHER], { Remove: OURS })).toEqual([[THEIRS, OTHER]]);
});
