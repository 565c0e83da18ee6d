import { Annotations, Stack, type StackProps } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { LAPSED_ATTESTATIONS, LapsedAttestations } from '../attestations/construct.ts';
import { functionsIn } from '../packs/index.ts';
import { SecurityHubBridge } from '../security-hub/construct.ts';
import type { Settings } from '../settings/index.ts';
import { deployedCode } from './code.ts';
import { missingIn } from './left-out.ts';
import { Alarms, Dashboard, FailureQueue, Notifications } from './monitoring.ts';
import { namesOf } from './names.ts';
import { type CodeOf, GroundrulesPack } from './pack.ts';
import { tagAll } from './shared.ts';

/** The function of the bridge: `dist/lambda/security-hub-bridge`. */
export const SECURITY_HUB_BRIDGE = 'security-hub-bridge';

export interface AccountStackProps extends StackProps {
  readonly settings: Settings;
  /** The Region's code, also where the stack itself is for several Regions. */
  readonly region: string;
  /** Where functions' code is: the package's own bundles, unless told otherwise. */
  readonly code?: CodeOf;
}

/** Everything that one account gets in one Region. Nothing of it reaches into another account. */
export class AccountStack extends Stack {
  readonly pack: GroundrulesPack;
  /** Where alarms and documents tell people. */
  readonly topic: sns.ITopic;

  constructor(scope: Construct, id: string, props: AccountStackProps) {
    const { settings, region, code = deployedCode(settings), ...rest } = props;
    super(scope, id, {
      description: `Groundrules: AWS Config rules, their fixes and packs`,
      // A template has a megabyte at most, of which blanks would be a third.
      suppressTemplateIndentation: true,
      ...rest,
    });
    tagAll(this, settings);
    const missing = missingIn(settings, region);
    // The CDK's commands print it.
    if (missing !== undefined) Annotations.of(this).addInfoV2('groundrules:left-out', missing);
    const failures = new FailureQueue(this, 'Failures', settings);
    this.topic = new Notifications(this, 'Notifications', settings, region).topic;
    // Made before the packs, because AWS Config sends a verdict only once, when it changes.
    const bridge = sendsFindings(settings)
      ? new SecurityHubBridge(this, 'SecurityHub', { settings, code: code(SECURITY_HUB_BRIDGE), failures })
      : undefined;
    this.pack = new GroundrulesPack(this, 'Pack', {
      settings,
      region,
      code,
      failures,
      topicArn: this.topic.topicArn,
    });
    if (bridge) for (const pack of this.pack.packs.values()) pack.node.addDependency(bridge.way);
    const lapsed = this.pack.packs.has('attestations')
      ? new LapsedAttestations(this, 'LapsedAttestations', {
          settings,
          code: code(LAPSED_ATTESTATIONS),
          failures,
        })
      : undefined;
    const functions = new Map<string, lambda.IFunction>([
      ...this.pack.functions,
      ...(bridge ? [[SECURITY_HUB_BRIDGE, bridge.function] as const] : []),
      ...(lapsed ? [[LAPSED_ATTESTATIONS, lapsed.function] as const] : []),
    ]);
    if (settings.notifications.alarms) {
      new Alarms(this, 'Alarms', { settings, functions, failures, topic: this.topic });
    }
    if (settings.notifications.dashboard && region === settings.homeRegion) {
      new Dashboard(
        this,
        'Dashboard',
        settings,
        settings.regions.map((one) => shownOf(settings, one)),
      );
    }
  }
}

const sendsFindings = ({ securityHub }: Settings): boolean => securityHub !== false && securityHub.findings;

/** The functions that a Region's stack has, by name. */
export const functionNamesIn = (settings: Settings, region: string): string[] =>
  [
    ...functionsIn(settings, region).map(({ rule }) => rule.id),
    ...(sendsFindings(settings) ? [SECURITY_HUB_BRIDGE] : []),
    ...(settings.packs.includes('attestations') && region === settings.homeRegion
      ? [LAPSED_ATTESTATIONS]
      : []),
  ].map(namesOf(settings).function);

const shownOf = (settings: Settings, region: string) => ({
  region,
  functionNames: functionNamesIn(settings, region),
});
