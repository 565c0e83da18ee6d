import { judgedWith } from '../packs/judged.ts';
import { type DeliveryBucket, fleetOf, prefixOf } from '../settings/fleet.ts';
import type { Settings } from '../settings/index.ts';
import type { FleetDelivery, FleetFile } from './layout.ts';

/** What a fleet's functions have of the settings. */
export function fleetFile(settings: Settings): FleetFile {
  const { organization, homeRegion, regions } = settings;
  const fleet = fleetOf(settings);
  if (!organization || !fleet) throw new Error('organization.fleet is off');
  const { groups } = organization;
  return {
    ...(fleet.deliveryBucket && { delivery: deliveryOf(fleet.deliveryBucket) }),
    ...(organization.language !== 'en' && { language: organization.language }),
    roleName: fleet.roleName,
    ...(fleet.externalId !== undefined && { externalId: fleet.externalId }),
    homeRegion,
    regions: fleet.regions ?? regions,
    organizationalUnits: fleet.organizationalUnits ?? organization.organizationalUnits,
    excludedAccounts: fleet.excludedAccounts ?? organization.excludedAccounts,
    judgedAs: [
      ...groups.map((group) => ({
        group: group.name,
        units: group.organizationalUnits,
        ...judgedWith(group.settings),
      })),
      judgedWith(settings),
    ],
  };
}

const deliveryOf = (given: DeliveryBucket): FleetDelivery => {
  const { bucket, withLive, requesterPays } = given;
  return { bucket, prefix: prefixOf(given), withLive, requesterPays };
};
