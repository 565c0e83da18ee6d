/** moto, an emulated AWS: for the integration tests and the sandbox. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const REQUIREMENTS = 'test/integration/requirements.txt';

/** A virtual environment of Python: its folder, and the file that says what belongs into it. */
export interface Environment {
  readonly folder: string;
  readonly requirements: string;
  /** In words: `moto`. */
  readonly of: string;
}

/** The path of a program in an environment: `python`, or what its packages bring. */
export const programIn = ({ folder }: Pick<Environment, 'folder'>, name: string): string =>
  join(process.cwd(), folder, process.platform === 'win32' ? `Scripts/${name}.exe` : `bin/${name}`);

const MOTO: Environment = { folder: '.venv', requirements: REQUIREMENTS, of: 'moto' };
export const PYTHON = programIn(MOTO, 'python');

export const prepareMoto = (): string | undefined => prepareEnvironment(MOTO);

/**
 * Makes a virtual environment, unless the right one is there. One that is there is added to, as somebody may be using it, and
 * made anew only where that fails. Gives the reason where it cannot be done.
 */
export function prepareEnvironment(environment: Environment): string | undefined {
  const { folder, requirements, of } = environment;
  // What was installed: lies in the environment, so that it goes when the environment does.
  const installed = join(folder, 'requirements.txt');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(requirements))) return undefined;
  console.log(`Installing ${of} into ${folder}, once …`);
  const python = programIn(environment, 'python');
  const install = () =>
    failure(`${of} cannot be installed`, python, '-m', 'pip', 'install', '--quiet', '-r', requirements);
  const failed = existsSync(python) && !install() ? undefined : (makeAnew(folder) ?? install());
  if (!failed) copyFileSync(requirements, installed);
  return failed;
}

const makeAnew = (folder: string): string | undefined =>
  failure(
    'there is no Python 3 with venv',
    process.platform === 'win32' ? 'python' : 'python3',
    '-m',
    'venv',
    '--clear',
    folder,
  );

/** Runs a program; gives what to say when it fails, with the last line that it said itself. */
function failure(what: string, program: string, ...args: string[]): string | undefined {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return undefined;
  const said = error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').at(-1);
  return `${what} (${said})`;
}

/**
 * What moto reads from the disk again for each request (its own folders), for each service (the names of all of AWS's) or from
 * its classes, it reads once.
 */
const THRIFT = `
import functools
from moto import backends
from moto.core import responses, utils
modules = list(backends.list_of_moto_modules())
backends.list_of_moto_modules = lambda: modules
utils.create_loader = functools.cache(utils.create_loader)
responses.method_names_from_class = functools.cache(responses.method_names_from_class)
`;

/**
 * Runs moto's own server on a port that the system chooses. It ends when its standard input does, so that it never
 * outlives whoever started it, however that ends. Werkzeug closes each connection, after 10 ms in which more could come of what
 * nobody read; here all is read before moto has it, so that connections stay.
 */
const SERVER = `
import io, os, sys, threading
def end_with_parent():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=end_with_parent, daemon=True).start()
${THRIFT}
from types import SimpleNamespace
from moto import server
from werkzeug import serving

class Nothing(serving.selectors.DefaultSelector):
    def select(self, timeout=None):
        return []
serving.selectors = SimpleNamespace(DefaultSelector=Nothing, EVENT_READ=serving.selectors.EVENT_READ)

class Handler(server.MotoRequestHandler):
    protocol_version = 'HTTP/1.1'
    disable_nagle_algorithm = True
    def make_environ(self):
        environ = super().make_environ()
        body = environ['wsgi.input']
        isChunked = environ.get('wsgi.input_terminated')
        read = body.read() if isChunked else body.read(int(environ.get('CONTENT_LENGTH') or 0))
        environ['wsgi.input'] = io.BytesIO(read)
        return environ
    def send_header(self, name, value):
        if name != 'Connection':
            super().send_header(name, value)
    def log_request(self, *_):
        pass
server.MotoRequestHandler = Handler
server.main(['-H', '127.0.0.1', '-p', '0'])
`;

/**
 * Python that corrects moto where it differs from AWS: ids of users begin with AIDA, and root, who has a password and no MFA, is
 * in the credential report and in the account summary. For {@link startMoto}.
 */
export const LIKE_AWS = `
from moto.iam import models as iam

make = iam.User.__init__
def user(self, *args, **kwargs):
    make(self, *args, **kwargs)
    self.id = 'AIDA' + self.id.upper()
iam.User.__init__ = user

summary = iam.AccountSummary.summary_map.fget
iam.AccountSummary.summary_map = property(lambda self: {**summary(self), 'AccountPasswordPresent': 1})

report = iam.IAMBackend.get_credential_report
def report_with_root(self):
    head, rows = report(self).split('\\n', 1)
    never = ['N/A'] * 3
    root = ['<root_account>', f'arn:aws:iam::{self.account_id}:root', iam.utcnow().strftime('%Y-%m-%dT%H:%M:%S+00:00'),
            'not_supported', 'no_information', 'not_supported', 'not_supported', 'false',
            'false', 'N/A', *never, 'false', 'N/A', *never, 'false', 'N/A', 'false', 'N/A']
    return '\\n'.join([head, ','.join(root), rows])
iam.IAMBackend.get_credential_report = report_with_root
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

/**
 * Starts moto as a real server, and waits until it answers.
 *
 * @param preface Python that runs before the server does, for what moto cannot be asked over HTTP.
 */
export async function startMoto(preface = ''): Promise<Moto> {
  if (!existsSync(PYTHON)) {
    throw new Error(`${PYTHON} is missing: \`npm test\` makes it from ${REQUIREMENTS}`);
  }
  const server = spawn(PYTHON, ['-c', `${preface}\n${SERVER}`], {
    stdio: ['pipe', 'ignore', 'pipe'],
    // Amazon's images would be made anew at each reset, in 150 ms.
    env: { ...process.env, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
  });
  const endpoint = await addressOf(server);
  const post = async (path: string, body = '') => {
    const { status } = await fetch(`${endpoint}/moto-api/${path}`, { method: 'POST', body });
    if (status !== 200) throw new Error(`moto answered ${status} to ${path}`);
  };
  return {
    endpoint,
    async reset() {
      // Policies are off again, so that those of one test do not count in the next.
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
