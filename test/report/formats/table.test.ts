import widthOf from 'string-width';
import { type TableOptions, tableReport } from '../../../report/formats/table.ts';
import type { Header, Result, ResultError, Summary } from '../../../report/result.ts';
import type { Severity } from '../../../rules/rule.ts';
import { error, header, result, sink, summary } from '../support.ts';

interface Given extends Partial<TableOptions> {
  readonly results?: readonly Result[];
  readonly errors?: readonly ResultError[];
  readonly of?: Header;
  readonly sum?: Summary;
}

async function printed({ results = [], errors = [], of = header, sum = summary(), ...options }: Given) {
  const out = sink();
  const report = tableReport(out, { colour: false, width: 140, ...options });
  await report.begin(of);
  for (const one of results) await report.result(one);
  for (const one of errors) await report.error(one);
  await report.end(sum);
  return out.text();
}

/** The rows below a title, cells apart. */
function rows(text: string, title: string): string[][] {
  const [section = ''] = text.split('\n\n').filter((part) => part.startsWith(`${title}\n`));
  return section
    .split('\n')
    .slice(2)
    .map((line) => line.split(/ {2,}/));
}
const ESCAPE = '\u001B';

describe('what is shown', () => {
  test('worst first; then by rule, account, Region and name', async () => {
    const shuffled: [Severity, rule: string, region: string, name: string][] = [
      ['MEDIUM', 'access-key-age', 'global', 'ann'],
      ['HIGH', 'sg-open-ports', 'us-east-1', 'web'],
      ['LOW', 'a-rule', 'global', 'x'],
      ['CRITICAL', 's3-public', 'us-east-1', 'logs'],
      ['HIGH', 'sg-open-ports', 'eu-west-1', 'zoo'],
      ['CRITICAL', 'root-mfa', 'global', 'root'],
      ['HIGH', 'sg-open-ports', 'us-east-1', 'bastion'],
    ];
    const results = shuffled.map(([severity, rule, region, resourceName]) =>
      result({ severity, rule, region, resourceName, resourceId: resourceName }),
    );
    expect(rows(await printed({ results }), 'NON_COMPLIANT').map((row) => row.slice(0, 4))).toEqual([
      ['CRITICAL', 'root-mfa', 'global', 'root'],
      ['CRITICAL', 's3-public', 'us-east-1', 'logs'],
      ['HIGH', 'sg-open-ports', 'eu-west-1', 'zoo'],
      ['HIGH', 'sg-open-ports', 'us-east-1', 'bastion'],
      ['HIGH', 'sg-open-ports', 'us-east-1', 'web'],
      ['MEDIUM', 'access-key-age', 'global', 'ann'],
      ['LOW', 'a-rule', 'global', 'x'],
    ]);
  });

  test('what and where and why', async () => {
    expect(rows(await printed({ results: [result()] }), 'NON_COMPLIANT')).toEqual([
      ['HIGH', 'sg-open-ports', 'us-east-1', 'web (sg-0a1b2c3d4e5f60001)', 'tcp 22 open to 0.0.0.0/0'],
    ]);
  });

  test('a name that is the id once only, and the account as such', async () => {
    const results = [
      result({ resourceId: 'logs', resourceName: 'logs' }),
      result({ resourceType: 'AWS::::Account', resourceId: '111122223333', region: 'global' }),
    ];
    const shown = rows(await printed({ results }), 'NON_COMPLIANT').map(([, , , resource]) => resource);
    expect(shown.sort()).toEqual(['logs', 'the account']);
  });

  test('the account of each, where there are several', async () => {
    const of = { ...header, accountIds: ['111122223333', '444455556666'] };
    const results = [result({ accountId: '444455556666' })];
    expect(await printed({ results, of })).toMatch(/ 444455556666 {2}us-east-1 /);
  });

  test('what could not be judged, with its code and reason', async () => {
    const text = await printed({ errors: [error()] });
    expect(rows(text, 'COULD NOT TELL')).toEqual([
      [
        'AccessDenied',
        's3-public',
        'us-east-1',
        'moonjar-sealed',
        's3:GetBucketPolicy of moonjar-sealed: Access Denied',
      ],
    ]);
  });

  test('a COMPLIANT resource only when there is something to say about it', async () => {
    const compliance = 'COMPLIANT' as const;
    const text = await printed({
      results: [
        result({ compliance, resourceName: 'fine', annotation: '' }),
        result({ compliance, resourceName: 'soon', annotation: 'fails after 2026-12-01' }),
        result({ compliance: 'NOT_APPLICABLE', resourceName: 'exempt', annotation: 'exempt by a tag' }),
      ],
    });
    expect(rows(text, 'COMPLIANT, WITH A NOTE')).toHaveLength(1);
    expect(text).toContain('soon');
    expect(text).not.toMatch(/fine|exempt/);
  });

  test('nothing but the summary when nothing is wrong', async () => {
    expect(await printed({ sum: summary({ compliant: 3 }) })).toBe(
      '0 non-compliant, 0 could not be judged, 3 compliant, 0 not applicable\n' +
        'account 111122223333; 1 rule; as of 2026-11-20T00:00:00.000Z\n' +
        '17 of 20 controls were not judged: groundrules controls --unjudged\n',
    );
  });
});

