import { portNames, portsOf } from '../nodes/define';
import { inputsOf, wiresByTarget } from '../nodes/subgraph';
import type { Elaboration, Instance } from './elaborate';
import { addFields, type ReceptiveField, startField } from './receptive-field';

type Field = ReceptiveField | undefined;
type Fields = Map<string, ReceptiveField>;

/** The receptive field of every node, and of what is inside composites, by path. */
export function fieldsOf({ nodes, sources }: Elaboration): ReadonlyMap<string, ReceptiveField> {
  const fields: Fields = new Map();
  for (const [id, node] of nodes) {
    visit(
      node,
      sources.get(id)!.map((s) => (s === null ? undefined : fields.get(s))),
      fields,
    );
  }
  return fields;
}

function visit(node: Instance, given: readonly Field[], fields: Fields): void {
  const field = node.children.length > 0 ? throughInside(node, given, fields) : throughLayer(node, given);
  if (field) fields.set(node.path, field);
}

function throughLayer({ def, inputs, own, output }: Instance, given: readonly Field[]): Field {
  if (!output) return undefined;
  if (def?.role === 'input') return startField(output.shape);
  const seen = new Map(inputs.flatMap((v, i) => (v && given[i] ? [[v, given[i]] as const] : [])));
  addFields(own, seen);
  return seen.get(output);
}

function throughInside(node: Instance, given: readonly Field[], fields: Fields): Field {
  const ports = portNames(portsOf(node.def!, node.params), given.length);
  const into = wiresByTarget({ edges: node.wires });
  for (const child of node.children) {
    if (!child.def) continue;
    const id = child.path.slice(node.path.length + 1);
    const seen = inputsOf<Field>(
      into.get(id) ?? [],
      portsOf(child.def, child.params),
      (port) => given[ports.indexOf(port)],
      (sibling) => fields.get(`${node.path}/${sibling}`),
    );
    visit(
      child,
      seen.map((f) => f ?? undefined),
      fields,
    );
  }
  return fields.get(`${node.path}/${node.result!.node}`);
}
