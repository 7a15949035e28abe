import type { NodeAnalysis } from '../../engine/analysis/analyse';
import type { GraphDocument } from '../../engine/graph/document';
import type { NodeDef } from '../../engine/nodes/define';
import { isExpression } from '../../engine/nodes/expression';
import { type Field, fieldsOf } from '../../engine/nodes/fields';
import { blockIdOf, UserBlock } from '../../engine/nodes/user-block';
import { splitPath } from '../app/blocks';
import { shownParams } from './values';

/** A node whose parameters are known, with those that its fields show. */
export interface Editable {
  readonly path: string;
  readonly def: NodeDef;
  readonly params: Readonly<Record<string, unknown>>;
}
/** A field that several nodes have, with the value of each. */
export interface SharedField {
  readonly field: Field;
  readonly values: readonly unknown[];
  /** Whether every node takes it. */
  accepts(value: unknown): boolean;
}

/** What can be edited of the nodes; undefined where one is of a kind that is not known here. */
export function editables(
  doc: GraphDocument,
  nodes: readonly NodeAnalysis[],
): readonly Editable[] | undefined {
  const all = nodes.flatMap(({ instance: { path, def, params } }) => {
    if (!def) return [];
    const raw = doc.nodes[path]?.params;
    return [{ path, def, params: raw ? shownParams(def, raw) : { ...params } }];
  });
  return all.length === nodes.length ? all : undefined;
}

/**
 * The fields that all of the nodes have: of one kind all that have a meaning for each of them, across kinds those of one
 * name that take the same sort of value. What a block sets from outside is left out.
 */
export function sharedFields(
  doc: GraphDocument,
  nodes: readonly Editable[],
  kindAt: (path: string) => string | undefined,
): readonly SharedField[] {
  const [first, ...others] = nodes;
  if (!first) return [];
  return fieldsOf(first.def.params).flatMap((start) => {
    const { name } = start;
    if (nodes.some((n) => isSetOutside(doc, n.path, name, kindAt))) return [];
    const fields = others.map((n) => fieldsOf(n.def.params).find((f) => f.name === name));
    const field = fields.reduce<Field | undefined>((a, b) => a && b && common(a, b), start);
    if (!field || !nodes.every((n, i) => (i === 0 ? start : fields[i - 1]!).only?.(n.params) ?? true))
      return [];
    const schemas = [...new Set(nodes.map((n) => n.def.params.shape[name]!))];
    const accepts = (value: unknown) => schemas.every((s) => s.safeParse(value).success);
    return [{ field, values: nodes.map((n) => n.params[name]), accepts }];
  });
}

/** A field that takes what both take; undefined where that is nothing, or cannot be edited in one entry. */
function common(a: Field, b: Field): Field | undefined {
  if (a === b) return a;
  if (a.control !== b.control || a.control === 'record') return undefined;
  const quick = a.quick?.filter((q) => b.quick?.includes(q));
  const joined = { ...a, ...(quick && { quick }) };
  if ('options' in joined && 'options' in b) {
    const options = joined.options.filter((o) => b.options.includes(o));
    return options.length > 0 ? { ...joined, options } : undefined;
  }
  if (!('min' in joined && 'min' in b)) return joined;
  const [min, max] = [Math.max(joined.min, b.min), Math.min(joined.max, b.max)];
  if (min > max) return undefined;
  const stops = joined.stops && b.stops && joined.stops.filter((n) => n >= min && n <= max);
  const { stops: _, ...rest } = joined;
  return { ...rest, min, max, ...(stops && { stops }) };
}

/** Whether the parameter of a node in a block of one's own is worked out from the block's. */
function isSetOutside(
  doc: GraphDocument,
  path: string,
  param: string,
  kindAt: (path: string) => string | undefined,
): boolean {
  const { parent, id } = splitPath(path);
  const own = parent === '' ? undefined : blockIdOf(kindAt(parent) ?? '');
  const block = own === undefined ? undefined : UserBlock.safeParse(doc.blocks[own]);
  return block?.success === true && isExpression(block.data.body.nodes[id]?.params[param]);
}

/** The value that all have; undefined where they differ. */
export const commonValue = ([first, ...others]: readonly unknown[]): unknown =>
  others.every((v) => JSON.stringify(v) === JSON.stringify(first)) ? first : undefined;
