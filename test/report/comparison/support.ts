import type { Language } from '../../../report/both.ts';
import { compare, type Difference, type Evaluated } from '../../../report/compare.ts';
import { writeComparison } from '../../../report/comparison/index.ts';
import type { FormatName } from '../../../report/formats/names.ts';
import { ALL_HOSTILE } from '../../support/hostile.ts';
import { ERRORS, RESULTS } from '../formats/support.ts';
import { error, header, result, sink } from '../support.ts';

const of = (id: string, more: Parameters<typeof result>[0] = {}) =>
  result({ resourceId: id, resourceName: id, findings: [{ kind: 'openPorts' }], ...more });
const right = { compliance: 'COMPLIANT', annotation: '', findings: [], fix: null } as const;
const waivers = [{ reason: 'r', ticket: 'SEC-1', owner: 'o', until: '2027-03-31' }];
const doubt = (id: string) =>
  error({ rule: 'sg-open-ports', resourceType: 'AWS::EC2::SecurityGroup', resourceId: id });

/** Each thing that can become of a resource, once, by its name. */
export const BEFORE: Evaluated = {
  results: [
    of('became-bad', right),
    of('still-bad'),
    of('other-reason'),
    of('other-kind'),
    of('fixed'),
    of('nobody-looked'),
    of('unreadable-now'),
    of('exempt-now'),
    of('good-nobody-looked', right),
    of('became-bad-waived', right),
  ],
  errors: [doubt('told-at-last')],
};
export const AFTER: Evaluated = {
  results: [
    of('became-bad'),
    of('still-bad'),
    of('other-reason', { annotation: 'tcp 23 open to 0.0.0.0/0' }),
    of('other-kind', { annotation: 'all traffic', findings: [{ kind: 'allTraffic' }] }),
    of('fixed', right),
    of('exempt-now', {
      compliance: 'NOT_APPLICABLE',
      annotation: 'exempt by tag x',
      findings: [],
      fix: null,
    }),
    of('became-bad-waived', { waivers }),
    of('told-at-last', right),
  ],
  errors: [doubt('unreadable-now')],
};
/** What an account may say to harm whoever reads it. */
export const HARMFUL: readonly [Evaluated, Evaluated] = [
  { results: [], errors: ERRORS },
  {
    results: RESULTS.map((one) => ({ ...one, annotation: one.annotation.slice(0, 256) })),
    errors: ERRORS.map((one) => ({ ...one, message: `${ALL_HOSTILE}<b>` })),
  },
];

/** What a format prints of these. */
export async function told(
  format: FormatName,
  before: Evaluated = BEFORE,
  after: Evaluated = AFTER,
  language: Language = 'en',
): Promise<string> {
  const out = sink();
  const fails = ({ change, after: { results } }: Difference) =>
    change === 'new' && !results.some((one) => one.waivers);
  const differences = compare(before, after);
  await writeComparison(
    format,
    out,
    { whole: { before, after }, differences, header, from: 'before.json', fails },
    { colour: false, width: 140, language, pageText: (page) => `# ${page}` },
  );
  return out.text();
}
