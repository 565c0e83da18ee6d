import rule from '../../../rules/cost-anomaly-detection/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { tellsPeople } from '../support/tells-people.ts';

const FOUND = {
  'global/ce/get-anomaly-monitors.json': {
    AnomalyMonitors: [
      {
        MonitorArn: `arn:aws:ce::${MOTO_ACCOUNT}:anomalymonitor/0a1b`,
        MonitorName: 'services',
        MonitorType: 'DIMENSIONAL',
        MonitorDimension: 'SERVICE',
      },
    ],
  },
  'global/ce/get-anomaly-subscriptions.json': { AnomalySubscriptions: [] },
};

tellsPeople({
  rule,
  lacking: { services: ['ce'], acts: {} },
  situations: [
    {
      situation: 'a monitor without a subscription, in no organization',
      found: (_, readings) => {
        Object.assign(readings, FOUND);
      },
      parameters: { payerCovers: 'true' },
      faults: true,
    },
  ],
});
