/** The state machine of a fleet in the Amazon States Language (https://states-language.net). */
import { MAP_FOLDER } from './layout.ts';

export interface MachineOptions {
  readonly partition: string;
  readonly bucket: string;
  /** The functions, by their ARNs. */
  readonly accounts: string;
  readonly judge: string;
  readonly report: string;
  readonly maxConcurrency: number;
  readonly toleratedFailurePercentage: number;
  /** The function's own, of the longest account. */
  readonly timeoutSeconds: number;
}

/** What Lambda itself says when it is busy, and what may go another way the next time. */
const BUSY = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

/** The report's function's own. */
const REPORT_SECONDS = 900;

const retries = () => [
  {
    ErrorEquals: BUSY,
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 8,
    MaxDelaySeconds: 120,
    JitterStrategy: 'FULL',
  },
  {
    ErrorEquals: ['States.TaskFailed'],
    IntervalSeconds: 30,
    BackoffRate: 3,
    MaxAttempts: 2,
    JitterStrategy: 'FULL',
  },
];

/**
 * `Accounts` lists them, `Judge` maps over the list with an execution of its own for each, and `Report` ends the run, also where
 * more accounts failed than may. `Pages` maps over those of the report that it had no time for, and `Contents` lists them. Then the execution fails, after it has said what there is.
 */
export const definitionOf = (options: MachineOptions): object => ({
  Comment: 'Groundrules: judges the accounts of an organization',
  StartAt: 'Accounts',
  States: {
    Accounts: {
      Type: 'Task',
      Resource: `arn:${options.partition}:states:::lambda:invoke`,
      Parameters: {
        FunctionName: options.accounts,
        Payload: { 'started.$': '$$.Execution.StartTime', 'run.$': '$$.Execution.Name' },
      },
      OutputPath: '$.Payload',
      TimeoutSeconds: 900,
      Retry: retries(),
      Next: 'Judge',
    },
    Judge: accountsOf(options),
    Report: {
      Type: 'Task',
      Resource: `arn:${options.partition}:states:::lambda:invoke`,
      Parameters: { FunctionName: options.report, 'Payload.$': '$' },
      ResultSelector: {
        'run.$': '$.Payload.line',
        'pagesLeft.$': '$.Payload.pagesLeft',
        'pagesKey.$': '$.Payload.pagesKey',
      },
      ResultPath: '$.ended',
      TimeoutSeconds: REPORT_SECONDS,
      Retry: retries(),
      Next: 'PagesLeft',
    },
    PagesLeft: {
      Type: 'Choice',
      Choices: [{ Variable: '$.ended.pagesLeft', NumericGreaterThan: 0, Next: 'Pages' }],
      Default: 'Ended',
    },
    Pages: pagesOf(options),
    Contents: {
      Type: 'Task',
      Resource: `arn:${options.partition}:states:::lambda:invoke`,
      Parameters: {
        FunctionName: options.report,
        Payload: { step: 'contents', 'day.$': '$.day', 'started.$': '$.started' },
      },
      ResultSelector: { 'report.$': '$.Payload' },
      ResultPath: '$.listed',
      TimeoutSeconds: REPORT_SECONDS,
      Retry: retries(),
      Next: 'Ended',
    },
    Ended: {
      Type: 'Choice',
      Choices: [{ Variable: '$.failure', IsPresent: true, Next: 'Failed' }],
      Default: 'Done',
    },
    Failed: {
      Type: 'Fail',
      Error: 'Groundrules.MapFailed',
      Cause:
        'The map ended early: more accounts failed than organization.fleet.toleratedFailurePercentage lets, or the list could not be read. The accounts that it did not come to are "could not tell" in the results.',
    },
    Done: { Type: 'Succeed' },
  },
});

interface Over {
  /** Where the key of the list is said. */
  readonly key: string;
  /** What is done to each, and by which function. */
  readonly step: string;
  readonly by: string;
  readonly timeoutSeconds: number;
}

/** A Distributed Map over a list in the bucket: an execution of its own for each item, which calls a function. */
const mapOver = ({ partition, bucket }: MachineOptions, { key, step, by, timeoutSeconds }: Over) => ({
  Type: 'Map',
  ItemReader: {
    Resource: `arn:${partition}:states:::s3:getObject`,
    ReaderConfig: { InputType: 'JSON' },
    Parameters: { Bucket: bucket, 'Key.$': key },
  },
  ItemProcessor: {
    // A function may take fifteen minutes, and an express execution five.
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: step,
    States: {
      [step]: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::lambda:invoke`,
        Parameters: { FunctionName: by, 'Payload.$': '$' },
        OutputPath: '$.Payload',
        TimeoutSeconds: timeoutSeconds + 60,
        Retry: retries(),
        End: true,
      },
    },
  },
  ResultWriter: {
    Resource: `arn:${partition}:states:::s3:putObject`,
    Parameters: { Bucket: bucket, Prefix: MAP_FOLDER },
  },
});

function accountsOf(options: MachineOptions) {
  const { judge, maxConcurrency, toleratedFailurePercentage, timeoutSeconds } = options;
  return {
    ...mapOver(options, { key: '$.key', step: 'JudgeAccount', by: judge, timeoutSeconds }),
    Label: 'Accounts',
    ItemSelector: { 'day.$': '$.day', 'run.$': '$.run', 'account.$': '$$.Map.Item.Value' },
    MaxConcurrency: maxConcurrency,
    ToleratedFailurePercentage: toleratedFailurePercentage,
    ResultPath: '$.map',
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Report' }],
    Next: 'Report',
  };
}

/** Pages at a time: each reads the lines of its accounts, and holds itself in memory. */
const PAGES = 20;

/** A page that cannot be made has no link in the list, and is no reason to leave the others. */
const pagesOf = (options: MachineOptions) => ({
  ...mapOver(options, {
    ...{ key: '$.ended.pagesKey', step: 'WritePage', by: options.report },
    timeoutSeconds: REPORT_SECONDS,
  }),
  Label: 'Pages',
  ItemSelector: { step: 'page', 'day.$': '$.day', 'file.$': '$$.Map.Item.Value.file' },
  MaxConcurrency: PAGES,
  ToleratedFailurePercentage: 100,
  ResultPath: '$.pages',
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.pagesFailure', Next: 'Contents' }],
  Next: 'Contents',
});
