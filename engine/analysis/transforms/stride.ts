import type { Instance } from '../elaborate';
import { endsWith } from '../hints/context';
import { bypass, inTurn, patch } from './edits';
import { everywhere, only, type Site } from './scene';
import type { Transform } from './transform';
import { fieldNamed } from './tune';

/** @see Springenberg et al. Striving for Simplicity. 2014. arXiv:1412.6806, section 3.1: Strided-CNN */
export const strideForPool: Transform = {
  id: 'stride-for-pool',
  title: 'Swap max pool for stride',
  help: 'The convolution before each max pool takes its stride, and the pool goes; a pool with none before it stays.',

  find: (scene) =>
    everywhere(scene, (site) => {
      const { instance, params, id } = site;
      const steps = strideOf(params['stride']);
      const pools = endsWith(instance, 'maxPool') || endsWith(instance, 'maxPool3d');
      if (instance.def?.kind !== 'layer' || !pools || !steps?.some((s) => s > 1)) return [];
      const before = strided(site);
      if (!before) return [];
      const stride = steps.every((s) => s === steps[0]) ? steps[0] : steps;
      return [
        {
          words: `taken out, stride of ${before} 1 → ${steps[0]}`,
          edit: inTurn(patch(before, { stride }), bypass(id)),
        },
      ];
    }),
};

const strideOf = (stride: unknown): readonly number[] | undefined =>
  typeof stride === 'number' ? [stride] : Array.isArray(stride) ? stride : undefined;

/** The convolution that the pool's map comes from; between them only what works value by value. */
function strided({ level, id }: Site): string | undefined {
  const seen = new Set([id]); // wires may lead round in a circle
  let at = only(level, id);
  while (at && !seen.has(at.id) && BETWEEN.includes(at.instance.def?.category ?? '')) {
    seen.add(at.id);
    at = only(level, at.id);
  }
  return at && canStride(at.instance) ? at.id : undefined;
}
const BETWEEN: readonly string[] = ['activation', 'norm', 'regularisation'];

function canStride({ def, params, cost }: Instance): boolean {
  const one = strideOf(params?.['stride'])?.every((s) => s === 1) ?? false;
  return one && def !== undefined && fieldNamed(def, 'stride') !== undefined && cost.params.trainable > 0;
}
