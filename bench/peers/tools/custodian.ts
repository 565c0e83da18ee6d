/** Cloud Custodian, with the policies of policies.yml. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { REGIONS, type Rule } from '../account/account.ts';
import { peer, program } from './peer.ts';
import { keyOf, type Tool } from './tool.ts';

export const CUSTODIAN = peer('custodian', 'Cloud Custodian', 'c7n');
const FILE = 'bench/peers/tools/policies.yml';

/** The policies of a rule, the Regions in which Custodian runs them, and the member that names a match. */
const POLICIES: Readonly<Record<string, { rule: Rule; regions: readonly string[]; name?: string }>> = {
  'root-mfa': { rule: 'root-mfa', regions: ['us-east-1'] },
  'access-key-age-root': { rule: 'access-key-age', regions: ['us-east-1'] },
  'access-key-age': { rule: 'access-key-age', regions: ['us-east-1'], name: 'UserName' },
  'sg-open-ports': { rule: 'sg-open-ports', regions: REGIONS, name: 'GroupName' },
  's3-public': { rule: 's3-public', regions: REGIONS, name: 'Name' },
  // A bucket of a trail is named like the trail.
  'trail-object-lock': { rule: 'trail-object-lock', regions: REGIONS, name: 'Name' },
};

export interface Policy {
  readonly name: string;
  readonly resource: string;
  readonly filters: readonly unknown[];
}

/** What it is asked for a rule; a resource fails where one of these matches. */
export const policiesOf = (rule: Rule): Policy[] =>
  (parse(readFileSync(FILE, 'utf8')) as { policies: Policy[] }).policies.filter(
    ({ name }) => POLICIES[name]?.rule === rule,
  );

export const custodian: Tool = {
  id: 'custodian',
  name: 'Cloud Custodian',
  version: CUSTODIAN.version,
  endsWith: [0],
  command: () => ({
    program: program(CUSTODIAN, 'custodian'),
    args: [
      ...['run', '--output-dir', 'out', '--cache', 'memory'],
      ...REGIONS.flatMap((region) => ['--region', region]),
      resolve(FILE),
    ],
  }),
  /** It writes what matched; of what it looked at, all else passed. */
  verdicts(folder, _, asked) {
    const matched = new Set<string>();
    for (const [policy, { rule, regions, name }] of Object.entries(POLICIES)) {
      for (const region of regions) {
        const file = join(folder, 'out', region, policy, 'resources.json');
        for (const resource of JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>[]) {
          const found = name === undefined ? 'account' : resource[name];
          if (found === undefined) throw new Error(`${file} has a resource without ${name}`);
          matched.add(keyOf(rule, found === 'default' ? `default-${region}` : found));
        }
      }
    }
    return new Map(
      asked.map(({ rule, resource }) => {
        const key = keyOf(rule, resource);
        return [key, matched.has(key) ? 'NON_COMPLIANT' : 'COMPLIANT'];
      }),
    );
  },
};
