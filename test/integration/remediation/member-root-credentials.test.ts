import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { SSMClient } from '@aws-sdk/client-ssm';
import { openClients } from '../../../account/live/clients.ts';
import { liveSource } from '../../../account/live/source.ts';
import { CHANGES } from '../../../account/services/changes.ts';
import { ASKS } from '../../../account/services/live.ts';
import {
  awsCaller,
  documentName,
  type Execution,
  loadDocument,
  localFunctions,
  type Running,
  remembering,
  runAutomation,
} from '../../../automation/index.ts';
import { documentContent } from '../../../deploy/account/document.ts';
import { readSettings } from '../../../deploy/settings/index.ts';
import { ruleHandler } from '../../../lambda/handler.ts';
import rule from '../../../rules/member-root-credentials/rule.ts';
import { documentHash, findRunIn } from '../../../tasks/run.ts';
import { ssmRuns } from '../../../tasks/ssm-runs.ts';
import { note } from '../../support/figures.ts';
import type { Loopback } from '../../support/loopback.ts';
import { Automations, startAutomations } from '../support/automations.ts';
import { quickClock } from '../support/clock.ts';
import { MemberRoots, type RootUser, startMemberRoots } from '../support/member-roots.ts';
import { type Fault, type Middle, startMiddle } from '../support/middle.ts';
import { ANYBODY, MOTO_ACCOUNT, useMoto } from '../support/moto.ts';

const REGION = 'us-east-1';
const NOW = new Date('2026-11-22T00:00:00Z');
const APPROVER = 'arn:aws:iam::123456789012:user/alice';
const moto = useMoto();
const document = loadDocument(
  readFileSync('rules/member-root-credentials/remediation.yaml', 'utf8'),
  documentName(rule.id),
);

const roots = new MemberRoots();
let server: { readonly endpoint: string; stop(): Promise<void> };
let middle: Middle;
let executions: Execution[];
let member: string;
let asked: { readonly step: string; readonly message?: string; readonly approvers: readonly string[] }[];
/** What the approver says, after whatever else happens meanwhile. */
let approve: () => boolean;

const full = (): RootUser => ({
  password: { createdAt: '2020-01-01T00:00:00Z', lastUsed: '2026-01-01T00:00:00Z' },
  accessKeys: [
    { id: 'AKIAIOSFODNN7EXAMPLE', status: 'Active', createdAt: '2020-01-01T00:00:00Z' },
    {
      id: 'AKIAI44QH8DHBEXAMPLE',
      status: 'Inactive',
      createdAt: '2021-01-01T00:00:00Z',
      lastUsed: '2022-01-01T00:00:00Z',
    },
  ],
  certificates: [{ id: 'TA7SMP42TDN5Z26OBPJE7EXAMPLE', uploadedAt: '2019-01-01T00:00:00Z' }],
  mfaDevices: [
    {
      serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device',
      enabledAt: '2020-01-02T00:00:00Z',
    },
    { serialNumber: 'GAHT12345678', enabledAt: '2020-01-02T00:00:00Z' },
  ],
});
const nothing = (): RootUser => ({ accessKeys: [], certificates: [], mfaDevices: [] });
const rootOf = (account = member) => roots.roots[account] as RootUser;

beforeAll(async () => {
  server = await startMemberRoots(moto.endpoint, roots);
  middle = await startMiddle(server.endpoint, []);
});
afterAll(() => Promise.all([middle?.stop(), server?.stop()]));
beforeEach(async () => {
  roots.reset();
  middle.reset();
  executions = [];
  asked = [];
  approve = () => true;
  const organizations = new OrganizationsClient(moto.client());
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  member = await newMember(organizations);
  // Another member's root, which nothing may touch.
  roots.roots[await newMember(organizations)] = full();
  roots.roots[member] = full();
});

async function newMember(organizations: OrganizationsClient): Promise<string> {
  const made = await organizations.send(
    new CreateAccountCommand({ AccountName: 'm', Email: 'm@example.com' }),
  );
  return made.CreateAccountStatus?.AccountId ?? '';
}

