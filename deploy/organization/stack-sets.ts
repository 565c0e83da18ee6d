import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Annotations,
  CfnStackSet,
  FileAssetPackaging,
  type IStackSynthesizer,
  Stack,
  type StackProps,
  Stage,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { bundleFolder, deployedFolder, type FolderOf } from '../account/code.ts';
import { missingIn } from '../account/left-out.ts';
import { namesOf } from '../account/names.ts';
import { tagAll } from '../account/shared.ts';
import type { OrganizationSettings, Settings } from '../settings/index.ts';
import { CODE_BUCKETS, codeBuckets, ReleaseSynthesizer } from './code.ts';
import { MAX_RESOURCES, memberTemplate, OrganizationError } from './member.ts';
import { operationsOf, type Target, targetsOf, wavesOf } from './targets.ts';

/** Of a CreateStackInstances operation (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html). */
const MAX_UNITS = 50;

export interface StackSetsStackProps extends StackProps {
  /** With an organization. */
  readonly settings: Settings;
  /** Where the functions' bundles are; the settings' waivers come beside them. */
  readonly folderOf?: FolderOf;
}

/**
 * The account stack for the accounts of the organization: a service-managed StackSet a Region and {@link Target}, all
 * of them in the home Region of the account that administers StackSets.
 *
 * There is one a Region, not one for all Regions with the same template, because a Region's template changes when AWS
 * Config brings a rule to it. The Region would move to another StackSet, which would make its functions before the
 * first one had deleted them.
 *
 * There is one a target, not parameters that stack instances override, because accounts that join get no overridden
 * parameters.
 *
 * The home Region's is made first, so that a failure there stops the others, and a canary's before all others.
 */
export class StackSetsStack extends Stack {
  /** Of the units without settings of their own, by Region. */
  readonly stackSets: ReadonlyMap<string, CfnStackSet>;
  readonly #synthesizer: ReleaseSynthesizer;
  readonly #folderOf: FolderOf;
  /** Where the template is that targets with the same settings have in a Region. */
  readonly #templates = new Map<Settings, Map<string, string>>();

