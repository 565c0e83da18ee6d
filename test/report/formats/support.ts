import type { Language } from '../../../report/both.ts';
import { reportIn } from '../../../report/formats/index.ts';
import type { FormatName } from '../../../report/formats/names.ts';
import type { Header, Result, ResultError } from '../../../report/result.ts';
import { ALL_HOSTILE, HOSTILE } from '../../support/hostile.ts';
import { error, header, result, sink, summary } from '../support.ts';

/** What a format prints of these. */
export async function printed(
  format: FormatName,
  results: readonly Result[],
  errors: readonly ResultError[] = [],
  of: Partial<Header> = {},
  language: Language = 'en',
): Promise<string> {
  const out = sink();
  const report = reportIn(format, out, {
    colour: false,
    language,
    width: 140,
    pageText: (page) => `# ${page}`,
  });
  await report.begin({ ...header, rules: ['sg-open-ports', 's3-public', 'root-mfa'], ...of });
  for (const one of results) await report.result(one);
  for (const one of errors) await report.error(one);
  const count = (wanted: Result['compliance']) =>
    results.filter(({ compliance }) => compliance === wanted).length;
  await report.end(
    summary({
      compliant: count('COMPLIANT'),
      nonCompliant: count('NON_COMPLIANT'),
      notApplicable: count('NOT_APPLICABLE'),
      errors: errors.length,
      waived: results.filter(({ waivers }) => waivers).length,
    }),
  );
  return out.text();
}

/** Each verdict once, and texts that mean harm in every field that an account has a say in. */
const harm = [
  ...HOSTILE.map(([, text]) => text),
  ALL_HOSTILE,
  '<script>alert(1)</script>',
  '=cmd|calc',
  ']]>&"\'|`*_@all',
];
export const WAIVED = result({
  resourceId: 'sg-waived',
  findingId: 'waived',
  waivers: [
    { reason: 'only the office can reach it', ticket: 'SEC-12', owner: 'jiwoo', until: '2027-03-31' },
  ],
});
export const RESULTS: readonly Result[] = [
  result(),
  WAIVED,
  result({ compliance: 'COMPLIANT', annotation: '', findings: [], fix: null, resourceId: 'sg-2' }),
  result({ compliance: 'NOT_APPLICABLE', annotation: 'exempt', fix: null, resourceId: 'sg-3' }),
  result({
    ...{ rule: 'root-mfa', region: 'global', resourceType: 'AWS::::Account', resourceId: '111122223333' },
    ...{
      severity: 'CRITICAL',
      resourceName: '111122223333',
      findingId: 'root-mfa/111122223333/global/AWS::::Account/111122223333/noMfa',
    },
  }),
  ...harm.map((text, index) =>
    result({
      resourceId: `id ${text}`,
      resourceName: text,
      accountName: text,
      organizationalUnit: text,
      annotation: text,
      ...(index % 2 === 0 && { waivers: [{ reason: text, ticket: text, owner: text, until: '2027-03-31' }] }),
      findingId: `harm/${index}`,
      fix: null,
    }),
  ),
];
export const ERRORS: readonly ResultError[] = [
  error(),
  ...harm.map((text, index) =>
    error({
      resourceId: `id ${text}`,
      resourceName: text,
      code: text,
      message: text,
      findingId: `harm/error/${index}`,
    }),
  ),
];
