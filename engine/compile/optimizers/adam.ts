import type { OptimizerSettings } from '../../graph/training';
import { DataType } from '../../tensorflow/tensor';
import type { OptimizerDef } from './define';

type Settings = Extract<OptimizerSettings, { type: 'adam' }>;

/**
 * m and v are running means of g and g^2; w = w - rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon).
 *
 * @see Kingma, Ba 2015, Adam, end of section 2 (epsilon there is "epsilon hat"), as in Keras
 */
export const adam: OptimizerDef<Settings> = {
  update({ graph, variable, gradient, rate, step, slot, after }, { beta1, beta2, epsilon }) {
    const name = `${variable.name}/adam`;
    const t = graph.add('Cast', `${name}/t`, [step], {
      SrcT: { type: DataType.int32 },
      DstT: { type: DataType.float32 },
    });
    const power = (beta: number) => graph.add('Pow', `${name}/power`, [graph.float(beta), t]);
    const inputs = [
      ...[variable.handle, slot('m').handle, slot('v').handle, power(beta1), power(beta2)],
      ...[rate, graph.float(beta1), graph.float(beta2), graph.float(epsilon), gradient],
    ];
    return graph.operation('ResourceApplyAdam', name, inputs, {}, after);
  },
};
