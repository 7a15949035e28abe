import { everywhere } from './scene';
import type { Transform } from './transform';
import { offers, tuned } from './tune';

/** @see He et al. Deep Residual Learning. 2015. arXiv:1512.03385, section 4.1: option B, slightly better than A */
export const projections: Transform = {
  id: 'projections',
  title: 'Zero-padded shortcuts to projections',
  help: 'Where a residual block changes the shape, a 1×1 convolution brings its input over in place of zeros.',

  find: (scene) =>
    everywhere(scene, (site) =>
      tuned(site, scene.analysis.elaboration.kinds, (def, { shortcut }) =>
        offers(def, 'shortcut', 'projection') && shortcut === 'zero-pad'
          ? { shortcut: 'projection' }
          : undefined,
      ),
    ),
};
