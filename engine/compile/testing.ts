import { isOp, topological, type Value } from '../ir/ir';
import { size } from '../ir/shape';
import { random } from '../random';
import { type Operation, type Output, TfGraph } from '../tensorflow/graph';
import { newSession, openTensorFlow } from '../tensorflow/runtime';
import type { Feed, TfSession } from '../tensorflow/session';
import { DataType } from '../tensorflow/tensor';
import { emit } from './emit';
import type { Pass } from './pass';
import { assignAll } from './replicas';
import { type Variable, Variables, writeVariables } from './variables';

/** What stands at the leaves of a net: pictures [batch, ...shape] of its inputs, and the values of its weights. */
export type Numbers = ReadonlyMap<Value, Float32Array>;

/** N(0, 1), by Box and Muller. */
export function gaussians(count: number, ...seeds: readonly number[]): Float32Array {
  const next = random(...seeds);
  const one = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Float32Array.from({ length: count }, one);
}

/**
 * Seeded numbers for every leaf of `roots`. None lies nearer to zero than 0.05, where a ReLU has its kink;
 * variances are positive.
 */
export function numbersFor(roots: readonly Value[], batch: number, seed: number): Numbers {
  const numbers = new Map<Value, Float32Array>();
  for (const [i, v] of topological(roots).entries()) {
    if (v.op !== 'input' && v.op !== 'weight') continue;
    const data = gaussians(size(v.shape) * (v.op === 'input' ? batch : 1), seed, i);
    const positive = isOp(v, 'weight') && v.attrs.name.endsWith('variance');
    numbers.set(v, positive ? data.map((x) => 0.5 + Math.abs(x)) : data.map((x) => x + 0.05 * Math.sign(x)));
  }
  return numbers;
}

/** Nets in one TensorFlow graph, with a placeholder for each input and a variable for each weight. */
export interface Rig {
  readonly graph: TfGraph;
  readonly session: TfSession;
  readonly inputs: ReadonlyMap<Value, Output>;
  readonly variables: ReadonlyMap<Value, Variable>;
  readonly pass: Pass;
  /** int32 scalar, fed at every run of a training pass. */
  readonly step: Output;
  readonly outputs: readonly Output[];
  /** What moves the running statistics. */
  readonly targets: readonly Operation[];
}

export function rig(roots: readonly Value[], training: boolean, batch: number): Rig {
  const tf = openTensorFlow();
  const graph = new TfGraph(tf.c);
  const values = topological(roots);
  // paths differ, so that two weights of one name do not become one variable
  const paths = new Map(values.map((v, i) => [v, `value${i}`]));
  const made = new Map<Value, Output>();
  for (const v of values.filter(({ op }) => op === 'input')) {
    made.set(v, graph.placeholder('input', DataType.float32, [batch, ...v.shape]));
  }
  const inputs = new Map(made);
  const store = new Variables(graph, 1);
  const variables = new Map<Value, Variable>();
  for (const v of values)
    if (isOp(v, 'weight'))
      variables.set(
        v,
        store.weight(`${paths.get(v)!}/${v.attrs.name}`, v, { depthwise: false, frozen: false }),
      );
  const step = graph.placeholder('step', DataType.int32, []);
  const seed = graph.add('Pack', 'seed', [[graph.int(5), step]]);
  const pass: Pass = { graph, training, variables, paths, seed, made, updates: [], relus: [] };
  emit(pass, values);
  // a result may be an input itself, which TensorFlow does not fetch where it is fed
  const outputs = roots.map((v) => graph.add('Identity', 'result', [made.get(v)!]));
  const targets = assignAll(graph, pass.updates);
  return { graph, session: newSession(tf, graph), inputs, variables, pass, step, outputs, targets };
}

export const feedStep = ({ step }: Rig, n: number): Feed => ({
  to: step,
  type: DataType.int32,
  dims: [],
  data: Int32Array.of(n),
});

/** Feeds of the inputs; with `weights`, also of the values that the variables are read as. */
export function feedsOf(r: Rig, numbers: Numbers, batch: number, weights = false): Feed[] {
  const feeds = [...r.inputs].map(
    ([v, to]): Feed => ({ to, type: DataType.float32, dims: [batch, ...v.shape], data: numbers.get(v)! }),
  );
  if (!weights) return feeds;
  const reads = [...r.variables].map(
    ([v, { read }]): Feed => ({ to: read, type: DataType.float32, dims: v.shape, data: numbers.get(v)! }),
  );
  return [...feeds, ...reads];
}

interface Computed {
  /** One of each root. */
  readonly outputs: readonly Float32Array[];
  /** Values of the variables after the step, running statistics among them. */
  readonly after: Numbers;
}

/** One pass of the TensorFlow emitter over `roots`, with everything that a training step updates. */
export async function compute(
  roots: readonly Value[],
  numbers: Numbers,
  { training, batch, step = 1 }: { training: boolean; batch: number; step?: number },
): Promise<Computed> {
  const r = rig(roots, training, batch);
  try {
    const variables = [...r.variables.values()];
    const named = [...r.variables].map(([v, { name }]) => [name, numbers.get(v)!] as const);
    await writeVariables(r.session, variables, new Map(named));
    const feeds = [...feedsOf(r, numbers, batch), feedStep(r, step)];
    const bytes = await r.session.run({ feeds, fetches: r.outputs, targets: r.targets });
    const kept = await r.session.run({ fetches: variables.map((v) => v.read) });
    return {
      outputs: bytes.map((b) => new Float32Array(b)),
      after: new Map([...r.variables.keys()].map((v, i) => [v, new Float32Array(kept[i]!)])),
    };
  } finally {
    r.session.close();
  }
}

/** Largest difference, over the largest number of `expected`. */
export function difference(found: Float32Array, expected: Float32Array): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const largest = expected.reduce((m, x) => Math.max(m, Math.abs(x)), 1e-30);
  return (
    found.reduce((m, x, i) => Math.max(m, Math.abs(x - expected[i]!) || 0, Number.isNaN(x) ? 1 : 0), 0) /
    largest
  );
}
