import { startsWith } from '../hints/context';
import { bypass, inTurn, patch } from './edits';
import { everywhere, only } from './scene';
import type { Transform } from './transform';
import { fieldNamed } from './tune';

export const withoutNorm: Transform = {
  id: 'no-batch-norm',
  title: 'Remove batch norm',
  help: 'Takes every batch norm out; the layer before it gets its bias back.',

  find: (scene) =>
    everywhere(scene, ({ instance, level, id }) => {
      if (instance.def?.kind !== 'layer' || !startsWith(instance, 'batchNorm')) return [];
      const before = only(level, id);
      const biased = before?.instance.params?.['bias'] === false && fieldNamed(before.instance.def!, 'bias');
      if (!biased) return [{ words: 'taken out', edit: bypass(id) }];
      return [
        {
          words: `taken out, bias of ${before.id} off → on`,
          edit: inTurn(patch(before.id, { bias: true }), bypass(id)),
        },
      ];
    }),
};
