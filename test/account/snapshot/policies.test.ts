import { authorizationOf } from '../../../account/services/iam/authorization.ts';
import { snapshotAccount } from '../../../account/snapshot/account.ts';
import { allow, DETAILS, details, document, encoded, policy, user } from '../../support/iam-details.ts';
import {
  accountFolder,
  COLLECTED,
  CONFIG,
  type Files,
  gone,
  item,
  LATER,
  listed,
  NEWER,
  OLDER,
  removeFolders,
  snapshotFile,
} from './support.ts';

afterAll(removeFolders);

const TYPE = 'AWS::IAM::Policy';
const policyItem = (action: string, more: object = {}, configuration: object = {}) =>
  item(TYPE, 'ANPAP', {
    resourceName: 'p',
    awsRegion: 'global',
    configuration: {
      policyName: 'p',
      arn: 'arn:aws:iam::111122223333:policy/p',
      attachmentCount: 1,
      policyVersionList: [
        { versionId: 'v1', isDefaultVersion: true, document: encoded(document(allow(action))) },
      ],
      ...configuration,
    },
    ...more,
  });
const direct = (...policies: object[]): Files => ({
  ...COLLECTED,
  ...details({ users: [user('ana')], policies }),
});
const history = (at: string) =>
  `us-east-1/config/111122223333_Config_us-east-1_ConfigHistory_${TYPE}_${at}_${at}_1.json`;
const P = policy('p', document(allow('direct')));
const OTHER = policy('other', document(allow('other')));

const cases: [situation: string, files: Files, actions: string[], errors?: string[]][] = [
  ['an item alone', { [CONFIG]: snapshotFile(policyItem('item')) }, ['item'], ['NotCollected']],
  [
    'a newer item',
    { ...direct(P, OTHER), [CONFIG]: snapshotFile(policyItem('item', NEWER)) },
    ['item', 'other'],
  ],
  ['an older item', { ...direct(P), [CONFIG]: snapshotFile(policyItem('item', OLDER)) }, ['direct']],
  [
    'an older item of a policy that the details lack',
    { ...direct(OTHER), [CONFIG]: snapshotFile(policyItem('item', OLDER)) },
    ['item', 'other'],
  ],
  [
    'an item of a policy that was deleted since',
    { ...direct(P, OTHER), [CONFIG]: snapshotFile(policyItem('', gone('ResourceDeleted', LATER))) },
    ['other'],
  ],
  [
    'an item of a policy that was deleted before',
    { ...direct(P), [CONFIG]: snapshotFile(policyItem('', { ...gone('ResourceDeleted', LATER), ...OLDER })) },
    ['direct'],
  ],
  [
    'an item of a policy that is not recorded any more',
    { ...direct(P), [CONFIG]: snapshotFile(policyItem('', gone('ResourceNotRecorded', LATER))) },
    ['direct'],
  ],
  [
    'a newer item that cannot be read',
    { ...direct(P, OTHER), [CONFIG]: snapshotFile(policyItem('', NEWER, { attachmentCount: 'one' })) },
    ['other'],
    ['AttachmentCount'],
  ],
  [
    'a newer item in the place of what cannot be read',
    {
      ...direct({ ...P, AttachmentCount: 'one' }),
      [CONFIG]: snapshotFile(policyItem('item', NEWER)),
    },
    ['item'],
  ],
  [
    'details that were denied, and an item',
    {
      'errors.json': [{ file: DETAILS, code: 'AccessDenied' }],
      [CONFIG]: snapshotFile(policyItem('item')),
    },
    ['item'],
    ['AccessDenied'],
  ],
  [
    'details that nobody collected, an item, and a file that cannot be read',
    { [CONFIG]: snapshotFile(policyItem('item')), 'eu-west-1/config/a.json': '{"configurationItems": [' },
    ['item'],
    ['NotCollected', 'eu-west-1/config/a.json'],
  ],
  [
    'a file that cannot be read, of which nobody knows that it is older',
    { ...direct(P), [CONFIG]: '{"configurationItems": [' },
    [],
    [`Malformed iam:GetAccountAuthorizationDetails of p: ${CONFIG}`, 'AWS answered before it'],
  ],
  [
    'a history that cannot be read, and an item that is newer',
    { ...direct(P), [CONFIG]: snapshotFile(policyItem('item', NEWER)), [history('20261110T120000Z')]: '{' },
    ['item'],
    ['ConfigHistory'],
  ],
  [
    'a history that cannot be read, and is older than the details',
    { ...direct(P), [history('20261109T120000Z')]: '{' },
    ['direct'],
    ['ConfigHistory'],
  ],
];
test.each(cases)("a customer's policies, of %s", async (_situation, files, actions, errors = []) => {
  const { account } = snapshotAccount(await accountFolder(files));
  const { details: said, broken, more } = await authorizationOf(account);
  const texts = [...said.policies.values()].map(({ document: one }) => one?.text);
  expect(texts.map((text) => JSON.parse(text ?? '').Statement[0].Action).sort()).toEqual(actions);
  const messages = [...broken.policies, ...Object.values(more)].map(
    (error) => `${error.code} ${error.message}`,
  );
  expect(messages.length > 0).toBe(errors.length > 0);
  for (const error of errors) expect(messages.join('\n')).toContain(error);
  // Of lists that nobody has read, nobody knows that AWS left them out.
  expect(messages.join('\n')).not.toContain('expected a list');
});

const deletions: [situation: string, files: Files, ids: string[]][] = [
  [
    'since the details',
    { ...direct(P), [CONFIG]: snapshotFile(policyItem('', gone('ResourceDeleted', LATER))) },
    ['ANPAP'],
  ],
  [
    'before the details, which show it',
    { ...direct(P), [CONFIG]: snapshotFile(policyItem('', { ...gone('ResourceDeleted', LATER), ...OLDER })) },
    [],
  ],
  [
    'before the details, in which it makes no sense',
    {
      ...direct({ ...P, AttachmentCount: 'one' }),
      [CONFIG]: snapshotFile(policyItem('', { ...gone('ResourceDeleted', LATER), ...OLDER })),
    },
    [],
  ],
];
test.each(deletions)('a policy that was deleted %s', async (_situation, files, ids) => {
  const { deleted } = snapshotAccount(await accountFolder(files));
  expect((await listed(deleted([TYPE]))).map(({ id }) => id)).toEqual(ids);
});
