import { elaborate, type Instance } from '../../analysis/elaborate';
import { type Net, netOf } from '../../analysis/net';
import { UserError } from '../../errors';
import type { GraphDocument } from '../../graph/document';
import type { Value } from '../../ir/ir';
import type { Block } from '../safetensors';
import { widenWeights } from './lockstep';
import { isChannelPad, isMaker, makersOf, tiedWith } from './share';

/** A net and weights for it that compute what an earlier net does. */
export interface Grown {
  readonly doc: GraphDocument;
  readonly blocks: ReadonlyMap<string, Block>;
  /** Nodes that were changed or put in. */
  readonly nodes: readonly string[];
}

/**
 * Gives a layer more channels and keeps the function of the net: new channels copy old ones, and what reads them shares
 * its weights out among the copies. Layers whose maps are added to it get as many; where a shortcut fills its channels up
 * with zeros, the layers behind get as many more. Norms over several channels keep their mean where every channel has as
 * many copies.
 *
 * @param node id of a node of the graph
 * @param to   channels or units, more than there are
 * @throws UserError `net2net/node`, `net2net/width`, `net2net/shared`, `net2net/op`, `net2net/structure`
 * @see Chen, Goodfellow, Shlens 2016, Net2Net. arXiv:1511.05641, section 2.2: Net2WiderNet
 */
export function widen(
  doc: GraphDocument,
  blocks: ReadonlyMap<string, Block>,
  { node, to, seed = 1 }: { readonly node: string; readonly to: number; readonly seed?: number },
): Grown {
  const elaboration = sound(doc);
  const net = netOf(elaboration);
  const value = outputOf(net, node);
  if (!value) throw noNode(node, [...elaboration.nodes.keys()]);
  const from = value.shape.at(-1)!;
  if (!Number.isInteger(to) || to <= from) throw notWider(node, from, to);
  const records = { ...doc.nodes };
  for (const [id, width] of sharing(net, value, node, to)) {
    const change = wider(elaboration.nodes.get(id)!, width.from, width.to);
    if (change) records[id] = { ...records[id]!, params: { ...records[id]!.params, ...change } };
    else if (id === node) throw noWidth(node, from);
  }
  const nodes = Object.keys(records).filter((id) => records[id] !== doc.nodes[id]);
  const next = { ...doc, nodes: records };
  const after = netOf(soundAt(next, node, from, to));
  return { doc: next, nodes, blocks: widenWeights(net, after, blocks, seed) };
}

/** @throws UserError the graph's first error */
export function sound(doc: GraphDocument) {
  const elaboration = elaborate(doc);
  const first = elaboration.problems.find((p) => p.severity === 'error');
  if (first) throw UserError.from(first);
  return elaboration;
}

/** @throws UserError `net2net/width` where the graph has a fault with these channels, as groups that do not part them */
function soundAt(doc: GraphDocument, node: string, from: number, to: number) {
  try {
    return sound(doc);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      'net2net/width',
      `${node} cannot be given ${to} channels.`,
      `${error.place.node ?? 'The net'} would be at fault: ${error.what}`,
      `Choose another number, such as ${2 * from}.`,
      { node },
    );
  }
}

/** What a node gives: the last of its values. */
export const outputOf = (net: Net, node: string): Value | undefined =>
  net.values.filter((v) => v.op !== 'weight' && topOf(net, v) === node).at(-1);
const topOf = (net: Net, v: Value): string => (net.paths.get(v) ?? '').split('/')[0]!;

interface Width {
  readonly from: number;
  readonly to: number;
}

/** The nodes that need other channels where `value` has `to`, with how many. */
function sharing(net: Net, value: Value, node: string, to: number): ReadonlyMap<string, Width> {
  const classes = new Set(makersOf(net, net.logits));
  const widths = new Map<string, Width>();
  const seen = new Set<Value>();
  const waiting = [{ value, to }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.value)) continue;
    const tied = tiedWith(net, next.value);
    const from = next.value.shape.at(-1)!;
    const makers = makersOf(net, next.value);
    if (makers.some((v) => classes.has(v))) throw isClassifier(node);
    const other = makers.find((v) => !isMaker(v) && !isChannelPad(v));
    if (other) throw fixed(node, other === net.input ? 'the input' : topOf(net, other));
    for (const v of makers) widths.set(topOf(net, v), { from, to: next.to });
    for (const v of tied) seen.add(v);
    // a shortcut has as many zeros as before, so that what it is added to gets as many channels more
    for (const v of net.values)
      if (isChannelPad(v) && tied.has(v.inputs[0]!) && !tied.has(v))
        waiting.push({ value: v, to: v.shape.at(-1)! + next.to - from });
  }
  return widths;
}

/**
 * Parameters that give a node `to` channels: by its kind, or the one number that is how many it has now. Undefined for
 * nodes that take the channels of what comes in, as a squeeze-excite does.
 */
function wider(
  { def, params, output }: Instance,
  from: number,
  to: number,
): Record<string, unknown> | undefined {
  if (def?.resize && output?.shape.at(-1) === from) {
    const next = def.resize(params!, to);
    return Object.fromEntries(
      Object.entries(next).filter(([k, v]) => JSON.stringify(v) !== JSON.stringify(params![k])),
    );
  }
  const key = Object.keys(params ?? {}).find((k) => params![k] === from);
  return key === undefined ? undefined : { [key]: to };
}

const noNode = (node: string, known: readonly string[]) =>
  new UserError(
    'net2net/node',
    `There is no layer '${node}' on the way to the output.`,
    `Nodes of the graph are ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}.`,
    `Name one of them; a layer inside of a block is widened once the block is opened into the graph.`,
    { node },
  );
const notWider = (node: string, from: number, to: number) =>
  new UserError(
    'net2net/width',
    `${node} has ${from} channels, and ${to} are not more.`,
    'Channels are copied, so that there can only be more of them.',
    `Name a whole number above ${from}, such as ${2 * from}.`,
    { node },
  );
const isClassifier = (node: string) =>
  new UserError(
    'net2net/classes',
    `${node} gives the scores of the classes.`,
    'Its outputs are as many as there are classes.',
    'Widen a layer before it.',
    { node },
  );
const fixed = (node: string, other: string) =>
  new UserError(
    'net2net/shared',
    `${node} cannot be widened alone.`,
    `Its channels are joined one by one with those of ${other}, which are not made by one layer that could be widened too.`,
    `Widen a layer whose map goes into a convolution or a Dense before it meets ${other}.`,
    { node },
  );
const noWidth = (node: string, from: number) =>
  new UserError(
    'net2net/shared',
    `${node} cannot be given other channels.`,
    `None of its parameters is its number of channels, ${from}.`,
    'Open the block so that its layers stand in the graph, train that, and widen one of them.',
    { node },
  );
