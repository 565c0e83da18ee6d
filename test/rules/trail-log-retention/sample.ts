import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['default-trail', 'NON_COMPLIANT', 'after 90 days (rule "keep-costs-down"'],
    ['order-events', 'COMPLIANT', ''],
    ['central-copy', 'UNKNOWN', 'AccessDenied'],
    ['org-trail', 'NOT_APPLICABLE', '111122223333'],
    ['moonjar-audit', 'COMPLIANT', ''],
  ],
  '210987654321': [['the account', 'NON_COMPLIANT', 'no trail in ap-northeast-2 or us-east-1']],
};
export default sample;
