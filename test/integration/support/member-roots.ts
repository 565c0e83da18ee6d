/**
 * Root users of member accounts, which moto has not got: sts:AssumeRoot, and IAM as such a session may use it. Stands
 * before moto, to which all else goes on. As the STS and IAM references say, and the task policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/security-iam-awsmanpol.html).
 */
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, passOn, serve } from '../../support/loopback.ts';

export interface RootUser {
  password?: { readonly createdAt: string; readonly lastUsed?: string };
  accessKeys: {
    readonly id: string;
    readonly status: string;
    readonly createdAt: string;
    readonly lastUsed?: string;
  }[];
  certificates: { readonly id: string; readonly uploadedAt: string }[];
  mfaDevices: { readonly serialNumber: string; readonly enabledAt: string }[];
}

const AUDIT = [
  'ListAccessKeys',
  'ListSigningCertificates',
  'GetLoginProfile',
  'ListMFADevices',
  'GetUser',
  'GetAccessKeyLastUsed',
];
/** What each task policy does not deny. */
const TASKS: Readonly<Record<string, readonly string[]>> = {
  IAMAuditRootUserCredentials: [...AUDIT, 'GetAccountSummary'],
  IAMDeleteRootUserCredentials: [
    ...AUDIT,
    'DeleteAccessKey',
    'DeleteSigningCertificate',
    'DeleteLoginProfile',
    'DeactivateMFADevice',
  ],
  IAMCreateRootUserPassword: ['CreateLoginProfile', 'GetLoginProfile'],
};

interface Session {
  readonly account: string;
  readonly task: string;
  readonly token: string;
}
type Form = URLSearchParams;

class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

const denied = (message: string) => new Refusal('AccessDenied', message, 403);

export class MemberRoots {
  /** By account. */
  roots: Record<string, RootUser> = {};
  /** Of central root access. Nothing at all: IAM has no trusted access to the organization. */
  features: string[] | undefined;
  /** Whether who asks is the management account, or IAM's delegated administrator. */
  isInCharge = true;
  /** What root sessions did, in order: `IAMDeleteRootUserCredentials DeleteAccessKey`. */
  done: string[] = [];
  /** Called before each call of a session. */
  onCall: (action: string) => void = () => {};
  #sessions = new Map<string, Session>();

  reset(): void {
    this.roots = {};
    this.features = ['RootCredentialsManagement', 'RootSessions'];
    this.isInCharge = true;
    this.done = [];
    this.onCall = () => {};
    this.#sessions.clear();
  }

  /** Root's credentials, to compare. */
  picture = (): string => JSON.stringify(this.roots);

  /** @returns an XML answer, or `undefined` for what is not its business. */
  answer(service: string, key: string, headers: IncomingHttpHeaders, form: Form): string | undefined {
    const action = form.get('Action') ?? '';
    const session = this.#sessions.get(key);
    if (service === 'sts' && action === 'AssumeRoot') {
      if (session) throw denied('root credentials may not call AssumeRoot');
      return this.#assume(form);
    }
    if (service === 'iam' && action === 'ListOrganizationsFeatures')
      return wrap(action, this.#listFeatures());
    if (!session) {
      if (key.startsWith('ASIA')) throw new Refusal('InvalidClientTokenId', 'no such session', 403);
      return undefined;
    }
    if (headers['x-amz-security-token'] !== session.token) {
      throw new Refusal('InvalidClientTokenId', 'the token is of another session', 403);
    }
    if (service !== 'iam' || !TASKS[session.task]?.includes(action)) {
      throw denied(`${session.task} denies ${service}:${action}`);
    }
    if (form.has('UserName')) throw denied(`${session.task} denies ${action} of any other than root`);
    this.onCall(action);
    this.done.push(`${session.task} ${action}`);
    return wrap(action, this.#act(action, this.roots[session.account] as RootUser, form));
  }

  #assume(form: Form): string {
    const account = form.get('TargetPrincipal') ?? '';
    const arn = form.get('TaskPolicyArn.arn') ?? '';
    const task = arn.replace('arn:aws:iam::aws:policy/root-task/', '');
    const seconds = Number(form.get('DurationSeconds') ?? 900);
    if (!Object.hasOwn(TASKS, task)) throw new Refusal('ValidationError', `${arn} is no task policy`);
    if (!(seconds >= 0 && seconds <= 900))
      throw new Refusal('ValidationError', 'DurationSeconds is over 900');
    if (!this.isInCharge || !this.features?.includes('RootCredentialsManagement') || !this.roots[account]) {
      throw denied(`not authorized to perform sts:AssumeRoot on arn:aws:iam::${account}:root`);
    }
    const key = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const token = randomBytes(32).toString('base64url');
    this.#sessions.set(key, { account, task, token });
    const expiration = new Date(Date.now() + seconds * 1000).toISOString();
    return wrap(
      'AssumeRoot',
      `<Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret-${key}</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>${expiration}</Expiration></Credentials>`,
    );
  }

  #listFeatures(): string {
    if (!this.isInCharge)
      throw new Refusal('AccountNotManagementOrDelegatedAdministratorException', 'not you');
    if (!this.features) throw new Refusal('ServiceAccessNotEnabledException', 'no trusted access');
    return `<OrganizationId>o-aa111bb222</OrganizationId><EnabledFeatures>${members(this.features)}</EnabledFeatures>`;
  }

