import { activation } from './activation';
import { averageHead } from './average-head';
import { batchNorm } from './batch-norm';
import { withoutDropout } from './dropout';
import { groupNorm } from './group-norm';
import { plain } from './plain';
import { preActivation } from './pre-activation';
import { projections } from './projections';
import { separable } from './separable';
import { squeeze } from './squeeze';
import { insertStage } from './stage';
import { stochasticDepth } from './stochastic-depth';
import { strideForPool } from './stride';
import type { Transform } from './transform';
import { doubleWidth, halveWidth } from './width';
import { withoutLrn } from './without-lrn';
import { withoutNorm } from './without-norm';
import { zeroGamma } from './zero-gamma';

/** All changes of a whole net: palette, panel and terminal list them in this order. One line each. */
export const transforms: readonly Transform[] = [
  batchNorm,
  groupNorm,
  withoutNorm,
  separable,
  activation,
  doubleWidth,
  halveWidth,
  insertStage,
  plain,
  preActivation,
  projections,
  squeeze,
  stochasticDepth,
  zeroGamma,
  strideForPool,
  averageHead,
  withoutDropout,
  withoutLrn,
];

export const findTransform = (id: string): Transform | undefined => transforms.find((t) => t.id === id);
