import { everywhere } from './scene';
import type { Transform } from './transform';
import { fieldNamed, tuned } from './tune';

/** @see Hu et al. Squeeze-and-Excitation Networks. 2017. arXiv:1709.01507, table 10: ratio 16 */
const RATIO = 16;

export const squeeze: Transform = {
  id: 'squeeze-excite',
  title: 'Add squeeze-excite to residual blocks',
  help: 'Blocks that can weigh their channels before the sum do so, with the ratio of the paper: 16, or 4 in inverted ones.',

  find: (scene) =>
    everywhere(scene, (site) =>
      tuned(site, scene.analysis.elaboration.kinds, (def, params) => {
        const field = fieldNamed(def, 'squeeze');
        if (field?.control !== 'int' || field.min !== 0 || params['squeeze'] !== 0) return undefined;
        return { squeeze: field.quick?.find((n) => typeof n === 'number' && n > 0) ?? RATIO };
      }),
    ),
};
