/** The packs, each with a compliance score of its own on the Config dashboard. */
export const DOMAINS = ['root', 'identity', 'logging', 'cost', 'workloads', 'attestations'] as const;
export type Domain = (typeof DOMAINS)[number];

/** Frameworks, with the edition that their ids are of. */
export const FRAMEWORKS = {
  'AWS-SSB': 'AWS Startup Security Baseline, 2022 numbering (ACCT.01-12, WKLD.01-15)',
  'AWS-SSB-2026': 'AWS Startup Security Baseline, 2026 numbering (ACCT.01-17)',
  'CIS-AWS-3.0': 'CIS AWS Foundations Benchmark 3.0',
  'CIS-AWS-5.0': 'CIS AWS Foundations Benchmark 5.0',
  'CIS-AWS-7.0': 'CIS AWS Foundations Benchmark 7.0',
  'NIST-800-53r5': 'NIST SP 800-53 Rev. 5',
  'PCI-DSS-4.0': 'PCI DSS 4.0',
  'ISMS-P': 'KISA ISMS-P (2023)',
  FSBP: 'AWS Foundational Security Best Practices',
  SecurityHub: 'AWS Security Hub control ids, of any standard',
} as const;
export type Framework = keyof typeof FRAMEWORKS;
