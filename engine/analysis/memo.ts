import type { z } from 'zod';
import type { NodeDef } from '../nodes/define';

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
