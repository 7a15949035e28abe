import type { Instance } from '../elaborate';
import { startsWith } from '../hints/context';
import { insertBehind, inTurn, patch } from './edits';
import { everywhere, lastLayer, makesChannels, type Scene, type Site, within } from './scene';
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
const isActivation = (n: Instance): boolean => n.def?.category === 'activation';

/** One behind it, or, where no activation follows, before it: the order of pre-activated units. */
function isNormed(scene: Scene, { instance }: Site, last: Instance): boolean {
  const { readers, sources, layers } = scene;
  if (normFollows(scene, last)) return true;
  if ((readers.get(last) ?? []).some(isActivation)) return false;
  const first = layers.find((n) => within(n, instance));
  const acts = ((first && sources.get(first)) ?? []).filter(isActivation);
  return acts.some((n) => (sources.get(n) ?? []).some(isNorm));
}

/** Whether its map comes to a norm before an activation or other weights: through a pool, a sum or a concat. */
function normFollows({ readers }: Scene, last: Instance): boolean {
  const seen = new Set(readers.get(last) ?? []);
  for (const n of seen) {
    if (isNorm(n)) return true;
    if (!isActivation(n) && !makesChannels(n)) for (const next of readers.get(n) ?? []) seen.add(next);
  }
  return false;
}
