import { fix } from '../../rules/alb-http-to-https/fix.ts';
import rule from '../../rules/alb-http-to-https/rule.ts';
import type { Plan } from '../../rules/fix.ts';
import { parseParameters } from '../../rules/parameters.ts';
import type { Verdict } from '../../rules/rule.ts';
import { denied, fails, memoryAccount } from '../support/memory.ts';
import {
  anyone,
  arnOf,
  fixed,
  forward,
  GROUP,
  group,
  http,
  https,
  LISTENERS,
  type Listen,
  listening,
  open,
  type Readings,
  redirect,
  resource,
} from './alb-http-to-https.listeners.ts';

const now = new Date(0);

async function planFor(readings: Readings, options: Readings = {}): Promise<Plan> {
  const account = memoryAccount(readings);
  for await (const judgement of rule.judge(account, {}, { now })) {
    if (!judgement.compliance) throw judgement.error;
    if (judgement.compliance !== 'NON_COMPLIANT') return { steps: [] };
    const asked = parseParameters({ id: 'document', parameters: fix.options }, options);
    return fix.plan(judgement as Verdict<never>, {
      account,
      parameters: {},
      options: asked,
      caller: '',
      now,
    });
  }
  throw new Error('nothing was judged');
}

/** Which port is redirected to which. */
const moves = ({ steps }: Plan) =>
  steps.map(({ api, input }) => {
    expect(api).toBe('elbv2:ModifyListener');
    const [{ RedirectConfig }] = input.DefaultActions as [{ RedirectConfig: Record<string, string> }];
    return [Number(String(input.ListenerArn).split('/').at(-1)), Number(RedirectConfig.Port)];
  });

