/** The preflight command in a process of its own, on moto: an account that has nothing, and one that is made ready. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { BIN, built, groundrules } from '../support/command.ts';
import { useMoto } from './support/moto.ts';

jest.setTimeout(120_000);
const moto = useMoto();

let project: string;
beforeAll(() => {
  built(BIN, 'cli');
  project = mkdtempSync(join(tmpdir(), 'groundrules-preflight-'));
  writeFileSync(join(project, 'groundrules.config.json'), '{ "homeRegion": "us-east-1" }');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const run = (...args: string[]) =>
  groundrules(['preflight', ...args], { cwd: project, env: { ...moto.environment(), COLUMNS: '160' } });

/** What stands between an empty account and the first deployment. */
async function makeReady(): Promise<void> {
  await new S3Client({ ...moto.client(), forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'config' }),
  );
  const config = new ConfigServiceClient(moto.client());
  await config.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: {
        name: 'default',
        roleARN: 'arn:aws:iam::123456789012:role/config',
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      },
    }),
  );
  await config.send(
    new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: 'config' } }),
  );
  await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
  await new SSMClient(moto.client()).send(
    new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '28', Type: 'String' }),
  );
}

test('an account that has nothing: each finding with the command that mends it', async () => {
  const { status, stdout } = await run();
  expect(status).toBe(1);
  expect(stdout).toMatch(/ERROR +recorder +us-east-1 +AWS Config has no recorder/);
  expect(stdout).toMatch(/ERROR +bootstrap +us-east-1 +the CDK is not bootstrapped/);
  expect(stdout).toContain('npx cdk bootstrap aws://123456789012/us-east-1');
  expect(stdout).toMatch(/^2 errors, 2 could not be told, /m);
});

/** moto has neither conformance packs nor Lambda's account settings: test/deploy/preflight.test.ts has AWS's answers. */
const NOT_PLAYED = ['names', 'concurrency'];

test('an account that is ready, also for programs; what nobody answers is not taken for fine', async () => {
  await makeReady();
  const { status, stdout } = await run('--format', 'json');
  const { findings, summary } = JSON.parse(stdout);
  const levels = findings.map(({ check, level }: { check: string; level: string }) => [check, level]);
  expect(Object.fromEntries(levels)).toEqual({
    recorder: 'ok',
    bootstrap: 'ok',
    rules: 'ok',
    ...Object.fromEntries(NOT_PLAYED.map((check) => [check, 'unknown'])),
  });
  expect([status, summary]).toEqual([2, { error: 0, unknown: 2, warning: 0, ok: 3 }]);
});

test('deploy looks first, and makes nothing where it cannot succeed', async () => {
  const { status, stdout, stderr } = await groundrules(['deploy', '--require-approval', 'never'], {
    cwd: project,
    env: moto.environment(),
  });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/AWS Config has no recorder[\s\S]*nothing was deployed.*--no-preflight/);
});
