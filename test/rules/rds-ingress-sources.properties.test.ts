/** Which ranges pass, against the definition: every single address is allowed, and there are not too many of them. */
import fc from 'fast-check';
import { parseParameters } from '../../rules/parameters.ts';
import { cidrs, policyOf, whyNot } from '../../rules/rds-ingress-sources/policy.ts';
import rule from '../../rules/rds-ingress-sources/rule.ts';
import { parseCidr } from '../../rules/shared/addresses.ts';

/** Within one /24, so that every address can be looked at. */
const range = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 24, max: 32 }))
  .map(([last, prefix]) => `10.0.0.${last}/${prefix}`);

const addressesOf = (cidr: string): number[] => {
  const [, last = '0', prefix = '32'] = /\.(\d+)\/(\d+)$/.exec(cidr) ?? [];
  const width = 2 ** (32 - Number(prefix));
  const first = Number(last) - (Number(last) % width);
  return Array.from({ length: width }, (_, i) => first + i);
};

test('a range passes if all its addresses are allowed, and it is no wider than the widest', () => {
  fc.assert(
    fc.property(
      fc.array(range, { maxLength: 5 }),
      range,
      fc.integer({ min: 24, max: 32 }),
      (allowed, source, widest) => {
        const policy = policyOf({
          allowSecurityGroupSources: true,
          allowedCidrs: allowed.map(parseCidr),
          widestCidrV4: widest,
          widestCidrV6: 56,
        });
        const known = new Set(allowed.flatMap(addressesOf));
        const own = addressesOf(source);
        const expected = !own.every((one) => known.has(one))
          ? 'foreign'
          : own.length > 2 ** (32 - widest)
            ? 'wide'
            : undefined;
        expect(whyNot(parseCidr(source), policy)).toBe(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test('allowedCidrs are CIDRs, or none', () => {
  expect(
    cidrs()
      .parse(' 10.0.0.0/8 ,fc00::/7, ')
      .map(({ text }) => text),
  ).toEqual(['10.0.0.0/8', 'fc00::/7']);
  expect(cidrs().parse('')).toEqual([]);
  expect(() => parseParameters(rule, { allowedCidrs: '10.0.0.0/8,10.1' })).toThrow(
    /allowedCidrs is .*"10\.1" is not a CIDR/,
  );
  expect(() => parseParameters(rule, { widestCidrV4: '33' })).toThrow(/from 0 to 32/);
  expect(() => parseParameters(rule, { widestCidrV6: '129' })).toThrow(/from 0 to 128/);
});
