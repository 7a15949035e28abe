import type { Value } from '../ir/ir';
import { findKind } from './catalogue';
import { type Kinds, type NodeDef, portNames, portsOf } from './define';
import { inputsOf, wiresByTarget } from './subgraph';

/**
 * A node on these values, composites opened down to their layers.
 *
 * @param params as the kind's schema gives them
 * @throws UserError where the kind refuses its parameters or what comes in
 */
export function lowerNode(
  def: NodeDef,
  params: Record<string, unknown>,
  inputs: readonly Value[],
  kinds: Kinds = findKind,
): Value {
  if (def.kind === 'layer') return def.lower(inputs, params);
  const inside = def.expand(
    params,
    inputs.map((v) => v.shape),
  );
  const ports = portNames(portsOf(def, params), inputs.length);
  const made = new Map<string, Value>();
  const wires = wiresByTarget(inside);
  for (const [id, inner] of Object.entries(inside.nodes)) {
    const kind = kinds(inner.type)!;
    const own = kind.params.parse(inner.params);
    const into = inputsOf<Value>(
      wires.get(id) ?? [],
      portsOf(kind, own),
      (port) => inputs[ports.indexOf(port)]!,
      (node) => made.get(node)!,
    );
    made.set(id, lowerNode(kind, own, into as Value[], kinds));
  }
  return made.get(inside.output.node)!;
}
