import type { ResourceRef } from '../../account/account.ts';
import { readAccount } from '../../account/open.ts';
import type { Compliance } from '../../rules/rule.ts';
import rule from '../../rules/trail-object-lock/rule.ts';
import { ACCOUNT, denied, fails, judged, memorySource } from '../support/memory.ts';
import {
  lock,
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

/** One trail and its bucket's lock. */
interface Case {
  title: string;
  lock?: unknown;
  parameters?: Record<string, unknown>;
  says: Compliance | 'UNKNOWN';
  annotation?: string | RegExp;
  code?: string;
}

const compliance = { mode: 'COMPLIANCE' };
const cases: Case[] = [
  { title: 'retention of exactly 365 days', lock: year, says: 'COMPLIANT', annotation: '' },
  {
    title: 'retention of 364 days',
    lock: lock({ Mode: 'GOVERNANCE', Days: 364 }),
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 364 days (at least 365 wanted)',
  },
  { title: 'retention of ten years', lock: lock({ Mode: 'GOVERNANCE', Years: 10 }), says: 'COMPLIANT' },
  { title: 'one year is 365 days', lock: lock({ Mode: 'GOVERNANCE', Years: 1 }), says: 'COMPLIANT' },
  {
    title: 'one year is no more than 365 days',
    lock: lock({ Mode: 'GOVERNANCE', Years: 1 }),
    parameters: { minRetentionDays: 366 },
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 365 days (at least 366 wanted)',
  },
  {
    title: 'four years hold no leap day',
    lock: lock({ Mode: 'GOVERNANCE', Years: 4 }),
    parameters: { minRetentionDays: 1461 },
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 1460 days (at least 1461 wanted)',
  },
  {
    title: 'a day where a day is enough',
    lock: lock({ Mode: 'GOVERNANCE', Days: 1 }),
    parameters: { minRetentionDays: '1' },
    says: 'COMPLIANT',
  },
  {
    title: 'retention with neither days nor years',
    lock: lock({ Mode: 'GOVERNANCE' }),
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 0 days (at least 365 wanted)',
  },
  {
    title: 'COMPLIANCE where GOVERNANCE is enough',
    lock: lock({ Mode: 'COMPLIANCE', Days: 400 }),
    says: 'COMPLIANT',
  },
  {
    title: 'GOVERNANCE where COMPLIANCE is asked',
    lock: year,
    parameters: compliance,
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains in GOVERNANCE mode, not COMPLIANCE',
  },
  {
    title: 'COMPLIANCE where COMPLIANCE is asked, in small letters',
    lock: lock({ Mode: 'COMPLIANCE', Years: 1 }),
    parameters: { mode: 'compliance' },
    says: 'COMPLIANT',
  },
  {
    title: 'GOVERNANCE and too short where COMPLIANCE is asked',
    lock: lock({ Mode: 'GOVERNANCE', Days: 30 }),
    parameters: compliance,
    says: 'NON_COMPLIANT',
    annotation:
      'bucket logs retains in GOVERNANCE mode, not COMPLIANCE; bucket logs retains for 30 days (at least 365 wanted)',
  },
  {
    title: 'COMPLIANCE but too short',
    lock: lock({ Mode: 'COMPLIANCE', Days: 30 }),
    parameters: compliance,
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs retains for 30 days (at least 365 wanted)',
  },
  {
    title: 'Object Lock without a default retention: nothing is locked unless its writer asks',
    lock: lock(),
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs has Object Lock but no default retention',
  },
  {
    title: 'a rule without a default retention',
    lock: { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: {} } },
    says: 'NON_COMPLIANT',
  },
  {
    title: 'a bucket without Object Lock',
    lock: unlocked,
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs has no Object Lock',
  },
  {
    title: 'a configuration that does not say Enabled',
    lock: { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 9 } } } },
    says: 'NON_COMPLIANT',
    annotation: 'bucket logs has no Object Lock',
  },
  {
    title: 'a bucket that does not exist any more',
    lock: fails('NoSuchBucket'),
    says: 'NON_COMPLIANT',
    annotation: "bucket logs does not exist: the trail's logs are lost",
  },
  {
    title: 'a bucket that denies the read',
    lock: denied,
    says: 'UNKNOWN',
    code: 'AccessDenied',
    annotation:
      /may belong to another account: "Buckets of another account" on this rule's page.*s3:GetObjectLockConfiguration/,
  },
  {
    title: 'a bucket that S3 throttles: not a matter of accounts',
    lock: fails('SlowDown'),
    says: 'UNKNOWN',
    code: 'SlowDown',
    annotation: 's3:GetObjectLockConfiguration: SlowDown',
  },
  { title: 'a bucket that nobody read', says: 'UNKNOWN', code: 'NotCollected' },
  {
    title: 'a mode that S3 does not have',
    lock: lock({ Mode: 'FOREVER', Days: 365 }),
    says: 'UNKNOWN',
    code: 'Malformed',
    annotation: /DefaultRetention\.Mode/,
  },
  {
    title: 'an excluded bucket, whatever its lock',
    lock: denied,
    parameters: { excludeBuckets: 'other, logs' },
    says: 'NOT_APPLICABLE',
    annotation: 'exempt by parameter excludeBuckets',
  },
  {
    title: 'another bucket excluded, of which it is a part',
    lock: unlocked,
    parameters: { excludeBuckets: 'logs-archive' },
    says: 'NON_COMPLIANT',
  },
];

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
