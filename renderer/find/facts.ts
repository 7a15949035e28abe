import type { Analysis, NodeAnalysis } from '../../engine/analysis/analyse';
import type { Instance } from '../../engine/analysis/elaborate';
import type { Problem } from '../../engine/analysis/problem';
import type { EdgeRecord } from '../../engine/graph/document';
import { fieldsOf } from '../../engine/nodes/fields';
import type { Facts } from './query';

/** Names under which figures of a node can be asked for. */
const FIGURES: Readonly<Record<string, (n: NodeAnalysis) => number | undefined>> = {
  params: ({ cost }) => cost.params.trainable,
  macs: ({ cost }) => cost.macs,
  activations: ({ cost }) => cost.activations,
  /** Of the multiply-accumulates of the net: `share > 5%`. */
  share: ({ share }) => share,
  channels: ({ output }) => output?.at(-1),
  height: ({ output }) => (output && output.length > 2 ? output.at(-3) : undefined),
  width: ({ output }) => (output && output.length > 2 ? output.at(-2) : undefined),
};
const SYNONYMS: Readonly<Record<string, string>> = { parameters: 'params', mac: 'macs', flops: 'macs' };

/** What can be asked of every node of the net, those inside of blocks too, in the order in which they run. */
export function factsOf(
  analysis: Analysis,
  edges: Readonly<Record<string, EdgeRecord>>,
  problems: readonly Problem[],
): readonly Facts[] {
  const feeds = feedsOf(analysis, edges);
  const states = statesOf(problems);
  return [...analysis.nodes].map(([path, n]) => ({
    path,
    words: wordsOf(n),
    values: valuesOf(n),
    shape: n.output,
    inputs: n.instance.inputs.flatMap((x) => (x ? [x.shape] : [])),
    states: new Set([
      ...(states.get(path) ?? []),
      ...(n.instance.def?.kind === 'composite' ? ['block'] : []),
    ]),
    feeds: feeds.get(path) ?? [],
  }));
}

function wordsOf({ instance: n, output }: NodeAnalysis): ReadonlySet<string> {
  const id = n.path.slice(n.path.lastIndexOf('/') + 1);
  const text = [n.title, id, n.def?.title, n.type, n.detail, n.params?.['function']].join(' ');
  const shape = output?.join('x') ?? '';
  const whole = `${text} ${shape}`
    .toLowerCase()
    .replaceAll('×', 'x')
    .split(/[\s·]+/);
  return new Set([...whole, ...whole.flatMap((w) => w.split(/[-_/]/))].filter(Boolean));
}

function valuesOf(n: NodeAnalysis): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, figure] of Object.entries(FIGURES)) values.set(name, figure(n));
  for (const [name, means] of Object.entries(SYNONYMS)) values.set(name, values.get(means));
  const { def, params } = n.instance;
  if (!def || !params) return values;
  for (const field of fieldsOf(def.params)) {
    if (field.control === 'record' || (field.only && !field.only(params))) continue;
    for (const name of [field.name, field.title])
      values.set(name.toLowerCase().replaceAll(' ', ''), params[field.name]);
  }
  return values;
}

/** By what each node feeds: wires of the net, and of the inside of every block. */
function feedsOf(
  { nodes, elaboration }: Analysis,
  edges: Readonly<Record<string, EdgeRecord>>,
): ReadonlyMap<string, readonly string[]> {
  const feeds = new Map<string, string[]>();
  const add = (from: string, to: string) => feeds.set(from, [...(feeds.get(from) ?? []), to]);
  for (const { from, to } of Object.values(edges)) add(from.node, to.node);
  const inside = (n: Instance): void => {
    for (const w of n.wires)
      if (nodes.has(`${n.path}/${w.from.node}`)) add(`${n.path}/${w.from.node}`, `${n.path}/${w.to.node}`);
    n.children.forEach(inside);
  };
  for (const n of elaboration.nodes.values()) inside(n);
  return feeds;
}

function statesOf(problems: readonly Problem[]): ReadonlyMap<string, readonly string[]> {
  const states = new Map<string, string[]>();
  for (const { place, severity } of problems) {
    if (place.node === undefined) continue;
    const fault = severity === 'hint' ? [] : ['problem'];
    states.set(place.node, [...(states.get(place.node) ?? []), severity, ...fault]);
  }
  return states;
}

/** Words that some node can be asked for. */
export function subjectsOf(facts: readonly Facts[]): ReadonlySet<string> {
  return new Set(facts.flatMap((f) => [...f.values.keys()]));
}
