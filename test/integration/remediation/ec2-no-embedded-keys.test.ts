import { CreateLaunchTemplateCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import rule from '../../../rules/ec2-no-embedded-keys/rule.ts';
import { base64, ID, SECRET, script } from '../../rules/ec2-no-embedded-keys/packed.ts';
import { tellsPeople } from '../support/tells-people.ts';

const PLANTED = script(`export AWS_ACCESS_KEY_ID=${ID}`, `export AWS_SECRET_ACCESS_KEY=${SECRET}`);

async function instance(client: object): Promise<string> {
  const ec2 = new EC2Client(client);
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12345678',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      UserData: base64(PLANTED),
    }),
  );
  return Instances[0]?.InstanceId ?? '';
}

async function template(client: object): Promise<string> {
  const made = await new EC2Client(client).send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: 'web',
      LaunchTemplateData: { UserData: base64(PLANTED) },
    }),
  );
  return made.LaunchTemplate?.LaunchTemplateId ?? '';
}

/** Whoever reads it learns where a key is, not the key. */
const message = new RegExp(`^(?!.*${ID}).*published to .*:security; an OpsItem opened`, 's');

tellsPeople({
  rule,
  secrets: [SECRET, SECRET.slice(4, 24), ID, ID.slice(4, 16), base64(PLANTED), base64(PLANTED).slice(48, 90)],
  situations: [
    { situation: 'an instance with a key', found: instance, message, faults: true },
    { situation: 'a launch template with a key', found: template, message },
  ],
});