describe('the plan', () => {
  test('spells the redirect out, and asks to be told so that the document can say it', async () => {
    const plan = await planFor(listening(https(forward('a')), http(forward('a')), http(forward('a'), 8080)));
    const { Order: _, ...action } = redirect();
    expect(plan.steps.map(({ input }) => input)).toEqual(
      [80, 8080].map((port) => ({ ListenerArn: arnOf(port), DefaultActions: [action] })),
    );
    expect(plan.inputs).toEqual({ ListenerArns: [arnOf(80), arnOf(8080)], Port: '443' });
  });

  test.each<[situation: string, listeners: Listen[], moves: [number, number][], options?: Readings]>([
    [
      '443 before others that serve the same',
      [https(forward('a'), 81), https(forward('a')), http(forward('a'))],
      [[80, 443]],
    ],
    [
      'another port, where that alone serves the same',
      [https(forward('b')), https(forward('a'), 8443), http(forward('a'))],
      [[80, 8443]],
    ],
    ['HTTPS that serves more', [https(forward('a', 'b')), http(forward('a'))], [[80, 443]]],
    [
      'HTTPS that authenticates first',
      [
        { ...https(forward('a')), does: [{ Type: 'authenticate-oidc', Order: 1 }, forward('a')] },
        http(forward('a')),
      ],
      [[80, 443]],
    ],
    [
      'a group without weight does not count',
      [https(forward('b')), http(forward(['a', 0], ['b', 1]))],
      [[80, 443]],
    ],
    ['nor does one on the HTTPS side', [https(forward(['a', 0], ['b', 1])), http(forward('a'))], []],
    ['a fixed answer, to the only HTTPS there is', [https(fixed, 8443), http(fixed)], [[80, 8443]]],
    [
      'a redirect to another port of HTTP, to what that port serves',
      [
        https(forward('a')),
        https(forward('b'), 8443),
        http(redirect({ Protocol: 'HTTP', Port: '8080' })),
        http(forward('b'), 8080),
      ],
      [
        [80, 8443],
        [8080, 8443],
      ],
    ],
    [
      'a redirect to another port of HTTP',
      [https(forward('a')), http(redirect({ Protocol: 'HTTP', Port: '8080' }))],
      [[80, 443]],
    ],
    [
      'the port that was chosen',
      [https(forward('a')), https(forward('b'), 8443), http(forward('a'))],
      [[80, 8443]],
      { HttpsPort: '8443' },
    ],
    [
      'HTTPS without a certificate is none',
      [{ ...https(forward('a')), certificate: false }, http(forward('a'))],
      [],
    ],
    [
      'a fixed answer, with no telling which HTTPS',
      [https(fixed, 8443), https(fixed, 9443), http(fixed)],
      [],
    ],
    ['an action that nobody knows', [https(forward('a')), http({ Type: 'teleport' })], []],
    [
      'a redirect to another path',
      [https(forward('a')), http(redirect({ Protocol: 'HTTP', Path: '/app' }))],
      [],
    ],
  ])('%s', async (_, listeners, expected, options = {}) => {
    const plan = await planFor(listening(...listeners), options);
    expect(moves(plan)).toEqual(expected);
    expect(plan.refusals).toHaveLength(expected.length === 0 ? 1 : 0);
  });

  test('one run, one port: the rest is said, and done by the next', async () => {
    const listeners = [https(forward('b'), 8443), https(forward('a')), http(forward('b'), 8080)];
    const first = await planFor(listening(...listeners, http(forward('a'))));
    expect(moves(first)).toEqual([[80, 443]]);
    expect(first.warnings?.[0]).toContain('on port 8080 belongs to HTTPS on port 8443');
    const second = await planFor(listening(...listeners, http(redirect())));
    expect(moves(second)).toEqual([[8080, 8443]]);
    expect(second.warnings).toHaveLength(1);
  });

  test('redirects what most requests meet, and names the rules that stay', async () => {
    const plan = await planFor(
      listening(https(forward('a')), http(forward('a'), 80, forward('b'), redirect())),
    );
    expect(moves(plan)).toEqual([[80, 443]]);
    expect(plan.refusals).toEqual([
      expect.stringMatching(/^Rule 1 of the HTTP listener on port 80 stays: it forwards/),
    ]);
  });

  test('says whom the redirect may break, and what browsers remember', async () => {
    const readings = listening(https(forward('a')), http(forward('a')));
    expect((await planFor(readings)).warnings).toEqual([expect.stringContaining('POST becomes GET')]);
    const permanent = await planFor(readings, { StatusCode: 'http_301' });
    expect(permanent.warnings).toEqual([expect.anything(), expect.stringContaining('Undo does not reach')]);
  });
});

describe('who can reach the HTTPS port', () => {
  const shop = listening(https(forward('a')), http(forward('a')));
  const office = { CidrIpv4: '10.0.0.0/8' };
  const v6 = { CidrIpv6: '2001:db8::/32' };
  const list = { PrefixListId: 'pl-1' };
  const app = { ReferencedGroupInfo: { GroupId: 'sg-2' } };
  const all = { IpProtocol: '-1', FromPort: -1, ToPort: -1 };

  test.each<[situation: string, rules: object[], refusal: string | undefined]>([
    ['the same', open([80, 443], office), undefined],
    ['the same groups', open([80, 443], app), undefined],
    ['more', [...open([80], office), ...open([443])], undefined],
    ['more, by IPv6', [...open([80], v6), ...open([443], { CidrIpv6: '::/0' })], undefined],
    ['everyone, by any protocol', [...open([80]), ...open([0], { ...anyone, ...all })], undefined],
    ['everyone, in a range of ports', open([80], { ...anyone, FromPort: 0, ToPort: 65_535 }), undefined],
    ['fewer', [...open([80]), ...open([443], office)], 'let 0.0.0.0/0 in on port 80, but not on port 443'],
    ['IPv4 alone', [...open([80], v6), ...open([443])], 'let 2001:db8::/32 in'],
    ['everyone but a list', [...open([80], list), ...open([443])], 'let pl-1 in'],
    ['everyone but a group', [...open([80], app), ...open([443])], 'let sg-2 in'],
    ['nobody', open([80]), 'no security group lets anyone in on port 443'],
    ['nobody, on either port', [], 'no security group lets anyone in on port 443'],
    ['UDP alone', open([80, 443], { ...anyone, IpProtocol: 'udp' }), 'no security group lets anyone in'],
    [
      'what goes out alone',
      open([80, 443], { ...anyone, IsEgress: true }),
      'no security group lets anyone in',
    ],
  ])('%s', async (_, rules, refusal) => {
    const plan = await planFor({ ...shop, ...group(...rules) });
    expect(moves(plan)).toEqual(refusal ? [] : [[80, 443]]);
    expect(plan.refusals).toEqual(refusal ? [expect.stringContaining(refusal)] : []);
  });

  test('is not guessed', async () => {
    await expect(planFor({ ...shop, [GROUP]: denied })).rejects.toMatchObject({ code: 'AccessDenied' });
  });
});

