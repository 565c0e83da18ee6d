import type { Account, ResourceRef } from '../../account/account.ts';
import { securityGroupRules } from '../../account/services/ec2/readings.ts';
import {
  type Listener,
  type ListenerAction,
  listeners,
  loadBalancers,
} from '../../account/services/elbv2/readings.ts';
import {
  type Agreed,
  defineFix,
  type FixContext,
  type Plan,
  type PlanStep,
  type UndoContext,
  type Verified,
} from '../fix.ts';
import { oneOf, optionalText, parameter } from '../parameters.ts';
import type { Verdict } from '../rule.ts';
import { counterpart, groupsReach, Refusal } from './counterpart.ts';
import type { PlainHttp } from './rule.ts';

/** What the document's selectors find. */
interface Inputs {
  /** The listeners to redirect. */
  readonly ListenerArns: readonly string[];
  /** The port to redirect them to. */
  readonly Port: string;
  /** Undo: ordinals of the listeners to restore. */
  readonly Parts: readonly string[];
  /** Undo of one part: whether the listener is still as the run left it, its ARN, and the actions that it had. */
  readonly Restores: boolean;
  readonly ListenerArn: string;
  readonly DefaultActions: readonly ListenerAction[];
}

const options = {
  StatusCode: parameter(oneOf('HTTP_302', 'HTTP_301'), 'HTTP_302', {
    en: '`HTTP_302`, or `HTTP_301`, which browsers remember: they go on redirecting after an Undo.',
    ko: '`HTTP_302` 또는 `HTTP_301`. `HTTP_301`은 브라우저가 기억하므로 되돌린 뒤에도 계속 리디렉션합니다.',
  }),
  HttpsPort: parameter(optionalText(), '', {
    en: 'The port of the HTTPS listener to redirect to, whatever it serves. Empty: the one that serves the same.',
    ko: '리디렉션할 HTTPS 리스너의 포트(무엇을 제공하든). 비워 두면 같은 것을 제공하는 리스너.',
  }),
};
const reads = [loadBalancers, listeners, securityGroupRules] as const;
type Asks = (typeof reads)[number];
type Context = FixContext<unknown, typeof options, Asks>;

/** What each listener had, and what the run gives it instead. */
interface Before {
  readonly listeners: readonly {
    readonly arn: string;
    readonly port: number;
    readonly actions: readonly ListenerAction[];
    readonly redirect: ListenerAction;
  }[];
}

/**
 * Lets the default action of HTTP listeners redirect to the HTTPS listener that serves the same. Rules that come before
 * the default one are exceptions that somebody made for certain requests: they stay, and are named.
 */
export const fix = defineFix<PlainHttp, unknown>()({
  summary: {
    changes: {
      en: "The default action of the load balancer's HTTP listeners becomes a redirect to its HTTPS listener.",
      ko: '로드 밸런서 HTTP 리스너의 기본 동작을 HTTPS 리스너로의 리디렉션으로 바꿉니다.',
    },
    breaks: {
      en: 'Clients that follow no redirect, or do not trust the certificate.',
      ko: '리디렉션을 따르지 않거나 인증서를 신뢰하지 않는 클라이언트.',
    },
    undo: {
      en: 'Gives the listeners their former default action.',
      ko: '리스너의 이전 기본 동작을 되돌립니다.',
    },
    automatic: {
      sensible: false,
      why: { en: 'Try the HTTPS listener first.', ko: '먼저 HTTPS 리스너를 확인하십시오.' },
    },
  },

  options,
  reads,
  inputs: {
    ListenerArns: ['none'],
    Port: '443',
    Parts: ['none'],
    Restores: false,
    ListenerArn: 'none',
    DefaultActions: [],
  } as Inputs,
  plan,
  undo,
  verify,
  begun: ({ listeners }: Before, parts: readonly Before[]): Before => ({
    listeners: listeners.filter(({ arn }) =>
      parts.some((part) => part.listeners.some((one) => one.arn === arn)),
    ),
  }),
});

