import type { Value } from '../ir/ir';
import { findKind } from './catalogue';
import type { NodeDef } from './define';
import { inputsOf } from './subgraph';

/**
 * A node on these values, composites opened down to their layers.
 *
 * @param params as the kind's schema gives them
 * @throws UserError where the kind refuses its parameters or what comes in
 */
export function lowerNode(def: NodeDef, params: Record<string, unknown>, inputs: readonly Value[]): Value {
  if (def.kind === 'layer') return def.lower(inputs, params);
  const inside = def.expand(
    params,
    inputs.map((v) => v.shape),
  );
  const ports = def.inputs as readonly string[];
  const made = new Map<string, Value>();
  for (const [id, inner] of Object.entries(inside.nodes)) {
    const into = inputsOf(
      inside,
      id,
      (port) => inputs[ports.indexOf(port)]!,
      (node) => made.get(node)!,
    );
    const kind = findKind(inner.type)!;
    made.set(id, lowerNode(kind, kind.params.parse(inner.params), into));
  }
  return made.get(inside.output.node)!;
}
