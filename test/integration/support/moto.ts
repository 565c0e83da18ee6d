/** The emulated AWS of the integration tests. */
import childProcess from 'node:child_process';
import { hatchMoto, type Moto, type Nest, startMoto, startNest } from '../../../scripts/moto.ts';

export { MOTO_ACCOUNT, type Moto, PYTHON } from '../../../scripts/moto.ts';

/** More than a start ever takes. */
const PATIENCE_MS = 130_000;

/** Jest loads our modules anew for each file, and those of Node.js once a worker. */
const kept = childProcess as { groundrulesNest?: Promise<Nest> };

/** A moto of one's own, of the worker's nest: to start one takes 1.5 s of processor, which a worker with a nest pays once. */
export async function newMoto(first?: string): Promise<Moto> {
  // Elsewhere a process cannot divide, or not safely once it has loaded the system's libraries.
  if (process.platform !== 'linux') return startMoto(first);
  kept.groundrulesNest ??= startNest();
  return hatchMoto(await kept.groundrulesNest, first);
}

/**
 * A moto server for the tests of a file: up before the first, empty before each, gone after the last.
 *
 * @example
 * const moto = useMoto();
 * test('…', async () => { const iam = new IAMClient(moto.client()); … });
 *
 * @param first gives the Python that runs in the server before it serves.
 */
export function useMoto(first: () => string = () => '') {
  let moto: Moto;
  beforeAll(async () => {
    moto = await newMoto(first());
  }, PATIENCE_MS);
  beforeEach(() => moto.reset());
  afterAll(() => moto?.stop());

  return {
    get endpoint() {
      return moto.endpoint;
    },
    /** Empty once more, in the middle of a test. */
    reset: () => moto.reset(),
    enforcePoliciesAfter: (calls: number) => moto.enforcePoliciesAfter(calls),
    /** Configuration of an SDK client that talks to this server. */
    client: (region = 'us-east-1', credentials = ANYBODY) => ({
      region,
      endpoint: moto.endpoint,
      credentials,
    }),
    /** The environment of a process that is to take this server for AWS. */
    environment: (region = 'us-east-1') => ({
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: ANYBODY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ANYBODY.secretAccessKey,
    }),
  };
}

/** Credentials that moto takes from anyone, as long as policies are not enforced. */
export const ANYBODY = { accessKeyId: 'testing', secretAccessKey: 'testing' };

/** The rules whose every reading moto plays; situations.test.ts judges the others, with a stand-in for what it lacks. */
export const PLAYED = ['root-mfa', 's3-public', 'sg-open-ports', 'access-key-age', 'trail-object-lock'];
