import type uPlot from 'uplot';
import { type CurveOptions, curveOptions } from './curve-options';
import { cssColour, withAlpha } from './theme';

const edge = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true };
const meanOf = (colour: string, dots: boolean): uPlot.Series => ({
  stroke: () => cssColour(colour),
  width: 2,
  spanGaps: true,
  points: dots ? { show: true, size: 5, width: 0, fill: () => cssColour(colour) } : { show: false },
});
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
    cursor: { show: false },
  });
