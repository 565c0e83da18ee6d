import rule from '../../../rules/trusted-advisor/rule.ts';
import { denied, fails } from '../../support/memory.ts';
import type { Says, Situation, Situations } from '../../support/situations.ts';

type Json = Record<string, unknown>;
const CHECKS = 'global/support/describe-trusted-advisor-checks.json';
const SUMMARIES = 'global/support/describe-trusted-advisor-check-summaries.json';

const check = (id: string, name: string, category = 'security') => ({
  id,
  name,
  category,
  description: '',
  metadata: [],
});
const ALL = [
  check('7DAFEmoDos', 'MFA on Root Account'),
  check('nNauJisYIT', 'Security Groups'),
  check('Qch7DwouX1', 'Low Utilization', 'cost_optimizing'),
];
const summary = (checkId: string, status: string, more: Json = {}): Json => ({
  checkId,
  timestamp: '2026-11-20T02:00:00Z',
  status,
  hasFlaggedResources: status !== 'ok',
  resourcesSummary: {
    resourcesProcessed: 1,
    resourcesFlagged: 1,
    resourcesIgnored: 0,
    resourcesSuppressed: 0,
  },
  categorySpecificSummary: {},
  ...more,
});
const says = (...summaries: Json[]): Json => ({ [CHECKS]: { checks: ALL }, [SUMMARIES]: { summaries } });
const mfa = (status: string, more: Json = {}) => summary('7DAFEmoDos', status, more);
const groups = (status: string, more: Json = {}) => summary('nNauJisYIT', status, more);

const OK: Says = ['COMPLIANT', ''];
const RED: Says = ['NON_COMPLIANT', 'MFA on Root Account (7DAFEmoDos) is error: 1 flagged'];
const NO_PLAN = "the account's support plan does not include Trusted Advisor's API";
const unknown = (code: string): Says => ['UNKNOWN', code];
const OLD = { timestamp: '2026-10-20T02:00:00Z' };
const plan = fails('SubscriptionRequiredException');
const wrongPlan = { noPlanVerdict: 'NON_COMPLIANT' };

type Row = [string, Json, Says, Record<string, string>?, Partial<Situation>?];
const rows: Row[] = [
  ['checks that are all green', says(mfa('ok'), groups('ok')), OK],
  ['a check that is yellow', says(mfa('ok'), groups('warning')), OK],
  ['a check that is red', says(mfa('error'), groups('ok')), RED],
  [
    'a check that is yellow, where that is wrong',
    says(mfa('ok'), groups('warning')),
    ['NON_COMPLIANT', 'Security Groups (nNauJisYIT) is warning: 1 flagged'],
    { failOnStatuses: 'error,warning' },
  ],
  [
    'a red check beside a summary that makes no sense',
    { ...says(mfa('error'), groups('ok')), [SUMMARIES]: { summaries: [mfa('error'), { checkId: 7 }] } },
    RED,
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  [
    'a red check beside a check that makes no sense',
    { ...says(mfa('error'), groups('ok')), [CHECKS]: { checks: [...ALL, { id: 7 }] } },
    RED,
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  [
    'green checks beside a check that makes no sense',
    { ...says(mfa('ok'), groups('ok')), [CHECKS]: { checks: [...ALL, { id: 7 }] } },
    unknown('Malformed'),
    {},
    { filesOnly: 'AWS gives no such element' },
  ],
  ['a red check that does not count', says(mfa('error'), groups('ok')), OK, { excludeChecks: '7DAFEmoDos' }],
  ['a red check of another pillar', says(mfa('ok'), groups('ok'), summary('Qch7DwouX1', 'error')), OK],
  [
    'a red check of a pillar that is asked for too',
    says(mfa('ok'), groups('ok'), summary('Qch7DwouX1', 'error')),
    ['NON_COMPLIANT', 'Low Utilization (Qch7DwouX1) is error: 1 flagged'],
    { pillars: 'security,cost_optimizing' },
  ],
  ['a check that is not available beside a green one', says(mfa('not_available'), groups('ok')), OK],
  [
    'checks that are not available',
    says(mfa('not_available'), groups('not_available')),
    ['NOT_APPLICABLE', 'no check that is asked for is available to the account'],
  ],
  ['no support plan', { [CHECKS]: plan, [SUMMARIES]: plan }, ['NOT_APPLICABLE', NO_PLAN]],
  [
    'no support plan, which is wrong',
    { [CHECKS]: plan, [SUMMARIES]: plan },
    ['NON_COMPLIANT', NO_PLAN],
    wrongPlan,
  ],
  [
    'no support plan, say the summaries',
    { [CHECKS]: { checks: ALL }, [SUMMARIES]: plan },
    ['NOT_APPLICABLE', NO_PLAN],
  ],
  [
    'checks that may not be read',
    { ...says(mfa('ok'), groups('ok')), [CHECKS]: denied },
    unknown('AccessDenied'),
  ],
  [
    'summaries that may not be read',
    { ...says(), [SUMMARIES]: fails('AccessDeniedException') },
    unknown('AccessDeniedException'),
  ],
  [
    'summaries that are throttled',
    { ...says(), [SUMMARIES]: fails('ThrottlingException') },
    unknown('ThrottlingException'),
  ],
  ['nothing collected', {}, unknown('NotCollected')],
  ['a check without a summary', says(groups('ok')), unknown('IncompleteAnswer')],
  ['a check without a summary, and a red one', says(mfa('error')), RED],
  ['green for longer than it holds', says(mfa('ok', OLD), groups('ok')), unknown('IncompleteAnswer')],
  ['green for long, where that holds', says(mfa('ok', OLD), groups('ok')), OK, { maxAgeDays: '40' }],
  ['red for longer than that', says(mfa('error', OLD), groups('ok')), RED],
  [
    'a green check without a time',
    says(mfa('ok', { timestamp: undefined }), groups('ok')),
    unknown('IncompleteAnswer'),
  ],
  ['no check of the pillar', says(mfa('ok'), groups('ok')), unknown('Malformed'), { pillars: 'performance' }],
  ['a status in capitals', says(mfa('ERROR'), groups('OK')), RED],
  ['a status that nobody knows', says(mfa('purple'), groups('ok')), unknown('Malformed')],
  [
    'a red check of which everything is suppressed',
    says(mfa('error', { hasFlaggedResources: false }), groups('ok')),
    RED,
  ],
  ['China', {}, ['NOT_APPLICABLE', NO_PLAN], {}, { regions: ['cn-north-1'] }],
  ['China, where that is wrong', {}, ['NON_COMPLIANT', NO_PLAN], wrongPlan, { regions: ['cn-north-1'] }],
];

const situations: Situations = {
  rule,
  situations: rows.map(([situation, readings, verdict, parameters = {}, more = {}]) => ({
    situation,
    readings,
    says: verdict,
    parameters,
    ...more,
  })),
};
export default situations;
