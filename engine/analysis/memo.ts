import type { z } from 'zod';
import type { Shape } from '../ir/shape';
import type { CompositeDef, NodeDef } from '../nodes/define';
import type { Subgraph } from '../nodes/subgraph';

/**
 * An edit changes one record of an immutable document, and everything is elaborated anew. What depends on a record
 * alone is kept by that record, so that only the changed one is read and opened again.
 */
type Raw = Readonly<Record<string, unknown>>;
type Parsed = z.ZodSafeParseResult<Record<string, unknown>>;

const parsed = new WeakMap<Raw, { readonly def: NodeDef; readonly result: Parsed }>();

/** `params` as the kind's schema gives them. The result is the same object for the same record. */
export function parseParams(def: NodeDef, params: Raw): Parsed {
  const known = parsed.get(params);
  if (known?.def === def) return known.result;
  const result = def.params.safeParse(params);
  parsed.set(params, { def, result });
  return result;
}

const expanded = new WeakMap<Raw, { readonly key: string; readonly inside: Subgraph }>();

/** The inside of a composite for parameters that `parseParams` gave. @throws UserError as `expand` */
export function expandOnce(
  def: CompositeDef,
  params: Record<string, unknown>,
  shapes: readonly Shape[],
): Subgraph {
  const key = shapes.map((s) => s.join()).join(' ');
  const known = expanded.get(params);
  if (known?.key === key) return known.inside;
  const inside = def.expand(params, shapes);
  expanded.set(params, { key, inside });
  return inside;
}
