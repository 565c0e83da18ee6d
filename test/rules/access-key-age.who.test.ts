import type { ResourceRef } from '../../account/account.ts';
import { readAccount } from '../../account/open.ts';
import rule from '../../rules/access-key-age/rule.ts';
import type { Compliance } from '../../rules/rule.ts';
import {
  ago,
  key,
  type Reported,
  readingsOf,
  roots,
  run,
  users,
  type World,
} from '../support/access-keys.ts';
import { ACCOUNT, denied, fails, judged, memoryAccount, memorySource, type Said } from '../support/memory.ts';

describe('access-key-age: who is judged', () => {
  describe('root', () => {
    const active: Reported[] = [[true, ago(1)]];
    test.each<{
      title: string;
      root: World['root'];
      summary?: World['summary'];
      says: (Compliance | 'UNKNOWN')[];
      annotation?: string;
    }>([
      { title: 'no key', root: [], says: ['COMPLIANT'], annotation: '' },
      { title: 'an inactive key', root: [[false, ago(900)]], says: ['COMPLIANT'], annotation: '' },
      {
        title: 'an active key, however young',
        root: active,
        summary: { AccountAccessKeysPresent: 1 },
        says: ['NON_COMPLIANT'],
        annotation: 'root has an active access key (number 1)',
      },
      {
        title: 'two active keys',
        root: [...active, ...active],
        summary: { AccountAccessKeysPresent: 2 },
        says: ['NON_COMPLIANT'],
        annotation: 'root has an active access key (number 1); root has an active access key (number 2)',
      },
      {
        title: 'a key of unknown age',
        root: [[true, 'N/A']],
        summary: { AccountAccessKeysPresent: 1 },
        says: ['NON_COMPLIANT'],
      },
      {
        title:
          'a key, whatever the account summary counts: only users have keys that can be asked for afresh',
        root: active,
        summary: { AccountAccessKeysPresent: 0 },
        says: ['NON_COMPLIANT'],
      },
      { title: 'a key, and the summary is denied', root: active, summary: denied, says: ['NON_COMPLIANT'] },
      { title: 'no row in a report that was filtered', root: 'no row', says: ['UNKNOWN'] },
    ])('$title → $says', async ({ root, summary, says, annotation }) => {
      const said = roots(
        await run({ report: { alice: [] }, ...(root && { root }), ...(summary && { summary }) }),
      );
      expect(said.map(({ compliance }) => compliance)).toEqual(says);
      for (const { id, region } of said) expect({ id, region }).toEqual({ id: ACCOUNT, region: 'global' });
      if (annotation !== undefined) expect(said[0]?.annotation).toBe(annotation);
    });

    test('the exemption tag is for users: root has no tags, and is judged', async () => {
      const said = await run(
        { root: active, summary: { AccountAccessKeysPresent: 1 } },
        { exemptTagKey: 'robot' },
      );
      expect(roots(said).map(({ compliance }) => compliance)).toEqual(['NON_COMPLIANT']);
    });
  });

  describe('who is reported', () => {
    const old: Reported[] = [[true, ago(200)]];
    const names = (said: readonly Said[]) => users(said).map(({ id, compliance }) => `${id} ${compliance}`);

    test('each user by unique id, in the order of ListUsers', async () => {
      const said = await run({
        report: { bob: [], alice: old, carol: [] },
        users: ['carol', 'alice', 'bob'],
      });
      expect(names(said)).toEqual(['AIDACAROL COMPLIANT', 'AIDAALICE NON_COMPLIANT', 'AIDABOB COMPLIANT']);
    });

    test('not a user deleted since the report', async () => {
      expect(names(await run({ report: { alice: [], gone: old }, users: ['alice'] }))).toEqual([
        'AIDAALICE COMPLIANT',
      ]);
    });

    test('a user made since the report, by the fresh list', async () => {
      const world: World = { report: {}, users: ['newcomer'], keys: { newcomer: [key(ago(0))] } };
      expect(names(await run(world))).toEqual(['AIDANEWCOMER COMPLIANT']);
    });

    test('a user made since the report whose list nobody collected: could not tell', async () => {
      expect(names(await run({ report: {}, users: ['newcomer'] }))).toEqual(['AIDANEWCOMER UNKNOWN']);
    });

    test('users of a lone credential report by their ARN', async () => {
      const said = await run({ report: { alice: old, bob: [] }, users: 'not collected' });
      expect(users(said)).toMatchObject([
        { id: `arn:aws:iam::${ACCOUNT}:user/alice`, name: 'alice', compliance: 'NON_COMPLIANT' },
        { id: `arn:aws:iam::${ACCOUNT}:user/bob`, name: 'bob', compliance: 'COMPLIANT' },
      ]);
      expect(roots(said)).toMatchObject([{ compliance: 'COMPLIANT' }]);
    });

    test('when ListUsers is denied: nobody, but that is said, and root has its verdict', async () => {
      const said = await run({ report: { alice: old }, users: denied });
      expect(users(said)).toEqual([]);
      expect(roots(said).map(({ compliance, code }) => [compliance, code])).toEqual([
        ['UNKNOWN', 'AccessDenied'],
        ['COMPLIANT', undefined],
      ]);
      expect(roots(said)[0]?.annotation).toContain('iam:ListUsers');
    });

    test('one user that cannot be judged does not hold up the others', async () => {
      const said = await run({
        report: { alice: old, bob: old, carol: [] },
        keys: { alice: denied, bob: [] },
      });
      expect(names(said)).toEqual(['AIDAALICE UNKNOWN', 'AIDABOB COMPLIANT', 'AIDACAROL COMPLIANT']);
    });
  });

  describe('without the credential report', () => {
    test('one could-not-tell for the account, and users whose lists can be read are judged', async () => {
      const said = await run({
        report: denied,
        users: ['alice', 'bob', 'carol'],
        keys: { alice: [key(ago(200))], bob: [key(ago(1))], carol: denied },
      });
      expect(roots(said)).toMatchObject([{ compliance: 'UNKNOWN', code: 'AccessDenied' }]);
      expect(roots(said)[0]?.annotation).toContain('iam:GetCredentialReport');
      expect(users(said).map(({ compliance }) => compliance)).toEqual([
        'NON_COMPLIANT',
        'COMPLIANT',
        'UNKNOWN',
      ]);
    });

    test('users whose lists nobody collected are left out: the account says it for all', async () => {
      const said = await run({
        report: fails('ReportNotPresent'),
        users: ['alice', 'bob'],
        keys: { bob: [] },
      });
      expect(said.map(({ id, compliance }) => [id, compliance])).toEqual([
        [ACCOUNT, 'UNKNOWN'],
        ['AIDABOB', 'COMPLIANT'],
      ]);
    });

    test.each([
      ['maybe', /row alice, column access_key_1_active: "maybe"/],
      ['no_information', /row alice, column access_key_1_active: "no_information" does not say whether/],
    ])('a row that makes no sense (%s) costs its own user', async (active, message) => {
      const said = await run({ report: { alice: [[active, 'N/A']], bob: [] } });
      expect(said.map(({ name, compliance, code }) => [name, compliance, code])).toEqual([
        [undefined, 'COMPLIANT', undefined],
        ['alice', 'UNKNOWN', 'Malformed'],
        ['bob', 'COMPLIANT', undefined],
      ]);
      expect(said[1]?.annotation).toMatch(message);
    });

    test('… unless the fresh list can tell', async () => {
      const said = await run({ report: { alice: [['maybe', 'N/A']] }, keys: { alice: [] } });
      expect(said.map(({ compliance }) => compliance)).toEqual(['COMPLIANT', 'COMPLIANT']);
    });

    test("… and root's row costs root", async () => {
      const said = await run({ report: {}, root: [['maybe', 'N/A']] as never });
      expect(said).toMatchObject([{ compliance: 'UNKNOWN', code: 'Malformed', id: ACCOUNT }]);
    });

    test('nothing collected at all: one could-not-tell', async () => {
      const said = await judged(rule, memoryAccount({}));
      expect(said).toMatchObject([{ id: ACCOUNT, compliance: 'UNKNOWN', code: 'NotCollected' }]);
    });

    test('neither the report nor the users: both are named', async () => {
      const said = await run({ report: denied, users: denied });
      expect(said.map(({ annotation }) => annotation)).toEqual([
        'iam:GetCredentialReport: AccessDenied',
        'iam:ListUsers: AccessDenied',
      ]);
    });
  });

  describe('a run about one resource', () => {
    const user = (id: string): ResourceRef => ({ type: 'AWS::IAM::User', id, region: 'global' });
    const account: ResourceRef = { type: 'AWS::::Account', id: ACCOUNT, region: 'global' };
    const old: Reported[] = [[true, ago(200)]];
    const world: World = { report: { alice: old, bob: [] }, root: [[true, ago(1)]] };
    const about = async (resource: ResourceRef, given: World = world) =>
      (await run(given, {}, { resource })).map(({ id, compliance }) => `${id} ${compliance}`);

    test.each([
      ['a user', user('AIDAALICE'), ['AIDAALICE NON_COMPLIANT']],
      ['the account, for root', account, [`${ACCOUNT} NON_COMPLIANT`]],
      ['a user who is gone', user('AIDAGONE'), []],
    ])('%s', async (_, resource, says) => {
      expect(await about(resource)).toEqual(says);
    });

    test('a user, when the report is denied but the list can be read', async () => {
      const given: World = { report: denied, users: ['alice'], keys: { alice: [key(ago(200))] } };
      expect(await about(user('AIDAALICE'), given)).toEqual(['AIDAALICE NON_COMPLIANT']);
    });

    test('a user, when neither the report nor the list can be read', async () => {
      expect(await about(user('AIDAALICE'), { report: denied, users: ['alice'] })).toEqual([
        'AIDAALICE UNKNOWN',
      ]);
    });

    test('a user, when ListUsers is denied', async () => {
      expect(await about(user('AIDAALICE'), { ...world, users: denied })).toEqual(['AIDAALICE UNKNOWN']);
    });

    const odd = { UserName: 'odd', UserId: 'AIDAODD' };
    const withOdd = () => {
      const readings = readingsOf(world);
      const { Users } = readings['global/iam/list-users.json'] as { Users: object[] };
      return memoryAccount({ ...readings, 'global/iam/list-users.json': { Users: [odd, ...Users] } });
    };
    test.each([
      ['a user, while another one makes no sense', user('AIDABOB'), ['AIDABOB COMPLIANT']],
      ['a user who is gone, while another one makes no sense', user('AIDAGONE'), []],
      ['a user who makes no sense', user('AIDAODD'), ['AIDAODD UNKNOWN']],
      ['the account, while a user makes no sense', account, [`${ACCOUNT} NON_COMPLIANT`]],
    ])('%s', async (_, resource, says) => {
      const said = await judged(rule, withOdd(), {}, { resource });
      expect(said.map(({ id, compliance }) => `${id} ${compliance}`)).toEqual(says);
    });

    test('the account, when ListUsers is denied: root needs no list', async () => {
      expect(await about(account, { ...world, users: denied })).toEqual([`${ACCOUNT} NON_COMPLIANT`]);
    });
  });

  describe('what it asks', () => {
    const asked = async (world: World, parameters: Record<string, unknown> = {}) => {
      const source = memorySource(readingsOf(world));
      await judged(rule, readAccount(source), parameters);
      return source.asked;
    };
    const many = (count: number, reported: readonly Reported[]) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`user${at}`, reported]));

    test.each([1, 1000])(
      '%d users with no old key: the report and the list of users, nothing a user',
      async (count) => {
        expect(await asked({ report: many(count, [[true, ago(85)]]) })).toEqual([
          'global/iam/get-credential-report.csv',
          'global/iam/list-users.json',
        ]);
      },
    );

    test('one list for each user with an old key', async () => {
      const paths = await asked({
        report: { ...many(20, [[true, ago(85)]]), ...{ alice: [[true, ago(91)]] } },
      });
      expect(paths.slice(2)).toEqual(['global/iam/list-access-keys/alice.json']);
    });

    test('tags only where an exemption tag is named', async () => {
      expect((await asked({ report: many(2, []) }, { exemptTagKey: 'x' })).slice(2)).toEqual([
        'global/iam/list-user-tags/user0.json',
        'global/iam/list-user-tags/user1.json',
      ]);
    });
  });
});
