import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { apply, type Difference, type Evaluated } from '../../report/compare.ts';
import { FORMAT_FILES, FORMAT_NAMES } from '../../report/formats/names.ts';
import { ACCOUNT, accountFolder, folderOf, groupItem, removeFolders } from '../account/snapshot/support.ts';
import { ALL_HOSTILE } from '../support/hostile.ts';
import { call, worldOf } from './support.ts';

afterAll(removeFolders);

/** What `evaluate` writes about the sample, and the same with something else in it. */
async function files(change: (text: string) => string): Promise<[before: string, after: string]> {
  const folder = await folderOf({});
  const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
  await call('evaluate', [], { sample: true, format: 'json', output: before });
  writeFileSync(after, change(readFileSync(before, 'utf8')));
  return [before, after];
}

async function compared(paths: readonly string[], options: object = {}, input = '') {
  const { world, text } = worldOf({ input: Readable.from([Buffer.from(input)]) });
  return { status: await call('compare', paths, options, world), text: text() };
}

const without = (rule: string) => (text: string) => {
  const whole = JSON.parse(text);
  return JSON.stringify({
    ...whole,
    results: whole.results.filter((one: { rule: string }) => one.rule !== rule),
  });
};

test('an evaluation and itself: nothing is new, and what fails is still there', async () => {
  const [before, after] = await files((text) => text);
  const { status, text } = await compared([before, after]);
  expect(status).toBe(0);
  expect(text).toMatch(/^STILL THERE\n/);
  expect(text).toMatch(/\n\n0 new, 0 changed, 0 not judged any more, \d+ still there, 0 fixed\n$/);
});

test('a rule that was left out the second time is not fixed', async () => {
  const [before, after] = await files(without('root-mfa'));
  const { status, text } = await compared([before, after], { failOn: 'unjudged' });
  expect(status).toBe(1);
  expect(text).toMatch(/NOT JUDGED ANY MORE[\s\S]*root-mfa[\s\S]*nobody looked/);
  expect(text).toMatch(/ 0 fixed\n$/);
});

test('a rule that was left out the first time is new, by default a failure', async () => {
  const [before, after] = await files(without('root-mfa'));
  expect((await compared([after, before])).status).toBe(1);
  expect((await compared([after, before], { failOn: 'new,critical' })).status).toBe(1);
  expect((await compared([after, before], { failOn: 'fixed' })).status).toBe(0);
});

test('--fail-on new,high leaves what is less bad alone', async () => {
  const [before, after] = await files(without('access-key-age'));
  expect((await compared([after, before], { failOn: 'new,medium' })).status).toBe(1);
  expect((await compared([after, before], { failOn: 'new,critical' })).status).toBe(0);
  expect((await compared([after, before], { failOn: 'critical' })).status).toBe(0);
});

test('as JSON, each difference has what was and what is', async () => {
  const [before, after] = await files(without('root-mfa'));
  const { text } = await compared([before, after], { format: 'json' });
  const { differences, summary } = JSON.parse(text);
  expect(summary).toMatchObject({ new: 0, changed: 0, fixed: 0 });
  expect(summary.unjudged).toBeGreaterThan(0);
  expect(differences[0]).toMatchObject({
    ...{ rule: 'root-mfa', change: 'unjudged', was: 'NON_COMPLIANT', is: 'ABSENT', severity: 'CRITICAL' },
    before: { results: [{ compliance: 'NON_COMPLIANT' }] },
    after: { results: [], errors: [] },
  });
});

test('one of the two may come on standard input', async () => {
  const [before, after] = await files((text) => text);
  expect((await compared([before, '-'], {}, readFileSync(after, 'utf8'))).status).toBe(0);
});

test.each(['table', 'markdown', 'json'])('%s shows nothing that steers a terminal', async (format) => {
  const [before, after] = await files((text) =>
    text
      .replaceAll('"legacy-bastion"', JSON.stringify(`legacy-bastion${ALL_HOSTILE}|<b>@all`))
      .replaceAll('tcp 22 open', 'tcp 23 open'),
  );
  const { text } = await compared([before, after], { format });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  if (format === 'markdown') expect(text).not.toMatch(/<b>|@all/);
});

