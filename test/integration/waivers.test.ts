/** A function as it is built and deployed, with the waivers of the settings beside it, judges moto's account. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { deployedFolder } from '../../deploy/account/code.ts';
import { loadSettings } from '../../deploy/settings/index.ts';
import { built } from '../support/command.ts';
import { type Loopback, serve } from '../support/loopback.ts';
import { periodicEvent } from './support/events.ts';
import { useMoto } from './support/moto.ts';

jest.setTimeout(120_000);
const moto = useMoto();
const root = mkdtempSync(join(tmpdir(), 'groundrules-test-waivers-'));
/** AWS Config, which moto lets nobody put evaluations to. */
let config: Loopback;
const puts: {
  Evaluations: { ComplianceResourceId: string; ComplianceType: string; Annotation?: string }[];
}[] = [];
beforeAll(async () => {
  built(join(process.cwd(), 'dist/lambda/sg-open-ports/index.mjs'), 'functions');
  config = await serve(async (incoming, outgoing) => {
    const isPut = String(incoming.headers['x-amz-target']).endsWith('.PutEvaluations');
    const input = (await json(incoming)) as (typeof puts)[number];
    if (isPut) puts.push(input);
    outgoing.end(isPut ? '{"FailedEvaluations":[]}' : '{"EvaluationResults":[]}');
  });
});
afterAll(async () => {
  await config?.stop();
  rmSync(root, { recursive: true });
});

async function openGroup(name: string, Stage?: string): Promise<string> {
  const ec2 = new EC2Client(moto.client());
  const Tags = Stage === undefined ? [] : [{ Key: 'Stage', Value: Stage }];
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({
      ...{ GroupName: name, Description: '-' },
      ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: 'security-group', Tags }] }),
    }),
  );
  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  return GroupId;
}

/** What the function reports of each resource, deployed with these waivers. */
async function judged(waivers: string): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(root, 'settings-'));
  writeFileSync(join(folder, 'groundrules.waivers.yaml'), waivers);
  writeFileSync(join(folder, 'groundrules.config.json'), '{"waivers":{"file":"groundrules.waivers.yaml"}}');
  const code = deployedFolder(loadSettings(join(folder, 'groundrules.config.json')))('sg-open-ports');
  const event = periodicEvent({
    ...{ ruleId: 'sg-open-ports', region: 'us-east-1', resultToken: 'token' },
    parameters: {},
  });
  const program = `const { handler } = await import(${JSON.stringify(pathToFileURL(join(code, 'index.mjs')).href)});
    await handler(${JSON.stringify(event)}, {});`;
  puts.length = 0;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...moto.environment(), AWS_ENDPOINT_URL_CONFIG_SERVICE: config.endpoint },
  });
  return new Map(
    puts.flatMap(({ Evaluations }) =>
      Evaluations.map((one) => [one.ComplianceResourceId, `${one.ComplianceType}: ${one.Annotation}`]),
    ),
  );
}

test('what is waived is NOT_APPLICABLE with its ticket, until the waiver ends', async () => {
  const [office, forgotten] = [await openGroup('office'), await openGroup('forgotten')];
  const [dev, live] = [await openGroup('dev', 'dev'), await openGroup('live', 'live')];
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const yesterday = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const waiver = (until: string) => `waivers:
  - { rule: sg-open-ports, resource: ${office}, reason: the office, ticket: SEC-1, owner: web, until: ${until} }
  - { rule: sg-open-ports, tag: { key: Stage, value: dev }, reason: no data, ticket: SEC-2, owner: dev, until: ${until} }
`;
  const held = await judged(waiver(inAMonth));
  expect(held.get(office)).toBe(
    `NOT_APPLICABLE: waived until ${inAMonth} (SEC-1, web): the office; tcp 22 open to 0.0.0.0/0`,
  );
  expect(held.get(forgotten)).toBe('NON_COMPLIANT: tcp 22 open to 0.0.0.0/0');
  expect(held.get(dev)).toBe(
    `NOT_APPLICABLE: waived until ${inAMonth} (SEC-2, dev): no data; tcp 22 open to 0.0.0.0/0`,
  );
  expect(held.get(live)).toBe('NON_COMPLIANT: tcp 22 open to 0.0.0.0/0');
  const ended = await judged(waiver(yesterday));
  expect(ended.get(office)).toBe('NON_COMPLIANT: tcp 22 open to 0.0.0.0/0');
});
