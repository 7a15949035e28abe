import type { Instance } from '../elaborate';
import { startsWith } from '../hints/context';
import { insertBehind, inTurn, patch } from './edits';
import { everywhere, lastLayer, type Scene, type Site, within } from './scene';
import type { Transform } from './transform';
import { fieldNamed } from './tune';

/** @see Ioffe, Szegedy. Batch Normalization. 2015. arXiv:1502.03167, section 3.2: behind the weights, without a bias */
export const batchNorm: Transform = {
  id: 'batch-norm',
  title: 'Add batch norm after every conv',
  help: 'Convolutions that have a norm are left alone, and so is one that gives the scores; biases before a norm are turned off.',

  find: (scene) =>
    everywhere(scene, (site) => {
      const { def, instance, params, id } = site;
      if (def.category !== 'conv' || instance.cost.params.trainable === 0) return [];
      const last = lastLayer(instance);
      if (scene.heads.has(last) || isNormed(scene, site, last)) return 'leave';
      const biased = params['bias'] === true && fieldNamed(def, 'bias') !== undefined;
      const norm = insertBehind(id, [{ type: 'batch-norm', id: `${id}-bn` }]);
      return [
        {
          words: biased ? '+ batch norm, bias on → off' : '+ batch norm',
          edit: biased ? inTurn(norm, patch(id, { bias: false })) : norm,
        },
      ];
    }),
};

const isNorm = (n: Instance): boolean => n.def?.category === 'norm' && !startsWith(n, 'lrn');

/** Behind it, or, where no activation follows, before it: the order of pre-activated units. */
function isNormed({ readers, sources, layers }: Scene, { instance }: Site, last: Instance): boolean {
  const after = readers.get(last) ?? [];
  if (after.some(isNorm)) return true;
  if (after.some((n) => n.def?.category === 'activation')) return false;
  const first = layers.find((n) => within(n, instance));
  const acts = (first && sources.get(first)) ?? [];
  return acts.some((n) => n.def?.category === 'activation' && (sources.get(n) ?? []).some(isNorm));
}
