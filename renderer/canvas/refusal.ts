import { UserError } from '../../engine/errors';
import type { Value } from '../../engine/ir/ir';
import { findKind } from '../../engine/nodes/catalogue';
import type { NodeDef } from '../../engine/nodes/define';
import { OUTSIDE } from '../../engine/nodes/subgraph';

/** What a kind says to these inputs: its fault, or null when it takes them. A composite is tried to its last layer. */
export function refusal(
  def: NodeDef,
  params: Record<string, unknown>,
  inputs: readonly Value[],
): UserError | null {
  try {
    outputOf(def, params, inputs);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function outputOf(def: NodeDef, params: Record<string, unknown>, inputs: readonly Value[]): Value {
  if (def.kind === 'layer') return def.lower(inputs, params);
  const inside = def.expand(
    params,
    inputs.map((v) => v.shape),
  );
  const ports = def.inputs as readonly string[];
  const made = new Map<string, Value>();
  for (const [id, node] of Object.entries(inside.nodes)) {
    const into = inside.edges
      .filter((e) => e.to.node === id)
      .map((e) => (e.from.node === OUTSIDE ? inputs[ports.indexOf(e.from.port)]! : made.get(e.from.node)!));
    const kind = findKind(node.type)!;
    made.set(id, outputOf(kind, kind.params.parse(node.params), into));
  }
  return made.get(inside.output.node)!;
}
