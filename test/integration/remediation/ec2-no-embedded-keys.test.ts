import {
  CreateLaunchTemplateCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import rule from '../../../rules/ec2-no-embedded-keys/rule.ts';
import { base64, EXPORTED, ID } from '../../rules/ec2-no-embedded-keys/packed.ts';
import { MOTO_ACCOUNT } from '../support/moto.ts';
import { opsItems } from '../support/ops-items.ts';
import { remediates } from '../support/remediation.ts';

const TopicArn = `arn:aws:sns:us-east-1:${MOTO_ACCOUNT}:security`;
const NOW = new Date('2026-11-22T09:00:00.000Z');

const topic = (client: object) => new SNSClient(client).send(new CreateTopicCommand({ Name: 'security' }));

async function instance(client: object): Promise<string> {
  await topic(client);
  const ec2 = new EC2Client(client);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: Images[0]?.ImageId,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      UserData: base64(EXPORTED),
    }),
  );
  return Instances[0]?.InstanceId ?? '';
}

async function template(client: object): Promise<string> {
  await topic(client);
  const made = await new EC2Client(client).send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: { UserData: base64(EXPORTED) },
    }),
  );
  return made.LaunchTemplate?.LaunchTemplateId ?? '';
}

const told = {
  parameters: { TopicArn },
  changes: /^ops items$/,
  // An OpsItem is never deleted: it stays, resolved.
  stays: /^ops items$/,
  again: () => opsItems.reset(),
  message: new RegExp(`^(?!.*${ID}).*published to .*:security; an OpsItem opened`, 's'),
};

remediates({
  rule,
  now: () => NOW,
  scenarios: [
    { situation: 'an instance with a key, and a topic', found: instance, ...told },
    { situation: 'a launch template with a key, and a topic', found: template, ...told },
  ],
});
