import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { ACCOUNT } from '../../config/attestations/support.ts';
import { call, worldOf } from '../support.ts';

export const NOW = new Date('2026-11-20T09:00:00Z');

/** Runs `groundrules attest` as Admin/alice, against whatever AWS Config is mocked. */
export async function attest(control: string | undefined, options: object) {
  mockClient(STSClient)
    .on(GetCallerIdentityCommand)
    .resolves({ Account: ACCOUNT, Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/alice` });
  const { world, text, notes } = worldOf({ now: () => NOW });
  const status = await call('attest', [control], { region: 'eu-west-1', ...options }, world);
  return { status, text: text(), notes };
}
