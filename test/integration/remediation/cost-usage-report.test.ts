import rule from '../../../rules/cost-usage-report/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { tellsPeople } from '../support/tells-people.ts';

const FOUND = {
  'global/cur/describe-report-definitions.json': { ReportDefinitions: [] },
  'global/bcm-data-exports/list-exports.json': {
    Exports: [
      {
        ExportArn: `arn:aws:bcm-data-exports:us-east-1:${MOTO_ACCOUNT}:export/carbon-0a1b`,
        ExportName: 'carbon',
        ExportStatus: { StatusCode: 'HEALTHY' },
      },
    ],
  },
  'global/bcm-data-exports/get-export/carbon-0a1b.json': {
    Export: {
      Name: 'carbon',
      DataQuery: { QueryStatement: 'SELECT * FROM CARBON_EMISSIONS' },
    },
    ExportStatus: { StatusCode: 'HEALTHY' },
  },
};

tellsPeople({
  rule,
  lacking: { services: ['cur', 'bcm-data-exports'], acts: {} },
  situations: [
    {
      situation: 'an export of something else, in no organization',
      found: (_, readings) => {
        Object.assign(readings, FOUND);
      },
      parameters: { payerCovers: 'true' },
      faults: true,
    },
  ],
});
