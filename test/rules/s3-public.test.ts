import { AccountError } from '../../account/errors.ts';
import { readAccount } from '../../account/open.ts';
import { pathOf } from '../../account/reading.ts';
import type { Source } from '../../account/source.ts';
import rule from '../../rules/s3-public/rule.ts';
import { denied, fails, judged, memoryAccount, memorySource } from '../support/memory.ts';
import {
  ACCOUNT_BLOCK,
  allow,
  BUCKET_BLOCK,
  bucket,
  byReferer,
  file,
  flags,
  leftOpen,
  ORGANIZATION_BLOCK,
  policy,
  publicAcl,
  publicPolicy,
  type Readings,
  status,
  website,
} from './s3-public/bucket.ts';
import s3Situations from './s3-public/situations.ts';

const { situations } = s3Situations;

describe('a bucket', () => {
  test('whose website is excused has no statement that S3 could speak of alone', async () => {
    const readings = bucket(
      policy(allow(), { ...byReferer, Action: 's3:PutObject' }),
      status(false),
      website,
    );
    const source = memorySource(readings);
    const [said] = await judged(rule, readAccount(source), { allowPublicWebsite: 'true' });
    expect(said?.compliance).toBe('NON_COMPLIANT');
    expect(source.asked).not.toContain(file('get-bucket-policy-status'));
  });

  test('that could not be judged is reported with every input that is missing', async () => {
    const readings = bucket({ [file('get-bucket-policy')]: denied, [BUCKET_BLOCK]: undefined });
    const [said] = await judged(rule, memoryAccount(readings));
    expect(said?.annotation).toMatch(
      /^s3:GetBucketPolicy: AccessDenied; .*get-public-access-block\/web\.json was not/,
    );
  });

  test('… each once, where the policy and the ACL both hang on it', async () => {
    const readings = bucket({
      [file('get-bucket-policy')]: denied,
      [file('get-bucket-acl')]: denied,
      [BUCKET_BLOCK]: denied,
      [ACCOUNT_BLOCK]: denied,
    });
    const [said] = await judged(rule, memoryAccount(readings));
    const causes = said?.annotation?.split('; ') ?? [];
    expect(causes).toHaveLength(4);
    expect(new Set(causes).size).toBe(4);
  });

  test('… and a file that cannot be read, once, whatever it costs', async () => {
    const root = new Error('config.json: cut');
    const source = memorySource(bucket());
    const account = readAccount({
      ...source,
      async read(reading, target) {
        if (target?.id === undefined) return source.read(reading, target);
        const cause = new Error(`${root.message}; what AWS answered at ${reading.api} may be outdated`, {
          cause: root,
        });
        throw new AccountError('Malformed', `s3:${reading.api}`, cause.message, target.id, { cause });
      },
    });
    const [said] = await judged(rule, account);
    expect(said?.annotation?.match(/cut/g)).toHaveLength(1);
  });

  test.each([
    'get-bucket-acl',
    'get-bucket-policy',
    'get-public-access-block',
    'get-bucket-ownership-controls',
    'get-bucket-tagging',
    'get-bucket-policy-status',
  ])('that %s does not find any more is not reported', async (command) => {
    const readings = bucket(publicAcl, leftOpen, { [file(command)]: fails('NoSuchBucket') });
    expect(await judged(rule, memoryAccount(readings), { exemptTagKey: 'public' })).toEqual([]);
  });

  test('is reported as AWS Config names it, where it lies', async () => {
    const [said] = await judged(rule, memoryAccount(bucket()));
    expect(said).toMatchObject({ type: 'AWS::S3::Bucket', id: 'web', name: 'web', region: 'us-east-1' });
  });

  test('with a long policy has a short annotation', async () => {
    const long = 'x'.repeat(300);
    const readings = bucket(
      policy(
        allow({
          Sid: long,
          Action: [`s3:${long}`, 's3:Get*'],
          Condition: { StringLike: { 'aws:Referer': long } },
        }),
      ),
    );
    const [said] = await judged(rule, memoryAccount(readings));
    expect(said?.annotation.length).toBeLessThanOrEqual(256);
    expect(said?.annotation).toMatch(
      /^policy statement "x+…" lets anyone s3:x+… \(aws:Referer restricts nobody; s3:GetBucketPolicyStatus: NotCollected\)$/,
    );
  });
});

