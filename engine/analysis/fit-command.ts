import type { Command } from '../graph/history';
import type { Shape } from '../ir/shape';
import { type Elaboration, elaborate, type Instance } from './elaborate';

/**
 * Gives the net the input shape and the number of classes of a data set: at the input, at the output, and at the
 * layer before the output whose units are the classes.
 */
export const fitDocument: Command<{ shape: Shape; classes: number }> = {
  id: 'document.fit',
  label: 'fit to the data',
  run(doc, { shape, classes }) {
    const before = elaborate(doc);
    const { input, output } = before;
    const nodes = { ...doc.nodes };
    const set = (n: Instance | undefined, params: Record<string, unknown> | undefined) => {
      if (n && params) nodes[n.path] = { ...nodes[n.path]!, params: { ...nodes[n.path]!.params, ...params } };
    };
    if (input?.params) set(input, pick(input.def?.accept?.(input.params, shape), ['shape']));
    if (output?.params) set(output, pick(output.def?.resize?.(output.params, classes), ['classes']));
    const last = lastResizable(before);
    if (last?.params) set(last, difference(last.def!.resize!(last.params, classes), last.params));
    const same = Object.keys(nodes).every(
      (id) => JSON.stringify(nodes[id]) === JSON.stringify(doc.nodes[id]),
    );
    return same ? doc : { ...doc, nodes };
  },
};

const pick = (params: Record<string, unknown> | undefined, keys: readonly string[]) =>
  params && Object.fromEntries(keys.map((k) => [k, params[k]]));
const difference = (next: Record<string, unknown>, old: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(next).filter(([k, v]) => JSON.stringify(old[k]) !== JSON.stringify(v)));

/** Walks back from the output along single wires to the first layer whose number of outputs is free. */
function lastResizable({ output, nodes, edges }: Elaboration): Instance | undefined {
  const before = new Map(Object.values(edges).map((e) => [e.to.node, e.from.node]));
  let at = output;
  for (let steps = 0; at && steps < nodes.size; steps++) {
    const source = before.get(at.path);
    at = source === undefined ? undefined : nodes.get(source);
    if (at?.def?.resize) return at;
  }
  return undefined;
}
