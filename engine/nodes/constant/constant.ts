import { z } from 'zod';
import { constant as same } from '../../ir/ops';
import { formatShape } from '../../ir/shape';
import { defineLayer } from '../define';
import { mapShape, real } from '../fields';

/** The same number everywhere: -> `shape`. */
export const constant = defineLayer({
  type: 'constant',
  version: 1,
  title: 'Constant',
  category: 'io',
  source: 'ONNX operator ConstantOfShape, opset 9, 2019',
  help:
    'Gives a map that holds one number everywhere and takes nothing in. Joined to another by an Add, Multiply or ' +
    'Concat it shifts it, scales it, or marks it.',
  formula: 'y[…] = value',
  inputs: [],
  params: z.strictObject({
    shape: mapShape([28, 28, 1], { title: 'Shape', help: 'Height, width and channels' }),
    value: real(1, { title: 'Value', help: 'What every element is', min: -1e6 }),
  }),
  detail: (p) => `${p.value} · ${formatShape(p.shape)}`,

  lower: (_, p) => same(p.shape, p.value),
});
