import { isDenial, OWN_CODES } from '../../account/errors.ts';
import { errorMessageOf, sentencesOf } from '../../report/language.ts';

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

const error = (code: string, api: string | undefined = 's3:GetBucketPolicy') => ({
  code,
  api,
  message: "AWS's own words",
});

test("why a resource could not be judged, with AWS's own words", () => {
  expect(errorMessageOf(error('AccessDenied'), 'en')).toBe("AWS's own words");
  expect(errorMessageOf(error('AccessDenied'), 'ko')).toBe(
    's3:GetBucketPolicy: 읽을 권한이 없음(AccessDenied). 원문에 나온 작업을 실행하는 보안 주체에 허용할 것. 원문: "AWS\'s own words"',
  );
  expect(errorMessageOf({ code: 'TypeError', message: 'a bug' }, 'ko')).toBe(
    '판정 중 오류 발생(TypeError). 원문을 확인할 것. 원문: "a bug"',
  );
});

const said = (code: string) => errorMessageOf(error(code), 'ko').replace(`(${code})`, '');
const ANY = said('InternalFailure');

test.each([
  ...Object.values(OWN_CODES),
  ...['CredentialsError', 'Timeout', 'NetworkError', 'AccessDenied', 'ThrottlingException', 'NoSuchBucket'],
])('%s has a sentence of its own', (code) => {
  expect(said(code)).not.toBe(ANY);
});

test('codes that mean the same are said the same, and none is a property of something', () => {
  expect(isDenial('UnauthorizedOperation')).toBe(true);
  expect(said('UnauthorizedOperation')).toBe(said('AccessDenied'));
  expect(said('SlowDown')).toBe(said('Throttling'));
  expect(said('ResourceNotFoundException')).toBe(said('NoSuchEntity'));
  expect(said('constructor')).toBe(ANY);
});
