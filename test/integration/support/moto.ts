/** The emulated AWS of the integration tests. */
import { type Moto, startMoto } from '../../../scripts/moto.ts';

export { MOTO_ACCOUNT, type Moto, PYTHON, startMoto } from '../../../scripts/moto.ts';

/** More than a start ever takes. */
const PATIENCE_MS = 130_000;

/**
 * A moto server for the tests of a file: up before the first, empty before each, gone after the last.
 *
 * @example
 * const moto = useMoto();
 * test('…', async () => { const iam = new IAMClient(moto.client()); … });
 */
export function useMoto(first?: string) {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto(first);
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
