import type { Graph } from '../blocks/body-of';
import type { Scene } from './scene';

/** One place that a transformation changes: a node, or a few that belong together. */
export interface Place {
  /** Tells it from the other places of the transformation, and stays while the net does. */
  readonly key: string;
  /** Path of the node it is at. */
  readonly path: string;
  /** Path of the graph that is edited; '' is the net itself. */
  readonly graph: string;
  /** What becomes of what: `ReLU → GELU`. */
  readonly words: string;
  /** Pure. Finds its nodes by their ids, as an earlier place may have changed the graph. */
  edit(graph: Graph): Graph;
}

/** What a transformation leaves open, with the values that make sense for this net. */
export interface Setting {
  readonly name: string;
  readonly title: string;
  readonly options: readonly string[];
  readonly start: string;
}
export type Values = Readonly<Record<string, string>>;

/** A change of a whole net, or of what is selected. One file each; the table lists them. */
export interface Transform {
  /** Stable: the terminal and scripts name it. */
  readonly id: string;
  /** As an order: `Double the width`. */
  readonly title: string;
  /** One sentence: what it does, and what it leaves alone. */
  readonly help: string;
  settings?(scene: Scene): readonly Setting[];
  /** Every place that it would change; none where it does not apply. */
  find(scene: Scene, values: Values): readonly Place[];
}
