import { GetAutomationExecutionCommand, GetDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { ruleHandler } from '../../lambda/handler.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { documentHash, findRunIn, planOfRun, type Runs } from '../../tasks/run.ts';
import { ssmRuns } from '../../tasks/ssm-runs.ts';
import { closedGroups, described, GROUPS } from '../config/support/lambda.ts';
import { note } from '../support/figures.ts';
import { ACCOUNT, memorySource } from '../support/memory.ts';
import { mutations } from '../support/mutations.ts';

const ID = 'e7a2c0de-1111-4222-8333-0123456789ab';
const ALICE = `arn:aws:iam::${ACCOUNT}:user/security/alice`;
const APPROVING = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/approving`;
const BOB = `arn:aws:iam::${ACCOUNT}:user/bob`;
const CHANGES = {
  approval: true,
  regions: 'any',
  changes: { 'ec2:RevokeSecurityGroupIngress': [] },
} as const;
const WORLD = '0.0.0.0/0';

const document = {
  schemaVersion: '0.3',
  parameters: { GroupId: { type: 'String' }, Mode: { type: 'String', default: 'Preview' } },
  mainSteps: [{ name: 'Approve', action: 'aws:approve', timeoutSeconds: 86_400, isEnd: false }],
};
const planned = (more: object = {}) =>
  JSON.stringify({ resourceId: 'sg-1', changes: [`open to ${WORLD}`], warnings: [], ...more });
const decision = (Approver: string, Decision = 'Approve') =>
  JSON.stringify({ Approver, Decision, ApprovalDecisionTime: '2026-11-22T00:00:00Z', Comment: '' });
const step = (StepName: string, Action: string, Outputs: object) => ({
  StepName,
  Action,
  StepStatus: 'Success',
  Outputs,
});

/** What SSM says of an execution in which all is as it should be. */
const facts = (more: object = {}, ...decisions: string[]) => ({
  AutomationExecutionId: ID,
  AutomationExecutionStatus: 'InProgress',
  DocumentName: 'Groundrules-ClosedGroups',
  DocumentVersion: '3',
  ExecutedBy: BOB,
  Parameters: { GroupId: ['sg-1'], Mode: ['Apply'] },
  StepExecutions: [
    step('Plan', 'aws:invokeLambdaFunction', { Planned: [planned()] }),
    step('Approve', 'aws:approve', {
      ApprovalStatus: ['Approved'],
      ApproverDecisions: decisions.length > 0 ? decisions : [decision(ALICE)],
    }),
  ],
  ...more,
});
const runsOf = (execution: unknown, more: Partial<Runs> = {}): Runs => ({
  execution: async () => execution,
  document: async () => document,
  documentHash: documentHash(document),
  approvers: [ALICE, APPROVING],
  ...more,
});
const wanted = { task: 'apply', executionId: ID, planned: planned(), accountId: ACCOUNT } as const;
const found = (execution: unknown, more: object = {}, known: Partial<Runs> = {}) =>
  planOfRun(closedGroups, { ...wanted, ...more } as never, runsOf(execution, known));

describe('an approval is found', () => {
  const session = `arn:aws:sts::${ACCOUNT}:assumed-role/approving/carol`;
  const cases: [situation: string, execution: object, more?: object][] = [
    ['by the ARN of a user', facts()],
    ["by a user's name alone", facts({}, decision('alice'))],
    ['by who has assumed the role', facts({}, decision(session))],
    ['by the ARN of the role', facts({}, decision(APPROVING))],
    ['beside one that does not count', facts({}, decision(BOB), decision(ALICE))],
    ['in one list of all decisions', facts({}, `[${decision(BOB)},${decision(ALICE)}]`)],
    ['in another word', facts({}, decision(ALICE, 'Approved'))],
    ['when SSM hands the plan on as what it says', facts(), { planned: JSON.parse(planned()) }],
    [
      'for an undo',
      facts({
        Parameters: { GroupId: ['sg-1'], Mode: ['Undo'] },
        StepExecutions: [
          step('PlanUndo', 'aws:invokeLambdaFunction', { Planned: [planned()] }),
          step('ApproveUndo', 'aws:approve', {
            ApprovalStatus: ['Approved'],
            ApproverDecisions: [decision(ALICE)],
          }),
        ],
      }),
      { task: 'restore' },
    ],
  ];
  test.each(cases)('%s', async (_situation, execution, more = {}) => {
    expect(await found(execution, more)).toEqual(JSON.parse(planned()));
  });

  test('where the deployment names its documents otherwise, and under no other name then', async () => {
    const other = facts({ DocumentName: 'Acme-ClosedGroups' });
    expect(await found(other, {}, { namePrefix: 'acme' })).toBeDefined();
    await expect(found(facts(), {}, { namePrefix: 'acme' })).rejects.toThrow(/DocumentName/);
    await expect(found(other)).rejects.toThrow(/DocumentName/);
  });

  test('where CloudFormation wrote the document otherwise', async () => {
    const [approve] = document.mainSteps;
    const mainSteps = [
      { isEnd: 'false', timeoutSeconds: '86400', action: approve?.action, name: approve?.name },
    ];
    const { parameters, schemaVersion } = document;
    expect(
      await found(facts(), {}, { document: async () => ({ mainSteps, parameters, schemaVersion }) }),
    ).toBeDefined();
  });
});

describe('nothing is approved', () => {
  const withSteps = (...steps: object[]) => facts({ StepExecutions: steps });
  const [plan, approve] = facts().StepExecutions as [object, object];
  const cases: [
    situation: string,
    execution: unknown,
    message: RegExp,
    more?: object,
    known?: Partial<Runs>,
  ][] = [
    ['without an execution', facts(), /executionId is missing/, { executionId: undefined }],
    ['for an execution that is none', facts(), /executionId is missing/, { executionId: 'x' }],
    ['where SSM knows no such execution', undefined, /Invalid input/],
    ['of another execution', facts({ AutomationExecutionId: ID.replace('e', 'f') }), /AutomationExecutionId/],
    ...['Success', 'Failed', 'Cancelled', 'TimedOut', 'Waiting', 'Pending'].map(
      (AutomationExecutionStatus): (typeof cases)[number] => [
        `by an execution that is ${AutomationExecutionStatus}`,
        facts({ AutomationExecutionStatus }),
        /AutomationExecutionStatus/,
      ],
    ),
    ['by a child of another', facts({ ParentAutomationExecutionId: ID }), /ParentAutomationExecutionId/],
    ['where SSM leaves steps out', facts({ StepExecutionsTruncated: true }), /StepExecutionsTruncated/],
    ['by another document', facts({ DocumentName: 'Groundrules-S3Public' }), /DocumentName/],
    [
      'by a document of the same name that another account shares',
      facts({ DocumentName: `arn:aws:ssm:us-east-1:999988887777:document/Groundrules-ClosedGroups` }),
      /DocumentName/,
    ],
    [
      'by another text of the document',
      facts(),
      /DocumentVersion/,
      {},
      { document: async () => ({ ...document, mainSteps: [] }) },
    ],
    [
      'by a document that SSM does not show',
      facts(),
      /ssm:GetDocument: Error: denied/,
      {},
      { document: () => Promise.reject(new Error('denied')) },
    ],
    [
      'where SSM does not answer',
      facts(),
      /ssm:GetAutomationExecution: Error: denied/,
      {},
      { execution: () => Promise.reject(new Error('denied')) },
    ],
    [
      'where the deployment says nothing of the document',
      facts(),
      /DocumentVersion/,
      {},
      { documentHash: '' },
    ],
    ['for a preview', facts({ Parameters: { GroupId: ['sg-1'], Mode: ['Preview'] } }), /Parameters\.Mode/],
    ['for an undo, when it was to apply', facts(), /Parameters\.Mode/, { task: 'restore' }],
    [
      'for another resource',
      facts({ Parameters: { GroupId: ['sg-2'], Mode: ['Apply'] } }),
      /Parameters\.GroupId is \["sg-2"\], and the plan is for "sg-1"/,
    ],
    [
      'for two resources',
      facts({ Parameters: { GroupId: ['sg-1', 'sg-2'], Mode: ['Apply'] } }),
      /Parameters\.GroupId/,
    ],
    ['for another plan', facts(), /planned is not/, { planned: planned({ changes: ['all'] }) }],
    [
      'for the same plan of another resource',
      facts(),
      /planned is not/,
      { planned: planned({ resourceId: 'sg-2' }) },
    ],
    ['without a plan', facts(), /planned is not/, { planned: undefined }],
    ['where nothing was planned', withSteps(approve), /the step Plan has not succeeded/],
    ['where it was planned twice', withSteps(plan, plan, approve), /the step Plan has not succeeded/],
    [
      'where the plan failed',
      withSteps({ ...plan, StepStatus: 'Failed' }, approve),
      /the step Plan has not succeeded/,
    ],
    [
      'where another kind of step is called Plan',
      withSteps({ ...plan, Action: 'aws:executeScript' }, approve),
      /the step Plan/,
    ],
    ['before anybody was asked', withSteps(plan), /no aws:approve step has succeeded/],
    [
      'while the question stands',
      withSteps(plan, { ...approve, StepStatus: 'Waiting' }),
      /no aws:approve step/,
    ],
    ['where it was rejected', withSteps(plan, { ...approve, StepStatus: 'Failed' }), /no aws:approve step/],
    [
      'by a step that only looks like an approval',
      withSteps(plan, { ...approve, Action: 'aws:pause' }),
      /no aws:approve step/,
    ],
    [
      'by nobody',
      withSteps(plan, { ...approve, Outputs: { ApprovalStatus: ['Approved'] } }),
      /nobody approved it/,
    ],
    ['by who started it', facts({ ExecutedBy: ALICE }), /ExecutedBy|somebody else has to approve/],
    [
      'by who started it, by name',
      facts({ ExecutedBy: ALICE }, decision('alice')),
      /somebody else has to approve/,
    ],
    [
      'by who started it, in another session of the role',
      facts(
        { ExecutedBy: `arn:aws:sts::${ACCOUNT}:assumed-role/approving/one` },
        decision(`arn:aws:sts::${ACCOUNT}:assumed-role/approving/two`),
      ),
      /somebody else has to approve/,
    ],
    ['where nobody knows who started it', facts({ ExecutedBy: undefined }), /ExecutedBy is undefined/],
    [
      'where the account itself started it',
      facts({ ExecutedBy: `arn:aws:iam::${ACCOUNT}:root` }),
      /nobody knows who started/,
    ],
    ['by somebody whom the settings do not name', facts({}, decision(BOB)), /whom the settings do not name/],
    [
      'by a namesake in another account',
      facts({}, decision('arn:aws:iam::999988887777:user/security/alice')),
      /whom the settings do not name/,
    ],
    [
      'by a role with the name of a user',
      facts({}, decision(`arn:aws:iam::${ACCOUNT}:role/alice`)),
      /whom the settings do not name/,
    ],
    ['by who said no', facts({}, decision(ALICE, 'Reject')), /nobody approved it/],
    ['by words that are no decision', facts({}, 'alice', '{"Approver":', '[]', 'null'), /nobody approved it/],
    ['where the settings name nobody', facts(), /the settings name nobody/, {}, { approvers: [] }],
  ];
  test.each(cases)('%s', async (_situation, execution, message, more = {}, known = {}) => {
    await expect(found(execution, more, known)).rejects.toMatchObject({
      code: 'NotApproved',
      message: expect.stringMatching(/^nothing was changed, because it is not approved: /),
    });
    await expect(found(execution, more, known)).rejects.toThrow(message);
  });

  test('where any field of what SSM says is another', async () => {
    const taken: string[] = [];
    let tried = 0;
    for (const { path, what, value } of mutations(JSON.parse(JSON.stringify(facts())))) {
      tried += 1;
      const outcome = await found(value).then(
        () => 'taken',
        ({ code }) => code,
      );
      if (outcome === 'NotApproved') continue;
      // Another member beside those that count.
      if (!/"more":(?:null|"x")\}$/.test(what)) taken.push(`${path} ${what}: ${outcome}`);
    }
    /** What says nothing of who approved what. */
    const idle: readonly RegExp[] = [
      // Which number a version has: its text counts.
      /^DocumentVersion becomes/,
      // Somebody else who is not the approver, either.
      /^ExecutedBy becomes "(?:x|arn:aws:iam::111122223333:user\/bo)"/,
      // Under what name somebody was asked, and whether twice.
      /^StepExecutions\[1\]\.StepName becomes "/,
      /^StepExecutions\[1\](?:\.Outputs\.ApproverDecisions\[0\])? comes twice/,
      // The same JSON with a space before or after it.
      /(?:Planned|ApproverDecisions)\[0\] becomes "(?: \{|.*\} ?")/,
    ];
    expect(taken.filter((one) => !idle.some((pattern) => pattern.test(one)))).toEqual([]);
    expect(tried).toBeGreaterThan(300);
    // What is taken says nothing of who approved what.
    note('forged', 'an execution of SSM with a field changed', { tried, believed: 0 });
  });
});

describe('a function that makes changes itself', () => {
  const fix = { ...closedGroups.fix, byFunction: CHANGES };
  const rule = { ...closedGroups, fix } as AnyRule;
  const readings = { [GROUPS]: { SecurityGroups: [described('sg-1', WORLD), described('sg-2', WORLD)] } };
  const invoke = async (event: object, known?: Runs) => {
    const changed: unknown[] = [];
    const handler = ruleHandler(
      rule,
      ({ accountId, region }) => ({
        ...memorySource(readings, { accountId, regions: [region] }),
        change: async (...call) => void changed.push(call),
      }),
      { env: { AWS_REGION: 'us-east-1' }, ...(known && { findRun: findRunIn(known) }) },
    );
    const context = { invokedFunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f` };
    const answer = await handler(event, context).catch((error: Error) => error);
    return { answer, changed };
  };
  const plan = async () => {
    const { answer } = await invoke({ task: 'plan', resourceId: 'sg-1', mode: 'Apply' });
    return (answer as unknown as { planned: string }).planned;
  };
  const agreed = (text: string) =>
    facts({
      StepExecutions: [
        step('Plan', 'aws:invokeLambdaFunction', { Planned: [text] }),
        step('Approve', 'aws:approve', {
          ApprovalStatus: ['Approved'],
          ApproverDecisions: [decision(ALICE)],
        }),
      ],
    });

  test('makes them when they are approved', async () => {
    const text = await plan();
    const { changed } = await invoke({ task: 'apply', executionId: ID, planned: text }, runsOf(agreed(text)));
    expect(changed).toEqual([
      ['ec2:RevokeSecurityGroupIngress', { id: 'sg-1' }, { GroupId: 'sg-1', CidrIp: WORLD }],
    ]);
  });

  const forged: [situation: string, event: (planned: string) => object][] = [
    ['a plain invocation', (planned) => ({ task: 'apply', planned })],
    [
      'one that makes its own plan',
      () => ({ task: 'apply', resourceId: 'sg-1', changes: [`open to ${WORLD}`] }),
    ],
    [
      'an undo of its own making',
      () => ({ task: 'restore', resourceId: 'sg-1', changes: ['x'], earlier: [{ Before: '{}' }] }),
    ],
    [
      'one with the execution, for another resource',
      (planned) => ({ task: 'apply', executionId: ID, planned: planned.replace('sg-1', 'sg-2') }),
    ],
    [
      'one with the execution, and a plan of its own',
      () => ({ task: 'apply', executionId: ID, resourceId: 'sg-1', changes: [`open to ${WORLD}`] }),
    ],
    ['one with the execution, for an undo', (planned) => ({ task: 'restore', executionId: ID, planned })],
  ];
  test.each(forged)('refuses %s', async (_situation, event) => {
    const text = await plan();
    const { answer, changed } = await invoke(event(text), runsOf(agreed(text)));
    expect([answer, changed]).toMatchObject([{ code: 'NotApproved' }, []]);
  });

  test('goes by the approved plan, whatever else the event says', async () => {
    const text = await plan();
    const event = {
      task: 'apply',
      executionId: ID,
      planned: text,
      resourceId: 'sg-2',
      changes: ['x'],
      accountId: '999988887777',
    };
    const { changed } = await invoke(event, runsOf(agreed(text)));
    expect(changed).toMatchObject([['ec2:RevokeSecurityGroupIngress', { id: 'sg-1' }, {}]]);
  });

  test('makes none where nothing can tell which run asks for it', async () => {
    const { answer, changed } = await invoke({ task: 'apply', executionId: ID, planned: await plan() });
    expect([String(answer), changed]).toEqual([
      'Error: closed-groups: nothing here can tell which run asks for it',
      [],
    ]);
  });
});

