import type { Edge, Node } from '@xyflow/react';
import type { Analysis } from '../../engine/analysis/analyse';
import type { Instance } from '../../engine/analysis/elaborate';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';
import type { Category } from '../../engine/nodes/define';
import type { Point, Size } from './geometry';
import type { Lane } from './lanes';
import type { Marks } from './marks';

/** What a node shows. Flat values only, so that a node which looks the same is the same to React. */
export interface FaceData extends Record<string, unknown> {
  readonly title: string;
  readonly detail: string;
  readonly shape: string;
  readonly category: Category | undefined;
  readonly composite: boolean;
  readonly open: boolean;
  /** Part of a block: to be looked at, not moved. */
  readonly inside: boolean;
  /** Names of the input ports, parted by spaces. */
  readonly ports: string;
  /** Left out of the net by the user. */
  readonly bypassed: boolean;
  /** Whether others can take what it gives. */
  readonly feeds: boolean;
  readonly problem: Problem['severity'] | '';
  /** What, why and remedy of its problems, for screen readers and the tooltip of the sign. */
  readonly explanation: string;
}
export interface WireData extends Record<string, unknown> {
  readonly shape: string;
  readonly stroke: number;
  /** Whether the label always shows: the shape changes here. */
  readonly changes: boolean;
  readonly tone: 'plain' | 'hot' | 'bad';
  /** It leads to a bypassed node, or comes from one. */
  readonly bypassed: boolean;
  readonly inside: boolean;
  /** Outer sizes of both ends, and whether the target has one port only. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly targetWidth: number;
  readonly targetHeight: number;
  readonly side: boolean;
  readonly lane: Lane | undefined;
  readonly stem: number;
}
export type FlowNode = Node<FaceData, 'face' | 'frame'>;
export type FlowWire = Edge<WireData, 'wire'>;

export interface Scene {
  readonly doc: GraphDocument;
  readonly analysis: Analysis;
  readonly problems: readonly Problem[];
  readonly selected: ReadonlySet<string>;
  readonly selectedEdges: ReadonlySet<string>;
  /** Where nodes are held while they are dragged. */
  readonly held: ReadonlyMap<string, Point>;
}
export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly wires: readonly FlowWire[];
  readonly marks: Marks;
}

/** What both halves of the model need of a drawn node. */
export interface Drawn extends Size {
  readonly instance: Instance;
  readonly ports: readonly string[];
  readonly open: boolean;
  /** Top left corner, in the frame around it if there is one. */
  readonly place: Point;
}
