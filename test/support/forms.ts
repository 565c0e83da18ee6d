/**
 * One situation in every form in which Groundrules can meet it: files, AWS Config's items, a change event, a schedule, and a
 * live account (the SDK, answered as AWS would).
 */
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient, PutEvaluationsCommand } from '@aws-sdk/client-config-service';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import * as s3control from '@aws-sdk/client-s3-control';
import { mockClient } from 'aws-sdk-client-mock';
import { liveSource } from '../../account/live/source.ts';
import { readAccount } from '../../account/open.ts';
import { pathOf } from '../../account/reading.ts';
import { ASKS } from '../../account/services/live.ts';
import { snapshotAccount } from '../../account/snapshot/account.ts';
import { IncompleteEvaluationError } from '../../config/judging.ts';
import { ruleHandler } from '../../lambda/handler.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { accountFolder, snapshotFile } from '../account/snapshot/support.ts';
import { change, lambdaEvent, NOW, scheduled } from '../config/support/lambda.ts';
import { Failure, judged, memorySource } from './memory.ts';
import { readingOf } from './readings.ts';

type Json = Record<string, unknown>;

/** What there is: answers of the `aws` command by path, and what AWS Config has recorded in the place of some. */
export interface Situation {
  readonly rule: AnyRule;
  readonly readings: Readonly<Json>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Configuration items, and the answers that they stand in for. */
  readonly recorded?: { readonly items: readonly Json[]; readonly insteadOf: readonly string[] };
}

/** `AWS::S3::Bucket b: COMPLIANT`, in order. */
type Verdicts = readonly string[];

/** What is said in each form; a change event only of what AWS Config has recorded. */
export async function inEveryForm(situation: Situation): Promise<Readonly<Record<string, Verdicts>>> {
  const { recorded } = situation;
  return {
    files: await byFiles(situation),
    schedule: await byFunction(situation, [scheduled]),
    live: await byLive(situation),
    ...(recorded && { items: await byItems(situation, recorded) }),
    ...(recorded &&
      situation.rule.triggers.some(({ kind }) => kind === 'change') && {
        events: await byFunction(situation, recorded.items.map(change)),
      }),
  };
}

const verdict = (type: string, id: string, compliance: string) => `${type} ${id}: ${compliance}`;

async function byFiles({ rule, readings, parameters }: Situation): Promise<Verdicts> {
  const { account } = snapshotAccount(await accountFolder(filesOf(readings)));
  return said(await judged(rule, account, { ...parameters }, { now: NOW }));
}

function byItems(situation: Situation, { items, insteadOf }: NonNullable<Situation['recorded']>) {
  const left = Object.entries(situation.readings).filter(([path]) => !insteadOf.includes(path));
  const readings = { ...Object.fromEntries(left), 'us-east-1/config/snapshot.json': snapshotFile(...items) };
  return byFiles({ ...situation, readings });
}

const filesOf = (readings: Readonly<Json>): Json => ({
  'us-east-1/README': 'a Region in view',
  ...Object.fromEntries(Object.entries(readings).filter(([, answer]) => !(answer instanceof Failure))),
  'errors.json': Object.entries(readings).flatMap(([file, answer]) =>
    answer instanceof Failure ? [{ file, code: answer.code }] : [],
  ),
});

async function byLive({ rule, readings, parameters }: Situation): Promise<Verdicts> {
  answerLikeAws(readings);
  const source = liveSource({ accountId: '111122223333', regions: ['us-east-1'], asks: ASKS });
  return said(await judged(rule, readAccount(source), { ...parameters }, { now: NOW }));
}

const config = mockClient(ConfigServiceClient);

