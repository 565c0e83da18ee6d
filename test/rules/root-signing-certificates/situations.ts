import rule from '../../../rules/root-signing-certificates/rule.ts';
import { fails } from '../../support/memory.ts';
import { everything, REPORT, readingsOf, SUMMARY, type World, without } from '../../support/root.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

const KEY = 'AccountSigningCertificatesPresent';
const summary = (count?: number) =>
  count === undefined ? without(everything, KEY) : { ...everything, [KEY]: count };
const OK: Says = ['COMPLIANT', ''];
const present = (which = ''): Says => ['NON_COMPLIANT', `root has an X.509 signing certificate${which}`];
const unknown = (code: string): Says => ['UNKNOWN', code];
const active = { cert_1_active: 'true', cert_1_last_rotated: '2019-05-01T00:00:00+00:00' };
const DENIED = fails('AccessDenied');

/** The account summary is fresh where it says so. */
const worlds: readonly [situation: string, world: World, says: Says][] = [
  ['none by the summary', { summary: summary(0) }, OK],
  ['one by the summary', { summary: summary(1) }, present()],
  ['two by the summary', { summary: summary(2) }, present()],
  ['none by the summary, and one by an older report', { summary: summary(0), report: active }, OK],
  ['one by the summary, and none by the report', { summary: summary(1), report: {} }, present()],
  [
    'one by the summary, and one by the report that is inactive',
    { summary: summary(1), report: { cert_1_last_rotated: '2019-05-01T00:00:00+00:00' } },
    present(),
  ],
  [
    'left out of the summary, one by the report',
    { summary: summary(), report: active },
    present(' (number 1)'),
  ],
  [
    'left out of the summary, the second by the report, in capitals',
    { summary: summary(), report: { cert_2_active: 'TRUE' } },
    present(' (number 2)'),
  ],
  [
    'left out of the summary, both by the report',
    { summary: summary(), report: { ...active, cert_2_active: 'true' } },
    ['NON_COMPLIANT', 'root has X.509 signing certificates (numbers 1 and 2)'],
  ],
  ['left out of the summary, none by the report', { summary: summary(), report: {} }, OK],
  [
    'left out of the summary, N/A in the report',
    { summary: summary(), report: { cert_1_active: 'N/A', cert_2_active: 'N/A' } },
    OK,
  ],
  [
    'left out of the summary, one by the report that is inactive',
    { summary: summary(), report: { cert_1_last_rotated: '2019-05-01T00:00:00+00:00' } },
    OK,
  ],
  [
    'left out of the summary, one by the report beside a cell that says nothing',
    { summary: summary(), report: { ...active, cert_2_active: 'no_information' } },
    present(' (number 1)'),
  ],
  [
    'left out of the summary, and no_information in the report',
    { summary: summary(), report: { cert_1_active: 'no_information' } },
    unknown('IncompleteAnswer'),
  ],
  [
    'left out of the summary, and not_supported in the report',
    { summary: summary(), report: { cert_1_active: 'not_supported' } },
    unknown('IncompleteAnswer'),
  ],
  [
    'left out of the summary, and what is neither true nor false in the report',
    { summary: summary(), report: { cert_1_active: 'yes' } },
    unknown('IncompleteAnswer'),
  ],
  [
    'left out of the summary, no row of root in the report (China)',
    { summary: summary(), report: 'no row' },
    unknown('IncompleteAnswer'),
  ],
  [
    'left out of the summary, and a report that is denied',
    { summary: summary(), report: DENIED },
    unknown('IncompleteAnswer'),
  ],
  ['a summary that is denied, and a report that says none', { summary: DENIED, report: {} }, OK],
  [
    'a summary that is denied, and a report that says one',
    { summary: DENIED, report: active },
    present(' (number 1)'),
  ],
  [
    'a summary that is denied, and so the report',
    { summary: DENIED, report: DENIED },
    unknown('AccessDenied'),
  ],
  ['a count that is none', { summary: summary(-1) }, unknown('Malformed')],
  [
    'central root access, and nothing of root left',
    { summary: { ...summary(0), AccountPasswordPresent: 0 } },
    OK,
  ],
];

const files: readonly Situation[] = [
  {
    situation: 'a summary that is denied, and a report without the columns',
    readings: {
      [SUMMARY]: DENIED,
      [REPORT]: (readingsOf({ report: {} })[REPORT] as string)
        .split('\n')
        .map((line) => line.split(',').slice(0, -4).join(','))
        .join('\n'),
    },
    says: unknown('AccessDenied'),
  },
  {
    situation: 'an answer without a SummaryMap, and a report that says none',
    readings: { ...readingsOf({ report: {} }), [SUMMARY]: {} },
    says: unknown('Malformed'),
  },
];

const situations: Situations = {
  rule,
  situations: [
    ...worlds.map(
      ([situation, world, says]): Situation => ({
        situation,
        readings: readingsOf(world),
        says,
      }),
    ),
    ...files,
  ],
};
export default situations;
