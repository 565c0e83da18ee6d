/** What AWS Config delivers, by the keys that it gives. */
import { gzipSync } from 'node:zlib';

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