describe('snapshots', () => {
  const group = (GroupId: string, port: number) => ({
    ...{ GroupId, GroupName: GroupId, OwnerId: ACCOUNT, IpPermissionsEgress: [], VpcId: 'vpc-1', Tags: [] },
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
      },
    ],
  });
  const snapshot = (...SecurityGroups: object[]) =>
    accountFolder({
      'eu-west-1/ec2/describe-security-groups.json': { SecurityGroups },
      'collected.json': { collectedAt: '2026-11-28T00:00:00Z', regions: ['eu-west-1'] },
    });
  const changes = async (before: string, after: string, options: object = {}) => {
    const { status, text } = await compared([before, after], {
      ...{ rule: 'sg-open-ports', format: 'json', config: false, waivers: false },
      ...options,
    });
    const { differences } = JSON.parse(text);
    return [
      status,
      ...differences.map((one: { change: string; resourceId: string }) => `${one.resourceId} ${one.change}`),
    ];
  };

  test('are judged, both of them', async () => {
    const before = await snapshot(group('sg-1', 22), group('sg-2', 443));
    const after = await snapshot(group('sg-1', 443), group('sg-2', 22), group('sg-3', 22));
    expect(await changes(before, after)).toEqual([1, 'sg-2 new', 'sg-3 new', 'sg-1 fixed']);
    expect(await changes(after, before, { failOn: 'fixed' })).toEqual([
      ...[1, 'sg-1 new', 'sg-3 unjudged', 'sg-2 fixed'],
    ]);
    expect(
      await changes(before, after, { parameters: '{"sg-open-ports":{"allowedTcpPorts":"22,443"}}' }),
    ).toEqual([...[0, 'sg-3 other']]);
  });

  test('can be held against results, and files of AWS Config against them', async () => {
    const folder = await snapshot(group('sg-1', 22));
    const results = join(await folderOf({}), 'results.json');
    await call('evaluate', [folder], {
      rule: 'sg-open-ports',
      format: 'json',
      output: results,
      config: false,
    });
    expect(await changes(results, folder)).toEqual([0, 'sg-1 still']);
    const items = await folderOf({
      'items.json': { configurationItems: [groupItem('sg-1', 443), groupItem('sg-9', 22)] },
    });
    const said = await changes(folder, join(items, 'items.json'));
    expect(said.slice(1)).toContain('sg-9 new');
  });

  test('what is waived now does not fail', async () => {
    const [before, after] = [await snapshot(group('sg-1', 443)), await snapshot(group('sg-1', 22))];
    const waivers = join(
      await folderOf({
        'w.yaml':
          'waivers: [{ rule: sg-open-ports, resource: sg-1, reason: r, ticket: t, owner: o, until: 2026-12-31 }]\n',
      }),
      'w.yaml',
    );
    const now = '2026-11-28T00:00:00Z';
    expect(await changes(before, after, { now })).toEqual([1, 'sg-1 new']);
    expect(await changes(before, after, { now, waivers })).toEqual([0, 'sg-1 new']);
  });
});

test('several formats go into a folder, each in a file of its own', async () => {
  const [before, after] = await files(without('root-mfa'));
  const output = join(await folderOf({}), 'reports');
  const { status, text } = await compared([before, after], { format: FORMAT_NAMES.join(','), output });
  expect([status, text]).toEqual([0, '']);
  expect(readdirSync(output).sort()).toEqual(
    Object.values(FORMAT_FILES)
      .map((name) => name.replace('results', 'comparison'))
      .sort(),
  );
  const [json, html] = ['comparison.json', 'comparison.html'].map((name) =>
    readFileSync(join(output, name), 'utf8'),
  );
  expect(JSON.parse(String(json)).summary.unjudged).toBeGreaterThan(0);
  expect(html).toContain('before.json');
});

test('what changed, applied to the file of before, is the file of now, in all fields', async () => {
  const [before, after] = await files(without('root-mfa'));
  const { text } = await compared([before, after], { format: 'json' });
  const all = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Evaluated;
  const differences = JSON.parse(text).differences.map(
    ({ change, severity, was, is, before: old, after: now, ...subject }: Difference) =>
      ({ change, severity, was, is, before: old, after: now, subject }) as unknown as Difference,
  );
  const sorted = ({ results, errors }: Evaluated) =>
    [...results, ...errors].map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  expect(sorted(apply(all(before), differences)).join('\n')).toBe(sorted(all(after)).join('\n'));
});

describe('a wrong call:', () => {
  const cases: [situation: string, paths: string[], options: object, message: RegExp][] = [
    ['a file that is not there', ['no.json', 'no.json'], {}, /no\.json/],
    [
      'a file of something else',
      ['package.json', 'package.json'],
      {},
      /package\.json: .*evaluate --format json/,
    ],
    ['standard input twice', ['-', '-'], {}, /one standard input/],
    [
      '--fail-on of nothing known',
      ['a', 'b'],
      { failOn: 'chaged' },
      /--fail-on chaged: expected new, .*did you mean changed/,
    ],
    ['two severities', ['a', 'b'], { failOn: 'new,high,low' }, /one severity is enough/],
  ];
  test.each(cases)('%s', async (_situation, paths, options, message) => {
    await expect(compared(paths, options)).rejects.toThrow(message);
  });
});
