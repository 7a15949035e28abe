import { become } from './edits';
import { everywhere } from './scene';
import type { Transform } from './transform';

/** @see Howard et al. MobileNets. 2017. arXiv:1704.04861, section 3.1-3.2: all but the first layer */
export const separable: Transform = {
  id: 'separable',
  title: '3×3 convs to depthwise-separable',
  help: 'Each convolution with a wider kernel becomes a depthwise one and a 1×1; the first, which reads the picture, and grouped ones stay.',

  find: (scene) =>
    everywhere(scene, ({ def, params, instance, id }) => {
      const recipe = def.separated?.(params);
      const sources = scene.sources.get(instance) ?? [];
      if (!recipe || scene.heads.has(instance) || sources.some((s) => s.def?.role === 'input')) return [];
      const { kernel } = params;
      const side = Array.isArray(kernel) ? kernel.join('×') : `${kernel}×${kernel}`;
      return [{ words: `Conv ${side} → Separable ${side}`, edit: become(id, recipe) }];
    }),
};
