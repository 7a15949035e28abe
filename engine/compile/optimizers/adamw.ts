import type { OptimizerSettings } from '../../graph/training';
import { DataType } from '../../tensorflow/tensor';
import { adam } from './adam';
import type { OptimizerDef } from './define';

type Settings = Extract<OptimizerSettings, { type: 'adamw' }>;

/**
 * w = w - rate * decay * w, then as Adam: the decay is not divided by the running size of the gradient.
 *
 * @see Loshchilov, Hutter 2017, Decoupled Weight Decay Regularization, algorithm 2, in PyTorch's form
 */
export const adamw: OptimizerDef<Settings> = {
  decoupled: true,
  update(context, settings) {
    const { graph, variable, rate, gradient, decay } = context;
    if (decay === 0) return adam.update(context, { ...settings, type: 'adam' });
    const share = graph.add('Mul', `${variable.name}/adamw/share`, [rate, graph.float(decay)]);
    const pull = graph.add('Mul', `${variable.name}/adamw/pull`, [variable.read, share]);
    const dtype = { dtype: { type: DataType.float32 } };
    // what reads the weight is done when its gradient is there
    const pulled = graph.operation(
      'AssignSubVariableOp',
      `${variable.name}/adamw/decay`,
      [variable.handle, pull],
      dtype,
      [{ pointer: gradient.oper }],
    );
    return adam.update({ ...context, after: [pulled] }, { ...settings, type: 'adam' });
  },
};