async function run(
  Mode: 'Preview' | 'Apply' | 'Undo',
  more: Readonly<Record<string, unknown>> = {},
): Promise<Execution> {
  const config = { endpoint: middle.endpoint, credentials: ANYBODY, retryMode: 'standard' as const };
  const clients = openClients(config);
  let running: Running | undefined;
  const execution = await runAutomation(document, {
    parameters: { AccountId: member, Mode, Approvers: [APPROVER], ...more },
    call: remembering(
      awsCaller({ region: REGION, endpointUrl: middle.endpoint, credentials: ANYBODY, config }),
      executions,
    ),
    invokeLambda: localFunctions({
      rules: [rule],
      open: ({ accountId, region }) =>
        liveSource({
          ...{ accountId, regions: [region], asks: ASKS, changes: CHANGES, clients },
          sleep: async () => {},
        }),
      region: REGION,
      accountId: MOTO_ACCOUNT,
      sleep: async () => {},
      now: () => NOW,
      running: () => running,
    }),
    onStep: (_step, execution) => {
      running = { execution, document };
    },
    region: REGION,
    accountId: MOTO_ACCOUNT,
    executionId: randomUUID(),
    clock: quickClock,
    approve: async (request) => {
      asked.push(request);
      return approve();
    },
  });
  executions.push(execution);
  return execution;
}
const undo = ({ executionId }: Execution) => run('Undo', { ExecutionId: executionId });

/** What a run says in its outputs, or why it failed. */
function said({ status, outputs, failure }: Execution) {
  const messages = ['Report.Message', 'UndoReport.Message'].map((name) => String(outputs[name] ?? ''));
  const message =
    messages.find((one) => one !== '' && !one.startsWith('No output')) ?? failure?.message ?? '';
  return { status, message };
}
const stepsOf = ({ steps }: Execution) => steps.map(({ name }) => name);

const changing = (done: readonly string[]) => done.filter((one) => !/ (?:Get|List)/.test(one));
const DELETIONS = [
  'IAMDeleteRootUserCredentials DeleteAccessKey',
  'IAMDeleteRootUserCredentials DeleteAccessKey',
  'IAMDeleteRootUserCredentials DeleteSigningCertificate',
  'IAMDeleteRootUserCredentials DeleteLoginProfile',
  'IAMDeleteRootUserCredentials DeactivateMFADevice',
  'IAMDeleteRootUserCredentials DeactivateMFADevice',
];

