import type { Op, Value } from '../ir/ir';
import type { Output, Pointer, TfGraph } from '../tensorflow/graph';
import type { Variable } from './variables';

/** A running statistic, and what it becomes in a step. */
export interface Moved {
  readonly handle: Output;
  readonly value: Output;
}

/** One forward pass under construction: a training pass and an inference pass share the variables. */
export interface Pass {
  readonly graph: TfGraph;
  readonly training: boolean;
  readonly variables: ReadonlyMap<Value, Variable>;
  /** Path of the layer that made a value; names in the TensorFlow graph follow it. */
  readonly paths: ReadonlyMap<Value, string>;
  /** int32 [2], another one each step; dropout draws from it. */
  readonly seed: Output;
  readonly made: Map<Value, Output>;
  /** What a training step does beside the gradients: running mean and variance. */
  readonly updates: Moved[];
  readonly relus: { readonly input: Output; readonly output: Output }[];
  /** The operations that each value came to, where they are asked for. */
  readonly added?: Map<Value, readonly Pointer[]>;
}

/** Adds the operations of one value, and gives the one that carries its result. */
export type Emit<K extends Op> = (
  pass: Pass,
  inputs: readonly Output[],
  value: Value<K>,
  name: string,
) => Output;
