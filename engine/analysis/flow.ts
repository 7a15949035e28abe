import { portNames, portsOf } from '../nodes/define';
import { inputsOf, wiresByTarget } from '../nodes/subgraph';
import type { Elaboration, Instance } from './elaborate';

/** Which layers feed a layer, blocks opened: in the order of its inputs. */
export type Flow = ReadonlyMap<Instance, readonly Instance[]>;

const known = new WeakMap<Elaboration, Flow>();

/** What flows from layer to layer through all blocks; layers that a problem keeps from their inputs have none. */
export function flowOf(elaboration: Elaboration): Flow {
  const before = known.get(elaboration);
  if (before) return before;
  const flow = new Map<Instance, readonly Instance[]>();
  const ends = new Map<string, Instance | undefined>();
  for (const [id, node] of elaboration.nodes) {
    const given = elaboration.sources.get(id)!.map((s) => (s === null ? undefined : ends.get(s)));
    ends.set(id, enter(node, given, flow));
  }
  known.set(elaboration, flow);
  return flow;
}

type Given = readonly (Instance | undefined)[];

/** @returns the layer that gives the node's result */
function enter(node: Instance, given: Given, flow: Map<Instance, readonly Instance[]>): Instance | undefined {
  if (!node.output) return undefined;
  if (node.children.length > 0) return enterInside(node, given, flow);
  flow.set(
    node,
    given.filter((g) => g !== undefined),
  );
  return node;
}

function enterInside(
  node: Instance,
  given: Given,
  flow: Map<Instance, readonly Instance[]>,
): Instance | undefined {
  const ports = portNames(portsOf(node.def!, node.params), given.length);
  const into = wiresByTarget({ edges: node.wires });
  const ends = new Map<string, Instance | undefined>();
  for (const child of node.children) {
    if (!child.def) continue;
    const id = child.path.slice(node.path.length + 1);
    const from = inputsOf<Instance | undefined>(
      into.get(id) ?? [],
      portsOf(child.def, child.params),
      (port) => given[ports.indexOf(port)],
      (sibling) => ends.get(sibling),
    );
    ends.set(
      id,
      enter(
        child,
        from.map((f) => f ?? undefined),
        flow,
      ),
    );
  }
  return ends.get(node.result!.node);
}
