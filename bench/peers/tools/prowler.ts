/** Prowler, with its checks for the same judgements. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

interface Finding {
  readonly status_code: string;
  readonly metadata: { readonly event_code: string };
  readonly resources: readonly { readonly uid: string }[];
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
      ...['--output-formats', 'json-ocsf', '--output-directory', 'out', '--output-filename', 'findings'],
    ],
  }),
  verdicts(folder, { groups }) {
    const rules = new Map(
      Object.entries(CHECKS).flatMap(([rule, checks]) => checks.map((check) => [check, rule as Rule])),
    );
    const verdicts = new Map<string, Verdict>();
    const file = join(folder, 'out', 'findings.ocsf.json');
    for (const { status_code, metadata, resources } of JSON.parse(readFileSync(file, 'utf8')) as Finding[]) {
      const rule = rules.get(metadata.event_code);
      const verdict = VERDICTS[status_code];
      const [id] = resources.map(({ uid }) => uid.split(/[:/]/).at(-1) as string);
      if (!rule || !verdict || !id)
        throw new Error(`${file}: ${metadata.event_code} ${status_code} of ${id}`);
      const key = keyOf(rule, id === 'root' ? 'account' : (groups[id] ?? id));
      if (verdicts.get(key) !== 'NON_COMPLIANT') verdicts.set(key, verdict);
    }
    return verdicts;
  },
};
