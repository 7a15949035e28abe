import { UserError } from '../errors';
import type { Initial, Penalty, Scheme, Value } from '../ir/ir';
import { NO_PENALTY } from '../ir/ops';
import { type Shape, size } from '../ir/shape';
import type { Operation, Output, TfGraph } from '../tensorflow/graph';
import type { Feed, TfSession } from '../tensorflow/session';
import { DataType } from '../tensorflow/tensor';

/** A TensorFlow variable that a checkpoint holds: a weight, a statistic or an optimizer's slot. */
export interface Variable {
  /** Path of its node and its own name: `stage1-block1/conv1/kernel`. */
  readonly name: string;
  readonly shape: Shape;
  readonly handle: Output;
  readonly read: Output;
  readonly trainable: boolean;
  /** Kept as it is though it is a weight, or a statistic that training would move. */
  readonly frozen: boolean;
  readonly penalty: Penalty;
}

type Role = Pick<Variable, 'trainable' | 'frozen' | 'penalty'>;
/** Of what only the step itself changes. */
const STATE: Role = { trainable: false, frozen: false, penalty: NO_PENALTY };

type Fans = readonly [fanIn: number, fanOut: number];
interface Start {
  readonly init: Initial;
  readonly fans?: Fans;
}

const FLOAT = { type: DataType.float32 };

/** The variables of one graph, with the operations that start, read and restore them. */
export class Variables {
  readonly all: Variable[] = [];
  readonly #starts: Operation[] = [];

  constructor(
    readonly graph: TfGraph,
    /** Start values depend on this and on the variable's name alone, not on the order of nodes. */
    readonly seed: number,
  ) {}

  /**
   * A variable for a `weight` of the IR.
   *
   * @param depthwise whether it is a kernel that sees one channel only: its fans are its taps alone
   * @param frozen    whether training leaves it as it is
   */
  weight(
    name: string,
    value: Value<'weight'>,
    { depthwise, frozen }: { readonly depthwise: boolean; readonly frozen: boolean },
  ): Variable {
    const { init, trainable, penalty } = value.attrs;
    const start = typeof init === 'string' ? { init, fans: fansOf(value.shape, depthwise) } : { init };
    return this.make(name, value.shape, start, { trainable: trainable && !frozen, frozen, penalty });
  }

  /** An optimizer's slot beside `owner`, zero at first. */
  slot(owner: Variable, name: string): Variable {
    return this.make(`${owner.name}/${name}`, owner.shape, { init: 'zeros' });
  }

  /** The same for what is zero between two steps, so that no checkpoint needs it. */
  scratch(owner: Variable, name: string): Variable {
    const made = this.slot(owner, name);
    this.all.pop();
    return made;
  }

  make(name: string, shape: Shape, startAs: Start, role: Role = STATE): Variable {
    const { graph } = this;
    const handle = graph.add('VarHandleOp', name, [], {
      dtype: FLOAT,
      shape: { shape },
      shared_name: { string: name },
    });
    const start = this.#startValue(name, shape, startAs);
    this.#starts.push(
      graph.operation('AssignVariableOp', `${name}/start`, [handle, start], { dtype: FLOAT }),
    );
    const read = graph.add('ReadVariableOp', `${name}/read`, [handle], { dtype: FLOAT });
    const variable = { name, shape, handle, read, ...role };
    this.all.push(variable);
    return variable;
  }

  /** Gives every variable its start value. */
  get start(): Operation {
    return this.graph.group('start', this.#starts);
  }

  #startValue(name: string, shape: Shape, { init, fans = [1, 1] }: Start): Output {
    const { graph } = this;
    const dims = graph.ints(shape);
    if (init === 'zeros') return graph.add('Fill', `${name}/zeros`, [dims, graph.float(0)]);
    if (init === 'ones') return graph.add('Fill', `${name}/ones`, [dims, graph.float(1)]);
    if (typeof init === 'object')
      return graph.add('Fill', `${name}/constant`, [dims, graph.float(init.constant)]);
    const context = { graph, name, shape, seed: graph.ints([this.seed, hash(name)]), fans };
    if (init === 'orthogonal') return orthogonal(context);
    return init.endsWith('uniform') || init === 'truncated'
      ? bounded(context, init)
      : gaussian(context, init);
  }
}

interface Context {
  readonly graph: TfGraph;
  readonly name: string;
  readonly shape: Shape;
  /** int32 [2] of the run's seed and the variable's name */
  readonly seed: Output;
  readonly fans: Fans;
}

const RANDOM = { dtype: FLOAT, T: { type: DataType.int32 }, Tseed: { type: DataType.int32 } };
const draw = ({ graph, name, seed }: Context, type: string, dims: readonly number[]): Output =>
  graph.add(type, `${name}/random`, [graph.ints(dims), seed], RANDOM);

