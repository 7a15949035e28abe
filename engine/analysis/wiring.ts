import type { EdgeRecord } from '../graph/document';
import type { Inputs } from '../nodes/define';
import { type Problem, problem } from './problem';

/** What one wire end says of its node. */
type Lookup = (node: string) => { readonly title: string; readonly inputs: Inputs | undefined } | undefined;

const MANY = /^x([1-9]\d{0,3})$/;

/** The place of `port` among the inputs, or undefined when there is no such port. */
export function portIndex(inputs: Inputs, port: string): number | undefined {
  if ('atLeast' in inputs) return MANY.test(port) ? Number(port.slice(1)) - 1 : undefined;
  const index = inputs.indexOf(port);
  return index < 0 ? undefined : index;
}

/** Ports as words for a message: `x`, or `x1, x2, …`. */
export const portWords = (inputs: Inputs): string =>
  'atLeast' in inputs ? 'x1, x2, …' : inputs.length === 0 ? 'no inputs' : inputs.join(', ');

/** The ports that the canvas shows: those in use and, where any number is taken, one that is free. */
export function visiblePorts(inputs: Inputs, used: readonly string[]): readonly string[] {
  if (!('atLeast' in inputs)) return inputs;
  const highest = used.reduce((n, p) => Math.max(n, (portIndex(inputs, p) ?? -1) + 1), 0);
  const count = Math.max(inputs.atLeast, highest + (used.length >= inputs.atLeast ? 1 : 0));
  return Array.from({ length: count }, (_, i) => `x${i + 1}`);
}

export interface Wiring {
  /** Sound wires by the node they lead to, in the order of its ports. */
  readonly into: ReadonlyMap<
    string,
    readonly { readonly edge: string; readonly index: number; readonly from: string }[]
  >;
  readonly sound: readonly EdgeRecord[];
  readonly problems: readonly Problem[];
}

/** Sorts the wires of a document: dangling ends, ports that do not exist, and two wires on one port are problems. */
export function checkWires(edges: Readonly<Record<string, EdgeRecord>>, lookup: Lookup): Wiring {
  const into = new Map<string, { edge: string; index: number; from: string }[]>();
  const taken = new Map<string, string>();
  const sound: EdgeRecord[] = [];
  const problems: Problem[] = [];
  for (const [id, edge] of Object.entries(edges)) {
    const fault = dangling(id, edge, lookup) ?? doubled(id, edge, taken, lookup);
    if (fault) {
      problems.push(fault);
      continue;
    }
    taken.set(`${edge.to.node} ${edge.to.port}`, id);
    sound.push(edge);
    const { inputs } = lookup(edge.to.node)!;
    const index = inputs ? portIndex(inputs, edge.to.port)! : 0;
    const wires = into.get(edge.to.node) ?? [];
    if (wires.push({ edge: id, index, from: edge.from.node }) === 1) into.set(edge.to.node, wires);
  }
  for (const wires of into.values()) wires.sort((a, b) => a.index - b.index);
  return { into, sound, problems };
}

const remove = (edge: string) => ({
  label: 'Remove the wire',
  command: 'edge.delete',
  args: { ids: [edge] },
});

function dangling(id: string, { from, to }: EdgeRecord, lookup: Lookup): Problem | undefined {
  for (const end of [from, to]) {
    if (lookup(end.node)) continue;
    return problem(
      'error',
      [
        'edge/dangling',
        `Wire ${id} leads ${end === from ? 'from' : 'to'} '${end.node}', which is not there.`,
        'Both ends of a wire must be nodes of this graph.',
        `Remove wire ${id}, or give it a node that exists.`,
      ],
      { edge: id },
      [remove(id)],
    );
  }
  const target = lookup(to.node)!;
  // nothing is known of the ports of an unknown kind
  const leaves = from.port === 'out' || !lookup(from.node)!.inputs;
  const arrives = !target.inputs || portIndex(target.inputs, to.port) !== undefined;
  if (leaves && arrives) return undefined;
  const wrongEnd = leaves ? target : lookup(from.node)!;
  const port = leaves ? to.port : from.port;
  const has = leaves ? portWords(target.inputs!) : 'out';
  return problem(
    'error',
    [
      'edge/no-such-port',
      `${wrongEnd.title} has no port '${port}'.`,
      `Its ports are: ${has}.`,
      `Connect wire ${id} to a port that exists, or remove it.`,
    ],
    { edge: id },
    [remove(id)],
  );
}

function doubled(
  id: string,
  { to }: EdgeRecord,
  taken: Map<string, string>,
  lookup: Lookup,
): Problem | undefined {
  const other = taken.get(`${to.node} ${to.port}`);
  if (other === undefined) return undefined;
  return problem(
    'error',
    [
      'edge/port-taken',
      `Two wires, ${other} and ${id}, lead to input '${to.port}' of ${lookup(to.node)!.title}.`,
      'An input takes one wire. To join several maps, an Add or Concat stands between.',
      `Remove wire ${id}, or join both sources by an Add or Concat.`,
    ],
    { edge: id, node: to.node, port: to.port },
    [remove(id)],
  );
}
