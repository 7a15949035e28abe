import { UserError } from '../errors';
import { portOrder, wiresPast } from '../graph/bypass';
import { without } from '../graph/commands/records';
import type { EdgeRecord, GraphDocument } from '../graph/document';
import type { Command } from '../graph/history';
import type { Inputs } from '../nodes/define';
import { kindsOf } from '../nodes/user-block';
import { inputsOfRecord, isEnd, listedPorts } from './bypass';

/** The nodes of `ids` that there are. */
const known = (doc: GraphDocument, ids: readonly string[]): readonly string[] =>
  ids.filter((id) => Object.hasOwn(doc.nodes, id));

/**
 * Takes nodes out of the net while they stay on the canvas, or switches them on again; ends of the net among others
 * are let be.
 *
 * @throws UserError `bypass/end` when there are but ends
 */
export const bypassNodes: Command<{ ids: readonly string[]; on: boolean }> = {
  id: 'node.bypass',
  label: 'bypass',
  run(doc, { ids, on }) {
    const kinds = kindsOf(doc.blocks);
    const found = known(doc, ids);
    const free = on ? found : found.filter((id) => !isEnd(kinds(doc.nodes[id]!.type)));
    if (free.length === 0 && found.length > 0) throw noWayPast(found[0]!);
    const nodes = { ...doc.nodes };
    for (const id of free) {
      const { bypassed, ...rest } = nodes[id]!;
      if (on === (bypassed === true)) nodes[id] = on ? rest : { ...rest, bypassed: true };
    }
    return free.some((id) => nodes[id] !== doc.nodes[id]) ? { ...doc, nodes } : doc;
  },
};

const noWayPast = (id: string): UserError =>
  new UserError(
    'bypass/end',
    `'${id}' cannot be bypassed.`,
    'A net starts at its Input and ends at its Output: there is no way past them.',
    'Bypass nodes that lie between.',
    { node: id },
  );

/** Takes nodes out and keeps the wire: what fed the first wired input of one feeds what it fed. */
export const dissolveNodes: Command<{ ids: readonly string[] }> = {
  id: 'node.dissolve',
  label: 'take out',
  run(doc, { ids }) {
    const gone = new Set(known(doc, ids));
    if (gone.size === 0) return doc;
    const { edges } = wiresPast(doc.edges, gone, listedPorts(doc.nodes, kindsOf(doc.blocks)));
    return { ...doc, nodes: without(doc.nodes, (_, id) => gone.has(id)), edges };
  },
};

/**
 * Two nodes exchange their wires and their places. The wires go to the ports in their order.
 *
 * @throws UserError `swap/ports` when one has more wires than the other has inputs, or an end would have to pass on
 */
export const swapNodes: Command<{ ids: readonly [string, string] }> = {
  id: 'node.swap',
  label: 'swap',
  run(doc, { ids: [a, b] }) {
    if (a === b || known(doc, [a, b]).length < 2) return doc;
    const ports = { ...portsFor(doc, a, b), ...portsFor(doc, b, a) };
    const end = ({ node, port }: EdgeRecord['from'], into: boolean) => {
      const other = node === a ? b : node === b ? a : undefined;
      if (other === undefined) return { node, port };
      return { node: other, port: into ? ports[`${node} ${port}`]! : port };
    };
    const edges = Object.entries(doc.edges).map(([id, e]): [string, EdgeRecord] => {
      const touched = [e.from.node, e.to.node].some((n) => n === a || n === b);
      return [id, touched ? { from: end(e.from, false), to: end(e.to, true) } : e];
    });
    const nodes = { ...doc.nodes, [a]: placedAs(doc, a, b), [b]: placedAs(doc, b, a) };
    return { ...doc, nodes, edges: Object.fromEntries(edges) };
  },
};

function placedAs(doc: GraphDocument, id: string, other: string) {
  const { position: _, ...rest } = doc.nodes[id]!;
  const { position } = doc.nodes[other]!;
  return position ? { ...rest, position } : rest;
}

/** Where the wires of `from` arrive at `to`: by `node port`, the port of the other one. */
function portsFor(doc: GraphDocument, from: string, to: string): Readonly<Record<string, string>> {
  const kinds = kindsOf(doc.blocks);
  const listed = listedPorts(doc.nodes, kinds);
  const wires = Object.values(doc.edges);
  const used = [...new Set(wires.filter((e) => e.to.node === from).map((e) => e.to.port))];
  used.sort(portOrder(listed(from)));
  const inputs = inputsOfRecord(doc.nodes[to], kinds);
  const free = inputs ? namesOf(inputs, used.length) : used;
  if (free.length < used.length) throw tooFew(from, used.length, to, free.length);
  const ends = wires.some((e) => e.from.node === from) && kinds(doc.nodes[to]!.type)?.role === 'output';
  if (ends) throw passesNothing(to);
  return Object.fromEntries(used.map((port, i) => [`${from} ${port}`, free[i]!]));
}

const namesOf = (inputs: Inputs, count: number): readonly string[] =>
  'atLeast' in inputs ? Array.from({ length: count }, (_, i) => `x${i + 1}`) : inputs;

const tooFew = (from: string, wires: number, to: string, ports: number): UserError =>
  new UserError(
    'swap/ports',
    `'${from}' and '${to}' cannot be swapped: ${wires} ${wires === 1 ? 'wire leads' : 'wires lead'} to '${from}'.`,
    `'${to}' has ${ports === 0 ? 'no input' : ports === 1 ? 'one input' : `${ports} inputs`}.`,
    `Remove wires of '${from}', or swap other nodes.`,
    { node: from },
  );

const passesNothing = (id: string): UserError =>
  new UserError(
    'swap/ports',
    `'${id}' is the end of the net and feeds no other node.`,
    'Swapped, it would have to pass its result on.',
    'Swap two nodes that lie between the Input and the Output.',
    { node: id },
  );
