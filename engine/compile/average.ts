import type { Operation, Output, TfGraph } from '../tensorflow/graph';
import { output } from '../tensorflow/graph';
import { DataType } from '../tensorflow/tensor';
import type { Variable } from './variables';

const FLOAT = { type: DataType.float32 };
/** The first steps are kept less, so that the first weights are soon forgotten: decay = (step - 1) / (step + 8). */
const EARLY = 8;

/**
 * Moves the running average of a weight towards what the weight has just become:
 * average <- d * average + (1 - d) * weight, d = min(decay, (step - 1) / (step + 8)).
 *
 * @see Polyak, Juditsky 1992; TensorFlow's ExponentialMovingAverage with `num_updates`
 */
export function averageAfter(
  graph: TfGraph,
  variable: Variable,
  average: Variable,
  move: Operation,
  step: Output,
  decay: number,
): Operation {
  const { name } = average;
  const moved = output(
    graph.operation('ReadVariableOp', `${name}/moved`, [variable.handle], { dtype: FLOAT }, [move]),
    0,
  );
  const float = graph.add('Cast', `${name}/step`, [step], { SrcT: { type: DataType.int32 }, DstT: FLOAT });
  const before = graph.add('Sub', `${name}/before`, [float, graph.float(1)]);
  const early = graph.add('Div', `${name}/early`, [
    before,
    graph.add('AddV2', `${name}/late`, [float, graph.float(EARLY)]),
  ]);
  const kept = graph.add('Minimum', `${name}/kept`, [early, graph.float(decay)]);
  const way = graph.add('Sub', `${name}/way`, [average.read, moved]);
  const next = graph.add('AddV2', `${name}/next`, [moved, graph.add('Mul', `${name}/old`, [way, kept])]);
  return graph.operation('AssignVariableOp', `${name}/assign`, [average.handle, next], { dtype: FLOAT });
}
