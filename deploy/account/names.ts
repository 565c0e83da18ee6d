/** Names that the deployment gives, and that other parts look for. */
import { documentName, functionName, pascalCase } from '../../rules/names.ts';

/** What the settings say of names. */
interface Prefixed {
  readonly namePrefix: string;
}

export interface Names {
  /** `groundrules-s3-public`, by the rule's, the fix's or the deployment's own id. */
  readonly function: (id: string) => string;
  /** `Groundrules-S3Public`. */
  readonly document: (id: string) => string;
  /** `Groundrules-S3Public-eu-west-1`: of a document. IAM's names are the account's, hence the Region. */
  readonly documentRole: (id: string, region: string) => string;
  /** `groundrules-workloads`. */
  readonly pack: (domain: string) => string;
  /** `Groundrules-eu-west-1`: the account stack of a Region, and its StackSet. */
  readonly stack: (region: string) => string;
  /** `GroundrulesAudit`, of an organization. */
  readonly organizationStack: (part: string) => string;
  /** `groundrules-failures`, of anything else. */
  readonly other: (part: string) => string;
  /** `Groundrules`: the CloudWatch dashboard. */
  readonly dashboard: string;
}

/** Tells a function the prefix of its document's name, where the settings set one. */
export const prefixVariable = ({ namePrefix }: Prefixed): Record<string, string> =>
  namePrefix === 'groundrules' ? {} : { GROUNDRULES_NAME_PREFIX: namePrefix };

/** The names of a deployment: each begins with the settings' `namePrefix`, so that two can be in one account and Region. */
export function namesOf({ namePrefix }: Prefixed): Names {
  const title = pascalCase(namePrefix);
  return {
    function: (id) => functionName(id, namePrefix),
    document: (id) => documentName(id, namePrefix),
    documentRole: (id, region) => `${documentName(id, namePrefix)}-${region}`,
    pack: (domain) => `${namePrefix}-${domain}`,
    stack: (region) => `${title}-${region}`,
    organizationStack: (part) => `${title}${part}`,
    other: (part) => `${namePrefix}-${part}`,
    dashboard: title,
  };
}
