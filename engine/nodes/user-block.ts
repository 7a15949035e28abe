import { z } from 'zod';
import { Body, openBody } from './body';
import { findKind } from './catalogue';
import { type CompositeDef, type Kinds, widthsOf } from './define';
import { isExpression } from './expression';
import { int, pair, real, text, toggle } from './fields';

const Name = z.string().regex(/^[A-Za-z]\w{0,31}$/);

/**
 * A block that the user made: a graph with named parameters. Inside, a parameter that starts with `=` is worked out
 * from them: `=filters * 2`. All nodes of type `my-<id>` are uses of it.
 */
export const UserBlock = z.strictObject({
  title: z.string().min(1).max(24),
  help: z.string().max(2000).default(''),
  inputs: z
    .array(z.string().regex(/^[A-Za-z][\w-]{0,63}$/))
    .max(64)
    .default(['x']),
  params: z
    .array(
      z.strictObject({
        name: Name,
        title: z.string().min(1).max(40),
        kind: z.enum(['int', 'real', 'pair', 'toggle', 'text']),
        default: z.union([z.number(), z.boolean(), z.string().max(200), z.tuple([z.number(), z.number()])]),
      }),
    )
    .max(64)
    .default([]),
  body: Body,
});
export type UserBlock = z.infer<typeof UserBlock>;

const PREFIX = 'my-';
export const blockType = (id: string): string => `${PREFIX}${id}`;
/** The id of the user's block that `type` names, if it names one. */
export const blockIdOf = (type: string): string | undefined =>
  type.startsWith(PREFIX) ? type.slice(PREFIX.length) : undefined;

type Blocks = Readonly<Record<string, unknown>>;
const known = new WeakMap<Blocks, Kinds>();

/** The kinds of a document: the catalogue, and its own blocks. The same function for the same `blocks`. */
export function kindsOf(blocks: Blocks): Kinds {
  if (Object.keys(blocks).length === 0) return findKind;
  const before = known.get(blocks);
  if (before) return before;
  const own = new Map<string, CompositeDef>();
  for (const [id, raw] of Object.entries(blocks)) {
    const block = UserBlock.safeParse(raw);
    if (block.success) own.set(blockType(id), defOf(id, block.data) as unknown as CompositeDef);
  }
  const kinds: Kinds = (type) => own.get(type) ?? findKind(type);
  known.set(blocks, kinds);
  return kinds;
}

function defOf(id: string, block: UserBlock): CompositeDef {
  return {
    kind: 'composite',
    type: blockType(id),
    version: 1,
    title: block.title,
    category: 'block',
    source: 'A block of this document',
    help: block.help || 'A block of your own. Change it once, and every use of it changes.',
    inputs: block.inputs,
    params: z.strictObject(Object.fromEntries(block.params.map((p) => [p.name, fieldOf(p)]))),
    widths: widthParams(block),
    detail: (values) =>
      block.params
        .map((p) => `${p.title.toLowerCase()} ${String(values[p.name])}`)
        .join(' · ')
        .slice(0, 80),
    expand: (values) => openBody(block.body, values),
  };
}

/** Parameters that expressions inside use for numbers of channels. */
function widthParams({ params, body }: UserBlock): readonly string[] {
  const used = Object.values(body.nodes).flatMap((n) => {
    const kind = findKind(n.type);
    return ((kind && widthsOf(kind)) ?? []).map((key) => n.params[key]).filter(isExpression);
  });
  return params
    .filter(
      ({ name, kind }) => kind === 'int' && used.some((text) => text.match(/[A-Za-z]\w*/g)?.includes(name)),
    )
    .map(({ name }) => name);
}

/** The field of one parameter; a default of another kind than it says gives the kind's own start. */
function fieldOf({ kind, title, default: start }: UserBlock['params'][number]): z.ZodType {
  const whole = typeof start === 'number' ? start : 1;
  switch (kind) {
    case 'int':
      return int(Math.round(whole), { title, min: 0 });
    case 'real':
      return real(whole, { title, min: -1e6 });
    case 'pair':
      return pair(Math.max(1, Math.round(whole)), { title });
    case 'toggle':
      return toggle(start === true, { title });
    case 'text':
      return text(String(start), { title });
  }
}
