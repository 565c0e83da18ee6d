/** Finds contradictions in an organization's settings, as far as ids tell: only AWS knows which unit is in which. */
import { CANARY, type OrganizationSettings } from './organization.ts';
import type { Settings } from './schema.ts';

/** Everything that is wrong, each with its place. */
export function ofOrganization(settings: Settings): string[] {
  const { organization } = settings;
  if (!organization) return [];
  return [
    ...ofUnits(organization),
    ...ofNames(organization),
    ...ofCanary(organization),
    ...ofOperations(organization),
    ...ofOrder(settings.regions, organization),
  ];
}

export interface UnitsPlace {
  /** `organization.canary.organizationalUnits` */
  readonly place: string;
  readonly units: readonly string[];
}

/** Where units are named. Each place has StackSets of its own, which make the same resources. */
export function placesOf({
  organizationalUnits,
  canary,
  groups,
}: OrganizationSettings): readonly UnitsPlace[] {
  return [
    { place: 'organization.organizationalUnits', units: organizationalUnits },
    ...(canary?.organizationalUnits
      ? [{ place: 'organization.canary.organizationalUnits', units: canary.organizationalUnits }]
      : []),
    ...groups.map((group, index) => ({
      place: `organization.groups.${index}.organizationalUnits`,
      units: group.organizationalUnits,
    })),
  ];
}

/** An account in two of them would get two stacks of the same names, and CloudFormation would refuse the second. */
function ofUnits(organization: OrganizationSettings): string[] {
  const places = placesOf(organization);
  if (places.length === 1) return [];
  const roots = places.flatMap(({ place, units }) =>
    units
      .filter((unit) => unit.startsWith('r-'))
      .map(
        (unit) =>
          `${place}: ${unit} is the root, which has the accounts of all units, and other places name some of them: name the units themselves${organization.canary?.organizationalUnits ? ', or single accounts as canary' : ''}`,
      ),
  );
  const first = new Map<string, string>();
  const twice = places.flatMap(({ place, units }) =>
    [...new Set(units)].flatMap((unit) => {
      const other = first.get(unit);
      first.set(unit, other ?? place);
      return other === undefined ? [] : [`${place}: ${unit} is in ${other}, too: a unit has one place`];
    }),
  );
  return [...roots, ...twice];
}

function ofNames({ groups }: OrganizationSettings): string[] {
  return groups.flatMap(({ name }, index) => {
    const place = `organization.groups.${index}.name`;
    if (name === CANARY) return [`${place}: ${CANARY} is what the canary's StackSets are named by`];
    const other = groups.findIndex((one) => one.name === name);
    return other < index ? [`${place}: organization.groups.${other} is named ${name}, too`] : [];
  });
}

function ofCanary({ canary, excludedAccounts }: OrganizationSettings): string[] {
  if (!canary) return [];
  const { organizationalUnits, accounts } = canary;
  if ((organizationalUnits === undefined) === (accounts === undefined)) {
    return ['organization.canary: give either organizationalUnits or accounts'];
  }
  return (accounts ?? [])
    .filter((account) => excludedAccounts.includes(account))
    .map(
      (account) =>
        `organization.canary.accounts: ${account} is in organization.excludedAccounts, too: it cannot get the rules first and not at all`,
    );
}

function ofOperations(organization: OrganizationSettings): string[] {
  const { failureToleranceCount, failureTolerancePercent, maxConcurrentCount, maxConcurrentPercent } =
    organization;
  const both = (count: number | undefined, percent: number | undefined, name: string) =>
    count !== undefined && percent !== undefined
      ? [`organization.${name}Count: ${name}Percent is given, too, and CloudFormation takes one of them`]
      : [];
  return [
    ...both(failureToleranceCount, failureTolerancePercent, 'failureTolerance'),
    ...both(maxConcurrentCount, maxConcurrentPercent, 'maxConcurrent'),
  ];
}

function ofOrder(regions: readonly string[], organization: OrganizationSettings): string[] {
  const { regionConcurrencyType, regionOrder } = organization;
  const place = 'organization.regionOrder';
  if (!regionOrder) return [];
  if (regionConcurrencyType !== 'SEQUENTIAL') {
    return [`${place}: there is no order among Regions together: set regionConcurrencyType to SEQUENTIAL`];
  }
  const lacking = regions.filter((region) => !regionOrder.includes(region));
  const strange = regionOrder.filter((region) => !regions.includes(region));
  const twice = regionOrder.filter((region, index) => regionOrder.indexOf(region) < index);
  return [
    ...(lacking.length > 0 ? [`${place}: lacks ${lacking.join(', ')}`] : []),
    ...(strange.length > 0 ? [`${place}: ${strange.join(', ')}: not in regions`] : []),
    ...(twice.length > 0 ? [`${place}: has ${twice.join(', ')} twice`] : []),
  ];
}
