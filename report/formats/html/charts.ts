import { scaleLinear } from 'd3-scale';
import { arc, stack } from 'd3-shape';
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
