/** moto, an emulated AWS: for the integration tests and the sandbox. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
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
 * Runs moto's own server on a port that the system chooses, and prints where. Werkzeug closes each connection, after 10 ms in which
 * more could come of what nobody read; here all is read before moto has it, so that connections stay.
 */
const SERVER = `
import io, os, sys, threading
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

app = server.DomainDispatcherApplication(server.create_backend_app)
def serve(parent):
    """Answers until there is nothing more to read of the parent, so that it never outlives whoever started it."""
    def end_with_parent():
        os.read(parent, 1)
        os._exit(0)
    threading.Thread(target=end_with_parent, daemon=True).start()
    made = serving.make_server('127.0.0.1', 0, app, threaded=True, request_handler=Handler)
    # Where its services call each other, as a state machine does a function.
    os.environ.setdefault('MOTO_PORT', str(made.port))
    print(f'{os.getpid()} http://127.0.0.1:{made.port}', flush=True)
    made.serve_forever()
`;

/**
 * Python that corrects moto where it differs from AWS: ids of users begin with AIDA; root, who has a password and no MFA, is
 * in the credential report and in the account summary; and whoever asks for buckets page by page hears where each lies. For
 * {@link startMoto}.
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

from moto.s3 import responses as s3

serialized = s3.S3Response.serialized
def with_regions(self, answer):
    if self.data.get('Action') == 'ListBuckets' and self._get_param('max-buckets'):
        for bucket in answer.result['Buckets']:
            bucket['BucketRegion'] = self.backend.buckets[bucket['Name']].region_name
    return serialized(self, answer)
s3.S3Response.serialized = with_regions
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
  const server = runPython(`${preface}\n${SERVER}\nserve(0)`);
  const [, endpoint] = await saidBy(server);
  return {
    ...motoAt(endpoint),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.stdin?.end();
      await Promise.race([ended, pause(5000, undefined, { ref: false })]);
      server.kill('SIGKILL');
    },
  };
}

/** What nearly every test asks for, by the service: a question in its own protocol. */
const USUAL = {
  s3: { method: 'GET' },
  ec2: { body: 'Action=DescribeRegions&Version=2016-11-15' },
  iam: { body: 'Action=ListUsers&Version=2010-05-08' },
  sts: { body: 'Action=GetCallerIdentity&Version=2011-06-15' },
  sns: { body: 'Action=ListTopics&Version=2010-03-31' },
  rds: { body: 'Action=DescribeDBInstances&Version=2014-10-31' },
  elasticloadbalancing: { body: 'Action=DescribeLoadBalancers&Version=2015-12-01' },
  events: { target: 'AWSEvents.ListRules', body: '{}' },
  cloudtrail: { target: 'CloudTrail_20131101.DescribeTrails', body: '{}' },
};

/**
 * Has loaded moto, and the models of the usual services, and becomes a server by dividing: the new process has a state of its own,
 * and what is loaded is there. A line of its input is the preface of one.
 */
const NEST = `
${SERVER}
import gc, json, signal
from moto.moto_api._internal import mock_random, moto_api_backend

for service, asked in json.loads(sys.argv[1]).items():
    body = asked.get('body', '').encode()
    list(app({
        'REQUEST_METHOD': asked.get('method', 'POST'), 'PATH_INFO': '/', 'QUERY_STRING': '',
        'SERVER_NAME': 'localhost', 'SERVER_PORT': '80', 'HTTP_HOST': 'localhost', 'REMOTE_ADDR': '127.0.0.1',
        'HTTP_AUTHORIZATION': f'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/{service}/aws4_request, SignedHeaders=a, Signature=a',
        **({'HTTP_X_AMZ_TARGET': asked['target']} if 'target' in asked else {}),
        'CONTENT_TYPE': 'application/x-amz-json-1.1' if body.startswith(b'{') else 'application/x-www-form-urlencoded',
        'CONTENT_LENGTH': str(len(body)), 'wsgi.input': io.BytesIO(body), 'wsgi.errors': sys.stderr, 'wsgi.url_scheme': 'http',
    }, lambda *_: None))
moto_api_backend.reset()
gc.freeze()

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
ours, theirs = os.pipe()
print('0 ready', flush=True)
for line in sys.stdin:
    if os.fork() > 0:
        continue
    os.close(theirs)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    mock_random.seed()
    try:
        exec(json.loads(line), {})
        serve(ours)
    except BaseException as error:
        print(f'failed {error!r}', flush=True)
        os._exit(1)
`;

/** A process that makes servers of itself. */
export type Nest = ChildProcess;

/** Starts one: what it takes to load moto is paid once. It ends with its parent, and keeps nobody waiting. */
export async function startNest(): Promise<Nest> {
  const nest = runPython(NEST, JSON.stringify(USUAL));
  await saidBy(nest);
  nest.unref();
  for (const stream of nest.stdio) (stream as Socket | null)?.unref();
  return nest;
}

/** Moto as {@link startMoto} starts it, made by a nest that has no other to make meanwhile. */
export async function hatchMoto(nest: Nest, preface = ''): Promise<Moto> {
  nest.stdin?.write(`${JSON.stringify(preface)}\n`);
  const [pid, endpoint] = await saidBy(nest);
  if (pid === 'failed') throw new Error(`moto cannot be started: ${endpoint}`);
  return {
    ...motoAt(endpoint),
    stop: async () => {
      process.kill(Number(pid), 'SIGKILL');
    },
  };
}

function motoAt(endpoint: string): Omit<Moto, 'stop'> {
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
  };
}

function runPython(program: string, ...args: string[]): ChildProcess {
  if (!existsSync(PYTHON)) {
    throw new Error(`${PYTHON} is missing: \`npm test\` makes it from ${REQUIREMENTS}`);
  }
  return spawn(PYTHON, ['-c', program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Amazon's images would be made anew at each reset, in 150 ms.
    env: { ...process.env, MOTO_EC2_LOAD_DEFAULT_AMIS: 'false' },
  });
}

/** The next line that a program of ours prints: the id of a process, and where it listens. Leaves no listener behind. */
function saidBy(program: ChildProcess): Promise<[pid: string, endpoint: string]> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    const fail = (why: string) => {
      program.kill('SIGKILL');
      settle();
      reject(new Error(`moto ${why}\n${complained}`));
    };
    const patience = setTimeout(() => fail(`did not start in ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
    const failed = (error: Error) => fail(`could not be started: ${error.message}`);
    const ended = (code: number | null) => fail(`ended with status ${code}`);
    const complains = (text: Buffer) => {
      complained += text;
    };
    const says = (text: Buffer) => {
      said += text;
      if (!said.endsWith('\n')) return;
      settle();
      const [first = '', ...rest] = said.trim().split(' ');
      resolve([first, rest.join(' ')]);
    };
    const settle = () => {
      clearTimeout(patience);
      program.off('error', failed).off('exit', ended);
      program.stdout?.off('data', says);
      // The log of every request goes by here too: read on, so that the server never waits, but keep nothing.
      program.stderr?.off('data', complains).resume();
    };
    program.once('error', failed).once('exit', ended);
    program.stdout?.on('data', says);
    program.stderr?.on('data', complains);
  });
}