  constructor(
    scope: Construct,
    id: string,
    { settings, folderOf = bundleFolder, ...props }: StackSetsStackProps,
  ) {
    const { organization, homeRegion, regions } = settings;
    if (!organization) throw new OrganizationError('organization is off: there are no members to deploy to');
    const targets = targetsOf(settings, organization);
    checkNumbers(targets, regions);
    const synthesizer = new ReleaseSynthesizer(homeRegion, settings);
    super(scope, id, {
      description: 'Groundrules: the rules for the accounts of the organization, by StackSets',
      ...props,
      env: { ...administratorOf(organization), ...props.env, region: homeRegion },
      synthesizer: synthesizer as IStackSynthesizer,
    });
    this.#synthesizer = synthesizer;
    this.#folderOf = deployedFolder(settings, folderOf);
    tagAll(this, settings);
    const waves = wavesOf(settings, organization);
    const made = targets.map((target) => ({ target, stackSets: this.#target(target, organization, waves) }));
    this.stackSets = made.find(({ target }) => target.name === undefined)?.stackSets ?? new Map();
    const canaries = made
      .filter(({ target }) => target.isCanary)
      .flatMap(({ stackSets }) => [...stackSets.values()]);
    for (const { target, stackSets } of made) {
      if (target.isCanary) continue;
      for (const region of waves[0] ?? []) dependOn(stackSets.get(region), canaries);
    }
  }

  /** The StackSets of a target, by Region: those of a wave wait for the wave before. */
  #target(
    target: Target,
    organization: OrganizationSettings,
    waves: readonly (readonly string[])[],
  ): ReadonlyMap<string, CfnStackSet> {
    this.#sayWhatIsLeftOut(target, waves.flat());
    const scope = target.name === undefined ? this : new Construct(this, `Members-${target.name}`);
    const all = new Map<string, CfnStackSet>();
    let before: CfnStackSet[] = [];
    for (const wave of waves) {
      const stackSets = wave.map((region) => {
        const stackSet = this.#stackSet(scope, target, organization, region);
        all.set(region, stackSet);
        dependOn(stackSet, before);
        return stackSet;
      });
      before = stackSets;
    }
    return all;
  }

  #stackSet(
    scope: Construct,
    { name, settings, deploymentTargets, autoDeploys, isCanary }: Target,
    organization: OrganizationSettings,
    region: string,
  ): CfnStackSet {
    const dependsOn = [...new Set(organization.dependsOn)];
    const suffix = name === undefined ? '' : `-${name}`;
    return new CfnStackSet(scope, `Members-${region}`, {
      stackSetName: `${namesOf(settings).stack(region)}${suffix}`,
      description: `Groundrules in ${region}${name === undefined ? '' : `, ${name}`}`,
      permissionModel: 'SERVICE_MANAGED',
      callAs: organization.delegatedAdministratorAccountId === undefined ? 'SELF' : 'DELEGATED_ADMIN',
      autoDeployment: autoDeploys
        ? { enabled: true, retainStacksOnAccountRemoval: false, ...(dependsOn.length > 0 && { dependsOn }) }
        : { enabled: false },
      // Operations on different instances may run at the same time.
      managedExecution: { Active: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
      // A canary's is that of all.
      templateUrl: this.#template(settings, region, isCanary ? '' : suffix),
      parameters: [{ parameterKey: CODE_BUCKETS, parameterValue: codeBuckets(settings) }],
      stackInstancesGroup: [{ regions: [region], deploymentTargets }],
      operationPreferences: operationsOf(organization, { isCanary }),
    });
  }

  /** The management account's own stack names what all accounts lack, because it has the same settings. */
  #sayWhatIsLeftOut({ name, settings, isCanary }: Target, regions: readonly string[]): void {
    if (name === undefined || isCanary) return;
    for (const region of regions) {
      const missing = missingIn(settings, region);
      if (missing !== undefined) {
        Annotations.of(this).addInfoV2(`groundrules:left-out-${name}-${region}`, `${name}: ${missing}`);
      }
    }
  }

  /** The URL of a Region's template, which is made once for all targets with these settings, and its code released. */
  #template(settings: Settings, region: string, suffix: string): string {
    const known = this.#templates.get(settings) ?? new Map<string, string>();
    this.#templates.set(settings, known);
    const found = known.get(region);
    if (found !== undefined) return found;
    const { text, code } = memberTemplate(settings, region, this.#folderOf);
    for (const one of code) this.#synthesizer.release(one, region);
    const url = this.#upload(text, `${region}${suffix}`);
    known.set(region, url);
    return url;
  }

  /**
   * The template is too long for a request (51,200 bytes), so it is uploaded to S3 under a name that changes with its
   * content.
   */
  #upload(text: string, name: string): string {
    const fileName = `${this.artifactId}.${name}.members.json`;
    writeFileSync(join(Stage.of(this)?.outdir ?? '.', fileName), text);
    const { httpUrl } = this.synthesizer.addFileAsset({
      fileName,
      packaging: FileAssetPackaging.FILE,
      sourceHash: createHash('sha256').update(text).digest('hex'),
    });
    return httpUrl;
  }
}

/** The account that GroundrulesMembers and the buckets of the code are in; nothing where it is whoever deploys. */
export const administratorOf = ({
  delegatedAdministratorAccountId: account,
}: OrganizationSettings): { readonly account?: string } => (account === undefined ? {} : { account });

function dependOn(stackSet: CfnStackSet | undefined, others: readonly CfnStackSet[]): void {
  for (const other of others) stackSet?.addResourceDependency(other);
}

/** @throws {OrganizationError} when there are more units or StackSets than CloudFormation takes. */
function checkNumbers(targets: readonly Target[], regions: readonly string[]): void {
  for (const { name, isCanary, deploymentTargets } of targets) {
    const units = deploymentTargets.organizationalUnitIds.length;
    if (units > MAX_UNITS) {
      const place = name === undefined ? '' : isCanary ? 'canary.' : `groups: ${name}: `;
      throw new OrganizationError(
        `organization.${place}organizationalUnits: ${units} units, StackSets take ${MAX_UNITS}: name a unit that they are in`,
      );
    }
  }
  const stackSets = targets.length * regions.length;
  if (stackSets > MAX_RESOURCES) {
    throw new OrganizationError(
      `organization.groups: ${targets.length} kinds of accounts in ${regions.length} Regions are ${stackSets} StackSets, and CloudFormation takes ${MAX_RESOURCES} resources in a stack: have fewer groups`,
    );
  }
}
