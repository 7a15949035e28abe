import { startsWith } from '../hints/context';
import { bypass } from './edits';
import { everywhere } from './scene';
import type { Transform } from './transform';

/** @see Simonyan, Zisserman. Very Deep Convolutional Networks. 2014. arXiv:1409.1556, section 4.1: it does not help */
export const withoutLrn: Transform = {
  id: 'no-lrn',
  title: 'Remove local response norm',
  help: 'Takes it out of nets such as AlexNet and GoogLeNet: VGG found that it costs time and helps little.',

  find: (scene) =>
    everywhere(scene, ({ instance, id }) =>
      instance.def?.kind === 'layer' && startsWith(instance, 'lrn')
        ? [{ words: 'taken out', edit: bypass(id) }]
        : [],
    ),
};
