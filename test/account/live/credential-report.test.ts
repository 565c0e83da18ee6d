import {
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  IAMClient,
  IAMServiceException,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { liveSource } from '../../../account/live/source.ts';
import { asksIn } from '../../../account/services/gather.ts';
import * as iam from '../../../account/services/iam/live.ts';
import { readingOf } from '../../support/readings.ts';

const aws = mockClient(IAMClient);
beforeEach(() => aws.reset());

const fault = (Code: string) =>
  Object.assign(
    new IAMServiceException({
      name: `${Code}Exception`,
      message: `${Code}!`,
      $fault: 'client',
      $metadata: { httpStatusCode: 410 },
    }),
    { Code },
  );

/** Reads the report from an AWS that says these things, one after another; the last of each for ever. */
async function read(says: { generate: (string | Error)[]; get: (string | Error)[] }) {
  const next = (list: (string | Error)[]) => () => {
    const one = (list.length > 1 ? list.shift() : list[0]) as string | Error;
    if (one instanceof Error) throw one;
    return one;
  };
  const generate = next([...says.generate]);
  const get = next([...says.get]);
  aws.on(GenerateCredentialReportCommand).callsFake(() => ({ State: generate() }));
  aws.on(GetCredentialReportCommand).callsFake(() => ({ Content: new TextEncoder().encode(get()) }));
  const waits: number[] = [];
  const source = liveSource({
    accountId: '111122223333',
    regions: ['us-east-1'],
    asks: asksIn({ iam }),
    sleep: async (milliseconds) => waits.push(milliseconds),
  });
  const outcome = await source.ask(readingOf('iam:GetCredentialReport')).catch((error: Error) => error);
  return { outcome, waits, generated: aws.commandCalls(GenerateCredentialReportCommand).length };
}

const REPORT = 'user,arn\n<root_account>,arn:aws:iam::111122223333:root\n';

describe('the credential report', () => {
  const cases: [situation: string, says: Parameters<typeof read>[0], waits: number[]][] = [
    ['a fresh one is there', { generate: ['COMPLETE'], get: [REPORT] }, []],
    [
      'it has to be made first',
      { generate: ['STARTED', 'INPROGRESS', 'INPROGRESS', 'COMPLETE'], get: [REPORT] },
      [500, 1000, 2000],
    ],
    [
      'it runs out between the two calls',
      { generate: ['COMPLETE', 'STARTED', 'COMPLETE'], get: [fault('ReportExpired'), REPORT] },
      [500, 1000],
    ],
    [
      'it is still being made although Generate says COMPLETE',
      { generate: ['COMPLETE'], get: [fault('ReportInProgress'), REPORT] },
      [500],
    ],
    [
      'others asked for too many, and one is there',
      { generate: [fault('LimitExceeded')], get: [REPORT] },
      [],
    ],
    [
      'others asked for too many, and theirs is not ready',
      {
        generate: [fault('LimitExceeded')],
        get: [fault('ReportNotPresent'), fault('ReportInProgress'), REPORT],
      },
      [500, 1000],
    ],
  ];
  test.each(cases)('%s', async (_situation, says, waits) => {
    expect(await read(says)).toMatchObject({ outcome: REPORT, waits });
  });

  test('is given up on after about two minutes', async () => {
    const { outcome, waits } = await read({ generate: ['INPROGRESS'], get: [REPORT] });
    expect(outcome).toMatchObject({
      name: 'AccountError',
      code: 'CredentialReportNotReady',
      message: expect.stringMatching(/^iam:GetCredentialReport: .*Try again/),
    });
    const seconds = waits.reduce((sum, wait) => sum + wait, 0) / 1000;
    expect(seconds).toBeGreaterThan(110);
    expect(seconds).toBeLessThan(130);
  });

  test('that may not be made is an error that names both permissions', async () => {
    const { outcome, generated } = await read({ generate: [fault('AccessDenied')], get: [REPORT] });
    expect(outcome).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(/Allow iam:GenerateCredentialReport and iam:GetCredentialReport/),
    });
    expect(generated).toBe(1);
  });

  test('that may be made but not read is an error', async () => {
    const { outcome } = await read({ generate: ['COMPLETE'], get: [fault('AccessDenied')] });
    expect(outcome).toMatchObject({ code: 'AccessDenied' });
  });
});
