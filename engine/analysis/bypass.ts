import { type PortsOf, wiresPast } from '../graph/bypass';
import type { GraphDocument, NodeRecord } from '../graph/document';
import { NO_COST } from '../ir/cost';
import type { Value } from '../ir/ir';
import { type Inputs, type Kinds, type NodeDef, portsOf } from '../nodes/define';
import type { Elaboration, Instance } from './elaborate';
import { wordsOf } from './instantiate';
import { parseParams } from './memo';
import { type Problem, problem } from './problem';

type Net = Pick<GraphDocument, 'nodes' | 'edges'>;

/** The graph without the nodes that are bypassed: what is analysed, trained and exported. */
interface Awake extends Net {
  /** What each bypassed node lets through: the id of the node that gives it. */
  readonly through: ReadonlyMap<string, string | undefined>;
  readonly problems: readonly Problem[];
}

const NOTHING: Pick<Awake, 'through' | 'problems'> = { through: new Map(), problems: [] };

/** A document without bypassed nodes is given back as it is. */
export function awake({ nodes, edges }: Net, kinds: Kinds): Awake {
  const marked = Object.keys(nodes).filter((id) => nodes[id]!.bypassed);
  if (marked.length === 0) return { nodes, edges, ...NOTHING };
  const ends = marked.filter((id) => isEnd(kinds(nodes[id]!.type)));
  const skipped = new Set(marked.filter((id) => !ends.includes(id)));
  const past = wiresPast(edges, skipped, listedPorts(nodes, kinds));
  return {
    nodes: Object.fromEntries(Object.entries(nodes).filter(([id]) => !skipped.has(id))),
    edges: past.edges,
    through: new Map([...past.sources].map(([id, from]) => [id, from?.node])),
    problems: ends.map(bypassedEnd),
  };
}

/** A net has no way past its input or its output. */
export const isEnd = (def: NodeDef | undefined): boolean => def?.role === 'input' || def?.role === 'output';

/** The ports of nodes as their kinds list them; of kinds that join any number, and of unknown ones, none are listed. */
export const listedPorts =
  (nodes: GraphDocument['nodes'], kinds: Kinds): PortsOf =>
  (id) => {
    const inputs = inputsOfRecord(nodes[id], kinds);
    return inputs && !('atLeast' in inputs) ? inputs : undefined;
  };

/** The inputs of a node as its parameters have them, which may be at fault; undefined of an unknown kind. */
export function inputsOfRecord(node: NodeRecord | undefined, kinds: Kinds): Inputs | undefined {
  const def = node && kinds(node.type);
  if (!node || !def) return undefined;
  const parsed = def.ports && parseParams(def, node.params);
  return portsOf(def, parsed?.success ? parsed.data : undefined);
}

const bypassedEnd = (id: string): Problem =>
  problem(
    'warning',
    [
      'node/bypassed-end',
      `'${id}' is marked as bypassed, and takes part all the same.`,
      'A net starts at its Input and ends at its Output: there is no way past them.',
      `Switch '${id}' on again.`,
    ],
    { node: id },
    [{ label: 'Switch it on', command: 'node.bypass', args: { ids: [id], on: true } }],
  );

/** Bypassed nodes as the canvas shows them: with their names and what they let through, and without cost. */
export function bypassedFaces(
  { nodes }: Net,
  through: Awake['through'],
  worked: Pick<Elaboration, 'nodes' | 'kinds'>,
): ReadonlyMap<string, Instance> {
  const faces = [...through].map(([id, source]) => {
    const value = source === undefined ? undefined : worked.nodes.get(source)?.output;
    return [id, faceOf(id, nodes[id]!, worked.kinds, value)] as const;
  });
  return new Map(faces);
}

function faceOf(path: string, record: NodeRecord, kinds: Kinds, value: Value | undefined): Instance {
  const { type, label, params: raw } = record;
  const def = kinds(type);
  const parsed = def && parseParams(def, raw);
  const params = parsed?.success ? parsed.data : undefined;
  const words = def && params ? wordsOf(def, params) : undefined;
  return {
    ...{ path, type, def, params },
    title: label ?? words?.title ?? def?.title ?? type,
    detail: words?.detail ?? '',
    ...{ inputs: [value], output: value, own: [], cost: NO_COST, children: [], wires: [], result: undefined },
  };
}