  #act(action: string, root: RootUser, form: Form): string {
    const remove = <T>(list: T[], is: (one: T) => boolean): string => {
      const index = list.findIndex(is);
      if (index < 0) throw new Refusal('NoSuchEntity', `${action}: there is none`, 404);
      list.splice(index, 1);
      return '';
    };
    const profile = () => {
      if (!root.password)
        throw new Refusal('NoSuchEntity', 'Login Profile for User root cannot be found', 404);
      return `<LoginProfile><CreateDate>${root.password.createdAt}</CreateDate></LoginProfile>`;
    };
    const keyId = form.get('AccessKeyId');
    switch (action) {
      case 'GetLoginProfile':
        return profile();
      case 'GetUser': {
        const last = root.password?.lastUsed;
        return `<User><Arn>arn:aws:iam::1:root</Arn><CreateDate>2020-01-01T00:00:00Z</CreateDate>${last ? `<PasswordLastUsed>${last}</PasswordLastUsed>` : ''}</User>`;
      }
      case 'ListAccessKeys':
        return page(
          form,
          'AccessKeyMetadata',
          root.accessKeys,
          ({ id, status, createdAt }) =>
            `<AccessKeyId>${id}</AccessKeyId><Status>${status}</Status><CreateDate>${createdAt}</CreateDate>`,
        );
      case 'GetAccessKeyLastUsed': {
        const key = root.accessKeys.find(({ id }) => id === keyId);
        if (!key) throw denied('not a key of this root');
        const used = key.lastUsed
          ? `<LastUsedDate>${key.lastUsed}</LastUsedDate><ServiceName>s3</ServiceName><Region>us-east-1</Region>`
          : '<ServiceName>N/A</ServiceName><Region>N/A</Region>';
        return `<AccessKeyLastUsed>${used}</AccessKeyLastUsed>`;
      }
      case 'ListSigningCertificates':
        return page(
          form,
          'Certificates',
          root.certificates,
          ({ id, uploadedAt }) =>
            `<CertificateId>${id}</CertificateId><CertificateBody>a body</CertificateBody><Status>Active</Status><UploadDate>${uploadedAt}</UploadDate>`,
        );
      case 'ListMFADevices':
        return page(
          form,
          'MFADevices',
          root.mfaDevices,
          ({ serialNumber, enabledAt }) =>
            `<SerialNumber>${serialNumber}</SerialNumber><EnableDate>${enabledAt}</EnableDate>`,
        );
      case 'DeleteAccessKey':
        return remove(root.accessKeys, ({ id }) => id === keyId);
      case 'DeleteSigningCertificate':
        return remove(root.certificates, ({ id }) => id === form.get('CertificateId'));
      case 'DeactivateMFADevice':
        return remove(root.mfaDevices, ({ serialNumber }) => serialNumber === form.get('SerialNumber'));
      case 'DeleteLoginProfile':
        profile();
        delete root.password;
        return '';
      case 'CreateLoginProfile':
        if (form.has('Password'))
          throw new Refusal('ValidationError', 'a root session may not give a password');
        if (root.password) throw new Refusal('EntityAlreadyExists', 'there is one', 409);
        root.password = { createdAt: '2026-11-22T00:00:00Z' };
        return profile();
      default:
        throw new Refusal('InvalidAction', action);
    }
  }
}

const members = (items: readonly string[]) => items.map((item) => `<member>${item}</member>`).join('');
/** One item a page: whoever does not read on sees less than there is. */
function page<T>(form: Form, name: string, items: readonly T[], show: (item: T) => string): string {
  const at = Number(form.get('Marker') ?? 0);
  const isMore = at + 1 < items.length;
  return `<${name}>${members(items.slice(at, at + 1).map(show))}</${name}><IsTruncated>${isMore}</IsTruncated>${isMore ? `<Marker>${at + 1}</Marker>` : ''}`;
}
const wrap = (action: string, result: string) =>
  `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;

/** Serves the roots at an address of its own. */
export async function startMemberRoots(moto: string, roots: MemberRoots) {
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const { headers } = incoming;
    const [, key = '', service = ''] =
      /Credential=([^/]*)\/\d+\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
    const said = roots.answer(service, key, headers, new URLSearchParams(body.toString()));
    if (said) {
      outgoing.writeHead(200, { 'content-type': 'text/xml' }).end(said);
      return;
    }
    passOn(moto, incoming, body, outgoing);
  }
  return serve((incoming, outgoing) => {
    answer(incoming, outgoing).catch(({ code, status = 500, message }: Refusal) => {
      const error = `<Type>Sender</Type><Code>${code}</Code><Message>${message}</Message>`;
      outgoing
        .writeHead(status, { 'content-type': 'text/xml' })
        .end(`<ErrorResponse><Error>${error}</Error></ErrorResponse>`);
    });
  });
}
