import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Where `npm test` installs moto (scripts/test.ts). */
const PYTHON = join(
  process.cwd(),
  '.venv',
  process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
);

/**
 * Runs moto's own server on a port that the system chooses. It ends when its standard input does, so that it never
 * outlives the tests, however those end.
 */
const SERVER = `
import os, sys, threading
def end_with_parent():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=end_with_parent, daemon=True).start()
from moto.server import main
main(['-H', '127.0.0.1', '-p', '0'])
`;

/** Enough for a slow machine with cold disks: it takes two seconds on a quick one. */
const PATIENCE_MS = 120_000;

/** The account that moto plays unless told otherwise. */
export const MOTO_ACCOUNT = '123456789012';

export interface Moto {
  /** `http://127.0.0.1:54321` */
  readonly endpoint: string;
  /** Forgets every resource and every setting. */
  reset(): Promise<void>;
  /** From the call after the next `calls` on, credentials and policies count: moto denies what IAM would deny. */
  enforcePoliciesAfter(calls: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts moto as a real server, and waits until it answers. */
export async function startMoto(): Promise<Moto> {
  if (!existsSync(PYTHON)) {
    throw new Error(`${PYTHON} is missing: \`npm test\` makes it from test/integration/requirements.txt`);
  }
  const server = spawn(PYTHON, ['-c', SERVER], { stdio: ['pipe', 'ignore', 'pipe'] });
  const endpoint = await addressOf(server);
  const post = async (path: string, body = '') => {
    const { status } = await fetch(`${endpoint}/moto-api/${path}`, { method: 'POST', body });
    if (status !== 200) throw new Error(`moto answered ${status} to ${path}`);
  };
  return {
    endpoint,
    async reset() {
      // Anything goes again, so that one test's policies do not bind the next.
      await post('reset-auth', String(Number.MAX_SAFE_INTEGER));
      await post('reset');
    },
    enforcePoliciesAfter: (calls) => post('reset-auth', String(calls)),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.stdin.end();
      await Promise.race([ended, pause(5000, undefined, { ref: false })]);
      server.kill('SIGKILL');
    },
  };
}

/** Where the server listens, from the line in which it says so. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => {
      server.kill('SIGKILL');
      reject(new Error(`moto ${why}\n${said}`));
    };
    const patience = setTimeout(() => fail(`did not start in ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
    server.once('error', (error) => fail(`could not be started: ${error.message}`));
    server.once('exit', (code) => fail(`ended with status ${code}`));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      // The log of every request goes by here too: read on, so that the server never waits, but keep nothing.
      if (said === 'listening') return;
      said += text;
      const [, address] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? [];
      if (!address) return;
      said = 'listening';
      clearTimeout(patience);
      resolve(address);
    });
  });
}

/**
 * A moto server for the tests of a file: up before the first, empty before each, gone after the last.
 *
 * @example
 * const moto = useMoto();
 * test('…', async () => { const iam = new IAMClient(moto.client()); … });
 */
export function useMoto() {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, PATIENCE_MS + 10_000);
  beforeEach(() => moto.reset());
  afterAll(() => moto?.stop());

  return {
    get endpoint() {
      return moto.endpoint;
    },
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
