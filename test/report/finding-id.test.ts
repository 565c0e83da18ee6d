import fc from 'fast-check';
import { findingId, LONGEST_ID, readFindingId } from '../../report/finding-id.ts';

const found = {
  rule: 'sg-open-ports',
  accountId: '111122223333',
  region: 'us-east-1',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-0a1b',
};

test('says what it is about', () => {
  expect(findingId(found, 'openPorts')).toBe(
    'sg-open-ports/111122223333/us-east-1/AWS::EC2::SecurityGroup/sg-0a1b/openPorts',
  );
  expect(findingId(found)).toBe('sg-open-ports/111122223333/us-east-1/AWS::EC2::SecurityGroup/sg-0a1b/-');
});

describe('has a digest of a resource', () => {
  const cases: [situation: string, id: string][] = [
    ['whose id is too long', 'x'.repeat(600)],
    ['with a space in its id', 'a trail'],
    ['with a line break in its id', 'a\ntrail'],
    ['whose id steers a terminal', 'web\u001b[2J'],
  ];
  test.each(cases)('%s', (_situation, resourceId) => {
    const id = findingId({ ...found, resourceId }, 'openPorts');
    expect(id).toMatch(/^sg-open-ports\/111122223333\/us-east-1\/sha256\/[0-9a-f]{64}\/openPorts$/);
    expect(readFindingId(id)).toEqual({
      ...{ rule: 'sg-open-ports', accountId: '111122223333', region: 'us-east-1', kind: 'openPorts' },
    });
  });
});

const anything = fc.record({
  rule: fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)+$/),
  accountId: fc.stringMatching(/^\d{12}$/),
  region: fc.constantFrom('us-east-1', 'ap-northeast-2', 'global'),
  resourceType: fc.constantFrom('AWS::S3::Bucket', 'AWS::::Account', 'AWS::IAM::User'),
  resourceId: fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[\w/:-]{1,80}$/)),
  kind: fc.constantFrom('openPorts', 'noMfa'),
});

test('of two things differs, and of one is the same', () => {
  fc.assert(
    fc.property(anything, anything, (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      expect(findingId(one, one.kind) === findingId(other, other.kind)).toBe(isSame);
      expect(findingId(one, one.kind)).toBe(findingId({ ...one }, one.kind));
      expect(findingId(one, one.kind).length).toBeLessThanOrEqual(LONGEST_ID);
    }),
  );
});

test('can be read back', () => {
  fc.assert(
    fc.property(anything, ({ resourceType, resourceId, kind, ...place }) => {
      const read = readFindingId(findingId({ ...place, resourceType, resourceId }, kind));
      expect(read).toMatchObject({ ...place, kind });
      if (read?.resource) expect(read.resource).toEqual({ type: resourceType, id: resourceId });
    }),
  );
});

test.each(['', 'sg-open-ports', 'a/b/c/d/e/f', '111122223333/us-east-1'])('%j is no finding', (text) => {
  expect(readFindingId(text)).toBeUndefined();
});