async function byFunction({ rule, readings, parameters }: Situation, events: Json[]): Promise<Verdicts> {
  config.reset();
  config.on(PutEvaluationsCommand).resolves({ FailedEvaluations: [] });
  const doubts: string[] = [];
  for (const event of events) {
    const handler = ruleHandler(
      rule,
      ({ accountId, region }) => ({
        ...memorySource(readings, { accountId, regions: [region] }),
      }),
      {
        now: () => NOW,
        log: { info() {}, warn() {} },
        sleep: async () => {},
        env: { AWS_REGION: 'us-east-1' },
      },
    );
    const given = { ruleParameters: JSON.stringify(parameters ?? {}), resultToken: 'TESTMODE' };
    try {
      await handler(lambdaEvent(event, given));
    } catch (error) {
      if (!(error instanceof IncompleteEvaluationError)) throw error;
      doubts.push(
        ...error.unjudged.map(({ resource }) => verdict(resource.type, resource.id, 'could not tell')),
      );
    }
  }
  const evaluations = config
    .commandCalls(PutEvaluationsCommand)
    .flatMap(({ args: [{ input }] }) => input.Evaluations ?? []);
  return [
    ...evaluations.map((one) =>
      verdict(`${one.ComplianceResourceType}`, `${one.ComplianceResourceId}`, `${one.ComplianceType}`),
    ),
    ...doubts,
  ].sort();
}

const said = (all: Awaited<ReturnType<typeof judged>>): Verdicts =>
  all
    .map(({ type, id, compliance }) =>
      verdict(type, id, compliance === 'UNKNOWN' ? 'could not tell' : compliance),
    )
    .sort();

const LIVE = {
  iam: [mockClient(iam.IAMClient), iam],
  s3: [mockClient(s3.S3Client), s3],
  s3control: [mockClient(s3control.S3ControlClient), s3control],
  ec2: [mockClient(ec2.EC2Client), ec2],
  cloudtrail: [mockClient(cloudtrail.CloudTrailClient), cloudtrail],
} as const;

/** The readings that a rule may ask of a live account, and the request's field that names the resource. */
const READINGS: readonly (readonly [name: string, field?: string])[] = [
  ['iam:GetAccountSummary'],
  ['iam:ListUsers'],
  ['iam:ListVirtualMFADevices'],
  ['iam:ListAccessKeys', 'UserName'],
  ['iam:ListUserTags', 'UserName'],
  ['s3:ListBuckets'],
  ['s3:GetBucketAcl', 'Bucket'],
  ['s3:GetBucketPolicy', 'Bucket'],
  ['s3:GetBucketPolicyStatus', 'Bucket'],
  ['s3:GetPublicAccessBlock', 'Bucket'],
  ['s3:GetBucketOwnershipControls', 'Bucket'],
  ['s3:GetBucketTagging', 'Bucket'],
  ['s3:GetObjectLockConfiguration', 'Bucket'],
  ['s3control:GetPublicAccessBlock'],
  ['ec2:DescribeSecurityGroups'],
  ['ec2:DescribeManagedPrefixLists'],
  ['ec2:GetManagedPrefixListEntries', 'PrefixListId'],
  ['cloudtrail:DescribeTrails'],
];

type Commands = Readonly<Record<string, new (input: never) => never>>;
type Mock = { on(command: unknown): { callsFake(answer: (input: Json) => Promise<unknown>): void } };

function answerLikeAws(readings: Readonly<Json>): void {
  for (const [mock] of Object.values(LIVE)) mock.reset();
  for (const [name, field] of READINGS) {
    const [service = '', api = ''] = name.split(':');
    const [mock, sdk] = LIVE[service as keyof typeof LIVE];
    (mock as unknown as Mock).on((sdk as unknown as Commands)[`${api}Command`]).callsFake(async (input) => {
      const id = field === undefined ? undefined : String(input[field]);
      const answer =
        readings[pathOf(readingOf(name), { region: 'us-east-1', ...(id !== undefined && { id }) })];
      if (answer === undefined) throw fault('AccessDenied');
      if (answer instanceof Failure) throw fault(answer.code);
      if (name !== 'iam:ListVirtualMFADevices' || input.AssignmentStatus !== 'Assigned') return answer;
      const devices = (answer as { VirtualMFADevices: { User?: object }[] }).VirtualMFADevices;
      return { VirtualMFADevices: devices.filter(({ User }) => User) };
    });
  }
  const [mock] = LIVE.iam;
  mock.on(iam.GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  (mock as unknown as Mock).on(iam.GetCredentialReportCommand).callsFake(async () => {
    const report = readings['global/iam/get-credential-report.csv'];
    if (typeof report !== 'string') throw fault(report instanceof Failure ? report.code : 'AccessDenied');
    return { Content: Buffer.from(report) };
  });
}

const fault = (code: string) =>
  Object.assign(new Error(code), { name: code, $fault: 'client', $metadata: { httpStatusCode: 400 } });