interface Wanted {
  readonly listener: Listener;
  readonly port: number;
  /** The HTTPS listener's port. */
  readonly to: number;
}

async function plan(verdict: Verdict<PlainHttp>, context: Context): Promise<Plan<Inputs>> {
  const { account, options, agreed } = context;
  const { id, region } = verdict.resource;
  const plain = verdict.findings.filter(({ kind }) => kind === 'plainDefault');
  const refusals = verdict.findings.flatMap((finding) =>
    finding.kind === 'plainRule' ? [exception(finding)] : [],
  );
  const { present, securityGroups } = await describe(account, region, id);

  const wanted: Wanted[] = [];
  for (const { listener: arn, port } of plain) {
    const listener = present.find((one) => one.arn === arn);
    if (!listener) continue;
    const to = counterpart(listener, present, options.HttpsPort);
    const refusal = to instanceof Refusal ? to : await groupsReach(account, region, securityGroups, port, to);
    if (refusal) refusals.push(`The HTTP listener on port ${port} stays: ${refusal.reason}`);
    else wanted.push({ listener, port, to: to as number });
  }

  if (agreed) return again(agreed, verdict.resource, wanted, options.StatusCode);
  // The document's loop takes plain texts, so one run has one port for all listeners.
  const to = wanted.find((one) => one.to === 443)?.to ?? wanted[0]?.to;
  if (to === undefined) return { steps: [], refusals };
  const [now, later] = [wanted.filter((one) => one.to === to), wanted.filter((one) => one.to !== to)];
  const redirect = redirectTo(to, options.StatusCode);
  return {
    steps: now.map(({ listener, port }) =>
      modify(listener.arn, [redirect], `HTTP on port ${port} redirects to HTTPS on port ${to}`),
    ),
    inputs: { ListenerArns: now.map(({ listener }) => listener.arn), Port: `${to}` },
    before: {
      listeners: now.map(({ listener: { arn, defaultActions }, port }) => ({
        arn,
        port,
        actions: defaultActions,
        redirect,
      })),
    } satisfies Before,
    refusals,
    warnings: [
      ...later.map(
        (one) =>
          `The HTTP listener on port ${one.port} belongs to HTTPS on port ${one.to}, and one run redirects to one port: run it again.`,
      ),
      'Clients that follow no redirects, or send bodies over HTTP (POST becomes GET), have to change to HTTPS.',
      ...(options.StatusCode === 'HTTP_301' ? ['Browsers remember HTTP_301: Undo does not reach them.'] : []),
    ],
  };
}

/**
 * Read immediately before the change. The call replaces all default actions, so a listener is changed only if it
 * still has the actions that were agreed on.
 */
async function again(
  { before, account, part }: Agreed<Asks>,
  { id, region }: ResourceRef,
  wanted: readonly Wanted[],
  statusCode: string,
): Promise<Plan<Inputs>> {
  const agreed = (before as Before).listeners.filter(({ arn }) => part === undefined || part === arn);
  const present = await listenersOf(account, { region, id });
  const now = agreed.filter(
    ({ arn, actions, redirect }) =>
      isEqual(present.find((one) => one.arn === arn)?.defaultActions, actions) &&
      wanted.some(({ listener, to }) => listener.arn === arn && isSame(redirectTo(to, statusCode), redirect)),
  );
  const to = now[0]?.redirect.RedirectConfig?.Port;
  return {
    steps: now.map(({ arn, port, redirect }) =>
      modify(arn, [redirect], `HTTP on port ${port} redirects to HTTPS on port ${to}`),
    ),
    ...(to !== undefined && { inputs: { ListenerArns: now.map(({ arn }) => arn), Port: `${to}` } }),
    before: { listeners: now } satisfies Before,
  };
}

const exception = ({ priority, port, does }: Extract<PlainHttp, { kind: 'plainRule' }>) =>
  `Rule ${priority} of the HTTP listener on port ${port} stays: it ${does}, which somebody wanted for the requests that it matches. Delete it, or let it redirect, by hand.`;

