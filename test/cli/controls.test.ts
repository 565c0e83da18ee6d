import stringWidth from 'string-width';
import { type Control, controls, FRAMEWORKS, isOn, isPlanned } from '../../catalogue/index.ts';
import { findFrameworks } from '../../cli/controls/run.ts';
import { controlText } from '../../cli/controls/text.ts';
import { call, worldOf } from './support.ts';

async function show(id: string | undefined, options: object = {}, columns?: number): Promise<string> {
  const at = worldOf(columns === undefined ? {} : { env: { COLUMNS: String(columns) } });
  expect(await call('controls', [id], options, at.world)).toBe(0);
  return at.text();
}
const json = async (options: object, id?: string): Promise<(Control & { on: boolean; planned: boolean })[]> =>
  JSON.parse(await show(id, { ...options, format: 'json' })).controls;
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);

test('shows every control once, by pack, and counts them', async () => {
  const text = await show(undefined);
  for (const { id, severity } of controls) {
    expect(text.match(new RegExp(`^${id} +${severity} `, 'gm'))).toHaveLength(1);
  }
  const on = controls.filter(isOn).length;
  const planned = controls.filter(isPlanned).length;
  expect(text).toMatch(
    new RegExp(
      `\n${controls.length} controls: ${on} on, ${controls.length - on - planned} off, ${planned} planned\n$`,
    ),
  );
});

test.each(['en', 'ko'] as const)('fits the terminal in %s, and says why a control is off', async (lang) => {
  const text = await show(undefined, { lang }, 200);
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(200);
  const flat = text.replace(/\s+/g, '');
  for (const { off, title } of controls) {
    expect(flat).toContain(title[lang].replace(/\s+/g, ''));
    if (off) expect(flat).toContain(`(${off[lang].replace(/\s+/g, '')})`);
  }
});

test('--domain, --planned and --framework narrow it down, alone and together', async () => {
  expect((await json({ domain: 'cost' })).every(({ domain }) => domain === 'cost')).toBe(true);
  const planned = await json({ planned: true });
  expect(ids(planned)).toEqual(ids(controls.filter(isPlanned)));
  expect(planned.every(({ kind, on }) => kind === 'custom' && !on)).toBe(true);
  expect(ids(await json({ domain: 'root', planned: true, framework: 'pci' }))).toEqual(
    ids(controls.filter((one) => one.domain === 'root' && isPlanned(one) && one.frameworks['PCI-DSS-4.0'])),
  );
});

test.each([60, 80])('in %d columns fits, the names of the frameworks, too', async (columns) => {
  const text = await show(undefined, { framework: 'cis' }, columns);
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
});

test("--framework shows the framework's ids; those of several under their names", async () => {
  expect(await show(undefined, { framework: 'cis 5.0', domain: 'root' })).toMatch(
    /^root-mfa +CRITICAL +custom +root-mfa +on +1\.4 +MFA/m,
  );
  expect(await show(undefined, { framework: 'cis', domain: 'root' })).toMatch(
    /^root-mfa .* CIS-AWS-3\.0: 1\.5 +MFA.*\n +CIS-AWS-5\.0: 1\.4/m,
  );
});

const meant: [string, string[]][] = [
  ['CIS-AWS-5.0', ['CIS-AWS-5.0']],
  ['cis-aws-5.0', ['CIS-AWS-5.0']],
  ['cis 5', ['CIS-AWS-5.0']],
  ['CIS', ['CIS-AWS-3.0', 'CIS-AWS-5.0', 'CIS-AWS-7.0']],
  ['pci', ['PCI-DSS-4.0']],
  ['nist', ['NIST-800-53r5']],
  ['800-53', ['NIST-800-53r5']],
  ['isms-p', ['ISMS-P']],
  ['isms', ['ISMS-P']],
  ['ssb', ['AWS-SSB', 'AWS-SSB-2026']],
  // The name alone is the older edition's.
  ['aws-ssb', ['AWS-SSB']],
  ['startup 2026', ['AWS-SSB-2026']],
  ['foundational', ['FSBP']],
];
test.each(meant)('--framework %j', (word, found) => expect(findFrameworks(word)).toEqual(found));

