import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CfnStackSet,
  FileAssetPackaging,
  type IStackSynthesizer,
  Stack,
  type StackProps,
  Stage,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { namesOf } from '../names.ts';
import type { Settings } from '../settings/index.ts';
import { tagAll } from '../shared.ts';
import { CODE_BUCKETS, codeBuckets, ReleaseSynthesizer } from './code.ts';
import { bundleFolder, type FolderOf, memberTemplate, OrganizationError } from './member.ts';

/** Of a CreateStackInstances operation (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html). */
const MAX_UNITS = 50;

export interface StackSetsStackProps extends StackProps {
  /** With an organization. */
  readonly settings: Settings;
  /** Where the functions' bundles are. */
  readonly folderOf?: FolderOf;
}

/**
 * The account stack for the accounts of the organization: a service-managed StackSet a Region, all of them in the management
 * account and home Region.
 *
 * One a Region, not one for all Regions with the same template: which these are changes as AWS Config brings a rule to a
 * Region. The Region would move to another StackSet, which would make its functions before the first one had deleted them.
 *
 * The home Region's comes first, so that what fails there spoils no other.
 */
export class StackSetsStack extends Stack {
  /** By Region. */
  readonly stackSets: ReadonlyMap<string, CfnStackSet>;

  constructor(
    scope: Construct,
    id: string,
    { settings, folderOf = bundleFolder, ...props }: StackSetsStackProps,
  ) {
    const { organization, homeRegion, regions } = settings;
    if (!organization) throw new OrganizationError('organization is off: there are no members to deploy to');
    const units = [...new Set(organization.organizationalUnits)];
    if (units.length > MAX_UNITS) {
      throw new OrganizationError(
        `organization.organizationalUnits: ${units.length} units, StackSets take ${MAX_UNITS}: name a unit that they are in`,
      );
    }
    const synthesizer = new ReleaseSynthesizer(homeRegion, settings);
    super(scope, id, {
      description: 'Groundrules: the rules for the accounts of the organization, by StackSets',
      ...props,
      env: { ...props.env, region: homeRegion },
      synthesizer: synthesizer as IStackSynthesizer,
    });
    tagAll(this, settings);
    const made = regions.map((region): [string, CfnStackSet] => {
      const { text, code } = memberTemplate(settings, region, folderOf);
      for (const one of code) synthesizer.release(one, region);
      const stackSet = new CfnStackSet(this, `Members-${region}`, {
        stackSetName: namesOf(settings).stack(region),
        description: `Groundrules in ${region}`,
        permissionModel: 'SERVICE_MANAGED',
        callAs: 'SELF',
        autoDeployment: {
          enabled: true,
          retainStacksOnAccountRemoval: false,
          ...(organization.dependsOn.length > 0 && { dependsOn: [...new Set(organization.dependsOn)] }),
        },
        // Operations that do not touch the same instances need not wait for each other.
        managedExecution: { Active: true },
        capabilities: ['CAPABILITY_NAMED_IAM'],
        templateUrl: this.#upload(text, region),
        parameters: [{ parameterKey: CODE_BUCKETS, parameterValue: codeBuckets(settings) }],
        stackInstancesGroup: [{ regions: [region], deploymentTargets: { organizationalUnitIds: units } }],
        operationPreferences: {
          failureTolerancePercentage: organization.failureTolerancePercent,
          maxConcurrentPercentage: organization.maxConcurrentPercent,
          // The strict mode would never work on more accounts at a time than may fail, plus one.
          concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        },
      });
      return [region, stackSet];
    });
    this.stackSets = new Map(made);
    const home = this.stackSets.get(homeRegion);
    for (const stackSet of this.stackSets.values()) {
      if (home && stackSet !== home) stackSet.addResourceDependency(home);
    }
  }

  /** Too long for a request, which takes 51,200 bytes: it goes by S3, under a name that changes with it. */
  #upload(text: string, region: string): string {
    const fileName = `${this.artifactId}.${region}.members.json`;
    writeFileSync(join(Stage.of(this)?.outdir ?? '.', fileName), text);
    const { httpUrl } = this.synthesizer.addFileAsset({
      fileName,
      packaging: FileAssetPackaging.FILE,
      sourceHash: createHash('sha256').update(text).digest('hex'),
    });
    return httpUrl;
  }
}