describe('the summary', () => {
  test('counts the severities, worst first', async () => {
    const results = (['HIGH', 'CRITICAL', 'HIGH', 'LOW'] as const).map((severity) => result({ severity }));
    const text = await printed({
      results,
      sum: summary({ nonCompliant: 4, errors: 2, compliant: 7, notApplicable: 1 }),
    });
    expect(text).toContain(
      '\n4 non-compliant (1 CRITICAL, 2 HIGH, 1 LOW), 2 could not be judged, 7 compliant, 1 not applicable\n',
    );
  });

  test('says how many accounts and rules', async () => {
    const of = { ...header, accountIds: ['1', '2', '3', '4'], rules: ['a', 'b'] };
    expect(await printed({ of })).toMatch(/\n4 accounts; 2 rules; as of 2026-11-20T00:00:00\.000Z\n17 of 20/);
  });
});

describe('many', () => {
  /** The worst comes last, and must not be the one that is left out. */
  const many = (count: number) => [
    ...Array.from({ length: count - 1 }, (_, number) =>
      result({ severity: 'MEDIUM', resourceId: `sg-${number}`, resourceName: `sg-${number}` }),
    ),
    result({ severity: 'CRITICAL', resourceId: 'sg-worst', resourceName: 'sg-worst' }),
  ];

  test.each([
    ['fewer than fit', 9, 9],
    ['as many as fit', 10, 10],
    ['one more', 11, 10],
    ['a great many', 1000, 10],
  ])('%s: %i, of which %i are shown', async (_situation, count, shown) => {
    const text = await printed({ results: many(count), most: 10 });
    const said = text.split('\n').filter((line) => /^(CRITICAL|MEDIUM) /.test(line));
    expect(said).toHaveLength(shown);
    expect(said[0]).toMatch(/^CRITICAL +sg-open-ports +us-east-1 +sg-worst/);
    const more = /… and (\d+) more \(--format json has them all\)/.exec(text)?.[1];
    expect(more).toBe(count > shown ? String(count - shown) : undefined);
  });

  test('errors are counted in the same way', async () => {
    const errors = Array.from({ length: 30 }, (_, number) => error({ resourceId: `bucket-${number}` }));
    expect(await printed({ errors, most: 10 })).toContain('… and 20 more');
  });
});

