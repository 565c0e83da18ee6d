/** `groundrules remediate` in this process, against moto, in a folder of its own. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Answer } from '../../../cli/program/ask.ts';
import { openKey } from '../../../cli/remediate/key.ts';
import type { ExecutionRecord } from '../../../cli/remediate/record.ts';
import { sealed } from '../../../cli/remediate/seal.ts';
import { folderOf, removeFolders } from '../../account/snapshot/support.ts';
import { call, worldOf } from '../../cli/support.ts';
import { MOTO_ACCOUNT, useMoto } from './moto.ts';

export interface Around {
  /** What a person answers, when asked; nobody is there, when absent. */
  readonly answer?: (question: string, interrupt: () => void) => boolean | Promise<boolean>;
  /** The same for each resource of a list; as `answer`, when absent. */
  readonly choose?: (question: string, interrupt: () => void) => Answer | Promise<Answer>;
  /** What happens when the command begins to change things. */
  readonly onApply?: (interrupt: () => void) => void;
}

export const YES = { apply: true, yes: true };
export const WEBSITE = ['s3-public', 'moonjar-website'];
export const recordAt = (file: string): ExecutionRecord => JSON.parse(readFileSync(file, 'utf8'));

/** The file with other content, signed as the command would have signed it. */
export async function rewrite(file: string, content: object): Promise<void> {
  const { signature: _, ...rest } = content as Record<string, unknown>;
  writeFileSync(file, sealed(rest, await openKey()));
}

/** An evaluation's file about these buckets. */
export async function results(...buckets: (string | object)[]): Promise<string> {
  const list = buckets.map((bucket) => ({
    rule: 's3-public',
    accountId: MOTO_ACCOUNT,
    region: 'us-east-1',
    resourceType: 'AWS::S3::Bucket',
    compliance: 'NON_COMPLIANT',
    severity: 'CRITICAL',
    ...(typeof bucket === 'string' ? { resourceId: bucket } : bucket),
  }));
  const report = { schemaVersion: '1.0', results: list, errors: [] };
  return join(await folderOf({ 'results.json': report }), 'results.json');
}

/** The emulated AWS, and what a test does with it. */
export function useRemediate() {
  const moto = useMoto();
  const here = process.cwd();
  const { env } = process;
  let folder: string;
  beforeEach(async () => {
    folder = await folderOf({});
    process.chdir(folder);
    // The key that records are signed with is as much the test's own.
    Object.assign(process.env, moto.environment(), { XDG_CONFIG_HOME: join(folder, 'configuration') });
  });
  afterEach(() => {
    process.chdir(here);
    process.env = { ...env };
  });
  afterAll(removeFolders);

  const s3 = (region?: string) => new S3Client({ ...moto.client(region), forcePathStyle: true });

  /** A bucket with which anyone can do this. */
  async function publicBucket(Bucket = 'moonjar-website', region = 'us-east-1', ...Action: string[]) {
    const there =
      region === 'us-east-1'
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } };
    await s3(region).send(new CreateBucketCommand({ Bucket, ...there }));
    const Statement = [Action, 's3:GetObject'].flat().map((Action) => ({
      Effect: 'Allow',
      Principal: '*',
      Action,
      Resource: `arn:aws:s3:::${Bucket}/*`,
    }));
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await s3(region).send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }
  async function flags(Bucket = 'moonjar-website', region?: string): Promise<object | undefined> {
    try {
      const answer = await s3(region).send(new GetPublicAccessBlockCommand({ Bucket }));
      return answer.PublicAccessBlockConfiguration;
    } catch {
      return undefined;
    }
  }

  async function remediate(args: readonly string[], options: object = {}, around: Around = {}) {
    const { answer, choose, onApply } = around;
    const isThere = answer ?? choose;
    const { world, text, notes } = worldOf({
      env: process.env,
      screen: () => ({ colour: false, width: 120 }),
      ask:
        isThere &&
        ((onInterrupt) => ({
          confirm: async (question) => (await answer?.(question, onInterrupt)) ?? false,
          choose: async (question) =>
            choose?.(question, onInterrupt) ?? ((await answer?.(question, onInterrupt)) ? 'yes' : 'no'),
        })),
      onInterrupt(_, take) {
        onApply?.(() => take('SIGINT'));
        return () => {};
      },
      sleep: async () => {},
    });
    const status = await call('remediate', args, options, world);
    return { status, out: text(), notes: notes.join('\n') };
  }
  const json = async (args: readonly string[], options: object = {}, around?: Around) => {
    const { status, out, notes } = await remediate(args, { ...options, format: 'json' }, around);
    return { status, notes, report: JSON.parse(out) };
  };
  const records = () => {
    const runs = join(folder, 'groundrules-executions');
    return existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
  };

  return { moto, s3, publicBucket, flags, remediate, json, records };
}
