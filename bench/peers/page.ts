/** What docs/comparison.md says of the runs: made by `npm run docs`, from what `npm run bench:peers -- --keep` has kept. */
import { number, markdownTable as table } from '../table.ts';
import { isSize, RULES, SIZES } from './account/account.ts';
import type { Nature } from './compare.ts';
import { HEAD, rowsOf } from './figures.ts';
import { type Kept, kept } from './kept.ts';
import { TOOL_IDS, type ToolId } from './tools/tool.ts';

export const COMPARISON = 'docs/comparison.md';
const MARKS = /(<!-- peers -->\n).*?(<!-- \/peers -->)/s;

/** @throws where the page has no place for it, or nothing was kept. */
export function comparisonPage(page: string, measured: Kept | undefined = kept()): string {
  if (!MARKS.test(page)) throw new Error(`${COMPARISON} has no marks <!-- peers --> and <!-- /peers -->`);
  if (!measured) throw new Error('nothing was kept: npm run bench:peers -- --keep');
  return page.replace(
    MARKS,
    (_, start: string, end: string) => `${start}${parts(measured).join('\n\n')}\n${end}`,
  );
}

function parts(measured: Kept): string[] {
  const names = namesOf(measured);
  const figures = Object.entries(measured.sizes).flatMap(([size, one]) => {
    if (!isSize(size)) return [];
    const { buckets, groups, users } = SIZES[size];
    const title = `#### ${size}: ${number(buckets)} buckets, ${number(groups)} security groups, ${number(users)} users`;
    return [
      title,
      `${one.date}, ${one.machine}, ${one.latency} ms a call; Groundrules of commit ${one.commit}.`,
      table(HEAD, rowsOf(one.figures)),
    ];
  });
  return [
    '### Time, memory and calls',
    ...figures,
    '### Verdicts',
    ...scores(measured, names),
    '### Differences',
    ...differences(measured, names),
  ];
}

const namesOf = ({ sizes }: Kept): ReadonlyMap<ToolId, string> =>
  new Map(
    Object.values(sizes).flatMap(({ figures }) =>
      figures.map(({ tool, name, version }) => [tool, `${name} ${version}`] as const),
    ),
  );

function scores({ scores: all }: Kept, names: ReadonlyMap<ToolId, string>): string[] {
  const tools = TOOL_IDS.filter((id) => names.has(id));
  const rows = RULES.map((rule) => [
    `\`${rule}\``,
    ...tools.flatMap((tool) => {
      const one = all.find((score) => score.tool === tool && score.rule === rule);
      return one ? [`${one.right} / ${one.missed} / ${one.falseAlarms} / ${one.notPromised}`] : ['–'];
    }),
  ]);
  return [
    'Kinds of resources: right / missed / false alarms / never promised.',
    table(['rule', ...tools.map((id) => names.get(id) as string)], rows),
  ];
}

const TITLES: readonly (readonly [title: string, natures: readonly Nature[]])[] = [
  ['#### Wrong by what the tool promises', ['missed', 'false alarm']],
  ['#### Never promised', ['not promised']],
];

function differences({ differences: all }: Kept, names: ReadonlyMap<ToolId, string>): string[] {
  return TITLES.flatMap(([title, natures]) => {
    const rows = all
      .filter(({ nature }) => natures.includes(nature))
      .map(({ tool, rule, is, right, said, nature, why }) => [
        ...[names.get(tool) ?? tool, `\`${rule}\``, is, right, said === 'nothing' ? 'no result' : said],
        ...(natures.length > 1 ? [nature] : []),
        why,
      ]);
    const head = ['tool', 'rule', 'what', 'right', 'says', ...(natures.length > 1 ? ['it is'] : []), 'why'];
    return rows.length > 0
      ? [
          title,
          table(
            head,
            rows,
            head.map((_, index) => index),
          ),
        ]
      : [];
  });
}
