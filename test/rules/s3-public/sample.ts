import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['moonjar-shop-website', 'NON_COMPLIANT', 'PublicReadGetObject'],
    ['moonjar-partner-feed', 'NON_COMPLIANT', '128.0.0.0/1'],
    ['moonjar-press-kit', 'NON_COMPLIANT', 'READ to AllUsers'],
    ['moonjar-flash-sale', 'NON_COMPLIANT', 'PublicReadGetObject'],
    ['moonjar-payroll', 'UNKNOWN', 'GetBucketPolicy'],
    ['moonjar-newsletter', 'COMPLIANT', ''],
    ['moonjar-invoices', 'COMPLIANT', ''],
    ['moonjar-backups', 'COMPLIANT', ''],
    ['moonjar-old-uploads', 'COMPLIANT', ''],
    ['moonjar-shop-images', 'COMPLIANT', ''],
    ['moonjar-audit-logs-123456789012', 'COMPLIANT', ''],
    ['moonjar-order-events', 'COMPLIANT', ''],
    ['moonjar-trail-2021', 'COMPLIANT', ''],
  ],
  '210987654321': [['moonjar-sandbox', 'COMPLIANT', '']],
};
export default sample;