/**
 * N(0, deviation^2).
 *
 * @see He et al. 2015, Delving Deep into Rectifiers, equation 10: sqrt(2 / fanIn)
 * @see Glorot, Bengio 2010, equation 16: sqrt(2 / (fanIn + fanOut)); LeCun et al. 1998: sqrt(1 / fanIn)
 */
function gaussian(c: Context, init: Scheme): Output {
  const [fanIn, fanOut] = c.fans;
  const deviations: Partial<Record<Scheme, number>> = {
    he: 2 / fanIn,
    glorot: 2 / (fanIn + fanOut),
    lecun: 1 / fanIn,
  };
  const normal = draw(c, 'StatelessRandomNormal', c.shape);
  return c.graph.add('Mul', `${c.name}/start-value`, [normal, c.graph.float(Math.sqrt(deviations[init]!))]);
}

/** Uniform on ±sqrt(3) deviations of the scheme, or N(0, 0.02^2) cut at two deviations. */
function bounded(c: Context, init: Scheme): Output {
  const { graph, name } = c;
  const [fanIn, fanOut] = c.fans;
  if (init === 'truncated') {
    const cut = draw(c, 'StatelessTruncatedNormal', c.shape);
    return graph.add('Mul', `${name}/start-value`, [cut, graph.float(0.02)]);
  }
  const limit = Math.sqrt(init === 'he-uniform' ? 6 / fanIn : 6 / (fanIn + fanOut));
  const wide = graph.add('Mul', `${name}/wide`, [
    draw(c, 'StatelessRandomUniform', c.shape),
    graph.float(2 * limit),
  ]);
  return graph.add('AddV2', `${name}/start-value`, [wide, graph.float(-limit)]);
}

/**
 * The kernel as a matrix [all the rest, outputs] with orthonormal columns (rows, where it is wider than high), times
 * sqrt 2 for ReLU.
 * @see Saxe, McClelland, Ganguli 2013. arXiv:1312.6120, section 3
 */
function orthogonal(c: Context): Output {
  const { graph, name, shape } = c;
  const columns = shape.at(-1)!;
  const rows = size(shape) / columns;
  const normal = draw(c, 'StatelessRandomNormal', [Math.max(rows, columns), Math.min(rows, columns)]);
  const q = graph.add('Qr', `${name}/qr`, [normal], { full_matrices: { bool: false } });
  const upright = rows >= columns ? q : graph.add('Transpose', `${name}/turned`, [q, graph.ints([1, 0])]);
  const kernel = graph.add('Reshape', `${name}/kernel`, [upright, graph.ints(shape)]);
  return graph.add('Mul', `${name}/start-value`, [kernel, graph.float(Math.SQRT2)]);
}

function fansOf(shape: Shape, depthwise: boolean): Fans {
  const taps = size(shape.slice(0, -2));
  return depthwise ? [taps, taps * shape.at(-1)!] : [taps * (shape.at(-2) ?? 1), taps * shape.at(-1)!];
}

/** FNV-1a, as a 31-bit number. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 1;
}

/** The values of `variables`, by name. */
export async function readVariables(
  session: TfSession,
  variables: readonly Variable[],
): Promise<Map<string, Float32Array>> {
  const bytes = await session.run({ fetches: variables.map((v) => v.read) });
  return new Map(variables.map((v, i) => [v.name, new Float32Array(bytes[i]!)]));
}

/**
 * Sets every variable from `values`.
 *
 * @throws UserError `checkpoint/mismatch` where one is missing or has another size
 */
export async function writeVariables(
  session: TfSession,
  variables: readonly Variable[],
  values: ReadonlyMap<string, Float32Array>,
): Promise<void> {
  const { graph } = session;
  const feeds: Feed[] = [];
  const targets: Operation[] = [];
  for (const v of variables) {
    const data = values.get(v.name);
    if (data?.length !== size(v.shape)) throw mismatch(v, data?.length);
    const to = graph.placeholder(`${v.name}/restored`, DataType.float32, v.shape);
    targets.push(graph.operation('AssignVariableOp', `${v.name}/restore`, [v.handle, to], { dtype: FLOAT }));
    feeds.push({ to, type: DataType.float32, dims: v.shape, data });
  }
  await session.run({ feeds, targets });
}

const mismatch = (v: Variable, found: number | undefined) =>
  new UserError(
    'checkpoint/mismatch',
    found === undefined
      ? `The checkpoint has no ${v.name}.`
      : `The checkpoint's ${v.name} has ${found} numbers, not ${size(v.shape)}.`,
    'A checkpoint fits only the graph that it was trained with.',
    "Open the run's own graph (graph.json in its folder) and continue from there.",
  );
