import { checkComplete, type PartialList, partial } from '../../account/errors.ts';
import {
  type Listener,
  type ListenerAction,
  type ListenerRule,
  type LoadBalancer,
  listenerRules,
  listeners,
  loadBalancers,
} from '../../account/services/elbv2/readings.ts';
import { compliant, nonCompliant, notApplicable } from '../judgement.ts';
import { defineRule } from '../rule.ts';
import { inRegions } from '../shared/ahead.ts';
import { isAskedAbout } from '../shared/asked.ts';
import { judgeEach } from '../shared/each.ts';
import { listed } from '../shared/settle.ts';
import { fix } from './fix.ts';

export type PlainHttp = (
  | { readonly kind: 'plainDefault' }
  /** A rule that comes before the default one. */
  | { readonly kind: 'plainRule'; readonly priority: string }
) & {
  readonly listener: string;
  readonly port: number;
  /** What the listener does with a request instead of redirecting it to HTTPS. */
  readonly does: string;
};

/** A redirect to HTTPS. ELB fills in what nobody said: `#{protocol}`, which is HTTP on an HTTP listener. */
const isRedirect = ({ Type, RedirectConfig }: ListenerAction) =>
  Type === 'redirect' && RedirectConfig?.Protocol === 'HTTPS';

const DOES: Readonly<Record<string, string>> = {
  forward: 'forwards requests',
  redirect: 'redirects to HTTP',
  'fixed-response': 'answers by itself',
};
const does = (actions: readonly ListenerAction[]) => {
  const { Type = 'nothing' } = actions.at(-1) ?? {};
  return DOES[Type] ?? `does ${Type}`;
};

/**
 * What ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK reports: an Application Load Balancer with an HTTP listener that does not
 * redirect to HTTPS. AWS's page speaks of listeners; that every rule of theirs counts, the default one as well as the
 * others, is what AWS Support says (kubernetes-sigs/aws-load-balancer-controller#1147).
 *
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/alb-http-to-https-redirection-check.html
 */
export default defineRule<Record<never, never>, PlainHttp>()({
  id: 'alb-http-to-https',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  scope: 'regional',
  triggers: [],
  detectedBy: 'ALB_HTTP_TO_HTTPS_REDIRECTION_CHECK',
  parameters: {},
  reads: [loadBalancers, listeners, listenerRules],
  messages: {
    plainDefault: ({ port, does }) => `the HTTP listener on port ${port} ${does}`,
    plainRule: ({ port, priority, does }) => `rule ${priority} of the HTTP listener on port ${port} ${does}`,
  },

  async *judge(account, _parameters, context) {
    yield* inRegions(account, account.regions, async function* (region) {
      const rulesOf = (id: string) => partial(account.read(listenerRules, { region, id }));
      const resourceOf = ({ arn, name }: LoadBalancer) => ({
        type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        id: arn,
        name,
        region,
      });
      const asked = async function* () {
        for await (const one of account.each(loadBalancers, { region }))
          if (isAskedAbout(context, resourceOf(one))) yield one;
      };
      yield* judgeEach(asked(), resourceOf, async (loadBalancer) => {
        const resource = resourceOf(loadBalancer);
        if (loadBalancer.type !== 'application') return notApplicable(resource);
        const all = await listed(account.read(listeners, { region, id: loadBalancer.name }));
        if (!all) return undefined;
        const found = await Promise.all(all.values.filter(isHttp).map((one) => plainHttp(one, rulesOf)));
        const findings = found.flatMap(({ values }) => values).sort(worstFirst);
        if (findings.length > 0) return nonCompliant(resource, findings);
        checkComplete([...all.errors, ...found.flatMap(({ errors }) => errors)]);
        return compliant(resource);
      });
    });
  },

  fix,
});

const isHttp = ({ protocol }: Listener) => protocol === 'HTTP';

async function plainHttp(
  { arn, port = 0, defaultActions }: Listener,
  rulesOf: (listener: string) => Promise<PartialList<ListenerRule>>,
): Promise<PartialList<PlainHttp>> {
  const where = { listener: arn, port };
  const { values: all, errors } = await rulesOf(arn);
  const rules = all.filter(({ priority, actions }) => priority !== 'default' && !actions.some(isRedirect));
  const values: PlainHttp[] = [
    ...(defaultActions.some(isRedirect)
      ? []
      : [{ kind: 'plainDefault' as const, ...where, does: does(defaultActions) }]),
    ...rules.map(({ priority, actions }) => ({
      kind: 'plainRule' as const,
      priority,
      ...where,
      does: does(actions),
    })),
  ];
  return { values, errors };
}

/** The default action comes first, because most requests meet it. */
const worstFirst = (a: PlainHttp, b: PlainHttp): number =>
  Number(a.kind === 'plainRule') - Number(b.kind === 'plainRule') || a.port - b.port;