describe('readings', () => {
  const resource = { type: 'AWS::S3::Bucket', id: 'web', region: 'us-east-1' };

  test.each<[situation: string, readings: Readings[], asked: string[]]>([
    ['of a bucket with nothing public are its policy and ACL', [], []],
    [
      'go up the levels only as far as needed',
      [publicPolicy, { [BUCKET_BLOCK]: flags('RestrictPublicBuckets') }],
      [BUCKET_BLOCK],
    ],
    [
      'of ownership wait until nothing else helps',
      [publicAcl, { [ACCOUNT_BLOCK]: flags('IgnorePublicAcls') }],
      [BUCKET_BLOCK, ACCOUNT_BLOCK],
    ],
    [
      'of a public ACL end with ownership',
      [publicAcl],
      [BUCKET_BLOCK, ACCOUNT_BLOCK, ORGANIZATION_BLOCK, file('get-bucket-ownership-controls')],
    ],
    [
      "of a policy that AWS's definition settles do not ask S3",
      [publicPolicy],
      [BUCKET_BLOCK, ACCOUNT_BLOCK, ORGANIZATION_BLOCK],
    ],
    [
      "of a policy that it leaves open end with S3's own word",
      [leftOpen],
      [BUCKET_BLOCK, ACCOUNT_BLOCK, ORGANIZATION_BLOCK, file('get-bucket-policy-status')],
    ],
    [
      'of a policy that it leaves open end where the policy is neutralised',
      [leftOpen, { [ACCOUNT_BLOCK]: flags('RestrictPublicBuckets') }],
      [BUCKET_BLOCK, ACCOUNT_BLOCK],
    ],
  ])('%s', async (_, readings, asked) => {
    const source = memorySource(bucket(...readings));
    await judged(rule, readAccount(source), {}, { resource });
    const always = ['global/s3api/list-buckets.json', file('get-bucket-policy'), file('get-bucket-acl')];
    expect(source.asked).toEqual([...always, ...asked]);
  });

  const LIST = 'global/s3api/list-buckets.json';
  const blocked = flags('IgnorePublicAcls', 'RestrictPublicBuckets');
  test.each<[situation: string, readings: Readings[], asked: string[]]>([
    ["end with the account's setting, where it blocks", [{ [ACCOUNT_BLOCK]: blocked }], [ACCOUNT_BLOCK]],
    [
      "go on with the bucket's own",
      [{ [BUCKET_BLOCK]: blocked }],
      [ACCOUNT_BLOCK, ORGANIZATION_BLOCK, BUCKET_BLOCK],
    ],
    [
      'leave out what one of the two flags settles',
      [{ [ACCOUNT_BLOCK]: flags('RestrictPublicBuckets'), [BUCKET_BLOCK]: flags('IgnorePublicAcls') }],
      [ACCOUNT_BLOCK, ORGANIZATION_BLOCK, BUCKET_BLOCK],
    ],
    [
      'come to the policy and the ACL, where nothing blocks',
      [],
      [
        ...[ACCOUNT_BLOCK, ORGANIZATION_BLOCK, BUCKET_BLOCK],
        ...[file('get-bucket-policy'), file('get-bucket-acl')],
      ],
    ],
  ])('of a run over all buckets %s', async (_, readings, asked) => {
    const source = memorySource(bucket(publicPolicy, publicAcl, ...readings));
    const [said] = await judged(rule, readAccount(source));
    if (readings.length > 0) expect(said).toMatchObject({ compliance: 'COMPLIANT', findings: [] });
    expect(source.asked.slice(0, asked.length + 1)).toEqual([LIST, ...asked]);
    if (readings.length > 0) expect(source.asked).toHaveLength(asked.length + 1);
  });

  test("of a run over all buckets of AWS ask for the account's setting beside the list", async () => {
    const source = memorySource({ ...bucket(publicPolicy), [ACCOUNT_BLOCK]: blocked });
    let askFor = (_: string) => {};
    const isAsked = new Promise<string>((resolve) => {
      askFor = resolve;
    });
    const afar: Source = {
      ...source,
      isAfar: true,
      async read(reading, target) {
        if (pathOf(reading, target) === ACCOUNT_BLOCK) askFor(ACCOUNT_BLOCK);
        if (pathOf(reading, target) === LIST) await isAsked;
        return source.read(reading, target);
      },
    };
    expect(await judged(rule, readAccount(afar))).toMatchObject([{ compliance: 'COMPLIANT' }]);
    expect(source.asked).toEqual(expect.arrayContaining([LIST, ACCOUNT_BLOCK]));
    expect(source.asked).toHaveLength(2);
  });

  test.each<[blocks: string, readings: (at: number) => Readings, most: number]>([
    ['the account blocks', () => ({ [ACCOUNT_BLOCK]: blocked }), 2],
    ['every bucket blocks', (at) => ({ [file('get-public-access-block', `b${at}`)]: blocked }), 260],
    [
      'all but the first ten block',
      (at) => (at < 10 ? {} : { [file('get-public-access-block', `b${at}`)]: blocked }),
      280,
    ],
    [
      'every second bucket blocks',
      (at) => (at % 2 === 0 ? {} : { [file('get-public-access-block', `b${at}`)]: blocked }),
      3 + 2 * 250 + 16,
    ],
    ['nothing blocks', () => ({}), 3 + 2 * 250 + 16],
  ])('of 250 buckets, where %s, are few', async (_, readingsOf, most) => {
    const numbers = Array.from({ length: 250 }, (_, at) => at);
    const files = numbers.flatMap((at) => [
      Object.fromEntries(
        Object.entries(bucket()).map(([path, answer]) => [path.replace('/web.json', `/b${at}.json`), answer]),
      ),
      readingsOf(at),
    ]);
    const source = memorySource(
      Object.assign({}, ...files, {
        [LIST]: { Buckets: numbers.map((at) => ({ Name: `b${at}`, BucketRegion: 'us-east-1' })) },
      }),
    );
    const said = await judged(rule, readAccount(source));
    expect(new Set(said.map(({ compliance }) => compliance))).toEqual(new Set(['COMPLIANT']));
    expect(said).toHaveLength(250);
    expect(source.asked.length).toBeLessThanOrEqual(most);
  });

  test.each(situations.map((one) => [one.situation, one] as const))(
    'say the same in whichever order: %s',
    async (_, { readings, parameters, regions }) => {
      const say = (context: object) =>
        judged(rule, memoryAccount(readings, regions && { regions }), parameters, context);
      expect(await say({})).toEqual(await say({ resource }));
    },
  );

  test('of an exempt bucket are none', async () => {
    const source = memorySource(bucket(publicPolicy));
    await judged(rule, readAccount(source), { exemptBuckets: 'a, web' });
    expect(source.asked).toEqual(['global/s3api/list-buckets.json']);
  });
});

describe('a run', () => {
  const two = {
    'global/s3api/list-buckets.json': { Buckets: [{ Name: 'a' }, { Name: 'web' }] },
    ...publicAcl,
  };
  const resource = (id: string) => ({ type: 'AWS::S3::Bucket', id, region: 'us-east-1' });

  test('over all buckets judges each, readable or not', async () => {
    const said = await judged(rule, memoryAccount(bucket(two)));
    expect(said.map(({ id, compliance }) => [id, compliance])).toEqual([
      ['a', 'UNKNOWN'],
      ['web', 'NON_COMPLIANT'],
    ]);
  });

  test('about one bucket judges that one', async () => {
    const said = await judged(rule, memoryAccount(bucket(two)), {}, { resource: resource('web') });
    expect(said.map(({ id }) => id)).toEqual(['web']);
  });

  test('about a bucket that is gone says nothing', async () => {
    expect(await judged(rule, memoryAccount(bucket()), {}, { resource: resource('c') })).toEqual([]);
  });
});
