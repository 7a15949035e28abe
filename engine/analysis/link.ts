import { topological, type Value } from '../ir/ir';
import { type NodeDef, portNames, portsOf } from '../nodes/define';
import { inputsOf, wiresByTarget } from '../nodes/subgraph';
import type { Elaboration, Instance } from './elaborate';

/** The nodes of a sound graph joined: every value reads those of the nodes before it. */
export interface Linked {
  readonly input: Value;
  readonly output: Value;
  readonly auxiliaries: readonly { readonly output: Value; readonly weight: number }[];
  /** The layer that made a value, by its path. */
  readonly paths: ReadonlyMap<Value, string>;
}

/** Lowers every layer once more, now on what the layers before it really give. The graph has no errors. */
export function link({ nodes, sources, input, output, auxiliaries }: Elaboration): Linked {
  const paths = new Map<Value, string>();
  const made = new Map<string, Value>();
  for (const [id, node] of nodes) {
    if (!node.output) continue;
    place(
      node,
      sources.get(id)!.map((s) => made.get(s!)!),
      { made, paths },
    );
  }
  const [x, y] = [input && made.get(input.path), output && made.get(output.path)];
  if (!x || !y) throw new Error('a graph with problems was given to the compiler');
  const heads = auxiliaries.flatMap((a) => {
    const value = made.get(a.path);
    return value ? [{ output: value, weight: Number(a.params?.['weight'] ?? 0) }] : [];
  });
  return { input: x, output: y, auxiliaries: heads, paths };
}

interface Links {
  readonly made: Map<string, Value>;
  readonly paths: Map<Value, string>;
}

function place(node: Instance, inputs: readonly Value[], links: Links): Value {
  const output =
    node.children.length > 0 ? placeInside(node, inputs, links) : placeLayer(node, inputs, links);
  links.made.set(node.path, output);
  return output;
}

function placeLayer({ def, params, path }: Instance, inputs: readonly Value[], { paths }: Links): Value {
  const output = (def as Extract<NodeDef, { kind: 'layer' }>).lower(inputs, params!);
  for (const v of topological([output], inputs)) paths.set(v, path);
  return output;
}

function placeInside(node: Instance, inputs: readonly Value[], links: Links): Value {
  const ports = portNames(portsOf(node.def!, node.params), inputs.length);
  const into = wiresByTarget({ edges: node.wires });
  for (const child of node.children) {
    const id = child.path.slice(node.path.length + 1);
    const given = inputsOf<Value>(
      into.get(id) ?? [],
      portsOf(child.def!, child.params),
      (port) => inputs[ports.indexOf(port)]!,
      (sibling) => links.made.get(`${node.path}/${sibling}`)!,
    );
    place(child, given as Value[], links);
  }
  return links.made.get(`${node.path}/${node.result!.node}`)!;
}
