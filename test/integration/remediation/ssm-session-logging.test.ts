import rule from '../../../rules/ssm-session-logging/rule.ts';
import { fails } from '../../support/memory.ts';
import { tellsPeople } from '../support/tells-people.ts';

/** moto has no managed nodes, and refuses a document of type Session. */
const FOUND = {
  'us-east-1/ssm/get-document/SSM-SessionManagerRunShell.json': fails('InvalidDocument'),
  'us-east-1/ssm/describe-instance-information.json': {
    InstanceInformationList: [{ InstanceId: 'i-0a1b2c3d4e5f60001', PingStatus: 'Online' }],
  },
};

tellsPeople({
  rule,
  lacking: { services: ['ssm'], acts: {} },
  situations: [
    {
      situation: 'a managed node, and no preferences',
      found: (_, readings) => Object.assign(readings, FOUND),
    },
  ],
});
