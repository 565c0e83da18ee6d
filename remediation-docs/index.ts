import type { AnyRule } from '../rules/rule.ts';
import albHttpToHttps from './alb-http-to-https/rule.ts';
import memberRootCredentials from './member-root-credentials/rule.ts';
import rdsAuditLog from './rds-audit-log/rule.ts';
import rdsAuroraAuditLog from './rds-aurora-audit-log/rule.ts';
import securityContact from './security-contact/rule.ts';

/** Fixes for what AWS managed rules report, and of a member account's root, which only its organization can see. */
export const fixes: readonly AnyRule[] = [
  albHttpToHttps,
  securityContact,
  rdsAuditLog,
  rdsAuroraAuditLog,
  memberRootCredentials,
];
