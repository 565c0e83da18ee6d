/**
 * One account, judged in every way there is: live, from what was collected, and by the built functions on each kind of
 * event. All must say the same.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result, ResultError } from '../../report/result.ts';
import { rules } from '../../rules/index.ts';
import { BIN, built, groundrules } from '../support/command.ts';
import { AWAY, DENIED, EXPECTED, found, HOME, PARAMETERS, REGIONS } from './support/company.ts';
import { bucketItems, changeEvent, groupItems, type Item, periodicEvent } from './support/events.ts';
import { type Container, type Outcome, startContainer } from './support/functions.ts';
import { ANYBODY, MOTO_ACCOUNT, type Moto, newMoto, PLAYED } from './support/moto.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';

jest.setTimeout(120_000);

/** How far ahead of the machine's clock the account is judged: keys that were made just now are too old then. */
const AHEAD = 91.5 * 24 * 60 * 60 * 1000;

let moto: Moto;
let aws: Recorder;
let folder: string;
let containers: Readonly<Record<string, Container>>;
let live: Judged;

beforeAll(async () => {
  built(BIN, 'cli');
  folder = mkdtempSync(join(tmpdir(), 'groundrules-'));
  moto = await newMoto();
  aws = await startRecorder(moto.endpoint, DENIED);
  await found(sdk);
  containers = Object.fromEntries(
    REGIONS.map((region) => [region, startContainer(lambdaEnvironment(region), AHEAD)]),
  );
  live = await judge('--live', '--endpoint-url', aws.endpoint, '--region', ...REGIONS);
}, 180_000);

