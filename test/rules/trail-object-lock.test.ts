import type { ResourceRef } from '../../account/account.ts';
import { readAccount } from '../../account/open.ts';
import rule from '../../rules/trail-object-lock/rule.ts';
import { ACCOUNT, denied, fails, judged, memorySource } from '../support/memory.ts';
import {
  OTHER,
  optionsOf,
  readingsOf,
  run,
  short,
  trail,
  unlocked,
  type World,
  year,
} from '../support/trails.ts';
import { cases } from './trail-object-lock/cases.ts';

describe('trail-object-lock', () => {
  test.each(cases)('$title → $says', async ({ parameters, says, annotation, code, ...given }) => {
    const locks = 'lock' in given ? { logs: given.lock } : {};
    const said = await run({ regions: { 'us-east-1': [trail()] }, locks }, parameters);

    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({
      type: 'AWS::CloudTrail::Trail',
      id: 'main',
      name: 'main',
      region: 'us-east-1',
      compliance: says,
    });
    expect(said[0]?.code).toBe(code);
    if (annotation instanceof RegExp) expect(said[0]?.annotation).toMatch(annotation);
    else if (annotation !== undefined) expect(said[0]?.annotation).toBe(annotation);
  });

  describe('which trails', () => {
    const home = trail('main', 'us-east-1');
    const seoul = trail('seoul', 'ap-northeast-2', { bucket: 'seoul-logs' });
    const organization = trail('org', 'us-east-1', { owner: OTHER, bucket: 'org-logs', organization: true });
    const locks = { logs: year, 'seoul-logs': unlocked, 'org-logs': denied };

    test.each<{
      title: string;
      regions: World['regions'];
      says: string[];
      parameters?: Record<string, unknown>;
    }>([
      {
        title: 'a multi-Region trail once, in its home Region',
        regions: { 'ap-northeast-2': [home], 'us-east-1': [home], 'eu-west-1': [home] },
        says: ['main in us-east-1: COMPLIANT'],
      },
      {
        title: 'trails of several Regions, each at home',
        regions: { 'us-east-1': [home, seoul], 'ap-northeast-2': [seoul, home] },
        says: ['main in us-east-1: COMPLIANT', 'seoul in ap-northeast-2: NON_COMPLIANT'],
      },
      {
        title: 'not a trail whose home Region is out of view: it is judged there, and the account says so',
        regions: { 'eu-west-1': [home] },
        says: ['account: NOT_APPLICABLE'],
      },
      {
        title: 'no word of a shadow where there is a trail at home',
        regions: { 'eu-west-1': [home, trail('local', 'eu-west-1')] },
        says: ['local in eu-west-1: COMPLIANT'],
      },
      {
        title: 'no such word where a Region is unreadable: its trails may be at home there',
        regions: { 'eu-west-1': [home], 'ap-northeast-2': denied },
        says: ['account: UNKNOWN'],
      },
      {
        title: 'trails of the same name in two Regions',
        regions: {
          'us-east-1': [trail('main', 'us-east-1')],
          'eu-west-1': [trail('main', 'eu-west-1', { bucket: 'seoul-logs' })],
        },
        says: ['main in us-east-1: COMPLIANT', 'main in eu-west-1: NON_COMPLIANT'],
      },
      {
        title: 'two trails to one bucket',
        regions: { 'us-east-1': [home, trail('second')] },
        says: ['main in us-east-1: COMPLIANT', 'second in us-east-1: COMPLIANT'],
      },
      {
        title: 'a trail at home as its own Region has it, not as a stale shadow does',
        regions: {
          'eu-west-1': [trail('main', 'us-east-1', { bucket: 'seoul-logs' })],
          'us-east-1': [home],
          'ap-northeast-2': [trail('main', 'us-east-1', { bucket: 'seoul-logs' })],
        },
        says: ['main in us-east-1: COMPLIANT'],
      },
      {
        title: 'a trail whose home Region is unreadable, from its shadow; the Region is not passed over',
        regions: { 'us-east-1': denied, 'eu-west-1': [home] },
        says: ['main in us-east-1: COMPLIANT', 'account: UNKNOWN'],
      },
      {
        title: 'the other Regions when one is unreadable',
        regions: { 'us-east-1': [home], 'eu-west-1': fails('Throttling'), 'ap-northeast-2': undefined },
        says: ['main in us-east-1: COMPLIANT', 'account: UNKNOWN', 'account: UNKNOWN'],
      },
      {
        title: 'an organization trail of another account once, and not its bucket',
        regions: { 'us-east-1': [organization], 'eu-west-1': [organization] },
        says: ['org in us-east-1: NOT_APPLICABLE'],
      },
      {
        title: 'an organization trail of another account whose home Region is out of view',
        regions: { 'eu-west-1': [organization] },
        says: ['account: NOT_APPLICABLE'],
      },
      {
        title: 'an organization trail of this very account',
        regions: { 'us-east-1': [trail('org', 'us-east-1', { organization: true })] },
        says: ['org in us-east-1: COMPLIANT'],
      },
      {
        title: 'an organization trail beside a trail of its own',
        regions: { 'us-east-1': [organization, home] },
        says: ['org in us-east-1: NOT_APPLICABLE', 'main in us-east-1: COMPLIANT'],
      },
      {
        title: 'no trail anywhere',
        regions: { 'us-east-1': [], 'eu-west-1': [] },
        says: ['account: NON_COMPLIANT'],
      },
      {
        title: 'no trail anywhere, and that is fine',
        regions: { 'us-east-1': [] },
        parameters: { noTrailVerdict: 'COMPLIANT' },
        says: ['account: COMPLIANT'],
      },
      {
        title: "no trail anywhere, and that is somebody else's matter",
        regions: { 'us-east-1': [] },
        parameters: { noTrailVerdict: 'NOT_APPLICABLE' },
        says: ['account: NOT_APPLICABLE'],
      },
      {
        title: 'no trail in the Regions that could be read: that proves nothing',
        regions: { 'us-east-1': [], 'eu-west-1': denied },
        says: ['account: UNKNOWN'],
      },
      {
        title: 'no Region to look at: could not tell',
        regions: {},
        says: ['account: UNKNOWN'],
      },
    ])('$title', async ({ regions, says, parameters }) => {
      expect(short(await run({ regions, locks }, parameters))).toEqual(says);
    });

    test('an organization trail says whose it is', async () => {
      const [said] = await run({ regions: { 'us-east-1': [organization] } });
      expect(said?.annotation).toBe(`organization trail of account ${OTHER}, and judged there`);
    });

    test('an unreadable Region is named, with the API', async () => {
      const [said] = await run({ regions: { 'eu-west-1': denied } });
      expect(said).toMatchObject({ id: ACCOUNT, region: 'eu-west-1', code: 'AccessDenied' });
      expect(said?.annotation).toMatch(/cloudtrail:DescribeTrails.*Region eu-west-1/);
    });

    test.each([
      [['us-east-1', 'eu-west-1'], 'no trail in us-east-1 or eu-west-1'],
      [['a', 'b', 'c', 'd', 'e'], 'no trail in any of 5 Regions'],
    ])('no trail in %j', async (regions, annotation) => {
      const [said] = await run({ regions: Object.fromEntries(regions.map((region) => [region, []])) });
      expect(said?.annotation).toBe(annotation);
    });

    test.each([
      [
        [home, seoul],
        'no trail is at home in view; judged at home: main in us-east-1, seoul in ap-northeast-2',
      ],
      [
        ['a', 'b', 'c', 'd', 'e'].map((name) => trail(name)),
        'no trail is at home in view; judged at home: a in us-east-1, b in us-east-1, c in us-east-1 +2',
      ],
    ])('only shadows of trails that are at home elsewhere (%#)', async (trails, annotation) => {
      const [said, ...more] = await run({ regions: { 'eu-west-1': trails } });
      expect(more).toEqual([]);
      expect(said).toMatchObject({ type: 'AWS::::Account', compliance: 'NOT_APPLICABLE', annotation });
    });

    test('a trail that makes no sense is not passed over, and costs no other', async () => {
      const said = await run({ regions: { 'us-east-1': [{ Name: 'odd' }, home] }, locks });
      expect(said).toMatchObject([
        { id: 'main', compliance: 'COMPLIANT' },
        { id: 'odd', type: 'AWS::CloudTrail::Trail', region: 'us-east-1', code: 'Malformed' },
      ]);
      expect(said[1]?.annotation).toMatch(/DescribeTrails of odd: trailList\.0\.TrailARN/);
    });

    test('a trail without so much as a name costs the Region’s list its completeness', async () => {
      const said = await run({ regions: { 'us-east-1': [7] } });
      expect(said).toMatchObject([{ id: ACCOUNT, region: 'us-east-1', code: 'Malformed' }]);
    });

    test('one bucket is read once, however many trails write to it', async () => {
      const world: World = { regions: { 'us-east-1': [home, trail('second')] }, locks };
      const source = memorySource(readingsOf(world), optionsOf(world));
      await judged(rule, readAccount(source));
      expect(source.asked).toEqual([
        'us-east-1/cloudtrail/describe-trails.json',
        'global/s3api/get-object-lock-configuration/logs.json',
      ]);
    });
  });

  describe('a run about one resource', () => {
    const world: World = {
      regions: { 'us-east-1': [trail()], 'eu-west-1': [trail(), trail('main', 'eu-west-1')] },
      locks: { logs: year },
    };
    const named = (id: string, region: string): ResourceRef => ({
      type: 'AWS::CloudTrail::Trail',
      id,
      region,
    });
    const account: ResourceRef = { type: 'AWS::::Account', id: ACCOUNT, region: 'global' };

    test.each<[string, ResourceRef, string[], World?]>([
      ['the trail of that name in that Region', named('main', 'eu-west-1'), ['main in eu-west-1: COMPLIANT']],
      ['a trail that is gone', named('gone', 'us-east-1'), []],
      ['a trail in a Region that only shows its shadow', named('main', 'ap-northeast-2'), []],
      ['the account, which has trails', account, []],
      ['the account, which has none', account, ['account: NON_COMPLIANT'], { regions: { 'us-east-1': [] } }],
      [
        'the account, in an unreadable Region',
        account,
        ['account: UNKNOWN'],
        { regions: { 'us-east-1': denied } },
      ],
      [
        'a trail, while another one makes no sense',
        named('main', 'us-east-1'),
        ['main in us-east-1: COMPLIANT'],
        { regions: { 'us-east-1': [{ Name: 'odd' }, trail()] }, locks: { logs: year } },
      ],
      [
        'a trail that is gone, while another one makes no sense',
        named('main', 'us-east-1'),
        [],
        { regions: { 'us-east-1': [{ Name: 'odd' }] } },
      ],
      [
        'a trail that makes no sense',
        named('odd', 'us-east-1'),
        ['odd in us-east-1: UNKNOWN'],
        { regions: { 'us-east-1': [{ Name: 'odd' }, trail()] } },
      ],
      [
        'a trail, in an account that has none',
        named('main', 'us-east-1'),
        [],
        { regions: { 'us-east-1': [] } },
      ],
      [
        'a trail whose Region is unreadable',
        named('main', 'us-east-1'),
        ['main in us-east-1: UNKNOWN'],
        { regions: { 'us-east-1': denied } },
      ],
      [
        'a trail, while another Region is unreadable',
        named('main', 'us-east-1'),
        ['main in us-east-1: COMPLIANT'],
        { regions: { 'us-east-1': [trail()], 'eu-west-1': denied }, locks: { logs: year } },
      ],
      [
        'a trail whose Region is unreadable, by its shadow',
        named('main', 'us-east-1'),
        ['main in us-east-1: COMPLIANT'],
        { regions: { 'us-east-1': denied, 'eu-west-1': [trail()] }, locks: { logs: year } },
      ],
    ])('%s', async (_, resource, says, given = world) => {
      expect(short(await run(given, {}, resource))).toEqual(says);
    });
  });
});