describe('fits the line', () => {
  const long = result({
    resourceName: 'a-bucket-with-a-very-long-name-that-aws-allows-up-to-63-chars-x',
    resourceId: 'a-bucket-with-a-very-long-name-that-aws-allows-up-to-63-chars-x',
    annotation: `${'tcp 22 open to 0.0.0.0/0; '.repeat(9)}+4 more`,
  });
  const noSpace = (text: string) => text.replace(/\s/g, '');

  const wide = (text: string) => Math.max(...text.split('\n').map((line) => widthOf(line)));

  test.each([40, 60, 80])('of %i characters, one entry below the other, with nothing cut', async (width) => {
    const text = await printed({ results: [long, result()], errors: [error()], width });
    for (const said of [long.resourceId, long.annotation, 'AccessDenied', 'HIGH']) {
      expect(noSpace(text)).toContain(noSpace(said));
    }
    expect(text).not.toContain('…');
    expect(wide(text)).toBeLessThanOrEqual(width);
  });

  test.each([60, 80, 120, 200])(
    'of %i characters with Korean names, which are twice as wide',
    async (width) => {
      const korean = result({
        resourceName: '결제-운영-데이터베이스-보안그룹'.repeat(3),
        annotation: '모두에게 열림 '.repeat(20),
      });
      const text = await printed({ results: [korean, result()], width });
      expect(wide(text)).toBeLessThanOrEqual(width);
      expect(noSpace(text)).toContain(noSpace('모두에게 열림 '));
    },
  );

  test('a sentence that has a small part of the line alone goes below instead', async () => {
    const denied = error({
      resourceName: 'a-name-as-people-give-them',
      resourceId: 'sg-0a1b2c3d4e5f60001',
      message: 'not authorized to perform it '.repeat(5).trim(),
    });
    const of = { ...header, accountIds: ['111122223333', '444455556666'] };
    const text = await printed({ errors: [denied], of, width: 130 });
    expect(text).not.toContain('WHY');
    expect(text).toMatch(/\n {2}.{80,128}\n/);
  });

  test('of 200 characters is used: an ordinary entry is one line', async () => {
    const said = result({ annotation: 'x'.repeat(110) });
    expect(await printed({ results: [said], width: 200 })).toContain(`  ${said.annotation}\n`);
  });

  test('a name of a hundred thousand characters costs no more than a line that is cut', async () => {
    const started = performance.now();
    const name = '\u001B[2J'.repeat(25_000);
    const text = await printed({ results: [result({ resourceName: name, resourceId: name })] });
    expect(text.length).toBeLessThan(20_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test.each([140, 170, 200])('of %i characters with nothing cut', async (width) => {
    const text = await printed({ results: [long], width });
    // By column, top to bottom, the pieces make up the whole again.
    const [head = '', ...lines] = text.split('\n\n')[0]?.split('\n').slice(1) ?? [];
    const [where, why] = [head.indexOf('RESOURCE'), head.indexOf('WHY')];
    expect(noSpace(lines.map((line) => line.slice(where, why)).join(''))).toBe(long.resourceId);
    expect(noSpace(lines.map((line) => line.slice(why)).join(''))).toBe(noSpace(long.annotation));
    expect(text).not.toContain('…');
    expect(wide(text)).toBeLessThanOrEqual(width);
  });

  test('the id of a user, a group and a bucket stays in one piece in an ordinary line', async () => {
    const ids = ['sg-0a1b2c3d4e5f60001', 'AIDAACKCEVSQ6C2EXAMPLE', 'moonjar-audit-logs-123456789012'];
    const results = ids.map((resourceId) => result({ resourceId, resourceName: 'haneul.park' }));
    const text = await printed({ results, width: 120 });
    for (const id of ids) expect(text).toContain(id);
  });

  test('of a template has a file and a line, under a heading that fits them', async () => {
    const location = { file: 'web.yaml', line: 24 };
    expect(await printed({ results: [result({ location })] })).toMatch(/WHERE.*\n.* web\.yaml:24 /);
    expect(await printed({ results: [result()] })).toMatch(/REGION.*\n.* us-east-1 /);
  });

  test('no line ends in spaces', async () => {
    expect(await printed({ results: [result()], errors: [error()] })).not.toMatch(/[ \t]$/m);
  });

  test('what AWS is long-winded about is shortened, which errors alone are', async () => {
    const text = await printed({ errors: [error({ message: 'x'.repeat(1000) })], width: 400 });
    expect(text).toContain('x…');
    expect(text.match(/x/g)).toHaveLength(239);
  });
});

describe('colour', () => {
  const given = { results: [result(), result({ severity: 'CRITICAL' })], errors: [error()] };
  test('none unless asked for', async () => {
    expect(await printed(given)).not.toContain(ESCAPE);
  });
  test('changes nothing but the colour', async () => {
    const coloured = await printed({ ...given, colour: true });
    expect(coloured).toContain(ESCAPE);
    expect(coloured.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, 'g'), '')).toBe(await printed(given));
  });
});
