import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { controls } from '../../catalogue/index.ts';
import { pageText } from '../../cli/explain/page.ts';
import { SECTIONS, sectionOf } from '../../report/sections.ts';
import { fixes, rules } from '../../rules/index.ts';
import { folderOf } from '../account/snapshot/support.ts';
import { call, worldOf } from './support.ts';

const ROOT = join(__dirname, '../..');
const PAGED = [...rules, ...fixes];

async function explain(what: string | undefined, options: object = {}, columns = 100) {
  const { world, text } = worldOf({ env: { COLUMNS: String(columns) } });
  expect(await call('explain', [what], options, world)).toBe(0);
  return text();
}

test.each(['en', 'ko'] as const)(
  '%s: every page has the sections that a finding is explained with',
  (language) => {
    const file = language === 'ko' ? 'README.ko.md' : 'README.md';
    const missing = PAGED.flatMap(({ id }) => {
      const page = readFileSync(join(ROOT, 'rules', id, file), 'utf8');
      return Object.values(SECTIONS[language])
        .filter((title) => !sectionOf(page, title)?.trim())
        .map((title) => `${id}: ${title}`);
    });
    expect(missing).toEqual([]);
  },
);

test('a rule’s page is what its README says, without its marks, in either language', async () => {
  const en = await explain('root-mfa');
  expect(en).toMatch(/^root-mfa\n\nThe account's root user is protected by multi-factor/);
  expect(en).toContain('WHEN NOT TO USE IT');
  expect(en).not.toMatch(/<!--|\*\*|\]\(|^\|/m);
  expect(await explain('root-mfa', { lang: 'ko' })).toContain('왜 필요한가');
});

test.each([60, 80, 120])('at %i columns no line of prose is longer', async (columns) => {
  const style = { colour: false, width: columns };
  for (const file of ['README.md', 'README.ko.md']) {
    const page = readFileSync(join(ROOT, 'rules/s3-public', file), 'utf8').replace(/```.*?```/gs, '');
    const long = pageText(page, style)
      .split('\n')
      .filter((line) => stringWidth(line) > columns);
    expect(long).toEqual([]);
  }
});

test('a page in Markdown becomes lines of a terminal', () => {
  const markdown = `# Title\n\nSome **bold** \`code\`, a [page](../x.md) and\na [site](https://example.com).\n\n- one\n- two\n  goes on\n\n1. first\n\n| a | b |\n|---|---|\n| 1 | \`2\` |\n\n\`\`\`sh\naws s3 ls\n\`\`\`\n<!-- gone -->\n`;
  expect(pageText(markdown, { colour: false, width: 60 })).toBe(
    [
      'Title',
      'Some bold code, a page and a site (https://example.com).',
      '- one\n- two goes on',
      '1. first',
      'a  b\n1  2',
      '  aws s3 ls',
    ].join('\n\n'),
  );
});

test('a control is said to be judged by whom, with its frameworks, and where the page is', async () => {
  const managed = await explain('guardduty-enabled');
  expect(managed).toContain('AWS managed rule GUARDDUTY_ENABLED_CENTRALIZED');
  expect(managed).toContain('PCI-DSS-4.0: 11.5.1');
  const custom = controls.find(
    (one) => one.kind === 'custom' && one.rule !== one.id && rules.some(({ id }) => id === one.rule),
  );
  if (custom?.kind !== 'custom') throw new Error('every control is called as its rule');
  expect(await explain(custom.id)).toContain(`groundrules explain ${custom.rule}`);
});

test('without an argument all that has a page is listed', async () => {
  for (const lang of ['en', 'ko']) {
    const text = await explain(undefined, { lang });
    for (const { id } of PAGED) expect(text).toContain(id);
  }
});

test('an unknown word is refused, with what was probably meant', async () => {
  await expect(call('explain', ['s3-pubic'])).rejects.toThrow(
    /no rule and no control "s3-pubic": did you mean s3-public\?/,
  );
});

describe('a finding', () => {
  const subject = {
    rule: 'root-mfa',
    accountId: '123456789012',
    region: 'global',
    resourceType: 'AWS::::Account',
    resourceId: '123456789012',
  };
  const ID = 'root-mfa/123456789012/global/AWS::::Account/123456789012/noMfa';
  const OPEN = 's3-public/123456789012/eu-west-1/AWS::S3::Bucket/web/couldNotTell';
  const result = {
    ...subject,
    compliance: 'NON_COMPLIANT',
    severity: 'CRITICAL',
    annotation: 'root has a password but no MFA',
    findings: [{ kind: 'noMfa', credentials: ['a password'] }],
    waivers: [{ reason: 'soon', ticket: 'SEC-1', owner: 'jiwoo', until: '2027-03-31' }],
  };
  const error = {
    ...{ rule: 's3-public', accountId: '123456789012', region: 'eu-west-1' },
    ...{ resourceType: 'AWS::S3::Bucket', resourceId: 'web', code: 'AccessDenied', message: 'not allowed' },
  };
  let file: string;
  beforeAll(async () => {
    file = join(await folderOf({}), 'results.json');
    writeFileSync(file, JSON.stringify({ schemaVersion: '1.0', results: [result], errors: [error] }));
  });

  test('is explained with its evidence, why it matters, the fix, what that breaks, and how to undo it', async () => {
    const text = await explain(ID, { results: file });
    expect(text).toMatch(/^root-mfa: 123456789012 CRITICAL, account 123456789012, global\nNON_COMPLIANT: /);
    expect(text).toContain('waived until 2027-03-31 (SEC-1, jiwoo): soon');
    const titles = [
      'EVIDENCE',
      'WHY IT MATTERS',
      'THE FIX, AND WHAT IT BREAKS',
      'UNDO',
      'CONTROLS AND FRAMEWORKS',
    ];
    expect(text.split('\n').filter((line) => titles.includes(line))).toEqual(titles);
    expect(text).toContain('kind: noMfa');
    expect(text).toContain('$ groundrules remediate root-mfa');
    expect(text).toContain('rules/root-mfa/README.md');
  });

  test('that could not be told has no fix', async () => {
    const text = await explain(OPEN, { results: file });
    expect(text).toContain('AccessDenied: not allowed');
    expect(text).not.toContain('THE FIX');
  });

  test('that is not there is refused, with the nearest one', async () => {
    const { world } = worldOf();
    await expect(call('explain', [ID.replace('noMfa', 'noMfo')], { results: file }, world)).rejects.toThrow(
      `did you mean ${ID}?`,
    );
  });

  test('needs results', async () => {
    await expect(call('explain', [ID])).rejects.toThrow(/there is no results\.json here/);
    await expect(call('explain', ['s3-public'], { results: file })).rejects.toThrow(
      /--results goes with a findingId/,
    );
  });
});

test('the list has every page, and counts each control that has none', async () => {
  const text = await explain(undefined);
  for (const { id } of PAGED) expect(text).toMatch(new RegExp(`^${id} `, 'm'));
  const counts = [...text.matchAll(/(\d+) (?:AWS managed rule|process check|rule to come)/g)].map(
    ([, count]) => Number(count),
  );
  const paged = controls.filter((one) =>
    PAGED.some(({ id }) => id === (one.kind === 'custom' ? one.rule : one.id)),
  );
  expect(counts.reduce((sum, one) => sum + one, paged.length)).toBe(controls.length);
});
