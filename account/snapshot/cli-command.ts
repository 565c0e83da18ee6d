import { type AnyTarget, commandOf, fixedRegion, idParts, partitionOf, type Reading } from '../reading.ts';

/** Whose answers they are: the account, and a Region that tells the partition. */
export interface Whose {
  readonly accountId: string;
  readonly region: string | undefined;
}

/** The command whose output a snapshot keeps for a reading: `aws ec2 describe-security-groups --region us-east-1`. */
export function cliCommand(reading: Reading, target: AnyTarget, { accountId, region }: Whose): string {
  const { about, options } = reading;
  const parts = idParts(reading, target);
  const where = target.region ?? fixedRegion(reading, region ?? 'us-east-1');
  const named = (about?.options ?? []).flatMap((option, index) => {
    const part = parts[index];
    if (part === undefined) return [];
    if (option.includes('{id}')) {
      const inRegion = where ?? region ?? 'us-east-1';
      const known = { id: part, region: inRegion, account: accountId, partition: partitionOf(inRegion) };
      return [
        option.replace(/\{(id|region|account|partition)\}/g, (_, name: keyof typeof known) => known[name]),
      ];
    }
    return [option.endsWith('=') ? `${option}${part}` : `${option} ${part}`];
  });
  return [
    'aws',
    ...commandOf(reading),
    ...named,
    ...(where === undefined ? [] : [`--region ${where}`]),
    ...(options === undefined ? [] : [options.replaceAll('{account}', accountId)]),
  ].join(' ');
}
