import type { z } from 'zod';
import type { EdgeRecord } from '../graph/document';
import { upstream } from '../graph/order';
import type { NodeDef } from '../nodes/define';
import { fieldsOf } from '../nodes/fields';
import type { Instance } from './elaborate';
import { type Problem, problem } from './problem';

/** The problems that a whole graph can have; those of single layers come from their own `lower`. */

export const unknownKind = (path: string, type: string): Problem =>
  problem(
    'error',
    [
      'node/unknown',
      `There is no node kind '${type}' here.`,
      'The file comes from a newer Convloom or an extension. The node is kept as it is when you save.',
      'Update Convloom, or replace this node by one of the palette.',
    ],
    { node: path },
  );

export function badParameter(path: string, def: NodeDef, issue: z.core.$ZodIssue): Problem {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const param = unknown ?? String(issue.path[0] ?? '');
  const field = fieldsOf(def.params).find((f) => f.name === param);
  const start = field && def.params.shape[param]?.safeParse(undefined);
  const value = start?.success ? start.data : undefined;
  const repair = field
    ? {
        label: `Set ${field.title.toLowerCase()} to ${String(value)}`,
        command: 'node.param',
        args: { id: path, param, value },
      }
    : { label: `Remove ${param}`, command: 'node.param', args: { id: path, param } };
  return problem(
    'error',
    [
      'node/parameter',
      field
        ? `${def.title}: ${field.title.toLowerCase()} does not hold a value that works.`
        : `${def.title} has no parameter '${param}'.`,
      `${issue.message}.`,
      field ? `Set ${param} to ${JSON.stringify(value)}, or another value in range.` : `Remove '${param}'.`,
    ],
    { node: path, param },
    [repair],
  );
}

export const unconnected = (path: string, title: string, port: string): Problem =>
  problem(
    'error',
    [
      'node/unconnected',
      `${title} has no wire to its input ${port}.`,
      'Its shape follows from what comes in.',
      `Connect an output to port ${port} of '${path}', or delete the node.`,
    ],
    { node: path, port },
  );

/** One problem for all nodes on cycles; the wire that closes the first circle is named. */
export function cycle(
  stuck: readonly string[],
  edges: Readonly<Record<string, EdgeRecord>>,
  sound: readonly EdgeRecord[],
): readonly Problem[] {
  if (stuck.length === 0) return [];
  const circle = findCircle(stuck, sound);
  const [first, last] = [circle[0]!, circle.at(-1)!];
  const closing = sound.find((e) => e.from.node === last && e.to.node === first)!;
  const [edge] = Object.entries(edges).find(([, e]) => e === closing)!;
  return [
    problem(
      'error',
      [
        'graph/cycle',
        `The graph has a cycle: ${[...shortened(circle), first].join(' → ')}.`,
        'A net is worked out from its input to its output, so that no node may need its own result.',
        `Remove wire ${edge} from '${last}' to '${first}'.`,
      ],
      { node: first, edge },
      [{ label: 'Remove the wire that closes the cycle', command: 'edge.delete', args: { ids: [edge] } }],
    ),
  ];
}

const shortened = (path: readonly string[]): readonly string[] =>
  path.length > 8 ? [...path.slice(0, 4), `${path.length - 6} more`, ...path.slice(-2)] : path;

/** Walks backwards inside the stuck nodes until one comes again. */
function findCircle(stuck: readonly string[], edges: readonly EdgeRecord[]): readonly string[] {
  const inside = new Set(stuck);
  const before = new Map<string, string>();
  for (const { from, to } of edges) if (inside.has(from.node)) before.set(to.node, from.node);
  const path = new Set<string>();
  let at = stuck[0]!;
  while (!path.has(at)) {
    path.add(at);
    at = before.get(at)!;
  }
  const walked = [...path];
  return walked.slice(walked.indexOf(at)).reverse();
}

/** Exactly one input and one output. */
export function checkEnds(nodes: readonly Instance[]): readonly Problem[] {
  return (['input', 'output'] as const).flatMap((role) => {
    const ends = nodes.filter((n) => n.def?.role === role);
    const title = role === 'input' ? 'Input' : 'Output';
    if (ends.length === 0) {
      return [
        problem(
          'error',
          [
            `graph/no-${role}`,
            `The graph has no ${title} node.`,
            role === 'input' ? 'Pictures come in through it.' : 'Loss and accuracy are measured at it.',
            `Drag ${title} from the palette and connect it.`,
          ],
          {},
        ),
      ];
    }
    return ends
      .slice(1)
      .map((extra) =>
        problem(
          'error',
          [
            `graph/two-${role}s`,
            `The graph has ${ends.length} ${title} nodes.`,
            `A net has one ${title}.`,
            `Delete '${extra.path}'.`,
          ],
          { node: extra.path },
          [{ label: `Delete '${extra.path}'`, command: 'node.delete', args: { ids: [extra.path] } }],
        ),
      );
  });
}

/** Every node that reaches one of `ends`, themselves included. */
export function reaching(ends: readonly Instance[], edges: readonly EdgeRecord[]): ReadonlySet<string> {
  const [first, ...rest] = ends.map((n) => upstream(n.path, edges));
  if (rest.length === 0) return first ?? new Set();
  return new Set([first!, ...rest].flatMap((s) => [...s]));
}

/** A block within itself, or too many nodes. */
export const tooLarge = (path: string, deep: boolean): Problem =>
  problem(
    'error',
    deep
      ? [
          'graph/too-deep',
          'Blocks lie in blocks more than 16 deep here.',
          'A block that holds itself would never end.',
          'Take the block out of its own inside.',
        ]
      : [
          'graph/too-large',
          'The blocks of the graph hold more than 20,000 layers.',
          'Every copy of a block counts with all that is inside.',
          'Set fewer copies.',
        ],
    { node: path },
  );

/** Nodes whose result never reaches the output: they would not be trained. */
export function checkUnused(
  nodes: readonly Instance[],
  edges: readonly EdgeRecord[],
  [output, ...auxiliaries]: readonly (Instance | undefined)[],
): readonly Problem[] {
  if (!output) return [];
  const used = reaching([output, ...(auxiliaries as readonly Instance[])], edges);
  return nodes
    .filter((n) => !used.has(n.path) && n.def?.role !== 'output' && n.output !== undefined)
    .map((n) =>
      problem(
        'warning',
        [
          'node/dead-end',
          `Nothing that ${n.title} computes reaches the output.`,
          'It is left out of training, export and the totals.',
          `Connect '${n.path}' onwards, or delete it.`,
        ],
        { node: n.path },
        [{ label: 'Delete the node', command: 'node.delete', args: { ids: [n.path] } }],
      ),
    );
}
