import { sentencesOf } from '../../report/language.ts';

const USED = {
  kind: 'used',
  how: 'password',
  at: new Date('2026-11-12T02:10:00Z'),
  daysAgo: 8,
  maxDaysSinceUse: 30,
};

test('what a rule says, in either language', () => {
  expect(sentencesOf('root-last-used', [USED], 'en')).toBe(
    'root signed in with its password 8 days ago (2026-11-12T02:10Z); at least 30 days wanted',
  );
  expect(sentencesOf('root-last-used', [USED], 'ko')).toBe(
    '루트가 암호로 로그인함: 8일 전(2026-11-12T02:10Z). 30일 이상 지나야 함',
  );
  expect(sentencesOf('root-last-used', [], 'ko')).toBe('');
});

test.each(['en', 'ko'] as const)('a finding that was read back from JSON says the same in %s', (language) => {
  const read = JSON.parse(JSON.stringify([USED]));
  expect(sentencesOf('root-last-used', read, language)).toBe(sentencesOf('root-last-used', [USED], language));
});

test('a text that looks like a date stays a text, where none is expected', () => {
  const shared = { kind: 'none', region: '2026-11-12T02:10:00.000Z' };
  expect(sentencesOf('access-analyzer-findings', [shared], 'en')).toBe(
    'no external access analyzer in 2026-11-12T02:10:00.000Z',
  );
});

test('is not cut: an annotation is', () => {
  const findings = Array.from({ length: 40 }, (_, i) => ({ kind: 'none', region: `region-${i}` }));
  const said = sentencesOf('access-analyzer-findings', findings, 'ko');
  expect(said.split('; ')).toHaveLength(40);
  expect(said).toContain('region-39');
});

test.each(['en', 'ko'] as const)('what another version found is named, not lost (%s)', (language) => {
  const findings = [{ kind: 'later' }, { kind: 'used' }];
  expect(sentencesOf('root-last-used', findings, language)).toBe('later; used');
  expect(sentencesOf('no-such-rule', [{ kind: 'whatever' }], language)).toBe('whatever');
  expect(sentencesOf('no-such-rule', [{ kind: 'toString' }], language)).toBe('toString');
});