describe('a fix that needs no approval', () => {
  const fix = { ...closedGroups.fix, byFunction: { ...CHANGES, approval: false } };
  const rule = { ...closedGroups, fix } as AnyRule;
  const [plan] = facts().StepExecutions as [object];
  const unapproved = (more: object = {}) => facts({ StepExecutions: [plan], ...more });
  const ask = (execution: unknown, more: object = {}, known: Partial<Runs> = {}) =>
    planOfRun(rule, { ...wanted, ...more } as never, runsOf(execution, { approvers: [], ...known }));

  test.each([
    ['whoever started it', unapproved()],
    ['another document did', unapproved({ ParentAutomationExecutionId: ID })],
    ['nobody knows who did', unapproved({ ExecutedBy: undefined })],
  ])('goes by the run, %s', async (_situation, execution) => {
    expect(await ask(execution)).toEqual(JSON.parse(planned()));
  });

  const refused: [situation: string, execution: unknown, message: RegExp, more?: object, known?: object][] = [
    ['without an execution', unapproved(), /executionId is missing/, { executionId: undefined }],
    [
      'of another execution',
      unapproved({ AutomationExecutionId: ID.replace('e', 'f') }),
      /AutomationExecutionId/,
    ],
    ['that is over', unapproved({ AutomationExecutionStatus: 'Success' }), /AutomationExecutionStatus/],
    ['of another document', unapproved({ DocumentName: 'Groundrules-S3Public' }), /DocumentName/],
    [
      'of another text of the document',
      unapproved(),
      /DocumentVersion/,
      {},
      { document: async () => ({ ...document, mainSteps: [] }) },
    ],
    [
      'where the deployment says nothing of the document',
      unapproved(),
      /DocumentVersion/,
      {},
      { documentHash: '' },
    ],
    [
      'of a preview',
      unapproved({ Parameters: { GroupId: ['sg-1'], Mode: ['Preview'] } }),
      /Parameters\.Mode/,
    ],
    ['that applies, for an undo', unapproved(), /Parameters\.Mode/, { task: 'restore' }],
    ['before it has planned', facts({ StepExecutions: [] }), /the step Plan has not succeeded/],
    ['whose plan failed', facts({ StepExecutions: [{ ...plan, StepStatus: 'Failed' }] }), /the step Plan/],
    ['of another plan', unapproved(), /planned is not/, { planned: planned({ changes: ['all'] }) }],
    [
      'of another resource',
      unapproved({ Parameters: { GroupId: ['sg-2'], Mode: ['Apply'] } }),
      /Parameters\.GroupId/,
    ],
    ['where SSM leaves steps out', unapproved({ StepExecutionsTruncated: true }), /StepExecutionsTruncated/],
  ];
  test.each(refused)('refuses a run %s', async (_situation, execution, message, more = {}, known = {}) => {
    await expect(ask(execution, more, known)).rejects.toMatchObject({
      code: 'NotApproved',
      message: expect.stringMatching(/^nothing was changed, because no run of the document asks for it: /),
    });
    await expect(ask(execution, more, known)).rejects.toThrow(message);
  });
});

