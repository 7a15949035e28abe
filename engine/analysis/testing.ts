import type { Repair } from '../errors';
import { renameDocument, setTraining } from '../graph/commands/document';
import { addEdge, deleteEdges } from '../graph/commands/edges';
import { insertNode } from '../graph/commands/insert';
import { deleteNodes, replaceNode, setParam, setParams } from '../graph/commands/nodes';
import type { GraphDocument } from '../graph/document';
import type { Command } from '../graph/history';
import { findKind } from '../nodes/catalogue';
import { OUTSIDE } from '../nodes/subgraph';
import { editInside } from './blocks/inside';
import { elaborate } from './elaborate';
import { fitDocument } from './fit-command';
import { dissolveNodes } from './rewire';

const commands = [
  ...[renameDocument, setTraining, addEdge, deleteEdges, insertNode, deleteNodes, setParam, fitDocument],
  ...[dissolveNodes, replaceNode, setParams, editInside],
] as readonly Command<unknown>[];

/** For tests: what the button of a repair does, arguments sent as data. */
export function repaired(doc: GraphDocument, { command, args }: Repair): GraphDocument {
  const found = commands.find((c) => c.id === command);
  if (!found) throw new Error(`no command ${command}`);
  return found.run(doc, JSON.parse(JSON.stringify(args)));
}

/** For tests: `doc` with the composite `id` replaced by its inside, whose nodes are called `<id>-<inner>`. */
export function opened(doc: GraphDocument, id: string): GraphDocument {
  const instance = elaborate(doc).nodes.get(id)!;
  const def = findKind(instance.type);
  if (def?.kind !== 'composite') throw new Error(`${id} is no composite`);
  const inside = def.expand(
    instance.params!,
    instance.inputs.map((v) => v!.shape),
  );
  const own = (inner: string) => `${id}-${inner}`;
  const sourceOf = (port: string) =>
    Object.values(doc.edges).find((e) => e.to.node === id && e.to.port === port)!.from;
  const wires = inside.edges.map(({ from, to }) => ({
    from: from.node === OUTSIDE ? sourceOf(from.port) : { ...from, node: own(from.node) },
    to: { ...to, node: own(to.node) },
  }));
  const around = Object.values(doc.edges).flatMap((e) => {
    if (e.to.node === id) return [];
    return [e.from.node === id ? { ...e, from: { ...inside.output, node: own(inside.output.node) } } : e];
  });
  const { [id]: _, ...rest } = doc.nodes;
  const inner = Object.entries(inside.nodes).map(([name, n]) => [
    own(name),
    { ...n, v: 1, params: { ...n.params } },
  ]);
  return {
    ...doc,
    nodes: { ...rest, ...Object.fromEntries(inner) },
    edges: Object.fromEntries([...around, ...wires].map((e, i) => [`w${i}`, e])),
  };
}
