/** `groundrules collect` in a member account of an organization, whose questions about the organization AWS does not answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StandIn, startStandIn } from '../support/aws/stand-in.ts';
import { ACCOUNT, fails } from '../support/memory.ts';
import { call, worldOf } from './support.ts';

const MEMBER = {
  'global/organizations/describe-organization.json': {
    Organization: { Id: 'o-abc1234567', MasterAccountId: '999988887777' },
  },
  'global/iam/list-organizations-features.json': fails(
    'AccountNotManagementOrDelegatedAdministratorException',
  ),
  'global/iam/get-account-summary.json': { SummaryMap: { AccountMFAEnabled: 1 } },
};

let aws: StandIn;
let folder: string;
const before = process.env;
beforeAll(async () => {
  aws = await startStandIn({ readings: MEMBER });
  folder = mkdtempSync(join(tmpdir(), 'groundrules-'));
  process.env = { ...before, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
});
afterAll(async () => {
  process.env = before;
  rmSync(folder, { recursive: true });
  await aws.stop();
});

async function collect(rule: string) {
  const at = worldOf();
  const options = {
    rule: [rule],
    region: ['us-east-1'],
    endpointUrl: aws.endpoint,
    output: folder,
    config: false,
  };
  const status = await call('collect', [], options, at.world);
  aws.check();
  return { status, last: at.text().trim(), notes: at.notes };
}

test('what AWS answers for good is no reason to fail', async () => {
  expect(await collect('org-root-credentials')).toEqual({
    status: 0,
    last: `${join(folder, ACCOUNT)}: 2 files, 0 configurations that do not exist, 1 that AWS does not let this account ask for, 0 that could not be read`,
    notes: [],
  });
});

test('what the role may not read is', async () => {
  expect(await collect('root-mfa')).toMatchObject({
    status: 2,
    last: expect.stringMatching(/do not exist, \d+ that could not be read$/),
  });
});
