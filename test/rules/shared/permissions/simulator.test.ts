import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import fc from 'fast-check';
import { type Box, isCoveredBy } from '../../../../rules/shared/permissions/boxes.ts';
import { contextOf } from '../../../../rules/shared/permissions/context.ts';
import type { Permissions } from '../../../../rules/shared/permissions/permissions.ts';
import { type Grant, isSure, remaining } from '../../../../rules/shared/permissions/remaining.ts';
import { covers } from '../../../../rules/shared/policy/globs.ts';
import { ACCOUNT, ANA, REQUESTS, type Situation, situation, statement, statements } from './arbitraries.ts';
import { document, having, type Json, policy } from './policies.ts';

const isAllowed = (
  given: Json[],
  boundary: Json[] | null,
  { has }: Situation,
  action: string,
  resource: string,
) =>
  runUnsafeSimulation(
    {
      request: {
        principal: ANA,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: has as Record<string, string | string[]>,
      },
      identityPolicies: [{ name: 'p', policy: document(given) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(boundary && { permissionBoundaryPolicies: [{ name: 'b', policy: document(boundary) }] }),
    },
    {},
  ) === 'Allowed';

const isIn = ({ pattern, except }: Box, text: string) =>
  covers(pattern, text) && !except.some((one) => covers(one, text));
const holds = ({ actions, resources }: Grant, action: string, resource: string) =>
  isIn(actions, action.toLowerCase()) && resources.some((one) => isIn(one, resource));
const permissionsOf = (given: Json[], boundary: Json[] | null): Permissions => ({
  ...having(...given),
  ...(boundary && { boundary: policy(...boundary) }),
});

const boundaries = fc.option(
  fc.array(fc.oneof(statement('Allow'), statement('Deny')), { minLength: 1, maxLength: 2 }),
);

test('what is allowed, says an IAM policy simulator, remains; and what surely remains is allowed', () => {
  const seen = { allowed: 0, denied: 0, sure: 0, open: 0 };
  fc.assert(
    fc.property(statements, boundaries, situation(false), (given, boundary, request) => {
      const context = contextOf(request.known);
      const permissions = permissionsOf(given, boundary);
      const grants = [...remaining(permissions, context)];
      const sure = grants.filter((grant) => isSure(grant, permissions, context));
      for (const [action, resource] of REQUESTS) {
        const allowed = isAllowed(given, boundary, request, action, resource);
        const remains = grants.some((grant) => holds(grant, action, resource));
        const surely = sure.some((grant) => holds(grant, action, resource));
        if (allowed) expect(remains).toBe(true);
        if (surely) expect(allowed).toBe(true);
        seen[surely ? 'sure' : !remains ? 'denied' : allowed ? 'allowed' : 'open']++;
      }
    }),
    { numRuns: 1200 },
  );
  // Each of them came up often, so the property above was about something.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(60);
});

test('where all is known, what remains is exactly what the simulator allows', () => {
  const seen = { allowed: 0, denied: 0 };
  // Each of the requests' resources is covered by one of these or has nothing to do with it, so that a Deny covers what it
  // touches; and no variables, which are never counted.
  const Resource = fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/x', ANA);
  const plain = (effect: 'Allow' | 'Deny', Where: fc.Arbitrary<string>) =>
    fc
      .tuple(statement(effect, false), Where)
      .map(([{ NotResource: _, ...one }, where]) => ({ ...one, Resource: where }));
  const policies = fc
    .tuple(
      fc.array(plain('Allow', Resource), { minLength: 1, maxLength: 3 }),
      fc.array(plain('Deny', fc.constant('*')), { maxLength: 2 }),
    )
    .map((parts) => parts.flat());
  fc.assert(
    fc.property(
      policies,
      fc.option(fc.array(plain('Allow', Resource), { minLength: 1, maxLength: 2 })),
      situation(true),
      (given, boundary, request) => {
        const grants = [...remaining(permissionsOf(given, boundary), contextOf(request.has, ['*']))];
        for (const [action, resource] of REQUESTS) {
          const allowed = isAllowed(given, boundary, request, action, resource);
          expect(grants.some((grant) => holds(grant, action, resource))).toBe(allowed);
          seen[allowed ? 'allowed' : 'denied']++;
        }
      },
    ),
    { numRuns: 800 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(200);
});

/** Every action that there is, in a small world: letters after `s:` and `t:`. */
const ACTIONS = ['s', 't'].flatMap((service) =>
  ['a', 'b', 'x'].flatMap((one) => ['', 'a', 'b', 'x'].map((two) => `${service}:${one}${two}`)),
);
const known = new Map<string, ReadonlySet<string>>();
const matched = (pattern: string): ReadonlySet<string> => {
  const exact = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
  const found = known.get(pattern) ?? new Set(ACTIONS.filter((action) => exact.test(action)));
  known.set(pattern, found);
  return found;
};
/** What a rule may leave to everybody. */
const LIST = ['s:a*', 's:*a', 't:?', 't:??'];
const pattern = fc
  .tuple(
    fc.constantFrom('s', 't', '*'),
    fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '?'), minLength: 1, maxLength: 2 }),
  )
  .map(([service, rest]) => (service === '*' ? '*' : `${service}:${rest}`));
const small = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  element: fc.constantFrom('Action', 'Action', 'NotAction'),
  values: fc.array(pattern, { minLength: 1, maxLength: 3 }),
});

test('each action of a small world remains exactly when its policies allow it and do not deny it', () => {
  let remained = 0;
  fc.assert(
    fc.property(
      fc.array(small, { minLength: 1, maxLength: 4 }),
      fc.option(fc.array(small, { minLength: 1, maxLength: 2 })),
      (own, limits) => {
        const statementsOf = (given: typeof own) =>
          given.map(({ Effect, element, values }): Json => ({ Effect, [element]: values, Resource: '*' }));
        const does = (given: typeof own, effect: string, action: string) =>
          given.some(({ Effect, element, values }) => {
            const isNamed = values.some((value) => matched(value).has(action));
            return Effect === effect && isNamed === (element === 'Action');
          });
        const grants = [
          ...remaining(permissionsOf(statementsOf(own), limits && statementsOf(limits)), contextOf({})),
        ];
        const left = ACTIONS.filter((action) => grants.some((grant) => isIn(grant.actions, action)));
        expect(left).toEqual(
          ACTIONS.filter(
            (action) =>
              does(own, 'Allow', action) &&
              !does([...own, ...(limits ?? [])], 'Deny', action) &&
              (!limits || does(limits, 'Allow', action)),
          ),
        );
        remained += left.length;
        // A list that covers what remains holds each of it.
        const covered = grants.filter(({ actions }) => isCoveredBy(actions, LIST));
        const listed = ACTIONS.filter((action) => covered.some(({ actions }) => isIn(actions, action)));
        expect(listed.filter((action) => !LIST.some((one) => matched(one).has(action)))).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
  expect(remained).toBeGreaterThan(1000);
});