async function describe(account: Account<Asks>, region: string, id: string) {
  const present = await listenersOf(account, { region, id });
  const loadBalancer = await account.one(loadBalancers, id, { region });
  return { present, securityGroups: loadBalancer?.securityGroups ?? [] };
}

const listenersOf = async (
  account: Account<typeof listeners>,
  { region, id }: Pick<ResourceRef, 'region' | 'id'>,
): Promise<readonly Listener[]> => (await account.read(listeners, { region, id: nameOf(id) })) ?? [];

/** `…:loadbalancer/app/<name>/<id>` */
const nameOf = (arn: string): string => arn.split('/').at(-2) ?? arn;

/** Spelled out, as DescribeListeners gives it back. */
const redirectTo = (port: number, StatusCode: string): ListenerAction => ({
  Type: 'redirect',
  RedirectConfig: {
    Protocol: 'HTTPS',
    Port: `${port}`,
    Host: '#{host}',
    Path: '/#{path}',
    Query: '#{query}',
    StatusCode,
  },
});

const modify = (ListenerArn: string, DefaultActions: readonly ListenerAction[], why: string): PlanStep => ({
  api: 'elbv2:ModifyListener',
  input: { ListenerArn, DefaultActions },
  why,
});

/** Restores the actions of those listeners that still are as the run left them. */
async function undo({ listeners: changed }: Before, context: UndoContext<Asks>): Promise<Plan<Inputs>> {
  const { account, resource, part } = context;
  const present = await listenersOf(account, resource);
  const parts = changed.map((was, index) => {
    const now = present.find(({ arn }) => arn === was.arn)?.defaultActions;
    return {
      ...was,
      ordinal: `${index + 1}`,
      now,
      isOurs: now?.length === 1 && isSame(now[0], was.redirect),
    };
  });
  const back = parts.filter(({ isOurs, ordinal }) => isOurs && (part ?? +ordinal) === +ordinal);
  const one = part === undefined ? undefined : parts[part - 1];
  return {
    steps: back.map(({ arn, actions, port }) =>
      modify(arn, actions, `HTTP on port ${port} does again what it did`),
    ),
    inputs: {
      ...(back.length > 0 && { Parts: back.map(({ ordinal }) => ordinal) }),
      ...(one && {
        Restores: one.isOurs,
        ListenerArn: one.arn,
        DefaultActions: (one.isOurs ? one.actions : one.now) ?? one.actions,
      }),
    },
  };
}

const isSame = (action: ListenerAction | undefined, { Type, RedirectConfig = {} }: ListenerAction): boolean =>
  action?.Type === Type &&
  Object.entries(RedirectConfig ?? {}).every(([name, value]) => action.RedirectConfig?.[name] === value);

/** The default actions are one setting: either the run wrote all of a listener's, or somebody else did. */
async function verify(
  { listeners }: Before,
  changes: readonly string[],
  { account, resource }: UndoContext<Asks>,
): Promise<Verified> {
  const present = await listenersOf(account, resource);
  const now = (arn: string) => present.find((one) => one.arn === arn)?.defaultActions ?? [];
  const isOurs = ({ arn, redirect }: Before['listeners'][number]) =>
    now(arn).length === 1 && isSame(now(arn)[0], redirect);
  const made = listeners.filter(isOurs);
  return {
    before: made.length > 0 ? ({ listeners: made } satisfies Before) : null,
    made: changes.filter((change) => made.some(({ port }) => change.startsWith(`HTTP on port ${port} `))),
    others: listeners
      .filter((one) => !isOurs(one) && !isEqual(now(one.arn), one.actions))
      .map(({ port }) => `Somebody else has changed what the HTTP listener on port ${port} does meanwhile.`),
  };
}

/** JSON as AWS gives it: the order of an object's members says nothing. */
function isEqual(one: unknown, other: unknown): boolean {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object')
    return one === other;
  const there = new Map(Object.entries(other));
  const members = Object.entries(one);
  return (
    members.length === there.size &&
    members.every(([name, value]) => there.has(name) && isEqual(value, there.get(name)))
  );
}
