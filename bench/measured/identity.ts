// Runs in a process of its own: judges an account by every identity rule, as one `evaluate` does. The pages of the authorization
// answer come from files, one by one, as a live account gives them. Prints how long that took, by part.
import { readFileSync } from 'node:fs';
import { readAccount } from '../../account/open.ts';
import { instances } from '../../account/services/ec2/readings.ts';
import { authorizationDetails, credentialReport } from '../../account/services/iam/readings.ts';
import type { Source } from '../../account/source.ts';
import adminPrincipalExists from '../../rules/admin-principal-exists/rule.ts';
import ec2RoleLeastPrivilege from '../../rules/ec2-role-least-privilege/rule.ts';
import { evaluate } from '../../rules/evaluate.ts';
import iamMfaEnforced from '../../rules/iam-mfa-enforced/rule.ts';
import iamPolicyConditions from '../../rules/iam-policy-conditions/rule.ts';
import iamS3AdminRestricted from '../../rules/iam-s3-admin-restricted/rule.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { AnyRule } from '../../rules/rule.ts';

const RULES: readonly AnyRule[] = [
  adminPrincipalExists,
  iamMfaEnforced,
  iamPolicyConditions,
  iamS3AdminRestricted,
  ec2RoleLeastPrivilege,
];
const [, , report = '', instancesFile = '', ...files] = process.argv;

let asked = 0;
const source: Source = {
  accountId: '123456789012',
  regions: ['us-east-1'],
  async read(reading) {
    if (reading === instances) return JSON.parse(readFileSync(instancesFile, 'utf8'));
    if (reading !== credentialReport) throw new Error(`${reading.api} is not measured`);
    return credentialReport.text(readFileSync(report, 'utf8'));
  },
  async *pages() {
    asked++;
    for (const file of files) yield JSON.parse(readFileSync(file, 'utf8'));
  },
};

/** How long something takes, in seconds: by the clock, and of the processor. */
async function timed(work: () => Promise<void>) {
  const [clock, processor] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(processor);
  return { clock: (performance.now() - clock) / 1e3, processor: (user + system) / 1e6 };
}

const account = readAccount(source);
const took: Record<string, { clock: number; processor: number }> = {
  'to take the pages': await timed(async () => void (await account.read(authorizationDetails))),
};
const verdicts: Record<string, Record<string, number>> = {};
for (const rule of RULES) {
  const counts: Record<string, number> = {};
  const context = { now: new Date('2026-11-22T00:00:00Z') };
  took[rule.id] = await timed(async () => {
    for await (const { compliance = 'could not tell' } of evaluate(
      rule,
      account,
      parseParameters(rule) as never,
      context,
    )) {
      counts[compliance] = (counts[compliance] ?? 0) + 1;
    }
  });
  verdicts[rule.id] = counts;
}
console.log(JSON.stringify({ asked, took, verdicts }));