describe('a run that is to be taken back, of a fix whose changes the function makes', () => {
  const fix = { ...closedGroups.fix, byFunction: { ...CHANGES, approval: false } };
  const rule = { ...closedGroups, fix } as AnyRule;
  const resource = { type: 'AWS::EC2::SecurityGroup', id: 'sg-1' };
  const Before = JSON.stringify({ rule: rule.id, resource, stage: 'Report', state: [WORLD] });
  const readings = { [GROUPS]: { SecurityGroups: [described('sg-1')] } };
  const asked: string[] = [];
  const undo = (version: string | undefined, known: Partial<Runs> = {}, of: AnyRule = rule) =>
    ruleHandler(of, ({ accountId, region }) => memorySource(readings, { accountId, regions: [region] }), {
      env: { AWS_REGION: 'us-east-1' },
      findRun: findRunIn(
        runsOf(undefined, {
          document: async (name, version) => {
            asked.push(`${name} ${version}`);
            return version === '3' ? document : { ...document, mainSteps: [] };
          },
          ...known,
        }),
      ),
    })(
      {
        task: 'undo',
        resourceId: 'sg-1',
        earlier: [{ Before }],
        execution: { document: 'Groundrules-ClosedGroups', status: 'Success', version },
      },
      { invokedFunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f` },
    );
  beforeEach(() => void asked.splice(0));

  test('counts where its text is the one that the function was deployed with', async () => {
    expect(await undo('3')).toMatchObject({ resource });
    expect(asked).toEqual(['Groundrules-ClosedGroups 3']);
  });

  test.each<[situation: string, version: string | undefined, known: Partial<Runs>, message: RegExp]>([
    ['was of another text', '4', {}, /DocumentVersion is "4".*take back by hand what that run made$/],
    ['has no version', undefined, {}, /DocumentVersion is missing/],
    ['is of a version that is gone', '3', { document: () => Promise.reject(new Error('gone')) }, /gone/],
    ['cannot be compared', '3', { documentHash: '' }, /DocumentVersion is "3"/],
  ])('counts for nothing where it %s', async (_situation, version, known, message) => {
    await expect(undo(version, known)).rejects.toMatchObject({
      code: 'OtherExecution',
      message: expect.stringMatching(message),
    });
  });

  test('counts whatever its text was where the steps make the changes, which any text could', async () => {
    expect(await undo('4', {}, closedGroups)).toMatchObject({ resource });
    expect(asked).toEqual([]);
  });
});

describe('what SSM is asked', () => {
  const ssm = mockClient(SSMClient);
  const known = (env: Readonly<Record<string, string>> = {}) =>
    ssmRuns({ client: new SSMClient({ region: 'us-east-1' }), env });
  beforeEach(() => void ssm.reset());

  test('the execution, and the version of the document that it runs, as JSON', async () => {
    ssm
      .on(GetAutomationExecutionCommand, { AutomationExecutionId: ID })
      .resolves({ AutomationExecution: facts() as never });
    ssm
      .on(GetDocumentCommand, {
        Name: 'Groundrules-ClosedGroups',
        DocumentVersion: '3',
        DocumentFormat: 'JSON',
      })
      .resolves({ Content: JSON.stringify(document) });
    const env = {
      GROUNDRULES_DOCUMENT_SHA256: documentHash(document),
      GROUNDRULES_APPROVERS: JSON.stringify([ALICE]),
    };
    expect(await planOfRun(closedGroups, wanted, known(env))).toEqual(JSON.parse(planned()));
    await expect(planOfRun(closedGroups, wanted, known({}))).rejects.toMatchObject({
      code: 'NotApproved',
    });
  });

  test.each([
    ['nothing', undefined],
    ['a list', '[]'],
    ['no JSON', '{'],
  ])('a document with %s for a text is none', async (_situation, Content) => {
    ssm.on(GetDocumentCommand).resolves(Content === undefined ? {} : { Content });
    await expect(known().document('x', '1')).rejects.toThrow(/JSON/);
  });

  test.each(['alice', '{}', '[1]', '"x"'])('approvers that are %s stop the function', (text) => {
    expect(() => known({ GROUNDRULES_APPROVERS: text })).toThrow();
  });
});
