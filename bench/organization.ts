import { startOrganization } from './aws/organization.ts';
import { evaluated } from './evaluated.ts';
import { number, printTable } from './table.ts';

const SIZES = [250, 1_000, 4_000];

/** `groundrules evaluate --organization` of accounts that answer at once: what is left is the command's own. */
export async function organization(): Promise<void> {
  const rows: string[][] = [];
  for (const size of SIZES) {
    const { seconds, processor, megabytes, calls, failing } = await judgeOrganization(size);
    const figures = [seconds, size / seconds, (processor / size) * 1000, megabytes];
    rows.push([number(size), ...figures.map((one) => number(one, 1)), number(calls), number(failing)]);
  }
  printTable(
    'groundrules evaluate --organization, one rule, one Region, as many accounts at a time as bring more answers',
    [
      'accounts',
      'seconds',
      'a second',
      'processor, ms an account',
      'peak memory, MB',
      'calls',
      'non-compliant',
    ],
    rows,
    { note: 'AWS answers at once, in another process; an account here has one security group.' },
  );
}

/** Runs the command over so many accounts, in a process of its own. */
export async function judgeOrganization(size: number) {
  const aws = await startOrganization(size);
  const { results, ...figures } = await evaluated(
    ['--organization', '--rule', 'sg-open-ports', '--region', 'us-east-1'],
    {
      ...{ AWS_ENDPOINT_URL: aws.endpoint, AWS_REGION: 'us-east-1' },
      ...{ AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' },
    },
  );
  aws.close();
  return {
    ...figures,
    ...{ calls: aws.calls(), failing: results.summary.nonCompliant },
    accountIds: results.results.map(({ accountId }) => accountId),
  };
}
