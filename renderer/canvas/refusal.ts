import { UserError } from '../../engine/errors';
import type { Value } from '../../engine/ir/ir';
import type { NodeDef } from '../../engine/nodes/define';
import { lowerNode } from '../../engine/nodes/lower';

/** What a kind says to these inputs: its fault, or null when it takes them. A composite is tried to its last layer. */
export function refusal(
  def: NodeDef,
  params: Record<string, unknown>,
  inputs: readonly Value[],
): UserError | null {
  try {
    lowerNode(def, params, inputs);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
