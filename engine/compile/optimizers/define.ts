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
  /** A variable beside this one that keeps state from step to step; zero at first. */
  slot(name: string): Variable;
}

export interface OptimizerDef<S> {
  update(context: UpdateContext, settings: S): Operation;
}
