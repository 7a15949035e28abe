import type { Net } from '../../analysis/net';
import { nameOf, weightsOf } from '../../compile/net';
import { UserError } from '../../errors';
import { isOp, type Value } from '../../ir/ir';
import type { StartOptions } from './start';

/**
 * Names of the weights that are kept: gradients do not change them, and batch norms that keep their statistics work in
 * training as they do in use.
 *
 * @throws UserError `transfer/freeze` for a name that no weight has, `transfer/all-frozen` where none is left to train
 */
export function frozenOf(
  net: Net,
  { freeze, classifierOnly }: Pick<StartOptions, 'freeze' | 'classifierOnly'>,
): string[] {
  const weights = weightsOf(net);
  const names = weights.map((w) => w.name);
  for (const wish of freeze) if (!names.some((n) => isNamed(n, wish))) throw unknownName(wish, names);
  const trained = classifierOnly ? classifierOf(net) : new Set(names);
  const frozen = names.filter((n) => !trained.has(n) || freeze.some((wish) => isNamed(n, wish)));
  const kept = new Set(frozen);
  if (weights.every((w) => !w.trainable || kept.has(w.name))) throw allFrozen();
  return frozen;
}

/** `conv1` names `conv1/kernel` and `conv1/bias`; `stage1*` all that begins so. */
const isNamed = (name: string, wish: string): boolean =>
  wish.endsWith('*') ? name.startsWith(wish.slice(0, -1)) : name === wish || name.startsWith(`${wish}/`);

/**
 * Weights of the last layers that hold a kernel, and of what stands behind them, as seen from the scores. A bias of one
 * of them is its layer's, though it comes first on the way back.
 */
function classifierOf(net: Net): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Value>();
  const waiting = [net.logits, ...net.auxiliary.map((a) => a.logits)];
  for (let v = waiting.pop(); v; v = waiting.pop()) {
    if (seen.has(v)) continue;
    seen.add(v);
    const weights = v.inputs.filter((i) => isOp(i, 'weight'));
    for (const w of weights) found.add(nameOf(net, w));
    if (!weights.some((w) => w.shape.length > 1)) waiting.push(...v.inputs);
  }
  return found;
}

function unknownName(wish: string, names: readonly string[]): UserError {
  const nodes = [...new Set(names.map((n) => n.slice(0, n.lastIndexOf('/'))))];
  return new UserError(
    'transfer/freeze',
    `No weight of this net is named '${wish}'.`,
    `Layers with weights are ${nodes.slice(0, 12).join(', ')}${nodes.length > 12 ? ', …' : ''}.`,
    `Freeze ${nodes[0] ?? 'a layer'} for one layer, or a beginning with a star, such as ${(nodes[0] ?? 'conv').slice(0, 4)}*.`,
    { setting: 'freeze' },
  );
}

const allFrozen = () =>
  new UserError(
    'transfer/all-frozen',
    'No weight is left to train.',
    'Every one is among those to freeze.',
    'Leave out the last layer of what is frozen.',
    { setting: 'freeze' },
  );
