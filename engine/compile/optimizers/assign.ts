import type { Operation, Output, TfGraph } from '../../tensorflow/graph';
import { DataType } from '../../tensorflow/tensor';
import type { Variable } from '../variables';

/** Gives a variable a new value. What it was is read by tensors that keep theirs: TensorFlow copies on write. */
export const assign = (graph: TfGraph, { handle }: Variable, value: Output, name: string): Operation =>
  graph.operation('AssignVariableOp', name, [handle, value], { dtype: { type: DataType.float32 } });
