import {
  GetAdministratorAccountCommand,
  GetDetectorCommand,
  GetFilterCommand,
  GuardDutyClient,
  paginateListDetectors,
  paginateListFilters,
} from '@aws-sdk/client-guardduty';
import { type Ask, allPages, type LiveService } from '../../live/service.ts';
import * as guardduty from './readings.ts';

type DetectorAsk = Ask<GuardDutyClient>;
export const service: LiveService<GuardDutyClient> = { connect: (config) => new GuardDutyClient(config) };

export const detectors = {
  service,
  reading: guardduty.detectors,
  ask: ({ client, pageSize }: DetectorAsk) =>
    allPages(paginateListDetectors({ client, pageSize: pageSize(50) }, {}), 'DetectorIds'),
};
export const detector = {
  service,
  reading: guardduty.detector,
  ask: ({ client, id }: DetectorAsk) => client.send(new GetDetectorCommand({ DetectorId: id })),
};
export const findingFilters = {
  service,
  reading: guardduty.findingFilters,
  ask: ({ client, id, pageSize }: DetectorAsk) =>
    allPages(paginateListFilters({ client, pageSize: pageSize(50) }, { DetectorId: id }), 'FilterNames'),
};
export const findingFilter = {
  service,
  reading: guardduty.findingFilter,
  ask: ({ client, id }: DetectorAsk) => {
    const [DetectorId, FilterName] = id.split('/');
    return client.send(new GetFilterCommand({ DetectorId, FilterName }));
  },
};
export const detectorAdministrator = {
  service,
  reading: guardduty.detectorAdministrator,
  ask: ({ client, id }: DetectorAsk) => client.send(new GetAdministratorAccountCommand({ DetectorId: id })),
};