test('every framework is found by its own name', () => {
  for (const name of Object.keys(FRAMEWORKS)) expect(findFrameworks(name)).toEqual([name]);
});

const wrong: [id: string | undefined, options: object, message: RegExp][] = [
  [
    undefined,
    { framework: 'CIS-AWS-5.1' },
    /--framework CIS-AWS-5\.1: .*did you mean CIS-AWS-5\.0\?.*there is: AWS-SSB/,
  ],
  [undefined, { framework: 'sox' }, /there is no such framework \(there is: AWS-SSB/],
  [undefined, { framework: '' }, /there is no such framework/],
  [
    undefined,
    { domain: 'identiy' },
    /--domain identiy: expected root, identity, .* or attestations \(did you mean identity\?\)/,
  ],
  [undefined, { lang: 'fr' }, /--lang fr: expected en or ko/],
  ['s3-publik', {}, /no control "s3-publik": did you mean s3-public\?/],
  ['zzzzzzzzzzzz', {}, /no control "zzzzzzzzzzzz" \(see groundrules controls\)/],
  ['s3-public', { domain: 'root' }, /--domain filters a list/],
];
test.each(wrong)('%s %j is a usage error', async (id, options, message) => {
  await expect(show(id, options)).rejects.toThrow(message);
});

describe('one control', () => {
  test('a custom one, with the parameters of its rule and what the catalogue sets', async () => {
    const text = await show('root-mfa');
    expect(text).toMatch(/^root-mfa\nTitle +MFA is enabled for the root user\nSeverity +CRITICAL\n/);
    expect(text).toMatch(/Kind +custom rule root-mfa/);
    expect(text).toMatch(/noCredentialsVerdict = NOT_APPLICABLE/);
    expect(text).toMatch(/requireHardware = false/);
    expect(text).toMatch(/CIS-AWS-5\.0: 1\.4 \(/);
  });

  test('a managed one that is off, in Korean', async () => {
    const text = await show('guardduty-enabled', { lang: 'ko' });
    expect(text).toMatch(/켜지 않으면 꺼져 있습니다\. 유료: Amazon GuardDuty\./);
    expect(text).toMatch(/AWS 관리형 규칙 GUARDDUTY_ENABLED_CENTRALIZED/);
  });

  test('a process check, with how it is attested', async () => {
    expect(await show('root-dual-control')).toMatch(
      /Review +every 90 days\n(Evidence .*\n)?(.*\n)*Attest +groundrules attest root-dual-control --evidence/,
    );
  });

  test('a planned one', () => {
    const built = controls.find((one) => one.kind === 'custom' && one.domain === 'root');
    const planned = { ...built, rule: 'still-to-be-built' } as Control;
    expect(controlText(planned, 'en', { colour: false, width: 80 })).toMatch(
      /Pack +root: not yet: its rule is planned/,
    );
  });

  test('each, whole: titles, frameworks with their sources, remediation and notes', async () => {
    for (const control of controls) {
      const flat = (await show(control.id)).replace(/\s+/g, '');
      const parts = [
        control.title.en,
        control.remediation.why,
        ...(control.notes ? [control.notes] : []),
        ...Object.entries(control.frameworks).map(
          ([name, { ids, source }]) => `${name}: ${ids.join(', ')} (${source})`,
        ),
      ];
      for (const part of parts) expect(flat).toContain(part.replace(/\s+/g, ''));
    }
  });

  test('as JSON, in a list of one', async () => {
    expect(await json({}, 's3-public')).toMatchObject([{ id: 's3-public', on: true, planned: false }]);
  });
});

test.each([
  ['s3-public', /수정 +자체 문서\. [^\n]*버킷/],
  [
    'guardduty-enabled',
    /수정 +AWS 문서 AWSConfigRemediation-CreateGuardDutyDetector\. [^\n]*GuardDuty[^\n]*[가-힣]/,
  ],
])('what the fix of %s does is said in Korean', async (id, said) => {
  expect(await show(id, { lang: 'ko' }, 200)).toMatch(said);
});
