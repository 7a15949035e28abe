import { GraphDocument } from '../engine/graph/document';
import { CURRENT_VERSION } from '../engine/graph/migrations';

/** A node of bench/nets.mjs; sides are [height, width], or [time, height, width] of a video. */
export interface BenchNode {
  readonly id: string;
  readonly op: string;
  readonly from: readonly string[];
  readonly filters?: number;
  readonly kernel?: readonly number[];
  readonly stride?: number | readonly number[];
  readonly pads?: readonly number[];
  readonly groups?: number;
  readonly bias?: boolean;
  readonly ceil?: boolean;
  readonly zeros?: number;
  readonly units?: number;
  readonly weights: readonly (readonly number[])[];
}
export interface BenchNet {
  readonly id: string;
  readonly batch: number;
  readonly learningRate: number;
  /** Sides and channels of a picture, or of a video. */
  readonly input: readonly number[];
  readonly classes: number;
  readonly nodes: readonly BenchNode[];
}

interface OurNode {
  readonly type: string;
  readonly params: Record<string, unknown>;
}
const window = ({ kernel, stride, pads }: BenchNode) => ({ kernel, stride, padding: pads });

/** Our node kind and parameters for each of the benchmark's; `channels` are those that come in. */
const kinds: Record<string, (n: BenchNode, channels: number) => OurNode> = {
  convolution: (n) => ({
    type: n.kernel!.length === 3 ? 'conv3d' : 'conv2d',
    params: { filters: n.filters, ...window(n), groups: n.groups, bias: n.bias },
  }),
  depthwise: (n) => ({ type: 'depthwise-conv2d', params: { ...window(n), bias: false } }),
  batchNorm: () => ({ type: 'batch-norm', params: {} }),
  relu: () => ({ type: 'activation', params: { function: 'relu' } }),
  relu6: () => ({ type: 'activation', params: { function: 'relu6' } }),
  add: () => ({ type: 'add', params: {} }),
  concat: () => ({ type: 'concat', params: {} }),
  subsample: (n, channels) => ({
    type: 'zero-pad',
    params: { mode: 'shortcut', stride: n.stride, filters: channels + n.zeros! },
  }),
  maxPool: (n) => ({ type: 'max-pool', params: { ...window(n), ceil: n.ceil } }),
  averagePool: (n) => ({ type: 'avg-pool', params: window(n) }),
  globalAveragePool: () => ({ type: 'global-avg-pool', params: {} }),
  flatten: () => ({ type: 'flatten', params: {} }),
  dense: (n) => ({ type: 'dense', params: { units: n.units } }),
};

/** The channels behind a node; nothing asks for those behind a flatten. */
const channelsBehind = (node: BenchNode, before: readonly number[]): number =>
  node.op === 'concat' ? before.reduce((a, b) => a + b) : (node.filters ?? before[0]! + (node.zeros ?? 0));

/** The benchmark's net as a document of the app. */
export function documentOf(
  net: BenchNet,
  momentum: number,
  how: { readonly precision?: 'float32' | 'mixed'; readonly recompute?: boolean } = {},
): GraphDocument {
  const nodes: Record<string, unknown> = { input: { type: 'input', params: { shape: net.input } } };
  const edges: Record<string, unknown> = {};
  const channels = new Map<string, number>([['input', net.input.at(-1)!]]);
  for (const node of net.nodes) {
    const before = node.from.map((from) => channels.get(from)!);
    nodes[node.id] = kinds[node.op]!(node, before[0]!);
    channels.set(node.id, channelsBehind(node, before));
    node.from.forEach((from, i) => {
      const port = node.from.length > 1 ? `x${i + 1}` : 'x';
      edges[`${node.id}-${i}`] = { from: { node: from, port: 'out' }, to: { node: node.id, port } };
    });
  }
  nodes['output'] = { type: 'output', params: { classes: net.classes } };
  edges['output-0'] = {
    from: { node: net.nodes.at(-1)!.id, port: 'out' },
    to: { node: 'output', port: 'x' },
  };
  const training = {
    batch: net.batch,
    rate: net.learningRate,
    weightDecay: 0,
    optimizer: { type: 'sgd', momentum },
    schedule: { type: 'constant' },
    ...how,
  };
  return GraphDocument.parse({
    format: 'convloom',
    version: CURRENT_VERSION,
    name: net.id,
    nodes,
    edges,
    training,
  });
}
