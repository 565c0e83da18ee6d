import type { SampleVerdicts } from '../../support/sample.ts';

const sample: SampleVerdicts = {
  '123456789012': [
    ['legacy-bastion', 'NON_COMPLIANT', 'tcp 22 open to 0.0.0.0/0'],
    ['accounting-rdp', 'NON_COMPLIANT', 'tcp 3389 open to'],
    ['shop-cache', 'NON_COMPLIANT', 'tcp 6379-6380 open to ::/0'],
    ['warehouse-tunnel', 'NON_COMPLIANT', 'gre open to 0.0.0.0/0'],
    ['partner-feed', 'NON_COMPLIANT', 'tcp 8443 open to 198.18.0.0/15'],
    ['flash-sale-origin', 'NON_COMPLIANT', 'tcp 81-442 open to 0.0.0.0/0'],
    ['warehouse-printers', 'UNKNOWN', 'GetManagedPrefixListEntries'],
    ['office-ssh', 'COMPLIANT', ''],
    ['report-notebook', 'COMPLIANT', ''],
    ['mail-gateway', 'COMPLIANT', ''],
    ['shop-alb', 'COMPLIANT', ''],
    ['shop-app', 'COMPLIANT', ''],
    ['shop-db', 'COMPLIANT', ''],
    ['default of ap-northeast-2', 'COMPLIANT', ''],
    ['default of us-east-1', 'COMPLIANT', ''],
  ],
  '210987654321': [
    ['default of ap-northeast-2', 'COMPLIANT', ''],
    ['default of us-east-1', 'COMPLIANT', ''],
  ],
};
export default sample;
