import { rules } from '../../rules/index.ts';
import { byHand } from '../../scripts/notice.ts';

/** Rules whose fix only tells people what to do. */
const notices = rules.flatMap(({ id, fix }) => (fix.notifies ? [{ id, notifies: fix.notifies }] : []));

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe.each(notices)('$id', ({ notifies }) => {
  const steps = notifies.parts.flatMap((part) => part.steps);

  test('says what to do, in sentences', () => {
    expect(steps.length).toBeGreaterThan(0);
    for (const { en, ko } of steps) {
      expect(en).toMatch(/^[A-Z"].*[.!?]$/s);
      expect(ko).toMatch(/[가-힣].*[.!?]$/s);
    }
  });

  test('names the same in both languages', () => {
    for (const { en, ko } of steps) expect([en, namesIn(ko)]).toEqual([en, namesIn(en)]);
  });

  test.each(['en', 'ko'] as const)(
    'has its steps on the page, in %s, with nothing left to fill in',
    (language) => {
      const text = byHand(notifies, language);
      for (const { when } of steps) if (when) expect(text).toContain(when[language]);
      expect(text).not.toMatch(/\{\w+\}/);
    },
  );
});
