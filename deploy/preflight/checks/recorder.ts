import {
  type ConfigServiceClient,
  type ConfigurationRecorder,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
} from '@aws-sdk/client-config-service';
import { IAM_TYPES, WITHOUT_GLOBAL_TYPES } from '../../../account/services/config/recording.ts';
import { ruleOf } from '../../../catalogue/index.ts';
import { controlsIn } from '../../packs/index.ts';
import type { Settings } from '../../settings/index.ts';
import { type Check, type Finding, okUnless, type Place } from '../finding.ts';

/** The recorder that Control Tower makes in each Region that it governs. */
const CONTROL_TOWER = /^aws-controltower-/;

/** AWS Config records in the Region, and what the packs' rules are triggered by. */
export const recorder: Check = {
  id: 'recorder',
  actions: ['config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorderStatus'],
  async run({ settings, region, accountId, clients }: Place) {
    const client = clients.config(region);
    const found = await recorderOf(client);
    if (!found) return [missing(region, accountId)];
    const { name = 'default' } = found;
    const wrong = [...(await notRecording(client, name, region)), ...notRecorded(found, settings, region)];
    return okUnless(wrong, `AWS Config records, with ${name}`);
  },
};

async function recorderOf(client: ConfigServiceClient): Promise<ConfigurationRecorder | undefined> {
  const { ConfigurationRecorders = [] } = await client.send(new DescribeConfigurationRecordersCommand({}));
  return ConfigurationRecorders[0];
}

const missing = (region: string, accountId: string): Finding => ({
  level: 'error',
  message: 'AWS Config has no recorder: it refuses conformance packs, and the stack fails',
  command:
    `aws configservice put-configuration-recorder --region ${region} --configuration-recorder ` +
    `name=default,roleARN=arn:aws:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig ` +
    `--recording-group allSupported=true; then a delivery channel, and start-configuration-recorder`,
});

async function notRecording(
  client: ConfigServiceClient,
  name: string,
  region: string,
): Promise<readonly Finding[]> {
  const answer = await client.send(new DescribeConfigurationRecorderStatusCommand({}));
  const status = answer.ConfigurationRecordersStatus?.find((one) => one.name === name);
  if (!status?.recording) {
    return [
      {
        level: 'error',
        message: `the recorder ${name} is stopped: nothing is judged when it changes`,
        command: `aws configservice start-configuration-recorder --region ${region} --configuration-recorder-name ${name}`,
      },
    ];
  }
  if (status.lastStatus === 'Failure') {
    const why = [status.lastErrorCode, status.lastErrorMessage].filter(Boolean).join(': ');
    return [{ level: 'warning', message: `the recorder ${name} fails to deliver${why && ` (${why})`}` }];
  }
  return [];
}

/** What the Region's rules are triggered by, and its recorder does not record. */
function notRecorded(recorder: ConfigurationRecorder, settings: Settings, region: string): Finding[] {
  const { name = 'default' } = recorder;
  const needed = neededTypes(settings, region);
  const left = needed.filter((type) => !records(recorder, type));
  const global = left.filter((type) => IAM_TYPES.includes(type));
  const others = left.filter((type) => !IAM_TYPES.includes(type));
  // In these Regions AWS Config cannot record IAM, and may lack the rules that would need it.
  const isTooNew = region === settings.homeRegion && WITHOUT_GLOBAL_TYPES.has(region);
  return [
    ...(isTooNew ? [tooNew(region)] : global.length > 0 ? [withoutGlobal(name, global, region)] : []),
    ...(others.length > 0
      ? [
          {
            level: 'warning' as const,
            message: `the recorder ${name} leaves out ${others.join(', ')}: rules on these see nothing`,
            command: `aws configservice describe-configuration-recorders --region ${region}, and add them to its recording group`,
          },
        ]
      : []),
  ];
}

const tooNew = (region: string): Finding => ({
  level: 'error',
  message: `AWS Config cannot record IAM's users, groups, roles and policies in ${region}, which it came to after February 2022: rules on these see nothing`,
  command: 'set homeRegion in the settings to an older Region, and record global resources there',
});

function withoutGlobal(name: string, types: readonly string[], region: string): Finding {
  const lost = `leaves out ${types.join(', ')}: rules on these see nothing`;
  if (CONTROL_TOWER.test(name)) {
    return {
      level: 'error',
      message: `Control Tower's recorder ${lost}. It records them in its own home Region alone`,
      command: "set homeRegion in the settings to Control Tower's home Region",
    };
  }
  return {
    level: 'error',
    message: `the recorder ${name} ${lost}`,
    command: `aws configservice put-configuration-recorder --region ${region}, with includeGlobalResourceTypes=true in its recording group`,
  };
}

/** What rules of the Region's packs are triggered by when it changes; the account itself is never recorded. */
function neededTypes(settings: Settings, region: string): string[] {
  const types = controlsIn(settings, region).flatMap((control) => {
    if (control.kind === 'managed') return control.trigger === 'periodic' ? [] : control.resourceTypes;
    const rule = control.kind === 'custom' ? ruleOf(control) : undefined;
    return rule?.triggers.some(({ kind }) => kind === 'change') ? rule.resourceTypes : [];
  });
  return [...new Set(types)].filter((type) => type !== 'AWS::::Account').sort();
}

/** As AWS Config reads a recording group: the strategy counts where there is one, the older members where there is none. */
function records({ recordingGroup = {} }: ConfigurationRecorder, type: string): boolean {
  const { allSupported, includeGlobalResourceTypes, resourceTypes = [], recordingStrategy } = recordingGroup;
  const left: readonly string[] = recordingGroup.exclusionByResourceTypes?.resourceTypes ?? [];
  switch (recordingStrategy?.useOnly ?? (allSupported ? 'ALL_SUPPORTED_RESOURCE_TYPES' : undefined)) {
    case 'ALL_SUPPORTED_RESOURCE_TYPES':
      return includeGlobalResourceTypes === true || !IAM_TYPES.includes(type);
    case 'EXCLUSION_BY_RESOURCE_TYPES':
      return !left.includes(type);
    default:
      return (resourceTypes as readonly string[]).includes(type);
  }
}
