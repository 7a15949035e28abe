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

/** What a layer with one input does to the field of its input, seen from a pixel: the same wherever the layer stands. */
const steps = new WeakMap<Instance['own'], ReceptiveField | null>();

function throughLayer(layer: Instance, given: readonly Field[]): Field {
  const { def, inputs, output } = layer;
  if (!output) return undefined;
  if (def?.role === 'input') return startField(output.shape);
  const field = given[0];
  if (inputs.length !== 1 || !field) return throughOps(layer, given);
  const axes = field.low.length;
  let step = steps.get(layer.own);
  if (step === undefined || (step && step.low.length !== axes)) {
    const nothing = Array<number>(axes).fill(0);
    const pixel = { low: nothing, high: nothing, step: Array<number>(axes).fill(1) };
    step = throughOps(layer, [pixel]) ?? null;
    steps.set(layer.own, step);
  }
  return step ? follow(field, step) : undefined;
}

/** Places are counted in steps of the field that comes in. */
function follow(f: ReceptiveField, step: ReceptiveField): ReceptiveField {
  if (step.step.every((s, i) => s === 1 && step.low[i] === 0 && step.high[i] === 0)) return f;
  return {
    low: f.low.map((l, i) => l + step.low[i]! * f.step[i]!),
    high: f.high.map((h, i) => h + step.high[i]! * f.step[i]!),
    step: f.step.map((s, i) => s * step.step[i]!),
  };
}

function throughOps({ inputs, own, output }: Instance, given: readonly Field[]): Field {
  if (!output) return undefined;
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
