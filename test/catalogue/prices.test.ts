import fc from 'fast-check';
import { costOf, type Price, prices, readPrices } from '../../catalogue/prices.ts';

const evaluation = prices['config-rule-evaluation'];

describe('tiers', () => {
  // AWS: $0.001 for the first 100,000, $0.0008 for the next 400,000, $0.0005 above.
  const cases: [quantity: number, usd: number][] = [
    [0, 0],
    [1, 0.001],
    [99_999, 99.999],
    [100_000, 100],
    [100_001, 100.0008],
    // AWS Config, "Pricing": 500 buckets, hourly: 100,000 × 0.001 + 260,000 × 0.0008.
    [360_000, 308],
    [500_000, 420],
    [500_001, 420.0005],
    [1_000_000, 670],
  ];
  test.each(cases)('%d evaluations: $%d', (quantity, usd) => {
    expect(costOf(evaluation, quantity)).toBeCloseTo(usd, 9);
  });

  test('the first ten thousand findings are free', () => {
    const event = prices['security-hub-event'];
    expect(costOf(event, 10_000)).toBe(0);
    expect(costOf(event, 12_000)).toBeCloseTo(0.06, 9);
  });

  test('a flat price is one for each', () => {
    expect(costOf(prices.dashboard, 3)).toBe(9);
  });

  test('more never costs less', () => {
    const quantity = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(prices)), quantity, quantity, (price, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        expect(costOf(price, more)).toBeGreaterThanOrEqual(costOf(price, less) - 1e-9 * more);
      }),
    );
  });
});

test.each(Object.entries(prices))('%s has a date, a source, and a Region', (_, price: Price) => {
  // Before that AWS billed active rules, not evaluations.
  expect(price.asOf >= '2019-08-01').toBe(true);
  expect(price.source).toMatch(/^https:\/\/|^unverified, recalled$/);
  expect(price.region).toBe('us-east-1');
});

describe('what is wrong with the table is said', () => {
  const good = {
    unit: 'evaluation',
    usd: 1,
    region: 'us-east-1',
    asOf: '2026-11-22',
    source: 'https://aws.amazon.com/config/pricing/',
    verified: true,
  };
  const { usd, ...noPrice } = good;
  const tiersPer = 'region';
  const cases: [what: string, price: object, message: RegExp][] = [
    ['no date', { ...good, asOf: undefined }, /x\.asOf/],
    ['no such date', { ...good, asOf: '2026-02-30' }, /x\.asOf/],
    ['no source', { ...good, source: '' }, /x\.source/],
    ['a recalled price that is verified', { ...good, source: 'unverified, recalled' }, /not verified/],
    ['no price', noPrice, /usd or tiers/],
    ['both', { ...good, tiers: [{ upTo: 1, usd }, { usd }], tiersPer }, /usd or tiers/],
    ['tiers of nobody', { ...noPrice, tiers: [{ upTo: 1, usd }, { usd }] }, /tiersPer/],
    ['an end without a price', { ...noPrice, tiersPer, tiers: [{ usd }, { upTo: 2, usd }] }, /each tier/],
    [
      'falling ends',
      { ...noPrice, tiersPer, tiers: [{ upTo: 2, usd }, { upTo: 1, usd }, { usd }] },
      /each tier/,
    ],
    ['a negative price', { ...good, usd: -1 }, /x\.usd/],
    ['another field', { ...good, currency: 'EUR' }, /currency/],
  ];
  test.each(cases)('%s', (_, price, message) => {
    expect(() => readPrices({ prices: { x: price } })).toThrow(message);
  });
  test('a good one is taken', () => {
    expect(readPrices({ prices: { x: good } })).toEqual({ x: good });
  });
});
