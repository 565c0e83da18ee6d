import type { ResourceRef } from '../../account/account.ts';
import type { Plan } from '../rule.ts';
import type { Exempt } from '../shared/exemption.ts';
import type { Exposure } from './exposure.ts';

/**
 * Turns on, on the bucket, the flags that neutralise what is public. The other flags stay as they are, and so do ACL
 * and policy: the fix can be taken back.
 */
export function planFor(resource: ResourceRef, findings: readonly (Exposure | Exempt)[]): Plan {
  const exposures = findings.filter((finding) => finding.kind !== 'exempt');
  const acls = exposures.filter((finding) => finding.kind === 'publicAcl');
  const policies = exposures.filter((finding) => finding.kind === 'publicPolicy');
  const website = policies.some((finding) => finding.website);
  const ignore = acls.length > 0;
  const restrict = policies.length > 0 && !website;
  const others = [...new Set(policies.flatMap((finding) => finding.others))];

  const manual: string[] = [];
  if (website) {
    manual.push(
      'Remove the public statements from the policy by hand: RestrictPublicBuckets would also take the allowed website offline.',
    );
  }
  if (restrict && others.length > 0) {
    manual.push(`RestrictPublicBuckets also cuts off ${others.join(', ')} until no statement is public.`);
  }
  if (!ignore && !restrict) return { resource, steps: [], manual };

  const now = exposures[0]?.settings;
  const flags = [...(ignore ? ['IgnorePublicAcls'] : []), ...(restrict ? ['RestrictPublicBuckets'] : [])];
  const step = {
    api: 's3:PutPublicAccessBlock',
    input: {
      Bucket: resource.id,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: now?.blockPublicAcls === true,
        IgnorePublicAcls: ignore || now?.ignorePublicAcls === true,
        BlockPublicPolicy: now?.blockPublicPolicy === true,
        RestrictPublicBuckets: restrict || now?.restrictPublicBuckets === true,
      },
    },
    why: `${flags.join(' and ')} stops what is public; ACL and policy stay as they are`,
  };
  return { resource, steps: [step], ...(manual.length > 0 && { manual }) };
}
