import { createHash } from 'node:crypto';
import { isPrintable } from './printable.ts';

/** What Security Hub takes as a finding's id, and a person can still copy. */
export const LONGEST_ID = 512;

/** What a finding is about. */
export interface Found {
  readonly rule: string;
  readonly accountId: string;
  /** The Region, or `global`. */
  readonly region: string;
  readonly resourceType: string;
  readonly resourceId: string;
}

/** The kind of a "could not tell": no rule has a finding of this kind. */
export const COULD_NOT_TELL = 'couldNotTell';

/**
 * The same for the same rule, account, Region, resource and kind of finding, today and next year. It reads from left to right, and only the
 * resource's id may have a slash in it.
 *
 * @param kind of the worst finding; absent where there is nothing to find.
 *
 * @example
 * findingId(result, 'openPorts') // 'sg-open-ports/111122223333/us-east-1/AWS::EC2::SecurityGroup/sg-0a1b/openPorts'
 */
export function findingId({ rule, accountId, region, resourceType, resourceId }: Found, kind = '-'): string {
  const start = `${rule}/${accountId}/${region}/`;
  return `${start}${resourcePart(resourceType, resourceId, LONGEST_ID - start.length - kind.length - 1)}/${kind}`;
}

/**
 * A resource as a part of an id: `AWS::EC2::SecurityGroup/sg-0a1b`. One that is too long, has spaces or steers a terminal is named by
 * its digest.
 *
 * @param room how many characters there are for it.
 */
export function resourcePart(type: string, id: string, room: number): string {
  const part = `${type}/${id}`;
  if (part.length <= room && !/\s/.test(part) && isPrintable(part)) return part;
  return `sha256/${createHash('sha256').update(part).digest('hex')}`;
}

/** What an id says, as far as it is one. The resource is absent where the id has its digest. */
export interface ReadId {
  readonly rule: string;
  readonly accountId: string;
  readonly region: string;
  readonly resource?: { readonly type: string; readonly id: string };
  readonly kind?: string;
}

/** Takes a finding's id apart; `undefined` for what is none. */
export function readFindingId(text: string): ReadId | undefined {
  const parts = /^([^/]+)\/(\d{12})\/([^/]+)\/([^/]+)\/(.+)\/([^/]+)$/s.exec(text);
  if (!parts) return undefined;
  const [, rule, accountId, region, type, id, kind] = parts as unknown as string[];
  return {
    ...({ rule, accountId, region } as Pick<ReadId, 'rule' | 'accountId' | 'region'>),
    ...(type !== 'sha256' && { resource: { type: type as string, id: id as string } }),
    ...(kind !== '-' && { kind: kind as string }),
  };
}
