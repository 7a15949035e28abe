import type { Shape } from '../../ir/shape';
import type { Block } from '../safetensors';
import type { Transfer } from './start';

type Named = { readonly name: string; readonly shape: Shape };
/** The running average of a weight, which is what the run was measured with. */
const AVERAGE = 'average';

/**
 * Joins the weights of a net with those of a checkpoint, by name and shape. Where the run kept running averages, those
 * are taken; what the optimizer kept is not.
 *
 * @param blocks of the checkpoint: weights, statistics and slots; a slot's name is that of a weight, a slash, its own
 */
export function matchWeights(
  weights: readonly Named[],
  blocks: ReadonlyMap<string, Block>,
): Pick<Transfer, 'taken' | 'fresh' | 'dropped'> & { readonly values: ReadonlyMap<string, Float32Array> } {
  const own = new Map(weights.map((w) => [w.name, w.shape]));
  const given = measuredWeights(blocks);
  const fits = (name: string, { shape }: Pick<Block, 'shape'>) => same(own.get(name), shape);
  const taken = [...given].filter(([name, block]) => fits(name, block));
  const values = new Map(taken.map(([name, block]) => [name, block.data] as const));
  return {
    values,
    taken: [...values.keys()],
    fresh: weights.filter((w) => !values.has(w.name)).map(({ name, shape }) => ({ name, shape: [...shape] })),
    dropped: [...given]
      .filter(([name]) => !values.has(name))
      .map(([name, { shape }]) => {
        const here = own.get(name);
        return { name, shape: [...shape], ...(here && { here: [...here] }) };
      }),
  };
}

/** Weights and statistics as the run was measured with them: its averages, where it kept such; no slots. */
export const measuredWeights = (blocks: ReadonlyMap<string, Block>): Map<string, Block> =>
  new Map(
    [...blocks]
      .filter(([name]) => !isSlot(name, blocks))
      .map(([name, block]) => [name, blocks.get(`${name}/${AVERAGE}`) ?? block] as const),
  );

/** A weight's node holds no other nodes, so that what stands below a weight is a slot of it. */
const isSlot = (name: string, blocks: ReadonlyMap<string, Block>): boolean =>
  blocks.has(name.slice(0, Math.max(0, name.lastIndexOf('/'))));

const same = (a: Shape | undefined, b: Shape): boolean =>
  a !== undefined && a.length === b.length && a.every((d, i) => d === b[i]);
