import { z } from 'zod';
import { Body, openBody } from '../body';
import { defineComposite } from '../define';
import { record, text } from '../fields';

const EMPTY: Body = {
  nodes: { pass: { type: 'activation', v: 1, params: { function: 'linear' } } },
  edges: { e1: { from: { node: '', port: 'x' }, to: { node: 'pass', port: 'x' } } },
  output: 'pass',
};

/**
 * A graph of its own inside one node: nodes that were joined, or a block that was opened and changed. Paths, so the
 * names of weights, are those of the block that it was: `block1/conv2`.
 *
 * @example a residual whose second kernel was set to 5: the same node, `group` in place of `residual`
 */
export const group = defineComposite({
  type: 'group',
  version: 1,
  title: 'Group',
  category: 'block',
  source: 'Sutherland. Sketchpad. 1963: a drawing inside a drawing',
  help:
    'Holds a graph of its own, so that a large net is read in a few nodes. A block that you open and change ' +
    'becomes one, and turns back into the block when the change is undone.',
  inputs: ['x'],
  params: z.strictObject({
    title: text('', { title: 'Title', help: 'What the group is called' }),
    inputs: record(
      z
        .array(z.string().regex(/^[A-Za-z][\w-]{0,63}$/))
        .max(64)
        .default(['x']),
      { title: 'Inputs', help: 'Ports of the group, each with what it feeds inside' },
    ),
    body: record(Body.default(EMPTY), { title: 'Inside', help: 'Nodes and wires inside' }),
    /** The block that it was, for as long as it can turn back. */
    origin: record(
      z
        .strictObject({
          type: z.string().max(64),
          v: z.number().int().min(1),
          params: z.record(z.string(), z.unknown()),
        })
        .nullable()
        .default(null),
      { title: 'Made from', help: 'The block that the group was before it was edited inside' },
    ),
  }),
  ports: (p) => p.inputs,
  name: (p) => (p.title === '' ? 'Group' : p.title.slice(0, 40)),
  detail: (p) => `${Object.keys(p.body.nodes).length} nodes`,

  expand: (p) => openBody(p.body),
});
