import { readAccount } from '../../account/open.ts';
import { accountResource } from '../../rules/evaluate.ts';
import rule from '../../rules/root-mfa/rule.ts';
import { ACCOUNT, judged, memoryAccount, memorySource } from '../support/memory.ts';
import { DEVICES, everything, readingsOf, SUMMARY, type World } from '../support/root.ts';
import { cases, hardware } from './root-mfa/cases.ts';

describe('root-mfa', () => {
  test.each(cases)('$title → $says', async ({ parameters, says, annotation, code, ...given }) => {
    const said = await judged(rule, memoryAccount(readingsOf(given)), parameters);

    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({
      id: ACCOUNT,
      type: 'AWS::::Account',
      region: 'global',
      compliance: says,
    });
    expect(said[0]?.code).toBe(code);
    if (annotation instanceof RegExp) expect(said[0]?.annotation).toMatch(annotation);
    else if (annotation !== undefined) expect(said[0]?.annotation).toBe(annotation);
  });

  describe('what it asks', () => {
    const askedFor = async (given: World, parameters: Record<string, unknown>) => {
      const source = memorySource(readingsOf(given));
      await judged(rule, readAccount(source), parameters);
      return source.asked;
    };

    test('the summary alone, unless hardware is required', async () => {
      expect(await askedFor({ summary: everything, devices: [] }, {})).toEqual([SUMMARY]);
      expect(await askedFor({ summary: everything, devices: [] }, hardware)).toEqual([SUMMARY, DEVICES]);
    });

    test('not the list, when root fails without it', async () => {
      expect(await askedFor({ summary: { ...everything, AccountMFAEnabled: 0 } }, hardware)).toEqual([
        SUMMARY,
      ]);
    });
  });

  describe('a run about one resource', () => {
    const account = memoryAccount(readingsOf({ summary: everything }));

    test('the account', async () => {
      const said = await judged(rule, account, {}, { resource: accountResource(account) });
      expect(said.map(({ compliance }) => compliance)).toEqual(['COMPLIANT']);
    });

    test.each([
      { type: 'AWS::IAM::User', id: ACCOUNT, region: 'global' },
      { type: 'AWS::::Account', id: '999988887777', region: 'global' },
    ])('another ($type $id): nothing to say', async (resource) => {
      expect(await judged(rule, account, {}, { resource })).toEqual([]);
    });
  });
});
