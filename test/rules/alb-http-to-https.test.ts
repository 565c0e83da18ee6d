import rule from '../../rules/alb-http-to-https/rule.ts';
import { denied, fails, judged, memoryAccount } from '../support/memory.ts';
import {
  ARN,
  BALANCERS,
  balancer,
  fixed,
  forward,
  http,
  https,
  LISTENERS,
  listening,
  REGION,
  type Readings,
  redirect,
  resource,
  rulesOf,
} from './alb-http-to-https.listeners.ts';

describe('the verdict', () => {
  const cases: [situation: string, readings: Readings, compliance: string, annotation?: string][] = [
    ['HTTPS alone', listening(https(forward('a'))), 'COMPLIANT'],
    ['no listener at all', listening(), 'COMPLIANT'],
    ['HTTP that redirects', listening(https(forward('a')), http(redirect())), 'COMPLIANT'],
    [
      'HTTP that redirects elsewhere, with HTTPS',
      listening(http(redirect({ Host: 'example.com' }))),
      'COMPLIANT',
    ],
    [
      'HTTP that forwards',
      listening(https(forward('a')), http(forward('a'))),
      'NON_COMPLIANT',
      'the HTTP listener on port 80 forwards requests',
    ],
    [
      'HTTP that answers by itself',
      listening(http(fixed)),
      'NON_COMPLIANT',
      'the HTTP listener on port 80 answers by itself',
    ],
    [
      'HTTP that redirects to HTTP',
      listening(http(redirect({ Protocol: 'HTTP' }))),
      'NON_COMPLIANT',
      'the HTTP listener on port 80 redirects to HTTP',
    ],
    ['HTTP that keeps the protocol', listening(http(redirect({ Protocol: '#{protocol}' }))), 'NON_COMPLIANT'],
    [
      'a rule that forwards before a default that redirects',
      listening(http(redirect(), 80, redirect(), forward('a'))),
      'NON_COMPLIANT',
      'rule 2 of the HTTP listener on port 80 forwards requests',
    ],
    [
      'several of them, defaults first',
      listening(http(redirect(), 80, fixed), http(forward('a'), 8080)),
      'NON_COMPLIANT',
      'the HTTP listener on port 8080 forwards requests; rule 1 of the HTTP listener on port 80 answers by itself',
    ],
    [
      'a network load balancer',
      { ...listening(http(forward('a'))), ...balancer({ Type: 'network' }) },
      'NOT_APPLICABLE',
    ],
    ['a gateway load balancer', balancer({ Type: 'gateway', SecurityGroups: null }), 'NOT_APPLICABLE'],
  ];
  test.each(cases)('%s', async (...[, readings, compliance, annotation]) => {
    const said = await judged(rule, memoryAccount(readings));
    expect(said).toMatchObject([{ id: ARN, name: 'shop', region: REGION, compliance }]);
    if (annotation !== undefined) expect(said[0]?.annotation).toBe(annotation);
  });

  test.each<[situation: string, readings: Readings, code: string]>([
    ['its listeners', { [LISTENERS]: denied }, 'AccessDenied'],
    ['their rules', { [rulesOf(80)]: denied }, 'AccessDenied'],
    ['the load balancers', { [BALANCERS]: denied }, 'AccessDenied'],
    [
      'the actions of a listener',
      { [LISTENERS]: { Listeners: [{ ListenerArn: 'l', Protocol: 'HTTP', Port: 80 }] } },
      'Malformed',
    ],
    ['the actions of a rule', { [rulesOf(80)]: { Rules: [{ Priority: '1' }] } }, 'Malformed'],
    ['a redirect', { [LISTENERS]: { Listeners: [{ ListenerArn: 'l', DefaultActions: [{}] }] } }, 'Malformed'],
  ])('cannot be told without %s', async (_, readings, code) => {
    const account = memoryAccount({ ...listening(http(redirect())), ...readings });
    expect(await judged(rule, account, {}, { resource })).toMatchObject([
      { id: ARN, compliance: 'UNKNOWN', code },
    ]);
  });

  test('a broken listener or rule beside one that serves plain HTTP', async () => {
    const plain = { ...listening(http(forward('a'))) };
    const { Listeners } = plain[LISTENERS] as { Listeners: unknown[] };
    const beside = { ...plain, [LISTENERS]: { Listeners: [...Listeners, {}] } };
    const said = { id: ARN, compliance: 'NON_COMPLIANT' };
    expect(await judged(rule, memoryAccount(beside))).toMatchObject([said]);
    const rules = { ...plain, [rulesOf(80)]: { Rules: [{ Priority: '1' }] } };
    expect(await judged(rule, memoryAccount(rules))).toMatchObject([said]);
  });

  test('a load balancer that vanishes meanwhile is not reported', async () => {
    const account = memoryAccount({ ...balancer(), [LISTENERS]: fails('LoadBalancerNotFound') });
    expect(await judged(rule, account)).toEqual([]);
  });

  test('another load balancer is not looked at', async () => {
    const other = { ...resource, id: ARN.replace('shop', 'other') };
    expect(await judged(rule, memoryAccount(balancer()), {}, { resource: other })).toEqual([]);
  });
});
