import type uPlot from 'uplot';
import { type CurveOptions, curveOptions, nearestValue } from './curve-options';
import { cssColour, withAlpha } from './theme';

const edge = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true };
const meanOf = (colour: string, dots: boolean): uPlot.Series => ({
  stroke: () => cssColour(colour),
  width: 2,
  spanGaps: true,
  points: dots ? { show: true, size: 5, width: 0, fill: () => cssColour(colour) } : { show: false },
});
/** Their places among the lines. */
const MEANS = [3, 6] as const;
/** Thin: one run. */
const thin: uPlot.Series = {
  stroke: () => withAlpha(cssColour('--s1'), 0.35),
  ...{ width: 1, points: { show: false }, spanGaps: true },
};

/** Two bands with their means, training and validation, and `runs` thin lines, in the order of `alignedBand`. */
export const bandOptions =
  (runs: number) =>
  (o: CurveOptions): uPlot.Options => ({
    ...curveOptions(o),
    series: [
      {},
      ...[edge, edge, meanOf('--s1', false)],
      ...[edge, edge, meanOf('--s2', true)],
      ...Array.from({ length: runs }, () => thin),
    ],
    bands: [
      { series: [2, 1], fill: () => withAlpha(cssColour('--s1'), 0.16) },
      { series: [5, 4], fill: () => withAlpha(cssColour('--s2'), 0.16) },
    ],
    cursor: {
      ...curveOptions(o).cursor,
      // on the means alone: the runs and the edges of the bands are told in words
      points: {
        size: (_, i) => (i === MEANS[0] || i === MEANS[1] ? 8 : 0),
        width: 2,
        stroke: () => cssColour('--panel'),
        fill: (_, i) => cssColour(i === MEANS[1] ? '--s2' : '--s1'),
      },
      dataIdx: (u, series, index) => (series === 0 ? index : nearestValue(u.data[series]!, index)),
    },
  });
