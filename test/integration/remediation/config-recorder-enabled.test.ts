import { ConfigServiceClient, PutConfigurationRecorderCommand } from '@aws-sdk/client-config-service';
import rule from '../../../rules/config-recorder-enabled/rule.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { tellsPeople } from '../support/tells-people.ts';

const HERE = { regions: 'us-east-1' };

tellsPeople({
  rule,
  situations: [
    { situation: 'no recorder', found: async () => {}, parameters: HERE },
    {
      situation: 'a recorder of one type that is stopped',
      found: async (client) => {
        await new ConfigServiceClient(client).send(
          new PutConfigurationRecorderCommand({
            ConfigurationRecorder: {
              name: 'default',
              roleARN: `arn:aws:iam::${MOTO_ACCOUNT}:role/config`,
              recordingGroup: { allSupported: false, resourceTypes: ['AWS::EC2::Instance'] },
            },
          }),
        );
      },
      parameters: HERE,
    },
  ],
});
