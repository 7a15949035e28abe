import { everywhere } from './scene';
import type { Transform } from './transform';
import { fieldNamed, tuned } from './tune';

/** @see Goyal et al. Accurate, Large Minibatch SGD. 2017. arXiv:1706.02677, section 5.1 */
export const zeroGamma: Transform = {
  id: 'zero-gamma',
  title: 'Start residual blocks as their shortcut',
  help: 'The last batch norm before each sum starts at 0, which makes deep nets and large batches easier at the start.',

  find: (scene) =>
    everywhere(scene, (site) =>
      tuned(site, scene.analysis.elaboration.kinds, (def, params) => {
        const field = fieldNamed(def, 'zeroGamma');
        return field && params['zeroGamma'] === false && (field.only?.(params) ?? true)
          ? { zeroGamma: true }
          : undefined;
      }),
    ),
};