describe('undo', () => {
  const was = [forward(['a', 90], ['b', 10])];
  const before = [https(forward('a', 'b')), http(was[0] as object), http(forward('a'), 8080)];
  const undoOf = async ({ before }: Plan, readings: Readings, part?: number): Promise<Plan> =>
    fix.undo(JSON.parse(JSON.stringify(before)) as never, {
      account: memoryAccount(readings),
      resource,
      now,
      ...(part !== undefined && { part }),
    });
  const restored = ({ steps }: Plan) => steps.map(({ input }) => [input.ListenerArn, input.DefaultActions]);
  const done = listening(https(forward('a', 'b')), http(redirect()), http(redirect(), 8080));

  test('gives all listeners back what they had, part by part', async () => {
    const plan = await planFor(listening(...before));
    const undone = await undoOf(plan, done);
    expect(restored(undone)).toEqual([
      [arnOf(80), was],
      [arnOf(8080), [forward('a')]],
    ]);
    expect(undone.inputs).toEqual({ Parts: ['1', '2'] });
    const second = await undoOf(plan, done, 2);
    expect(restored(second)).toEqual([[arnOf(8080), [forward('a')]]]);
    expect(second.inputs).toMatchObject({ ListenerArn: arnOf(8080), DefaultActions: [forward('a')] });
  });

  test.each<[situation: string, action: object]>([
    ['forwards again', forward('c')],
    ['redirects to another port', redirect({ Port: '8443' })],
    ['redirects for good', redirect({ StatusCode: 'HTTP_301' })],
  ])('leaves alone a listener that somebody changed: it %s', async (_, action) => {
    const plan = await planFor(listening(...before));
    const state = listening(https(forward('a', 'b')), http(action), http(redirect(), 8080));
    const undone = await undoOf(plan, state);
    expect(restored(undone)).toEqual([[arnOf(8080), [forward('a')]]]);
    expect(undone.inputs).toEqual({ Parts: ['2'] });
    // Should that happen between the plan and its step, the step puts what is there.
    expect((await undoOf(plan, state, 1)).inputs).toMatchObject({
      ListenerArn: arnOf(80),
      DefaultActions: [action],
    });
  });

  test.each<[situation: string, readings: Readings]>([
    ['listeners', listening(https(forward('a', 'b')))],
    ['load balancer', { [LISTENERS]: fails('LoadBalancerNotFound') }],
  ])('has nothing to give back where the %s are gone', async (_, readings) => {
    expect((await undoOf(await planFor(listening(...before)), readings)).steps).toEqual([]);
  });

  test('does not guess what it cannot read', async () => {
    const plan = await planFor(listening(...before));
    await expect(undoOf(plan, { [LISTENERS]: denied })).rejects.toMatchObject({
      code: 'AccessDenied',
      api: 'elbv2:DescribeListeners',
    });
  });
});
