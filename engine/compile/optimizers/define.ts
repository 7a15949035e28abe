import type { Operation, Output, TfGraph } from '../../tensorflow/graph';
import type { Variable } from '../variables';

/** What an optimizer is given to make its update of one variable. */
export interface UpdateContext {
  readonly graph: TfGraph;
  readonly variable: Variable;
  readonly gradient: Output;
  /** float scalar */
  readonly rate: Output;
  /** int32 scalar, 1 in the first step */
  readonly step: Output;
  /** The weight decay of this variable; for optimizers that take it off the weight themselves. */
  readonly decay: number;
  /** What must be done before the variable is moved. */
  readonly after?: readonly Operation[];
  /** A variable beside this one that keeps state from step to step; zero at first. */
  slot(name: string): Variable;
}

export interface OptimizerDef<S> {
  /** Whether it heeds `decay` itself; of others it is added to the gradient (L2). */
  readonly decoupled?: true;
  update(context: UpdateContext, settings: S): Operation;
}
