// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has the same placeholders.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { COMMAND } from './snapshots.ts';
import { number, printTable } from './table.ts';

/** What CloudFormation takes: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const RESOURCES = 500;
const LARGEST = 1_048_576;
const LIMIT = { seconds: 10, megabytes: 500 };
/** As many as leave the verdicts open; each is asked about once for each way that it may turn out. */
const CONDITIONS = 3;
/** How many statements a policy has, and half the rules of a group: YAML takes more room for the same. */
const [JSON_PARTS, YAML_PARTS] = [8, 5];

/** `groundrules evaluate` on templates that are nearly as large as CloudFormation takes them. */
export async function templates(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-templates-'));
  try {
    const files: [name: string, file: string, text: string][] = [
      ['JSON, all of it known', 'known.json', JSON.stringify(templateOf(JSON_PARTS))],
      ['YAML, all of it known', 'known.yaml', stringify(templateOf(YAML_PARTS))],
      [
        `JSON, ${CONDITIONS} conditions and a range open`,
        'open.json',
        JSON.stringify(templateOf(JSON_PARTS, true)),
      ],
    ];
    printTable(
      `groundrules evaluate on a template of ${RESOURCES} resources, by all rules`,
      ['', 'size, KB', 'seconds', 'processor', 'peak memory, MB', 'results', 'could not tell'],
      [
        ...files.map(([name, file, text]) => [name, ...measured(join(folder, file), text)]),
        ['limit', '', number(LIMIT.seconds), '', number(LIMIT.megabytes), '', ''],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(file: string, text: string): string[] {
  writeFileSync(file, text);
  const { size } = statSync(file);
  if (size > LARGEST) throw new Error(`${file} has ${size} bytes, which CloudFormation does not take`);
  const results = `${file}.results`;
  const usage = new URL('measured/usage.mjs', import.meta.url).href;
  const started = performance.now();
  const args = ['evaluate', file, '--format', 'json', '--output', results, '--exit-zero', '--quiet'];
  const { output, status, stderr } = spawnSync(process.execPath, ['--import', usage, COMMAND, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(stderr);
  const { processor, memory } = JSON.parse(output[3] ?? '') as { processor: number; memory: number };
  const report = JSON.parse(readFileSync(results, 'utf8')) as { results: unknown[]; errors: unknown[] };
  return [
    ...[number(size / 1024), number(seconds, 1), number(processor / 1e6, 1), number(memory / 1024)],
    ...[number(report.results.length), number(report.errors.length)],
  ];
}

/** @param isOpen whether what decides is left to parameters without a value. */
function templateOf(parts: number, isOpen = false): object {
  const range = isOpen ? { Ref: 'Range' } : '10.0.0.0/8';
  const makers = [
    (id: number) => groupOf(id, parts, range),
    (id: number) => bucketOf(id, parts),
    (id: number) => bucketPolicyOf(id, parts),
    (id: number) => roleOf(id, parts),
    (id: number) => ({ ...roleOf(id, parts), ...(isOpen && { Condition: `Is${id % CONDITIONS}` }) }),
  ];
  const resources = Array.from({ length: RESOURCES }, (_, id) => [
    `R${id}`,
    (makers[id % makers.length] as (id: number) => object)(id),
  ]);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(isOpen && {
      Parameters: { Range: { Type: 'String' }, Stage: { Type: 'String' } },
      Conditions: Object.fromEntries(
        Array.from({ length: CONDITIONS }, (_, at) => [
          `Is${at}`,
          { 'Fn::Equals': [{ Ref: 'Stage' }, `stage${at}`] },
        ]),
      ),
    }),
    Resources: Object.fromEntries(resources),
  };
}

const groupOf = (id: number, parts: number, range: unknown) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: {
    GroupDescription: `group ${id}`,
    SecurityGroupIngress: Array.from({ length: 2 * parts }, (_, at) => ({
      ...{ IpProtocol: 'tcp', FromPort: 8000 + at, ToPort: 8000 + at, CidrIp: range },
      Description: `what comes in on the port ${8000 + at} of group ${id}`,
    })),
  },
});

const bucketOf = (id: number, parts: number) => ({
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketName: { 'Fn::Sub': `data-${id}-\${AWS::AccountId}-\${AWS::Region}` },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
    Tags: Array.from({ length: 2 * parts }, (_, at) => ({
      Key: `key-${at}`,
      Value: `value ${at} of bucket ${id}`,
    })),
  },
});

/** Of the bucket before. */
const bucketPolicyOf = (id: number, parts: number) => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: { Ref: `R${id - 1}` },
    PolicyDocument: { Version: '2012-10-17', Statement: statements(id, parts, true) },
  },
});

const roleOf = (id: number, parts: number) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      {
        PolicyName: `policy-${id}`,
        PolicyDocument: { Version: '2012-10-17', Statement: statements(id, parts) },
      },
    ],
  },
});

const statements = (id: number, count: number, isOfBucket = false) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ Sid: `Statement${at}`, Effect: 'Allow' },
    ...(isOfBucket && { Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } } }),
    Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
    Resource: [
      {
        'Fn::Sub': isOfBucket
          ? `\${R${id - 1}.Arn}/part-${at}/*`
          : `arn:\${AWS::Partition}:s3:::data-${id}/part-${at}/*`,
      },
    ],
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  }));
