import { scaleLinear } from 'd3-scale';
import { arc, area, line, stack } from 'd3-shape';
import { type Html, html } from './escape.ts';

const WIDTH = 1000;
const GAP = 3;

export interface Segment {
  /** Its class, which says the colour. */
  readonly kind: string;
  readonly value: number;
}

/**
 * A bar of segments side by side, as wide as its place. What it shows is said in words beside it as well, and to a screen reader by
 * its label.
 *
 * @param whole what the full width stands for.
 */
export function bar(segments: readonly Segment[], whole: number, label: string): Html {
  const x = scaleLinear([0, Math.max(1, whole)], [0, WIDTH]);
  const values = Object.fromEntries(segments.map(({ kind, value }) => [kind, value]));
  const series = stack<Record<string, number>>().keys(segments.map(({ kind }) => kind))([values]);
  const drawn = series.flatMap(({ key, 0: extent }) => {
    const [from = 0, to = 0] = extent ?? [];
    if (to === from) return [];
    const width = Math.max(2, x(to) - x(from) - (to < whole ? GAP : 0));
    return [
      html`<rect class="${key}" x="${x(from).toFixed(1)}" y="0" width="${width.toFixed(1)}" height="10"></rect>`,
    ];
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" role="img" aria-label="${label}"><rect class="track" x="0" y="0" width="${WIDTH}" height="10"></rect>${drawn}</svg>`;
}

/** A ring of segments, for one share of a whole. */
export function ring(segments: readonly Segment[], label: string): Html {
  const whole = segments.reduce((sum, { value }) => sum + value, 0);
  const angle = scaleLinear([0, Math.max(1, whole)], [0, 2 * Math.PI]);
  const draw = arc<{ startAngle: number; endAngle: number }>()
    .innerRadius(44)
    .outerRadius(58)
    .padAngle(segments.filter(({ value }) => value > 0).length > 1 ? 0.03 : 0)
    .cornerRadius(2);
  let from = 0;
  const drawn = segments.flatMap(({ kind, value }) => {
    const startAngle = angle(from);
    from += value;
    if (value === 0) return [];
    return [html`<path class="${kind}" d="${draw({ startAngle, endAngle: angle(from) }) ?? ''}"></path>`];
  });
  const track = draw({ startAngle: 0, endAngle: 2 * Math.PI }) ?? '';
  return html`<svg class="ring" viewBox="-60 -60 120 120" role="img" aria-label="${label}"><path class="track" d="${track}"></path>${drawn}</svg>`;
}

export interface TrendPoint {
  readonly at: number;
  readonly share: number;
  /** What it says, for who points at it. */
  readonly title: string;
  /** Nothing leads to it from the point before. */
  readonly isApart: boolean;
}

/** More points than these are no longer told apart. */
const MOST_DOTS = 45;
const HEIGHT = 100;

/**
 * Shares over time, as wide and as high as its place: what is written beside it is not in the picture, because that is stretched.
 *
 * @param most the share that its upper edge stands for.
 * @param times of the first and the last run, on which all charts of a page lie.
 */
export function trend(
  points: readonly TrendPoint[],
  most: number,
  times: readonly [from: number, to: number],
  label: string,
): Html {
  const x = scaleLinear(times[0] === times[1] ? [times[0] - 1, times[1]] : times, [0, WIDTH]);
  const y = scaleLinear([0, most], [HEIGHT, 0]);
  const place = ({ at, share }: TrendPoint): [number, number] => [x(at), y(share)];
  const parts: TrendPoint[][] = [];
  for (const point of points) {
    if (point.isApart || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(point);
  }
  const round = (path: string | null) => (path ?? '').replace(/\d+\.\d+/g, (text) => Number(text).toFixed(1));
  const filled = area<TrendPoint>(
    (one) => place(one)[0],
    HEIGHT,
    (one) => place(one)[1],
  );
  const drawn = line<TrendPoint>(
    (one) => place(one)[0],
    (one) => place(one)[1],
  );
  const last = points.at(-1);
  const isDotted = ({ isApart }: TrendPoint, at: number) =>
    points.length <= MOST_DOTS || at === points.length - 1 || isApart;
  // A line of no length with round ends is a dot that is not stretched.
  const dots = points.map((point, at) => {
    if (!isDotted(point, at)) return undefined;
    const [cx, cy] = place(point);
    return html`<path class="dot${point === last && ' last'}" d="M${cx.toFixed(1)},${cy.toFixed(1)}h0"><title>${point.title}</title></path>`;
  });
  return html`<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}"><path class="grid" d="M0,0H${WIDTH}M0,${HEIGHT / 2}H${WIDTH}"></path><path class="base" d="M0,${HEIGHT}H${WIDTH}"></path>${parts.map((part) => html`<path class="area" d="${round(filled(part))}"></path>`)}${parts.map((part) => html`<path class="line" d="${round(drawn(part))}"></path>`)}${dots}</svg>`;
}

/** A round share that is not less than any of these, for the upper edge. */
export const niceMost = (shares: readonly number[]): number => {
  const [, most = 1] = scaleLinear([0, Math.max(0.02, ...shares)], [0, 1])
    .nice(4)
    .domain();
  return Math.min(1, most);
};
