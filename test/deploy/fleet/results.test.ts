import { accountsKey, reportKey, resultsKey, runKey } from '../../../deploy/fleet/layout.ts';
import { packed } from '../../../deploy/fleet/lines.ts';
import { weeklySummary } from '../../../deploy/organization/weekly.ts';
import { toResult } from '../../../report/result.ts';
import { type Said, unjudged } from '../../../report/said.ts';
import { rules } from '../../../rules/index.ts';
import type { AnyRule, Compliance } from '../../../rules/rule.ts';
import { memoryStore, silent } from './support.ts';

const GROUPS = rules.find(({ id }) => id === 'sg-open-ports') as AnyRule;
const BLUE = { id: '111111111111', name: 'blue', units: [] };
const SHUT = { id: '222222222222', name: 'shut', units: [] };
const JOINED = { id: '333333333333', name: 'joined', units: [] };
const group = (id: string, compliance: Compliance): Said => {
  const resource = { type: 'AWS::EC2::SecurityGroup', id, region: 'eu-west-1' };
  return { result: toResult(GROUPS, BLUE.id, { compliance, resource, findings: [] }) };
};

async function mailed(time: string) {
  const store = memoryStore();
  const day = async (name: string, blue: readonly Said[], isWhole = true) => {
    const at = `${name}T02:23:00.000Z`;
    const of = { run: name, asOf: at, judgedAt: at, regions: [] };
    const shut = unjudged(SHUT.id, [GROUPS], new Error('denied'));
    const put = async (account: typeof BLUE, said: readonly Said[], entered: boolean) =>
      store.put(resultsKey(name, account.id), await packed({ account, said, entered, ...of }), 'x');
    await put(BLUE, blue, true);
    await put(SHUT, shut, false);
    await store.put(accountsKey(name), JSON.stringify([BLUE, SHUT]), 'x');
    if (isWhole) await store.put(runKey(name), '{}', 'x');
  };
  await day('2026-11-21', [group('sg-a', 'NON_COMPLIANT'), group('sg-b', 'NON_COMPLIANT')]);
  await day('2026-11-25', [group('sg-b', 'COMPLIANT')]);
  await day('2026-11-29', [
    ...[group('sg-a', 'NON_COMPLIANT'), group('sg-b', 'COMPLIANT'), group('sg-c', 'NON_COMPLIANT')],
  ]);
  // A second run of the day is under way, and has not come to an account that has joined.
  await store.put(accountsKey('2026-11-29'), JSON.stringify([BLUE, SHUT, JOINED]), 'x');
  await store.put(reportKey('2026-11-29'), '', 'text/html');
  await day('2026-11-30', [], false);
  const mails: { Subject?: string; Message?: string }[] = [];
  const refuse = { send: () => Promise.reject(new Error('nobody asks')) };
  const handler = weeklySummary({
    config: refuse as never,
    organizations: refuse as never,
    sns: { send: async ({ input }: { input: object }) => mails.push(input) } as never,
    store: () => store,
    log: silent,
  });
  await handler({
    ...{
      time,
      aggregator: 'groundrules',
      packPrefix: 'groundrules-',
      topicArn: 'arn:aws:sns:x',
      results: true,
    },
    controls: { CRITICAL: [], HIGH: [], MEDIUM: [], LOW: [] },
  });
  return mails[0];
}

test('the mail is made of the newest whole day, and says what has changed since a week before', async () => {
  const mail = await mailed('2026-11-30T06:23:00Z');
  expect(mail?.Subject).toBe('Groundrules: 1 of 1 account with results fail a rule');
  expect(mail?.Message).toContain('from the results of 2026-11-29.');
  expect(mail?.Message).toContain('Since 2026-11-21: 1 new failure, 1 fixed.');
  expect(mail?.Message).toContain('\nThe HTML report: s3://results/reports/day=2026-11-29/index.html\n');
  expect(mail?.Message).toMatch(/: 1 account, 2 resources/);
  expect(mail?.Message).toMatch(/111111111111 blue: 1 [A-Z]+; 0 of 1 rule pass/);
  expect(mail?.Message).toContain('(2): nobody was let in, or the function came to no end');
  expect(mail?.Message).toContain('222222222222 shut');
  expect(mail?.Message).toContain('333333333333 joined');
  expect(mail?.Message).not.toContain('aggregator');
});

test('before a run has ended it says so, and compares with nothing', async () => {
  expect((await mailed('2026-11-01T06:23:00Z'))?.Subject).toBe('Groundrules: no account has results');
  expect((await mailed('2026-11-22T06:23:00Z'))?.Message).not.toContain('Since');
  expect((await mailed('2026-11-22T06:23:00Z'))?.Message).not.toContain('The HTML report');
});
