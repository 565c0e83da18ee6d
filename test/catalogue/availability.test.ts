import {
  isAvailable,
  managedRules,
  partitionOf,
  regions,
  UnknownRegionError,
} from '../../catalogue/availability.ts';
import { controls, type ManagedControl } from '../../catalogue/index.ts';
import { readAvailability } from '../../catalogue/read-availability.ts';

const managed = controls.filter((control): control is ManagedControl => control.kind === 'managed');

test('every managed rule of the catalogue has been looked up, and no other', () => {
  const wanted = new Set(managed.map(({ identifier }) => identifier));
  expect(Object.keys(managedRules)).toEqual([...wanted].sort());
});

test('each is from a page of its own in the AWS Config Developer Guide', () => {
  const sources = Object.values(managedRules).map(({ source }) => source);
  expect(new Set(sources).size).toBe(sources.length);
  for (const source of sources) {
    expect(source).toMatch(
      /^https:\/\/docs\.aws\.amazon\.com\/config\/latest\/developerguide\/[a-z0-9-]+\.html$/,
    );
  }
});

test('every parameter that the catalogue sets is one that the rule takes, with a value it understands', () => {
  let seen = 0;
  for (const { id, identifier, parameters = {} } of managed) {
    const known = managedRules[identifier]?.parameters ?? {};
    for (const [name, value] of Object.entries(parameters)) {
      seen += 1;
      const parameter = known[name];
      expect([id, name, parameter?.type]).toEqual([id, name, expect.any(String)]);
      if (parameter?.type === 'int') expect(value).toMatch(/^\d+$/);
      if (parameter?.values) expect(parameter.values).toContain(value);
    }
    const required = Object.keys(known).filter((name) => !known[name]?.optional);
    expect([id, ...required.filter((name) => !Object.hasOwn(parameters, name))]).toEqual([id]);
  }
  expect(seen).toBeGreaterThan(20);
});

test('a rule that is judged in us-east-1 is one that AWS Config has nowhere else in the partition', () => {
  for (const control of managed) {
    const where = managedRules[control.identifier];
    const only =
      where && 'only' in where ? where.only.filter((region) => partitionOf(region) === 'aws') : undefined;
    expect([control.id, only]).toEqual([
      control.id,
      control.placement === 'us-east-1' ? ['us-east-1'] : undefined,
    ]);
  }
});

test.each([
  ['IAM_ROOT_ACCESS_KEY_CHECK', 'us-east-1', true],
  ['IAM_ROOT_ACCESS_KEY_CHECK', 'eu-south-2', false],
  ['SECURITY_ACCOUNT_INFORMATION_PROVIDED', 'us-gov-west-1', false],
  ['EC2_SECURITY_GROUP_ATTACHED_TO_ENI_PERIODIC', 'cn-northwest-1', false],
  ['CLOUDFRONT_VIEWER_POLICY_HTTPS', 'us-east-1', true],
  ['CLOUDFRONT_VIEWER_POLICY_HTTPS', 'us-east-2', false],
  ['IAM_SERVER_CERTIFICATE_EXPIRATION_CHECK', 'cn-north-1', true],
  ['IAM_SERVER_CERTIFICATE_EXPIRATION_CHECK', 'cn-northwest-1', false],
])('%s in %s: %s', (identifier, region, there) => {
  expect(isAvailable(identifier, region)).toBe(there);
});

test('a Region that nobody has looked up is an error, not a guess', () => {
  expect(() => isAvailable('EIP_ATTACHED', 'eu-wst-1')).toThrow(UnknownRegionError);
  expect(() => isAvailable('EIP_ATTACHED', 'eu-wst-1')).toThrow(/eu-wst-1.*did you mean eu-west-1\?/);
  expect(() => isAvailable('EIP_ATTACHED', 'constructor')).toThrow(UnknownRegionError);
});

test('an identifier that nobody has looked up is an error', () => {
  expect(() => isAvailable('NO_SUCH_RULE', 'us-east-1')).toThrow(/NO_SUCH_RULE/);
  expect(() => isAvailable('toString', 'us-east-1')).toThrow(/toString/);
});

test.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('%s is in the partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

describe('the data', () => {
  const good = {
    regionSources: { packs: 'https://example.com', remediation: 'https://example.com' },
    regions: { 'us-east-1': { name: 'US East (N. Virginia)', packs: 'yes', remediation: 'yes' } },
    rules: { EIP_ATTACHED: { missing: [] as string[], parameters: {}, source: 'https://example.com' } },
  };
  test.each([
    [
      'a Region without a row',
      { ...good, rules: { EIP_ATTACHED: { ...good.rules.EIP_ATTACHED, missing: ['eu-west-1'] } } },
      /EIP_ATTACHED: eu-west-1/,
    ],
    [
      'a Region that is none',
      { ...good, rules: { EIP_ATTACHED: { ...good.rules.EIP_ATTACHED, missing: ['Taipei'] } } },
      /rules\.EIP_ATTACHED/,
    ],
    ['an unknown field', { ...good, colour: 'red' }, /colour/],
    [
      'missing and only at once',
      { ...good, rules: { EIP_ATTACHED: { ...good.rules.EIP_ATTACHED, only: ['us-east-1'] } } },
      /EIP_ATTACHED/,
    ],
  ])('%s is refused by name', (_situation, data, message) => {
    expect(() => readAvailability(data)).toThrow(message);
  });
  test('is taken when it is whole', () => {
    expect(readAvailability(good).regions).toEqual(good.regions);
    expect(Object.keys(regions)).toHaveLength(38);
  });
});
