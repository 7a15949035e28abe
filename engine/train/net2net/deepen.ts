import { type Net, netOf } from '../../analysis/net';
import { UserError } from '../../errors';
import { type Inserted, insertNode } from '../../graph/commands/insert';
import type { GraphDocument } from '../../graph/document';
import { isOp, type Value } from '../../ir/ir';
import type { Block } from '../safetensors';
import { type Grown, outputOf, sound } from './widen';

/**
 * Puts a layer behind a node that computes nothing yet: a convolution (or a Dense) with the identity as its kernel, and a
 * ReLU, which leaves what is not negative. Where no output of the node itself can be negative, it stands right behind
 * it; else behind the next one in its row whose output cannot.
 *
 * @param after id of a node of the graph
 * @throws UserError `net2net/node`, `net2net/negative`
 * @see Chen, Goodfellow, Shlens 2016, Net2Net. arXiv:1511.05641, section 2.3: Net2DeeperNet
 */
export function deepen(doc: GraphDocument, blocks: ReadonlyMap<string, Block>, after: string): Grown {
  const net = netOf(sound(doc));
  if (!outputOf(net, after)) throw noNode(after, Object.keys(doc.nodes));
  const place = placeFrom(doc, net, after);
  const { shape } = outputOf(net, place)!;
  const [first, ...more] = layersFor(shape);
  const wires = Object.entries(doc.edges).filter(([, e]) => e.from.node === place);
  const [edge] = wires[0]!;
  const inserted = insertNode.run(doc, { edge, more, ...first! });
  const made = Object.keys(inserted.nodes).filter((id) => !Object.hasOwn(doc.nodes, id));
  const last = made.at(-1)!;
  // all that read the node read the new layers now
  const edges = { ...inserted.edges };
  for (const [id, wire] of wires.slice(1)) edges[id] = { ...wire, from: { ...wire.from, node: last } };
  const next = { ...inserted, edges };
  const kernel = `${made[0]!}/kernel`;
  const grown = new Map(blocks).set(kernel, identity(shape));
  sound(next);
  return { doc: next, blocks: grown, nodes: made };
}

/** Side of the new kernels: 1 would see no neighbours, and so learn little. */
const SIDE = 3;

/** As data: kinds by their names, as composites have them. */
function layersFor(shape: readonly number[]): readonly Inserted[] {
  const channels = shape.at(-1)!;
  const relu = { type: 'activation', params: {} };
  if (shape.length === 1) return [{ type: 'dense', params: { units: channels, bias: false } }, relu];
  return [{ type: 'conv2d', params: { filters: channels, kernel: SIDE, bias: false } }, relu];
}

/** [n, n], or [3, 3, c, c] with ones for the pixel itself. */
function identity(shape: readonly number[]): Block {
  const n = shape.at(-1)!;
  const taps = shape.length === 1 ? 1 : SIDE * SIDE;
  const data = new Float32Array(taps * n * n);
  const middle = Math.floor(taps / 2) * n * n;
  for (let i = 0; i < n; i++) data[middle + i * n + i] = 1;
  return { shape: taps === 1 ? [n, n] : [SIDE, SIDE, n, n], data };
}

/** The node, or the first behind it in a row, whose output is never negative and is a map or a vector. */
function placeFrom(doc: GraphDocument, net: Net, start: string): string {
  const known = new Map<Value, boolean>();
  for (let at = start, steps = 0; steps < 1000; steps++) {
    const value = outputOf(net, at);
    const readers = [
      ...new Set(
        Object.values(doc.edges)
          .filter((e) => e.from.node === at)
          .map((e) => e.to.node),
      ),
    ];
    if (!value || readers.length === 0) break;
    if ((value.shape.length === 1 || value.shape.length === 3) && isNeverNegative(value, known)) return at;
    if (readers.length !== 1) break;
    at = readers[0]!;
  }
  throw negative(start);
}

const NEVER: ReadonlySet<Value['op']> = new Set(['relu', 'relu6', 'sigmoid', 'softplus', 'exp']);
/** Of what is not negative these make nothing that is; pads are zeros or copies. */
const KEEPS: ReadonlySet<Value['op']> = new Set([
  ...([
    'maxPool',
    'avgPool',
    'maxPool3d',
    'avgPool3d',
    'mean',
    'max',
    'resample',
    'dropout',
    'add',
    'mul',
  ] as const),
  ...(['concat', 'pad', 'stride', 'slice', 'reshape', 'transpose'] as const),
]);

function isNeverNegative(v: Value, known: Map<Value, boolean>): boolean {
  const before = known.get(v);
  if (before !== undefined) return before;
  const is =
    NEVER.has(v.op) ||
    (isOp(v, 'constant') && v.attrs.value >= 0) ||
    (KEEPS.has(v.op) && v.inputs.every((x) => isNeverNegative(x, known)));
  known.set(v, is);
  return is;
}

const noNode = (node: string, known: readonly string[]) =>
  new UserError(
    'net2net/node',
    `There is no layer '${node}' on the way to the output.`,
    `Nodes of the graph are ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}.`,
    'Name one of them; inside of a block nothing can be put in.',
    { node },
  );
const negative = (node: string) =>
  new UserError(
    'net2net/negative',
    `No layer can be put in behind ${node} without a change of what the net computes.`,
    'The new layer ends in a ReLU, which would cut what is negative there, and no ReLU follows in its row.',
    'Choose a node with a ReLU behind it, or one behind a ReLU.',
    { node },
  );
