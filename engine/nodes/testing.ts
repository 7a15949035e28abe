import { type Cost, costOf } from '../ir/cost';
import { isOp, topological, type Value } from '../ir/ir';
import { input } from '../ir/ops';
import type { Shape } from '../ir/shape';
import { findKind } from './catalogue';
import { lowerNode } from './lower';

/** A kind and its parameters, as a document states them. */
export type Step = readonly [type: string, params?: Record<string, unknown>];

/** For tests: a node on these values, defaults filled in and composites opened down to their layers. */
export function lowerOn([type, raw]: Step, inputs: readonly Value[]): Value {
  const def = findKind(type);
  if (!def) throw new Error(`no kind ${type}`);
  return lowerNode(def, def.params.parse(raw ?? {}), inputs);
}

/** For tests: a node on inputs of these shapes. */
export const lower = (type: string, params: Record<string, unknown>, ...shapes: readonly Shape[]): Value =>
  lowerOn([type, params], shapes.map(input));

/** For tests: nodes in a row on a map of `shape`. */
export const chain = (shape: Shape, steps: readonly Step[]): Value =>
  steps.reduce((x, step) => lowerOn(step, [x]), input(shape));

export const costOfAll = (root: Value): Cost => costOf(topological([root]));
export const weightsOf = (root: Value) => topological([root]).flatMap((v) => (isOp(v, 'weight') ? [v] : []));
