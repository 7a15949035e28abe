import { z } from 'zod';
import { UserError } from '../errors';
import { evaluate, isExpression, type Names } from './expression';
import { OUTSIDE, type Subgraph } from './subgraph';

const Id = z.string().regex(/^[A-Za-z][\w-]{0,63}$/);
const Port = z.string().min(1).max(64);
const Finite = z.number().min(-1e7).max(1e7);

/**
 * A graph inside a node, as it is drawn: like that of a document, but its wires may start at '', the node itself,
 * from one of its own ports, and one node gives the result.
 */
export const Body = z.strictObject({
  nodes: z.record(
    Id,
    z.strictObject({
      type: z.string().min(1).max(64),
      v: z.number().int().min(1).default(1),
      params: z.record(z.string(), z.unknown()),
      label: z.string().max(200).optional(),
      position: z.strictObject({ x: Finite, y: Finite }).optional(),
      note: z.string().max(20_000).optional(),
    }),
  ),
  edges: z.record(
    Id,
    z.strictObject({
      from: z.strictObject({ node: z.union([Id, z.literal(OUTSIDE)]), port: Port }),
      to: z.strictObject({ node: Id, port: Port }),
    }),
  ),
  /** The node whose result is that of the whole. */
  output: Id,
});
export type Body = z.infer<typeof Body>;

/** The kind that holds a body of its own (nodes/group); it is part of the file format. */
export const GROUP = 'group';
export const isGroup = (node: { readonly type: string }): boolean => node.type === GROUP;

/** The kind that puts copies of a block in a row (nodes/repeat). */
export const REPEAT = 'repeat';
export const isRepeat = (node: { readonly type: string }): boolean => node.type === REPEAT;

/**
 * The body as the inside of a composite, its nodes in execution order.
 *
 * @param names what expressions in parameters stand for; left out, a parameter is taken as it stands
 * @throws UserError `block/cycle`, `block/output`, or of an expression
 */
export function openBody(body: Body, names?: Names): Subgraph {
  if (!Object.hasOwn(body.nodes, body.output)) throw noOutput(body);
  const edges = Object.values(body.edges).filter((e) => Object.hasOwn(body.nodes, e.to.node));
  const nodes = inOrder(body, edges).map((id) => {
    const { type, params, label } = body.nodes[id]!;
    return [id, { type, params: names ? filled(params, names) : params, label }] as const;
  });
  return { nodes: Object.fromEntries(nodes), edges, output: { node: body.output, port: 'out' } };
}

function filled(params: Names, names: Names): Names {
  if (!Object.values(params).some(isExpression)) return params;
  return Object.fromEntries(
    Object.entries(params).map(([key, v]) => [key, isExpression(v) ? evaluate(v, names) : v]),
  );
}

/** Sources before users; among the ready ones in the order of the body, each followed by what it makes ready. */
function inOrder(body: Body, edges: readonly Subgraph['edges'][number][]): readonly string[] {
  const ids = Object.keys(body.nodes);
  const sources = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of edges) if (from.node !== OUTSIDE) sources.get(to.node)!.push(from.node);
  const done = new Set<string>();
  let waiting = ids;
  while (waiting.length > 0) {
    const left: string[] = [];
    for (const id of waiting) {
      if (sources.get(id)!.every((s) => done.has(s) || !Object.hasOwn(body.nodes, s))) done.add(id);
      else left.push(id);
    }
    if (left.length === waiting.length) throw circle(left);
    waiting = left;
  }
  return [...done];
}

const noOutput = (body: Body): UserError =>
  new UserError(
    'block/output',
    `The node '${body.output}', which gives the block's result, is not inside it.`,
    'One node of a block gives the result.',
    `Add a node called '${body.output}', or undo its removal.`,
  );

const circle = (ids: readonly string[]): UserError =>
  new UserError(
    'block/cycle',
    `The inside has a cycle through ${ids.slice(0, 6).join(', ')}${ids.length > 6 ? ', …' : ''}.`,
    'A net is worked out from its input to its output, so that no node may need its own result.',
    `Remove a wire that leads back to '${ids[0]}'.`,
  );
