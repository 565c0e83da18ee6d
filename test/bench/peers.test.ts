/** How bench/peers compares verdicts, and what its page says. */
import { accountOf, type Right } from '../../bench/peers/account/account.ts';
import { compared } from '../../bench/peers/compare.ts';
import { comparisonPage } from '../../bench/peers/page.ts';
import { keyOf, type ToolId, type Verdicts } from '../../bench/peers/tools/tool.ts';

const right = (resource: string, verdict: Right['verdict'], kind = resource): Right => ({
  ...{ rule: 's3-public', resource, kind, is: `a bucket ${kind}`, verdict },
});
const RIGHTS = [right('open', 'NON_COMPLIANT'), right('shut', 'COMPLIANT'), right('odd', 'NON_COMPLIANT')];
const said = (...verdicts: [string, Right['verdict']][]): ReadonlyMap<ToolId, Verdicts> =>
  new Map([['prowler', new Map(verdicts.map(([name, verdict]) => [keyOf('s3-public', name), verdict]))]]);
const because = (promised: boolean, ...kinds: string[]) => ({
  prowler: { 's3-public': Object.fromEntries(kinds.map((kind) => [kind, { promised, why: `of ${kind}` }])) },
});

test('counts what is right, missed, a false alarm, and what was never promised', () => {
  const verdicts = said(['open', 'COMPLIANT'], ['shut', 'NON_COMPLIANT']);
  const explanations = {
    prowler: {
      's3-public': {
        ...because(true, 'open', 'shut').prowler['s3-public'],
        ...because(false, 'odd').prowler['s3-public'],
      },
    },
  };
  const { differences, scores } = compared(RIGHTS, verdicts, explanations);
  expect(scores.find(({ rule }) => rule === 's3-public')).toEqual({
    ...{ tool: 'prowler', rule: 's3-public', right: 0, missed: 1, falseAlarms: 1, notPromised: 1 },
  });
  expect(differences.map(({ kind, said, nature, why }) => [kind, said, nature, why])).toEqual([
    ['open', 'COMPLIANT', 'missed', 'of open'],
    ['shut', 'NON_COMPLIANT', 'false alarm', 'of shut'],
    ['odd', 'nothing', 'not promised', 'of odd'],
  ]);
});

test('takes no difference without an explanation, and no explanation without a difference', () => {
  const all = said(['open', 'NON_COMPLIANT'], ['shut', 'COMPLIANT'], ['odd', 'NON_COMPLIANT']);
  expect(compared(RIGHTS, all, {}).differences).toEqual([]);
  expect(() => compared(RIGHTS, said(['open', 'NON_COMPLIANT'], ['shut', 'COMPLIANT']), {})).toThrow(
    'prowler says nothing of s3-public odd (a bucket odd), which is NON_COMPLIANT: why?',
  );
  expect(() => compared(RIGHTS, all, because(true, 'odd'))).toThrow('prowler is right about s3-public odd');
});

test('takes nothing from a tool that says two things of one kind', () => {
  const rights = [right('one', 'COMPLIANT', 'kind'), right('two', 'COMPLIANT', 'kind')];
  const verdicts = said(['one', 'COMPLIANT'], ['two', 'NON_COMPLIANT']);
  expect(() => compared(rights, verdicts, {})).toThrow(
    'prowler says of s3-public kind: COMPLIANT and NON_COMPLIANT',
  );
});

test('the page shows figures with ratios, and each difference apart by its nature', () => {
  const { right: rights } = accountOf('small');
  const figures = { runs: 3, megabytes: 150, calls: 100, load: 1, apis: {} };
  const differences = compared(
    RIGHTS,
    said(['shut', 'COMPLIANT'], ['odd', 'NON_COMPLIANT']),
    because(true, 'open'),
  ).differences;
  const page = comparisonPage('before\n<!-- peers -->\nold\n<!-- /peers -->\nafter\n', {
    sizes: {
      small: {
        ...{ date: '2026-11-29', machine: '2 × processor', commit: '45a1aa9', latency: 20 },
        figures: [
          { ...figures, tool: 'groundrules', name: 'Groundrules', version: '1', seconds: 2, processor: 1 },
          { ...figures, tool: 'prowler', name: 'Prowler', version: '5', seconds: 50, processor: 30 },
        ],
      },
    },
    scores: compared(
      rights,
      new Map([['prowler', new Map(rights.map((one) => [keyOf(one.rule, one.resource), one.verdict]))]]),
      {},
    ).scores,
    differences,
  });
  expect(page).toMatch(/^before\n<!-- peers -->\n### Time.*<!-- \/peers -->\nafter\n$/s);
  expect(page).not.toContain('old');
  expect(page).toContain('| Prowler 5 | 3 | 50.00 | 25.00× | 30.00 | 30.00× | 150 | 100 | 1.0 |');
  expect(page).toContain('| `root-mfa` | – | 1 / 0 / 0 / 0 |');
  expect(page).toContain(
    '| Prowler 5 | `s3-public` | a bucket open | NON_COMPLIANT | no result | missed | of open |',
  );
  expect(page).not.toContain('#### Never promised');
});
