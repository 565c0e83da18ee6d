import { readAccount } from '../../account/open.ts';
import rule from '../../rules/root-mfa/rule.ts';
import type { Compliance } from '../../rules/rule.ts';
import { denied, judged, memorySource } from '../support/memory.ts';
import {
  everything,
  judgeRoot,
  nothing,
  REPORT,
  readingsOf,
  SUMMARY,
  type World,
  without,
} from '../support/root.ts';

/** What the account summary leaves out, the credential report's row of root may say. */
interface Case extends World {
  title: string;
  parameters?: Record<string, unknown>;
  says: Compliance | 'UNKNOWN';
  annotation?: string | RegExp;
  code?: string;
}

const cases: Case[] = [
  ...(
    [
      ['no password', { password_enabled: 'false' }, 'COMPLIANT'],
      ['no password, in capitals', { password_enabled: 'FALSE' }, 'COMPLIANT'],
      ['a password', { password_enabled: 'true' }, 'NON_COMPLIANT'],
      ['nothing of a password', { password_enabled: 'not_supported' }, 'UNKNOWN'],
      ['something else of the password', { password_enabled: 'perhaps' }, 'UNKNOWN'],
    ] as const
  ).map(
    ([what, report, says]): Case => ({
      title: `no MFA and the password left out, of which the report says ${what}`,
      summary: without(nothing, 'AccountPasswordPresent'),
      report,
      says,
      ...(says === 'NON_COMPLIANT' && { annotation: 'root has a password but no MFA' }),
      ...(says === 'UNKNOWN' && {
        code: 'IncompleteAnswer',
        annotation: /AccountPasswordPresent.*report does not/,
      }),
    }),
  ),
  ...(
    [
      ['has none', {}, 'COMPLIANT'],
      ['has an active key', { access_key_2_active: 'true' }, 'NON_COMPLIANT'],
      ['has an inactive key', { access_key_1_last_rotated: '2020-01-02T00:00:00+00:00' }, 'NON_COMPLIANT'],
      ['has a certificate', { cert_2_active: 'true' }, 'NON_COMPLIANT'],
      ['has an inactive certificate', { cert_1_last_rotated: '2020-01-02T00:00:00+00:00' }, 'NON_COMPLIANT'],
      ['may have a certificate', { cert_1_active: 'no_information' }, 'UNKNOWN'],
      [
        'may have a certificate, and has a key',
        { cert_1_active: '', access_key_1_active: 'true' },
        'NON_COMPLIANT',
      ],
    ] as const
  ).map(
    ([what, report, says]): Case => ({
      title: `a summary that says no more than that there is no MFA, where root ${what} by the report`,
      summary: { AccountMFAEnabled: 0 },
      report,
      says,
      ...(says === 'UNKNOWN' && {
        code: 'IncompleteAnswer',
        annotation: /left out AccountSigningCertificatesPresent:/,
      }),
    }),
  ),
  {
    title: 'no MFA, the password left out, and a report without a row of root',
    summary: without(nothing, 'AccountPasswordPresent'),
    report: 'no row',
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
    annotation: /it has no row <root_account>/,
  },
  {
    title: 'no MFA, the password left out, and a report that is denied',
    summary: without(nothing, 'AccountPasswordPresent'),
    report: denied,
    says: 'UNKNOWN',
    code: 'IncompleteAnswer',
    annotation: /left out AccountPasswordPresent.*AccessDenied/,
  },
  {
    title: 'MFA, and by the report no password, where root without credentials is judged otherwise',
    summary: without(everything, 'AccountPasswordPresent'),
    report: {},
    parameters: { noCredentialsVerdict: 'NOT_APPLICABLE' },
    says: 'NOT_APPLICABLE',
  },
  {
    title: 'MFA, and by the report a password, where root without credentials is judged otherwise',
    summary: without(everything, 'AccountPasswordPresent'),
    report: { password_enabled: 'true' },
    parameters: { noCredentialsVerdict: 'NOT_APPLICABLE' },
    says: 'COMPLIANT',
  },
  {
    title: 'what the summary says counts, whatever the report said four hours ago',
    summary: nothing,
    report: { password_enabled: 'true' },
    says: 'COMPLIANT',
  },
];

test.each(cases)('$title → $says', async ({ parameters, says, annotation, code, ...given }) => {
  const said = await judgeRoot(given, parameters);
  expect([said.compliance, said.code]).toEqual([says, code]);
  if (annotation instanceof RegExp) expect(said.annotation).toMatch(annotation);
  else if (annotation !== undefined) expect(said.annotation).toBe(annotation);
});

test.each<[situation: string, given: World, parameters: Record<string, unknown>, asked: string[]]>([
  [
    'where the summary leaves out what decides',
    { summary: without(nothing, 'AccountPasswordPresent') },
    {},
    [REPORT],
  ],
  ['not where MFA settles it', { summary: without(everything, 'AccountPasswordPresent') }, {}, []],
  [
    'where MFA does not settle it',
    { summary: without(everything, 'AccountPasswordPresent') },
    { noCredentialsVerdict: 'NON_COMPLIANT' },
    [REPORT],
  ],
  [
    'not where another credential settles it',
    { summary: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 1 } },
    {},
    [],
  ],
])('the credential report is asked %s', async (_, given, parameters, asked) => {
  const source = memorySource(readingsOf(given));
  await judged(rule, readAccount(source), parameters);
  expect(source.asked).toEqual([SUMMARY, ...asked]);
});
