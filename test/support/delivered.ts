/** What AWS Config delivers, by the keys that it gives. */
import { gzipSync } from 'node:zlib';
import type { Bucket, Stored } from '../../account/snapshot/bucket.ts';

const stamp = (time: string) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
const dayOf = (time: string) => {
  const date = new Date(time);
  return `${date.getUTCFullYear()}/${date.getUTCMonth() + 1}/${date.getUTCDate()}`;
};

export interface Of {
  readonly account: string;
  readonly region: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What stands before the account: `AWSLogs/` unless told. */
  readonly above?: string;
}

export const snapshotKey = ({ account, region, at, above = 'AWSLogs/' }: Of): string =>
  `${above}${account}/Config/${region}/${dayOf(at)}/ConfigSnapshot/${account}_Config_${region}_ConfigSnapshot_${stamp(at)}_0f1e2d3c-0000-4000-8000-000000000000.json.gz`;

export const historyKey = (type: string, { account, region, at, above = 'AWSLogs/' }: Of): string =>
  `${above}${account}/Config/${region}/${dayOf(at)}/ConfigHistory/${account}_Config_${region}_ConfigHistory_${type}_${stamp(at)}_${stamp(at)}_1.json.gz`;

export const oversizedKey = (
  type: string,
  id: string,
  { account, region, at, above = 'AWSLogs/' }: Of,
): string =>
  `${above}${account}/Config/${region}/${dayOf(at)}/OversizedChangeNotification/${type}/${id}/${account}_Config_${region}_ChangeNotification_${type}_${id}_${stamp(at)}_1.json.gz`;

/** A snapshot or history file with these items, as it is stored. */
export const fileOf = (...configurationItems: readonly object[]): Buffer =>
  gzipSync(JSON.stringify({ fileVersion: '1.0', configurationItems }));

/** A bucket in memory, and what it was asked. */
export function bucketOf(keys: Readonly<Record<string, Buffer>>) {
  const asked: string[] = [];
  const bucket: Bucket = {
    name: 'logs',
    async list(prefix, level) {
      asked.push(prefix);
      const folders = new Set<string>();
      const objects: Stored[] = [];
      for (const [key, bytes] of Object.entries(keys)) {
        if (!key.startsWith(prefix)) continue;
        const end = level ? key.indexOf('/', prefix.length) : -1;
        if (end < 0) objects.push({ key, size: bytes.length, etag: '' });
        else folders.add(key.slice(0, end + 1));
      }
      return { folders: [...folders], objects };
    },
    async *read({ key }) {
      asked.push(key);
      yield keys[key] as Buffer;
    },
  };
  return { bucket, asked };
}
