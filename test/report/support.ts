import { Writable } from 'node:stream';
import type { Header, Result, ResultError, Summary } from '../../report/result.ts';

export const header: Header = {
  generatedAt: new Date('2026-11-22T08:00:00Z'),
  accountIds: ['111122223333'],
  rules: ['sg-open-ports'],
  now: new Date('2026-11-20T00:00:00Z'),
  sample: false,
  settings: null,
  controls: { judged: 3, all: 20 },
};

export const result = (more: Partial<Result> = {}): Result => ({
  rule: 'sg-open-ports',
  accountId: '111122223333',
  region: 'us-east-1',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-0a1b2c3d4e5f60001',
  resourceName: 'web',
  compliance: 'NON_COMPLIANT',
  severity: 'HIGH',
  annotation: 'tcp 22 open to 0.0.0.0/0',
  findings: [],
  findingId: `sg-open-ports/111122223333/us-east-1/AWS::EC2::SecurityGroup/${more.resourceId ?? 'sg-0a1b2c3d4e5f60001'}/openPorts`,
  controls: [
    { id: 'sg-open-ports', title: 'Security groups let the internet in where it is meant to come in only' },
  ],
  frameworks: { 'CIS-AWS-5.0': ['5.2', '5.3'] },
  fix: `groundrules remediate sg-open-ports ${more.resourceId ?? 'sg-0a1b2c3d4e5f60001'} --region us-east-1`,
  page: 'rules/sg-open-ports/README.md',
  ...more,
});

export const error = (more: Partial<ResultError> = {}): ResultError => ({
  rule: 's3-public',
  accountId: '111122223333',
  region: 'us-east-1',
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'moonjar-sealed',
  code: 'AccessDenied',
  api: 's3:GetBucketPolicy',
  message: 's3:GetBucketPolicy of moonjar-sealed: Access Denied',
  findingId: `s3-public/111122223333/us-east-1/AWS::S3::Bucket/${more.resourceId ?? 'moonjar-sealed'}/couldNotTell`,
  ...more,
});

export const summary = (more: Partial<Summary> = {}): Summary => ({
  compliant: 0,
  nonCompliant: 0,
  notApplicable: 0,
  errors: 0,
  severities: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
  waived: 0,
  waivers: null,
  failing: 0,
  failOn: 'LOW',
  onError: 'fail',
  ...more,
});

export interface Sink extends Writable {
  /** All that was written. */
  readonly text: () => string;
  /** How many times. */
  readonly writes: () => number;
  /** The most that ever waited to be taken, in bytes. */
  readonly mostWaiting: () => number;
}

/** A stream that takes what comes; after a pause each time, when it is a slow one. */
export function sink({ slow = false, keep = true } = {}): Sink {
  const chunks: string[] = [];
  let writes = 0;
  let most = 0;
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      writes++;
      most = Math.max(most, stream.writableLength);
      if (keep) chunks.push(chunk);
      if (slow) setImmediate(done);
      else done();
    },
  });
  return Object.assign(stream, {
    text: () => chunks.join(''),
    writes: () => writes,
    mostWaiting: () => most,
  });
}
