import type { Tags } from '../../../account/account.ts';
import { AccountError, IncompleteListError } from '../../../account/errors.ts';
import { compliant, nonCompliant } from '../../../rules/judgement.ts';
import { unlessTagged } from '../../../rules/shared/exemption.ts';

const resource = { type: 'AWS::IAM::User', id: 'AIDA1', region: 'global' };
const error = (code: string) => new AccountError(code, 'iam:ListUserTags', 'cannot be read', 'kim');
const cut = (tags: Tags) => async () => {
  throw new IncompleteListError([error('CutAnswer')], [tags]);
};
const denied = async () => {
  throw error('AccessDenied');
};

test.each<[situation: string, tags: () => Promise<Tags> | Tags, ofGood: string, ofBad: string]>([
  ['the tag', () => ({ exempt: '' }), 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
  ['other tags', () => ({ other: '' }), 'COMPLIANT', 'NON_COMPLIANT'],
  ['no tags', async () => ({}), 'COMPLIANT', 'NON_COMPLIANT'],
  ['the tag among tags that were cut', cut({ exempt: 'yes' }), 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
  ['others among tags that were cut', cut({ other: '' }), 'COMPLIANT', 'CutAnswer'],
  ['tags that cannot be read', denied, 'COMPLIANT', 'AccessDenied'],
])('%s', async (_, tags, ofGood, ofBad) => {
  const said = async (bad: boolean) => {
    const judged = await unlessTagged(resource, 'exempt', tags, async () =>
      bad ? nonCompliant(resource, [{ kind: 'bad' }]) : compliant(resource),
    );
    return judged && ('error' in judged ? (judged.error as AccountError).code : judged.compliance);
  };
  expect([await said(false), await said(true)]).toEqual([ofGood, ofBad]);
});

test('a fault that is no failed reading goes on as an exception', async () => {
  const broken = async () => {
    throw new TypeError('bug');
  };
  await expect(unlessTagged(resource, 'exempt', broken, async () => undefined)).rejects.toThrow('bug');
});
