import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { type AttestOptions, attestCommand } from '../../../cli/attest-command.ts';
import { ACCOUNT } from '../../config/attestations/support.ts';

export const NOW = new Date('2026-11-20T09:00:00Z');

/** Runs `groundrules attest` as Admin/alice, against whatever AWS Config is mocked. */
export async function attest(control: string | undefined, options: AttestOptions) {
  mockClient(STSClient)
    .on(GetCallerIdentityCommand)
    .resolves({ Account: ACCOUNT, Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/alice` });
  let text = '';
  const notes: string[] = [];
  const status = await attestCommand(
    control,
    { region: 'eu-west-1', ...options },
    {
      now: () => NOW,
      write: (more) => {
        text += more;
      },
      progress: { step() {}, note: (line) => void notes.push(line), show() {}, done() {} },
    },
  );
  return { status, text, notes };
}