test('preview, apply, apply again, undo, undo again', async () => {
  const before = roots.picture();
  const others = Object.keys(roots.roots).filter((account) => account !== member);

  const preview = await run('Preview');
  expect(said(preview)).toMatchObject({ status: 'Success' });
  expect(said(preview).message).toMatch(/^Would change: root's access key AKIAIOSFODNN7EXAMPLE deleted; /);
  expect(roots.picture()).toBe(before);
  expect(asked).toEqual([]);
  expect(roots.done.filter((one) => !one.startsWith('IAMAuditRootUserCredentials '))).toEqual([]);

  roots.done = [];
  const applied = await run('Apply');
  expect(said(applied)).toMatchObject({ status: 'Success' });
  expect(said(applied).message).toMatch(/root's password deleted; .* is COMPLIANT\.$/);
  expect(rootOf()).toEqual(nothing());
  expect(changing(roots.done)).toEqual(DELETIONS);
  expect(asked).toMatchObject([
    {
      step: 'Approve',
      approvers: [APPROVER],
      message: expect.stringContaining(`${member}: root has the access key AKIAIOSFODNN7EXAMPLE; `),
    },
  ]);
  expect(JSON.parse(String(applied.outputs['Plan.Before']))).toMatchObject({
    resource: { id: member },
    state: [
      { kind: 'accessKey', id: 'AKIAIOSFODNN7EXAMPLE', active: true, createdAt: '2020-01-01T00:00:00.000Z' },
      { kind: 'accessKey', id: 'AKIAI44QH8DHBEXAMPLE', active: false, lastUsed: '2022-01-01T00:00:00.000Z' },
      { kind: 'certificate' },
      { kind: 'password' },
      { kind: 'mfaDevice' },
      { kind: 'mfaDevice', serialNumber: 'GAHT12345678' },
    ],
  });
  // Neither a session's credentials nor a certificate's body get into the record.
  expect(JSON.stringify(applied)).not.toMatch(/ASIA|secret-|a body/);

  roots.done = [];
  const again = await run('Apply');
  expect(said(again)).toEqual({ status: 'Success', message: `${member} is COMPLIANT.` });
  expect([changing(roots.done), asked.length]).toEqual([[], 1]);

  const undone = await undo(applied);
  expect(said(undone)).toMatchObject({ status: 'Success' });
  expect(said(undone).message).toMatch(
    /may choose a new password by e-mail.*AKIAIOSFODNN7EXAMPLE.*gone for good/,
  );
  expect(changing(roots.done)).toEqual(['IAMCreateRootUserPassword CreateLoginProfile']);
  expect(rootOf()).toEqual({ ...nothing(), password: { createdAt: expect.any(String) } });

  roots.done = [];
  const undoneAgain = await undo(applied);
  expect(said(undoneAgain)).toMatchObject({ status: 'Success' });
  expect(said(undoneAgain).message).toMatch(/nothing is left to undo.*gone for good.*register MFA/);
  expect(changing(roots.done)).toEqual([]);
  for (const account of others) expect(rootOf(account)).toEqual(full());
}, 60_000);

test('the topic is told where there is one', async () => {
  const TopicArn = 'arn:aws:sns:us-east-1:123456789012:Automation-approvals';
  expect(await run('Apply', { TopicArn })).toMatchObject({ status: 'Success' });
  expect(asked).toMatchObject([{ step: 'ApproveByNotice' }]);
  expect(rootOf()).toEqual(nothing());
});

test('a password alone comes back whole, and MFA devices alone go', async () => {
  roots.roots[member] = { ...nothing(), password: { createdAt: '2020-01-01T00:00:00Z' } };
  const applied = await run('Apply');
  expect(rootOf()).toEqual(nothing());
  const undone = await undo(applied);
  expect(said(undone).message).not.toMatch(/gone for good/);
  roots.roots[member] = { ...nothing(), mfaDevices: full().mfaDevices };
  const second = await run('Apply');
  expect(second.status).toBe('Success');
  expect(rootOf()).toEqual(nothing());
  // It deleted no password, so Undo lets nobody in.
  expect(said(await undo(second))).toMatchObject({ status: 'Success' });
  expect(rootOf()).toEqual(nothing());
});

describe('nothing is changed', () => {
  const refusals: [situation: string, prepare: () => unknown, message: RegExp][] = [
    ['central management is off', () => (roots.features = ['RootSessions']), /RootCredentialsManagement on/],
    ['IAM has no trusted access', () => (roots.features = undefined), /RootCredentialsManagement on/],
    ['somebody else runs it', () => (roots.isInCharge = false), /run it in one of them/],
    [
      'the account is of another organization',
      () => {
        member = '999988887777';
        roots.roots[member] = full();
      },
      /no such account/,
    ],
    [
      'the management account',
      () => {
        member = MOTO_ACCOUNT;
        roots.roots[member] = full();
      },
      /management account.*root-mfa/,
    ],
    [
      'a key was used lately',
      () => {
        const [key] = rootOf().accessKeys;
        if (key) rootOf().accessKeys[0] = { ...key, lastUsed: '2026-11-15T00:00:00Z' };
      },
      /AKIAIOSFODNN7EXAMPLE was last used at 2026-11-15T00:00:00.000Z, within 7 days/,
    ],
    [
      'somebody signed in lately',
      () => (rootOf().password = { createdAt: '2020-01-01T00:00:00Z', lastUsed: '2026-11-21T00:00:00Z' }),
      /root's password was last used/,
    ],
  ];
  test.each(refusals)('where %s', async (_situation, prepare, message) => {
    prepare();
    const before = roots.picture();
    expect(said(await run('Preview')).message).toMatch(message);
    const refused = await run('Apply');
    expect(said(refused)).toEqual({ status: 'Success', message: expect.stringMatching(message) });
    expect(stepsOf(refused)).not.toContain('Delete');
    expect([asked, changing(roots.done)]).toEqual([[], []]);
    expect(roots.picture()).toBe(before);
  });

  test('where nobody approves', async () => {
    const before = roots.picture();
    approve = () => false;
    expect((await run('Apply')).status).toBe('Rejected');
    approve = () => true;
    const unasked = await run('Apply', { Approvers: [] });
    expect([unasked.status, unasked.failure?.step]).toEqual(['Failed', 'Approve']);
    expect([changing(roots.done), roots.picture()]).toEqual([[], before]);
  });

  test('where root got another credential before the approval', async () => {
    approve = () => {
      rootOf().accessKeys.push({
        id: 'AKIANEWNEWNEWEXAMPLE',
        status: 'Active',
        createdAt: '2026-11-22T00:00:00Z',
      });
      return true;
    };
    const execution = await run('Apply');
    expect(execution.status).toBe('Failed');
    expect(execution.failure?.message).toMatch(
      /PlanChanged|this is new: root's access key AKIANEWNEWNEWEXAMPLE/,
    );
    expect(changing(roots.done)).toEqual([]);
  });

  test('where a key was used before the approval', async () => {
    approve = () => {
      const [key] = rootOf().accessKeys;
      if (key) rootOf().accessKeys[0] = { ...key, lastUsed: '2026-11-22T00:00:00Z' };
      return true;
    };
    const execution = await run('Apply');
    expect([execution.status, changing(roots.done)]).toEqual(['Failed', []]);
    expect(execution.failure?.message).toMatch(/was last used at 2026-11-22/);
  });
});

test('Force deletes what was used lately, and a shorter time lets it pass', async () => {
  rootOf().password = { createdAt: '2020-01-01T00:00:00Z', lastUsed: '2026-11-20T00:00:00Z' };
  expect((await run('Preview', { recentUseDays: '1' })).status).toBe('Success');
  expect(said(await run('Preview', { recentUseDays: '1' })).message).toMatch(/^Would change/);
  expect((await run('Apply', { Force: 'true' })).status).toBe('Success');
  expect(rootOf()).toEqual(nothing());
});

test('what somebody else deleted before the approval is no obstacle', async () => {
  approve = () => {
    delete rootOf().password;
    rootOf().accessKeys.shift();
    return true;
  };
  expect((await run('Apply')).status).toBe('Success');
  expect(rootOf()).toEqual(nothing());
});

/** Anything that lets somebody in, or signs. */
const isUsable = ({ password, accessKeys, certificates }: RootUser) =>
  password !== undefined || accessKeys.length + certificates.length > 0;

test('whatever call fails, root is never left with credentials but without its MFA, and Before is kept', async () => {
  await run('Apply');
  const calls = [...middle.seen];
  expect(calls.filter(({ what }) => what === 'AssumeRoot')).toHaveLength(2);

  const spoilt = async (fault: Fault) => {
    roots.roots[member] = full();
    roots.done = [];
    middle.reset(fault);
    const execution = await run('Apply');
    middle.reset();
    if (isUsable(rootOf())) expect(rootOf().mfaDevices).toEqual(full().mfaDevices);
    if (JSON.stringify(rootOf()) !== JSON.stringify(full())) {
      expect(execution.outputs['Plan.Before']).toMatch(/^\{"rule"/);
    }
    if (execution.status === 'Success') expect(rootOf()).toEqual(nothing());
    // Whatever it was, a second run gets to the end.
    expect((await run('Apply')).status).toBe('Success');
    expect(rootOf()).toEqual(nothing());
    return execution.status;
  };
  expect(await spoilt({ kind: 'passing' })).toBe('Success');
  const figures = { calls: calls.length, denied: 0, lost: 0 };
  for (const [call, { what }] of calls.entries()) {
    const isDenied = await spoilt({ kind: 'AccessDenied', call });
    expect([what, isDenied]).toEqual([what, 'Failed']);
    figures.denied++;
    if (/^(?:Get|List|Describe)/.test(what)) continue;
    await spoilt({ kind: 'a lost answer', call });
    figures.lost++;
  }
  note('faults', `${rule.id}: Apply`, figures);
}, 300_000);

test('no recovery is allowed twice, and a lost answer to it is none the worse', async () => {
  const applied = await run('Apply');
  middle.reset();
  await undo(applied);
  const calls = [...middle.seen];
  const figures = { calls: calls.length, denied: 0, lost: 0 };
  for (const [call, { what }] of calls.entries()) {
    const isLost = what === 'CreateLoginProfile';
    roots.roots[member] = nothing();
    middle.reset({ kind: isLost ? 'a lost answer' : 'AccessDenied', call });
    const { status } = await undo(applied);
    middle.reset();
    expect([what, status]).toEqual([what, isLost ? 'Success' : 'Failed']);
    figures[isLost ? 'lost' : 'denied']++;
    expect((await undo(applied)).status).toBe('Success');
    expect(rootOf().password).toBeDefined();
  }
  note('faults', `${rule.id}: Undo`, figures);
}, 60_000);

describe('the function, as it is deployed', () => {
  const automations = new Automations();
  const EXECUTION = 'e7a2c0de-1111-4222-8333-0123456789ab';
  const STARTER = `arn:aws:iam::${MOTO_ACCOUNT}:user/starter`;
  const content = documentContent(rule, readSettings({}), { Approvers: [APPROVER] });
  let ssm: Loopback;
  beforeAll(async () => {
    ssm = await startAutomations(automations);
  });
  afterAll(() => ssm?.stop());
  beforeEach(() => {
    automations.executions = {};
    automations.documents = { [`${documentName(rule.id)} 4`]: JSON.stringify(content) };
    automations.asked = [];
  });

  async function invoke(event: object): Promise<Readonly<Record<string, unknown>>> {
    const clients = openClients({ endpoint: middle.endpoint, credentials: ANYBODY });
    const handler = ruleHandler(
      rule,
      ({ accountId, region }) =>
        liveSource({
          ...{ accountId, regions: [region], asks: ASKS, changes: CHANGES, clients },
          sleep: async () => {},
        }),
      {
        now: () => NOW,
        sleep: async () => {},
        env: { AWS_REGION: REGION },
        findRun: findRunIn(
          ssmRuns({
            client: new SSMClient({ endpoint: ssm.endpoint, region: REGION, credentials: ANYBODY }),
            env: {
              GROUNDRULES_DOCUMENT_SHA256: documentHash(content),
              GROUNDRULES_APPROVERS: JSON.stringify([APPROVER]),
            },
          }),
        ),
      },
    );
    const invokedFunctionArn = `arn:aws:lambda:${REGION}:${MOTO_ACCOUNT}:function:f`;
    const answer = await handler(event, { invokedFunctionArn }).catch((error: Error) => ({
      error: String(error),
    }));
    return { ...answer };
  }

  /** An execution in which somebody has been asked. */
  function execution(Mode: 'Apply' | 'Undo', planned: unknown, more: object = {}) {
    const [plan, approve] = Mode === 'Apply' ? ['Plan', 'Approve'] : ['PlanUndo', 'ApproveUndo'];
    const decision = {
      Approver: APPROVER,
      Decision: 'Approve',
      ApprovalDecisionTime: '2026-11-22T00:00:00Z',
    };
    automations.executions[EXECUTION] = {
      AutomationExecutionId: EXECUTION,
      AutomationExecutionStatus: 'InProgress',
      DocumentName: documentName(rule.id),
      DocumentVersion: '4',
      ExecutedBy: STARTER,
      Parameters: { AccountId: [member], Mode: [Mode], Approvers: [APPROVER] },
      StepExecutions: [
        {
          StepName: plan,
          Action: 'aws:invokeLambdaFunction',
          StepStatus: 'Success',
          Outputs: { Planned: [planned] },
        },
        {
          StepName: approve,
          Action: 'aws:approve',
          StepStatus: 'Success',
          Outputs: { ApprovalStatus: ['Approved'], ApproverDecisions: [JSON.stringify(decision)] },
        },
      ],
      ...more,
    };
  }
  const plan = async () =>
    (await invoke({ task: 'plan', mode: 'Apply', resourceId: member })).planned as string;

  test('deletes what was approved, and lets nobody in again without an approval of that', async () => {
    const planned = await plan();
    execution('Apply', planned);
    expect(await invoke({ task: 'apply', executionId: EXECUTION, planned })).toMatchObject({
      carriedOut: expect.arrayContaining(["root's password deleted"]),
    });
    expect(rootOf()).toEqual(nothing());
    expect(automations.asked).toEqual(['AmazonSSM.GetAutomationExecution', 'AmazonSSM.GetDocument']);

    const Before = JSON.stringify({
      rule: rule.id,
      resource: { type: 'AWS::Organizations::Account', id: member },
      state: [{ kind: 'password' }],
    });
    const earlier = {
      earlier: [{ Before }],
      execution: { document: documentName(rule.id), status: 'Success', version: '4' },
    };
    const undo = (await invoke({ task: 'undo', resourceId: member, ...earlier })).planned;
    // The approval was of the deletion.
    const forged = await invoke({ task: 'restore', executionId: EXECUTION, planned: undo });
    expect(forged.error).toMatch(/Parameters\.Mode is \["Apply"\], and restore is for Undo/);
    expect(rootOf()).toEqual(nothing());
    execution('Undo', undo);
    await invoke({ task: 'restore', executionId: EXECUTION, planned: undo });
    expect(rootOf().password).toBeDefined();
  });

  const forgeries: [situation: string, prepare: (planned: string) => object, message: RegExp][] = [
    ['a plain invocation', (planned) => ({ task: 'apply', planned }), /executionId is missing/],
    [
      'a plan of its own',
      () => ({ task: 'apply', resourceId: member, changes: ["root's password deleted"] }),
      /executionId is missing/,
    ],
    [
      'an Undo of its own',
      () => ({ task: 'restore', resourceId: member, earlier: [{ Before: '{}' }] }),
      /executionId is missing/,
    ],
    [
      'an execution that there is not',
      (planned) => ({ task: 'apply', executionId: EXECUTION, planned }),
      /AutomationExecutionNotFound/,
    ],
    [
      'an execution that is over',
      (planned) => {
        execution('Apply', planned, { AutomationExecutionStatus: 'Success' });
        return { task: 'apply', executionId: EXECUTION, planned };
      },
      /AutomationExecutionStatus is "Success"/,
    ],
    [
      'a version of the document that asks nobody',
      (planned) => {
        const { mainSteps } = content as { mainSteps: { action: string }[] };
        const bare = { ...content, mainSteps: mainSteps.filter(({ action }) => action !== 'aws:approve') };
        automations.documents[`${documentName(rule.id)} 5`] = JSON.stringify(bare);
        execution('Apply', planned, { DocumentVersion: '5' });
        return { task: 'apply', executionId: EXECUTION, planned };
      },
      /DocumentVersion is "5"/,
    ],
    [
      'a version of the document that is gone',
      (planned) => {
        execution('Apply', planned, { DocumentVersion: '6' });
        return { task: 'apply', executionId: EXECUTION, planned };
      },
      /ssm:GetDocument: InvalidDocument/,
    ],
    [
      'an approval by who started it',
      (planned) => {
        execution('Apply', planned, { ExecutedBy: APPROVER });
        return { task: 'apply', executionId: EXECUTION, planned };
      },
      /somebody else has to approve/,
    ],
    [
      'an approval of another account',
      (planned) => {
        execution('Apply', planned, { Parameters: { AccountId: ['999988887777'], Mode: ['Apply'] } });
        return { task: 'apply', executionId: EXECUTION, planned };
      },
      /Parameters\.AccountId/,
    ],
    [
      'an approval of another plan',
      (planned) => {
        execution('Apply', planned.replace("root's password deleted", 'nothing'));
        return { task: 'apply', executionId: EXECUTION, planned };
      },
      /planned is not what the step Plan/,
    ],
  ];
  test.each(forgeries)('refuses %s', async (_situation, prepare, message) => {
    const before = roots.picture();
    const event = prepare(await plan());
    roots.done = [];
    expect((await invoke(event)).error).toMatch(message);
    expect([roots.picture(), roots.done]).toEqual([before, []]);
  });
});

test('an Undo that nobody approves lets nobody in', async () => {
  const applied = await run('Apply');
  approve = () => false;
  roots.done = [];
  expect((await undo(applied)).status).toBe('Rejected');
  expect(asked.at(-1)).toMatchObject({
    step: 'ApproveUndo',
    approvers: [APPROVER],
    message: expect.stringMatching(/as root of the account \d+ again\. root may choose a new password/),
  });
  expect([rootOf(), changing(roots.done)]).toEqual([nothing(), []]);
});
