import fc from 'fast-check';
import * as z from 'zod/mini';
import { detailKinds } from '../../../../account/services/iam/authorization-details.ts';
import { attached, document, group, inline, policy, role, user } from '../../../support/iam-details.ts';

const odd = fc.constantFrom<unknown>(
  null,
  7,
  1.5,
  '',
  [],
  {},
  [7],
  [null],
  true,
  'a%zz',
  '{"a":1}',
  '%7B%7D',
);

/** An element as AWS has it, of which anything may be something else, or missing. */
const spoilt = (element: object): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(fc.nat(), fc.option(odd, { nil: undefined })), { maxLength: 2 }).map((changes) => {
    const copy: unknown = structuredClone(element);
    for (const [at, value] of changes) {
      const places = placesIn(copy);
      const place = places[at % places.length];
      if (!place) continue;
      const [holder, key] = place;
      if (value === undefined) delete holder[key];
      // Its own, because the next change may be within it.
      else holder[key] = structuredClone(value);
    }
    return JSON.parse(JSON.stringify(copy));
  });

type Holder = Record<string | number, unknown>;
function placesIn(value: unknown): [Holder, string | number][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]): [Holder, string][] => [
    [value as Holder, key],
    ...(placesIn(one) as [Holder, string][]),
  ]);
}

const statements = { Effect: 'Allow', Action: '*', Resource: '*' };
const elements = {
  User: user('ana', {
    ...inline('UserPolicyList', statements),
    ...attached('arn:aws:iam::aws:policy/ReadOnlyAccess'),
    GroupList: ['a', 'b'],
    Tags: [{ Key: 'team', Value: 'x' }, { Key: 'empty' }],
    PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
  }),
  Group: group('g', inline('GroupPolicyList', statements)),
  Role: role('app', {
    InstanceProfileList: [{ Arn: 'arn:aws:iam::111122223333:instance-profile/app' }],
    Tags: [{ Key: 'team', Value: null }],
  }),
  Policy: policy('p', document(statements), {
    PolicyVersionList: [
      { VersionId: 'v2', IsDefaultVersion: false, Document: 'a%zz' },
      {
        VersionId: 'v1',
        IsDefaultVersion: true,
        Document: encodeURIComponent(JSON.stringify(document(statements))),
      },
    ],
  }),
};

test.each(Object.keys(elements) as (keyof typeof elements)[])(
  'a %s is read without its shape as the shape would read it, or not at all',
  (kind) => {
    const { shape, plain } = detailKinds()[kind] as {
      shape: z.ZodMiniType<object>;
      plain: (element: unknown) => object | undefined;
    };
    expect(plain(elements[kind])).toBeDefined();
    const figures = { plain: 0, left: 0 };
    fc.assert(
      fc.property(spoilt(elements[kind]), (element) => {
        const made = plain(element);
        figures[made ? 'plain' : 'left']++;
        if (!made) return;
        expect({ success: true, data: made }).toEqual(z.safeParse(shape, element));
      }),
      { numRuns: 500 },
    );
    expect(figures.plain).toBeGreaterThan(20);
    expect(figures.left).toBeGreaterThan(20);
  },
);
