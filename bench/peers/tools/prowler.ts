/** Prowler, with its checks for the same judgements. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { REGIONS, type Rule, type Verdict } from '../account/account.ts';
import { peer, program } from './peer.ts';
import { keyOf, type Tool } from './tool.ts';

export const PROWLER = peer('prowler', 'Prowler', 'prowler');

const PORTS = [
  ...['all_ports', 'any_port', 'high_risk_tcp_ports', 'tcp_port_22', 'tcp_port_3389'],
  ...['tcp_port_cassandra_7199_9160_8888', 'tcp_port_elasticsearch_kibana_9200_9300_5601'],
  ...['tcp_port_ftp_20_21', 'tcp_port_kafka_9092', 'tcp_port_memcached_11211'],
  ...['tcp_port_mongodb_27017_27018', 'tcp_port_mysql_3306', 'tcp_port_oracle_1521_2483'],
  ...['tcp_port_postgres_5432', 'tcp_port_redis_6379', 'tcp_port_sql_server_1433_1434', 'tcp_port_telnet_23'],
];

/** A resource fails a rule where it fails one of these. */
export const CHECKS: Readonly<Record<Rule, readonly string[]>> = {
  'root-mfa': ['iam_root_mfa_enabled'],
  'access-key-age': ['iam_rotate_access_key_90_days', 'iam_no_root_access_key'],
  'sg-open-ports': PORTS.map((ports) => `ec2_securitygroup_allow_ingress_from_internet_to_${ports}`),
  's3-public': ['s3_bucket_public_access'],
  'trail-object-lock': ['s3_bucket_object_lock'],
};

/** A line of what it writes. */
interface Finding {
  readonly CHECK_ID: string;
  readonly STATUS: string;
  readonly RESOURCE_UID: string;
}

const VERDICTS: Readonly<Record<string, Verdict>> = { PASS: 'COMPLIANT', FAIL: 'NON_COMPLIANT' };

export const prowler: Tool = {
  id: 'prowler',
  name: 'Prowler',
  version: PROWLER.version,
  endsWith: [0],
  command: () => ({
    // Regions are in a set: without it, the calls differ from run to run.
    env: { PYTHONHASHSEED: '0' },
    program: program(PROWLER, 'prowler'),
    args: [
      ...['aws', '--no-banner', '--no-color', '--ignore-exit-code-3', '--scan-unused-services'],
      ...['--region', ...REGIONS, '--check', ...Object.values(CHECKS).flat()],
      ...['--output-formats', 'csv', '--output-directory', 'out', '--output-filename', 'findings'],
    ],
  }),
  verdicts(folder, { groups }) {
    const rules = new Map(
      Object.entries(CHECKS).flatMap(([rule, checks]) => checks.map((check) => [check, rule as Rule])),
    );
    const verdicts = new Map<string, Verdict>();
    const file = join(folder, 'out', 'findings.csv');
    // Of a large account it is too long for a string.
    const findings = parse<Finding>(readFileSync(file), { columns: true, delimiter: ';' });
    for (const { CHECK_ID, STATUS, RESOURCE_UID } of findings) {
      const rule = rules.get(CHECK_ID);
      const verdict = VERDICTS[STATUS];
      const id = RESOURCE_UID.split(/[:/]/).at(-1);
      if (!rule || !verdict || !id) throw new Error(`${file}: ${CHECK_ID} ${STATUS} of ${RESOURCE_UID}`);
      const key = keyOf(rule, id === 'root' ? 'account' : (groups[id] ?? id));
      if (verdicts.get(key) !== 'NON_COMPLIANT') verdicts.set(key, verdict);
    }
    return verdicts;
  },
};
