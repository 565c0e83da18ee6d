import type { Account } from '../../account/account.ts';
import { type SecurityGroupRule, securityGroupRules } from '../../account/services/ec2/readings.ts';
import type { Listener, ListenerAction } from '../../account/services/elbv2/readings.ts';

/** Why a listener stays as it is. */
export class Refusal {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** An HTTP listener has no other actions, because those that authenticate are for HTTPS (the API's reference, Action). */
const KNOWN = ['forward', 'redirect', 'fixed-response'];

/**
 * The port of the HTTPS listener that serves the same as an HTTP listener.
 *
 * @param all the listeners of the load balancer.
 * @param chosen the port that somebody chose, who knows what it serves.
 */
export function counterpart(
  { defaultActions, port }: Listener,
  all: readonly Listener[],
  chosen: string | undefined,
): number | Refusal {
  const strange = defaultActions.find(({ Type }) => !KNOWN.includes(Type));
  if (strange)
    return new Refusal(`its action ${strange.Type} could not be brought back. Redirect it by hand.`);
  const elsewhere = defaultActions.find(isElsewhere);
  if (elsewhere) {
    const { Host = '', Path = '' } = elsewhere.RedirectConfig ?? {};
    return new Refusal(
      `it redirects to ${Host}${Path}, and whether HTTPS is served there cannot be told from here. Change its protocol by hand.`,
    );
  }

  const https = all
    .filter(({ protocol, hasCertificate }) => protocol === 'HTTPS' && hasCertificate)
    .map((one) => ({ port: one.port as number, groups: groupsOf(one.defaultActions) }))
    .sort((a, b) => Number(b.port === 443) - Number(a.port === 443) || a.port - b.port);
  if (chosen !== undefined) {
    return (
      https.find((one) => `${one.port}` === chosen)?.port ??
      new Refusal(`there is no HTTPS listener with a certificate on port ${chosen}, the HttpsPort.`)
    );
  }
  if (https.length === 0) {
    return new Refusal(
      'there is no HTTPS listener with a certificate to redirect to. Make one first, or delete this one.',
    );
  }
  const groups = groupsOf(followed(defaultActions, all));
  const same = https.filter((one) => groups.every((group) => one.groups.includes(group)));
  if (groups.length === 0 && https.length > 1 && https[0]?.port !== 443) {
    return new Refusal(`HTTPS is on ports ${list(https)}. Set HttpsPort to the one to redirect to.`);
  }
  return (
    same[0]?.port ??
    new Refusal(
      `no HTTPS listener forwards by default to the target groups that port ${port} forwards to, so that a redirect may lead to something else. Set HttpsPort (${list(https)}) where it does not.`,
    )
  );
}

const list = (listeners: readonly { readonly port: number }[]) =>
  listeners.map(({ port }) => port).join(', ');

/** A redirect that does more than to change protocol and port. */
const isElsewhere = ({ Type, RedirectConfig }: ListenerAction): boolean => {
  const { Host = '#{host}', Path = '/#{path}', Query = '#{query}' } = RedirectConfig ?? {};
  return Type === 'redirect' && (Host !== '#{host}' || Path !== '/#{path}' || Query !== '#{query}');
};

/** The actions of the HTTP port that a redirect leads to; the actions themselves where they are no such redirect. */
const followed = (
  actions: readonly ListenerAction[],
  all: readonly Listener[],
): readonly ListenerAction[] => {
  const to = actions.find(({ Type }) => Type === 'redirect')?.RedirectConfig?.Port;
  return all.find(({ port, protocol }) => protocol === 'HTTP' && `${port}` === to)?.defaultActions ?? actions;
};

/** The target groups that get requests. A simple forward has its one group twice. */
const groupsOf = (actions: readonly ListenerAction[]): string[] =>
  actions.flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const groups = ForwardConfig?.TargetGroups ?? [];
    if (groups.length === 0) return TargetGroupArn ? [TargetGroupArn] : [];
    return groups.filter(({ Weight }) => Weight !== 0).map((group) => group.TargetGroupArn);
  });

/**
 * Whether the security groups let in on one port whom they let in on the other, by addresses, prefix lists and
 * security groups as they are written there: a redirect to a closed port would cut people off.
 *
 * @returns why not; `undefined` when they do.
 */
export async function groupsReach(
  account: Account<typeof securityGroupRules>,
  region: string,
  groupIds: readonly string[],
  from: number,
  to: number,
): Promise<Refusal | undefined> {
  const rules = (
    await Promise.all(groupIds.map((id) => account.read(securityGroupRules, { region, id })))
  ).flat();
  const sources = (port: number) => [
    ...new Set(rules.filter((rule) => covers(rule, port)).map(({ source }) => source)),
  ];
  const there = sources(to);
  // This also holds for a group that cannot be seen, which seems to have no rules.
  if (there.length === 0)
    return new Refusal(`no security group lets anyone in on port ${to}. Open it first.`);
  const missing = sources(from).filter(
    (source) => !there.includes(source) && !there.includes(everyone(source)),
  );
  if (missing.length === 0) return undefined;
  const named = missing.length > 3 ? [...missing.slice(0, 3), '…'] : missing;
  return new Refusal(
    `the security groups let ${named.join(', ')} in on port ${from}, but not on port ${to}. Let them in there first.`,
  );
}

const covers = (
  { isEgress, protocol, fromPort = 0, toPort = 65_535 }: SecurityGroupRule,
  port: number,
): boolean =>
  !isEgress && (protocol === '-1' || (['tcp', '6'].includes(protocol) && fromPort <= port && port <= toPort));

/** The widest range that an address range lies in; what has no slash is no range. */
function everyone(source: string): string {
  if (!source.includes('/')) return source;
  return source.includes(':') ? '::/0' : '0.0.0.0/0';
}
