import { startsWith } from '../hints/context';
import { become } from './edits';
import { everywhere } from './scene';
import type { Transform } from './transform';

/** @see Wu, He. Group Normalization. 2018. arXiv:1803.08494, section 4.1: 32 groups in place of batch norm */
export const groupNorm: Transform = {
  id: 'group-norm',
  title: 'Batch norm to group norm',
  help: 'Every batch norm of a map becomes a group norm of 32 groups, or as many as fit: it does not depend on the batch.',

  find: (scene) =>
    everywhere(scene, ({ instance, id, params }) => {
      const shape = instance.output?.shape ?? [];
      if (instance.def?.kind !== 'layer' || !startsWith(instance, 'batchNorm') || shape.length < 2) return [];
      const channels = shape.at(-1)!;
      let groups = Math.min(32, channels);
      while (channels % groups !== 0) groups--;
      const recipe = { type: 'group-norm', params: { groups, epsilon: params['epsilon'] } };
      return [{ words: `Batch norm → Group norm of ${groups}`, edit: become(id, recipe) }];
    }),
};
