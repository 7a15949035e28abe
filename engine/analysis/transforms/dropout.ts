import { isOp } from '../../ir/ir';
import { bypass } from './edits';
import { everywhere } from './scene';
import type { Transform } from './transform';
import { fieldNamed, tuned } from './tune';

export const withoutDropout: Transform = {
  id: 'no-dropout',
  title: 'Remove dropout',
  help: 'Takes dropout out, of values and of channels, and sets that inside of blocks to 0; stochastic depth stays.',

  find: (scene) =>
    everywhere(scene, (site) => {
      const { instance, id, def } = site;
      const drops = instance.own.some((v) => isOp(v, 'dropout') && v.attrs.unit !== 'picture');
      if (drops && def.kind === 'layer') return [{ words: 'taken out', edit: bypass(id) }];
      return tuned(site, scene.analysis.elaboration.kinds, (kind, { dropout }) =>
        fieldNamed(kind, 'dropout') && dropout !== 0 ? { dropout: 0 } : undefined,
      );
    }),
};
