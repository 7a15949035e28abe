import type { Operation, Output, TfGraph } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import type { Variable, Variables } from './variables';

const FLOAT = { dtype: { type: DataType.float32 } };

/** Sums of gradients over the batches of one step. They are zero between two steps, so that no checkpoint holds them. */
export class Accumulator {
  readonly #sums: readonly Variable[];

  constructor(
    readonly graph: TfGraph,
    variables: Variables,
    trainable: readonly Variable[],
  ) {
    this.#sums = trainable.map((v) => variables.scratch(v, 'sum'));
  }

  /** Adds the gradients of a batch that is not the last of its step. */
  add(gradients: readonly Output[]): readonly Operation[] {
    return this.#sums.map((sum, i) =>
      this.graph.operation('AssignAddVariableOp', `${sum.name}/add`, [sum.handle, gradients[i]!], FLOAT),
    );
  }

  /** The mean over all batches of the step, of which `gradients` are of the last. */
  mean(gradients: readonly Output[], batches: number): readonly Output[] {
    const { graph } = this;
    return this.#sums.map((sum, i) => {
      const all = graph.add('AddV2', `${sum.name}/all`, [sum.read, gradients[i]!]);
      return graph.add('Mul', `${sum.name}/mean`, [all, graph.float(1 / batches)]);
    });
  }

  /** @param after what has used the sums */
  reset(after: readonly Operation[]): readonly Operation[] {
    const { graph } = this;
    return this.#sums.map((sum, i) => {
      const zeros = graph.add('Fill', `${sum.name}/zeros`, [graph.ints(sum.shape), graph.float(0)]);
      const inputs = [sum.handle, zeros];
      return graph.operation('AssignVariableOp', `${sum.name}/reset`, inputs, FLOAT, [after[i]!]);
    });
  }
}