afterAll(async () => {
  for (const container of Object.values(containers ?? {})) container.stop();
  await aws?.stop();
  await moto?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The configuration of a client of the tests' own: past the recorder, which denies. */
const sdk = (region: string) => ({ region, endpoint: moto.endpoint, credentials: ANYBODY });
const credentials = {
  AWS_ACCESS_KEY_ID: ANYBODY.accessKeyId,
  AWS_SECRET_ACCESS_KEY: ANYBODY.secretAccessKey,
};
const lambdaEnvironment = (region: string) => ({
  ...credentials,
  AWS_ENDPOINT_URL: aws.endpoint,
  AWS_REGION: region,
  GROUNDRULES_HOME_REGION: HOME,
});

interface Judged {
  readonly results: readonly Result[];
  readonly errors: readonly ResultError[];
  readonly summary: object;
}

/** `groundrules evaluate`, as of the time that the functions believe it is. */
async function judge(...args: string[]): Promise<Judged> {
  const parameters = join(folder, 'parameters.json');
  writeFileSync(parameters, JSON.stringify(PARAMETERS));
  const now = new Date(Date.now() + AHEAD).toISOString();
  const more = ['--rule', ...PLAYED, '--format', 'json', '--now', now, '--parameters', parameters];
  const { status, stdout, stderr } = await groundrules(['evaluate', ...args, ...more], { env: credentials });
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
  return JSON.parse(stdout);
}

const byPlace = (one: Placed, other: Placed) => (placeOf(one) < placeOf(other) ? -1 : 1);
type Placed = Pick<Result, 'rule' | 'region' | 'resourceType' | 'resourceId'>;
const placeOf = ({ rule, region, resourceType, resourceId }: Placed) =>
  `${rule} ${region} ${resourceType} ${resourceId}`;

test('the live account is judged as it was made', () => {
  const verdicts = live.results.map(
    ({ rule, region, resourceName, compliance }) => `${rule} ${region} ${resourceName}: ${compliance}`,
  );
  expect(verdicts.sort()).toEqual([...EXPECTED].sort());
  // moto's account summary says nothing about root's password, which is not the same as "none"; nor does its credential
  // report have a row for root, without which nobody can tell of root's keys.
  expect(live.errors.map(({ rule, resourceId, code }) => `${rule} ${resourceId}: ${code}`).sort()).toEqual([
    `access-key-age ${MOTO_ACCOUNT}: IncompleteAnswer`,
    `root-mfa ${MOTO_ACCOUNT}: IncompleteAnswer`,
    's3-public moonjar-sealed: AccessDenied',
  ]);
});

test('what was collected is judged as the live account', async () => {
  const { status, stdout } = await groundrules(
    [
      'collect',
      '--rule',
      ...PLAYED,
      '--endpoint-url',
      aws.endpoint,
      '--region',
      ...REGIONS,
      '--output',
      folder,
    ],
    { env: credentials },
  );
  // The bucket whose policy is denied is not lost.
  expect({ status, stdout }).toEqual({
    status: 2,
    stdout: expect.stringMatching(/\b1 that could not be read\n$/),
  });

  const collected = await judge(join(folder, MOTO_ACCOUNT));
  expect([...collected.results].sort(byPlace)).toEqual([...live.results].sort(byPlace));
  expect(collected.summary).toEqual(live.summary);
  // Messages differ: one says what to allow, the other what AWS said back then.
  const reasons = ({ errors }: Judged) => errors.map(({ message, ...reason }) => reason).sort(byPlace);
  expect(reasons(collected)).toEqual(reasons(live));
});

/** What a function reported and could not tell, and what the command says of the same: alike, line for line. */
const reported = (resultToken: string, { error }: Outcome) => ({
  evaluations: aws
    .evaluations(resultToken)
    .map(({ ComplianceResourceType, ComplianceResourceId, ComplianceType, Annotation }) =>
      [ComplianceResourceType, ComplianceResourceId, ComplianceType, Annotation ?? ''].join(' | '),
    )
    .sort(),
  unjudged: (error?.unjudged ?? []).map(({ resource, error: { code, message } }) =>
    [resource.type, resource.id, code, message].join(' | '),
  ),
  failed: error?.name,
});
const said = (isMeant: (placed: Placed) => boolean) => {
  const errors = live.errors.filter(isMeant);
  return {
    evaluations: live.results
      .filter(isMeant)
      .map(({ resourceType, resourceId, compliance, annotation }) =>
        [resourceType, resourceId, compliance, annotation].join(' | '),
      )
      .sort(),
    unjudged: errors.map(({ resourceType, resourceId, code, message }) =>
      [resourceType, resourceId, code, message].join(' | '),
    ),
    failed: errors.length > 0 ? 'IncompleteEvaluationError' : undefined,
  };
};

const asked = (ruleId: string, region: string, about: string) => ({
  ruleId,
  region,
  resultToken: `${ruleId} ${region} ${about}`,
  parameters: PARAMETERS[ruleId as keyof typeof PARAMETERS] ?? {},
});
const container = (region: string) => containers[region] as Container;

describe('on a periodic event, the function says what the command says of its Region', () => {
  const cases = rules
    .filter(({ id }) => PLAYED.includes(id))
    .flatMap(({ id, scope }) => REGIONS.map((region) => ({ id, scope, region })));
  test.each(cases)('$id in $region', async ({ id, scope, region }) => {
    const about = asked(id, region, 'periodic');
    const outcome = await container(region).invoke(id, periodicEvent(about));

    const isHere = (where: string) => where === (scope === 'global' && region === HOME ? 'global' : region);
    expect(reported(about.resultToken, outcome)).toEqual(
      said((one) => one.rule === id && isHere(one.region)),
    );
  });
});

describe('on the change of a resource, the function says what the command says of it', () => {
  async function compare(ruleId: string, region: string, items: readonly Item[]) {
    for (const item of items) {
      const about = asked(ruleId, region, item.resourceId);
      const outcome = await container(region).invoke(ruleId, changeEvent(about, item));
      expect(reported(about.resultToken, outcome)).toEqual(
        said((one) => one.rule === ruleId && one.resourceId === item.resourceId),
      );
    }
    expect(items.map(({ resourceId }) => resourceId).sort()).toEqual(judgedIn(ruleId, region));
  }
  const judgedIn = (ruleId: string, region: string) =>
    live.results
      .filter((one) => one.rule === ruleId && one.region === region)
      .map(({ resourceId }) => resourceId)
      .sort();

  test.each(REGIONS)('every security group in %s', async (region) => {
    await compare('sg-open-ports', region, await groupItems(sdk(region)));
  });

  test.each(REGIONS)('every bucket in %s', async (region) => {
    await compare('s3-public', region, await bucketItems(sdk(region), judgedIn('s3-public', region)));
  });

  test('a bucket whose policy nobody may read, but the item holds', async () => {
    const about = asked('s3-public', HOME, 'moonjar-sealed');
    const [sealed] = await bucketItems(sdk(HOME), ['moonjar-sealed']);
    const outcome = await container(HOME).invoke('s3-public', changeEvent(about, sealed as Item));
    expect(reported(about.resultToken, outcome)).toEqual({
      evaluations: ['AWS::S3::Bucket | moonjar-sealed | COMPLIANT | '],
      unjudged: [],
      failed: undefined,
    });
  });
});

test('a Region that is not asked for is not judged, live or collected', async () => {
  const isAway = ({ region }: Placed) => region === AWAY || region === 'global';
  const expected = live.results.filter(isAway).sort(byPlace);
  for (const where of [['--live', '--endpoint-url', aws.endpoint], [join(folder, MOTO_ACCOUNT)]]) {
    const { results } = await judge(...where, '--region', AWAY);
    expect([...results].sort(byPlace)).toEqual(expected);
  }
});
