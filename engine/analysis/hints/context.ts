import type { Fault, Repair } from '../../errors';
import type { GraphDocument } from '../../graph/document';
import type { Op, Value } from '../../ir/ir';
import { isRepeat } from '../../nodes/body';
import type { Analysis } from '../analyse';
import type { Instance } from '../elaborate';
import { flowOf } from '../flow';
import { type Problem, problem } from '../problem';

/** What a rule looks at: every layer, what feeds it, and what it feeds. */
export interface Context {
  readonly doc: Pick<GraphDocument, 'nodes' | 'edges' | 'training'>;
  readonly analysis: Analysis;
  /** In execution order, blocks opened; layers that a problem keeps from a shape are left out. */
  readonly layers: readonly Instance[];
  readonly sources: ReadonlyMap<Instance, readonly Instance[]>;
  readonly readers: ReadonlyMap<Instance, readonly Instance[]>;
}
export type Rule = (context: Context) => readonly Problem[];

export function contextOf(doc: Context['doc'], analysis: Analysis): Context {
  const sources = flowOf(analysis.elaboration);
  const readers = new Map<Instance, Instance[]>();
  for (const [layer, from] of sources)
    for (const s of from) {
      const list = readers.get(s);
      if (list) list.push(layer);
      else readers.set(s, [layer]);
    }
  return { doc, analysis, layers: [...sources.keys()], sources, readers };
}

/** A hint at a layer; inside of a block it is shown at the block. */
export const hint = (
  words: readonly [code: string, what: string, why: string, remedy: string],
  at: string,
  repairs: readonly Repair[] = [],
): Problem => problem('hint', words, { node: at } satisfies Fault['place'], repairs);

/** The op of the layer that takes what comes in at `port`, if only one does. */
export function firstOp({ own, inputs }: Instance, port = 0): Value | undefined {
  const given = inputs[port];
  const takers = own.filter((v) => given !== undefined && v.inputs.includes(given));
  return takers.length === 1 ? takers[0] : undefined;
}

export const startsWith = (layer: Instance, op: Op): boolean => firstOp(layer)?.op === op;
export const endsWith = (layer: Instance, op: Op): boolean => layer.output?.op === op;

/** The graph a layer lies in, '' for the net itself, and its id there. */
export function placeOf({ path }: Instance): { readonly graph: string; readonly id: string } {
  const at = path.lastIndexOf('/');
  return { graph: path.slice(0, Math.max(0, at)), id: path.slice(at + 1) };
}

/**
 * A command on a layer as a repair, where need be inside of the block it lies in. None where that is a Repeat: what its
 * copies are is set at the Repeat.
 *
 * @param args for the id that the layer has in its graph
 */
export function mend(
  { analysis }: Pick<Context, 'analysis'>,
  layer: Instance,
  [label, command]: readonly [label: string, command: string],
  args: (id: string) => object,
): readonly Repair[] {
  const { graph, id } = placeOf(layer);
  if (graph === '') return [{ label, command, args: args(id) }];
  const parts = graph.split('/');
  const blocks = parts.map((_, i) => analysis.elaboration.nodes.get(parts.slice(0, i + 1).join('/')));
  if (blocks.some((b) => b === undefined || isRepeat(b))) return [];
  return [{ label, command: 'inside.run', args: { path: graph, command, args: args(id) } }];
}

/** `a`, `a and b`, or `a, b and 14 more`. */
export function listed(layers: readonly Instance[]): string {
  const names = layers.map((n) => `'${n.path}'`);
  if (names.length <= 2) return names.join(' and ');
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}
