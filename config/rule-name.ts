/**
 * The controls that a rule of AWS Config may be, by its name: as in its template; in a pack with the pack's suffix; as a rule of
 * an organization between a prefix and a suffix ("Service-Linked Rules"; where the suffix comes is unverified, so both
 * are tried).
 */
export function controlNames(configRuleName: string): string[] {
  const name = configRuleName.replace(/-conformance-pack-[a-z0-9]+$/, '');
  const ofOrganization = /^OrgConfigRule-(.+)$/.exec(name)?.[1];
  return ofOrganization ? [ofOrganization, ofOrganization.replace(/-[a-z0-9]{8}$/, '')] : [name];
}
