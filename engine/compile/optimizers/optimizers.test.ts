import { describe, expect, it } from 'vitest';
import { OptimizerSettings } from '../../graph/training';
import type { Penalty } from '../../ir/ir';
import { TfGraph } from '../../tensorflow/graph';
import { newSession, openTensorFlow } from '../../tensorflow/runtime';
import { DataType } from '../../tensorflow/tensor';
import { difference, gaussians } from '../testing';
import { readVariables, type Variable, Variables, writeVariables } from '../variables';
import { emitUpdate } from './update';

const SIZE = 64;
const STEPS = 5;
const RATES = [0.1, 0.2, 0.05, 0.01, 0.3];
const START = gaussians(SIZE, 1);
const gradientOf = (step: number): Float32Array => gaussians(SIZE, 2, step);
const TOLERANCE = 1e-6;

interface Given {
  readonly optimizer: Parameters<typeof OptimizerSettings.parse>[0];
  readonly weightDecay?: number;
  readonly penalty?: Partial<Penalty>;
}

/** The weight after each of five steps, by TensorFlow. */
async function run({ optimizer, weightDecay = 0, penalty }: Given): Promise<Float32Array[]> {
  const tf = openTensorFlow();
  const graph = new TfGraph(tf.c);
  const variables = new Variables(graph, 1);
  const variable = variables.make(
    'w',
    [SIZE],
    { init: 'zeros' },
    {
      ...{ trainable: true, frozen: false },
      penalty: { decay: true, l1: 0, l2: 0, ...penalty },
    },
  );
  const gradient = graph.placeholder('gradient', DataType.float32, [SIZE]);
  const rate = graph.placeholder('rate', DataType.float32, []);
  const step = graph.placeholder('step', DataType.int32, []);
  const slot = (name: string): Variable => variables.slot(variable, name);
  const update = emitUpdate(
    { graph, variable, gradient, rate, step, slot },
    OptimizerSettings.parse(optimizer),
    weightDecay,
  );
  const session = newSession(tf, graph);
  await session.run({ targets: [variables.start] });
  await writeVariables(session, [variable], new Map([['w', START]]));
  const weights: Float32Array[] = [];
  for (let n = 1; n <= STEPS; n++) {
    await session.run({
      feeds: [
        { to: gradient, type: DataType.float32, dims: [SIZE], data: gradientOf(n) },
        { to: rate, type: DataType.float32, dims: [], data: Float32Array.of(RATES[n - 1]!) },
        { to: step, type: DataType.int32, dims: [], data: Int32Array.of(n) },
      ],
      targets: [update],
    });
    weights.push((await readVariables(session, [variable])).get('w')!);
  }
  session.close();
  return weights;
}

/** The same in 64 bits, number by number: `move` gives what is taken off the weight. */
function closedForm(
  move: (g: number, state: number[], rate: number, t: number) => number,
  pull: (w: number) => number = () => 0,
): Float32Array[] {
  const weights = [...START];
  const states = weights.map(() => [0, 0]);
  return Array.from({ length: STEPS }, (_, n) => {
    const g = gradientOf(n + 1);
    for (let i = 0; i < SIZE; i++) {
      weights[i]! -= move(g[i]! + pull(weights[i]!), states[i]!, RATES[n]!, n + 1);
    }
    return Float32Array.from(weights);
  });
}

function expectEqual(found: Float32Array[], expected: Float32Array[]): void {
  expect(Math.max(...found.map((w, i) => difference(w, expected[i]!)))).toBeLessThan(TOLERANCE);
}

describe('SGD', () => {
  const withMomentum =
    (momentum: number, nesterov: boolean) => (g: number, state: number[], rate: number) => {
      state[0] = momentum * state[0]! + g;
      return rate * (nesterov ? g + momentum * state[0] : state[0]);
    };

  it('takes off the rate times the gradient', async () => {
    expectEqual(
      await run({ optimizer: { type: 'sgd', momentum: 0 } }),
      closedForm((g, _, rate) => rate * g),
    );
  });

  it.each([
    [0.9, false],
    [0.9, true],
    [0.5, true],
  ])('has momentum %f, Nesterov: %s', async (momentum, nesterov) => {
    const optimizer = { type: 'sgd', momentum, nesterov };
    expectEqual(await run({ optimizer }), closedForm(withMomentum(momentum, nesterov)));
  });

  it('adds the weight decay to the gradient, before the momentum', async () => {
    const optimizer = { type: 'sgd', momentum: 0.9 };
    const expected = closedForm(withMomentum(0.9, false), (w) => 0.05 * w);
    expectEqual(await run({ optimizer, weightDecay: 0.05 }), expected);
  });

  it('lets no decay pull at biases and norms', async () => {
    const optimizer = { type: 'sgd', momentum: 0.9 };
    const expected = closedForm(withMomentum(0.9, false));
    expectEqual(await run({ optimizer, weightDecay: 0.05, penalty: { decay: false } }), expected);
  });

  it("adds the gradient of the kernel's own penalty, l1 Σ|w| + l2 Σw², to that of the decay", async () => {
    const optimizer = { type: 'sgd', momentum: 0.9 };
    const pull = (w: number): number => 0.02 * Math.sign(w) + 2 * 0.03 * w + 0.05 * w;
    const penalty = { l1: 0.02, l2: 0.03 };
    expectEqual(
      await run({ optimizer, weightDecay: 0.05, penalty }),
      closedForm(withMomentum(0.9, false), pull),
    );
  });
});

describe('Adam', () => {
  /** Constants as TensorFlow holds them: 1 - 0.999 in 32 bits is off by 1.3e-5, in power and mean alike. */
  const adam = (beta1: number, beta2: number, epsilon: number) => {
    const [b1, b2] = [Math.fround(beta1), Math.fround(beta2)];
    return (g: number, state: number[], rate: number, t: number) => {
      state[0] = b1 * state[0]! + (1 - b1) * g;
      state[1] = b2 * state[1]! + (1 - b2) * g * g;
      return (rate * Math.sqrt(1 - b2 ** t) * state[0]) / ((1 - b1 ** t) * (Math.sqrt(state[1]) + epsilon));
    };
  };

  it('corrects the bias of both moments', async () => {
    expectEqual(await run({ optimizer: { type: 'adam' } }), closedForm(adam(0.9, 0.999, 1e-7)));
  });

  it('heeds its settings and weight decay', async () => {
    const optimizer = { type: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 0.01 };
    expectEqual(
      await run({ optimizer, weightDecay: 0.1 }),
      closedForm(adam(0.8, 0.99, 0.01), (w) => 0.1 * w),
    );
  });
});

describe('AdamW', () => {
  it('takes the decay off the weight, whatever the size of the gradient', async () => {
    const [b1, b2] = [Math.fround(0.9), Math.fround(0.999)];
    const weights = [...START];
    const states = weights.map(() => [0, 0] as [number, number]);
    const expected = RATES.map((rate, n) => {
      const g = gradientOf(n + 1);
      for (const [i, s] of states.entries()) {
        s[0] = b1 * s[0] + (1 - b1) * g[i]!;
        s[1] = b2 * s[1] + (1 - b2) * g[i]! ** 2;
        const length = (rate * Math.sqrt(1 - b2 ** (n + 1))) / (1 - b1 ** (n + 1));
        weights[i] = weights[i]! * (1 - rate * 0.1) - (length * s[0]) / (Math.sqrt(s[1]) + 1e-7);
      }
      return Float32Array.from(weights);
    });
    expectEqual(await run({ optimizer: { type: 'adamw' }, weightDecay: 0.1 }), expected);
  });
});

describe('RMSProp', () => {
  it.each([0, 0.9])('divides by the running size of the gradient, with momentum %f', async (momentum) => {
    const optimizer = { type: 'rmsprop', momentum, epsilon: 0.001 };
    const rho = Math.fround(0.9);
    const expected = closedForm((g, state, rate) => {
      state[0] = rho * state[0]! + (1 - rho) * g * g;
      state[1] = momentum * state[1]! + (rate * g) / Math.sqrt(state[0] + 0.001);
      return state[1];
    });
    expectEqual(await run({ optimizer }), expected);
  });
});

describe('Adagrad', () => {
  it('divides by the size of all gradients so far', async () => {
    const expected = closedForm((g, state, rate) => {
      state[0]! += g * g;
      return (rate * g) / (Math.sqrt(state[0]!) + 1e-7);
    });
    expectEqual(await run({ optimizer: { type: 'adagrad' } }), expected);
  });
});

describe('Lion', () => {
  it('goes by the sign alone, and takes the decay off the weight', async () => {
    const [b1, b2] = [0.9, 0.99];
    const weights = [...START];
    const memory = weights.map(() => 0);
    const expected = RATES.map((rate, n) => {
      const g = gradientOf(n + 1);
      for (const [i, m] of memory.entries()) {
        weights[i]! -= rate * (Math.sign(b1 * m + (1 - b1) * g[i]!) + 0.1 * weights[i]!);
        memory[i] = b2 * m + (1 - b2) * g[i]!;
      }
      return Float32Array.from(weights);
    });
    expectEqual(await run({ optimizer: { type: 'lion' }, weightDecay: 0.1 }), expected);
  });
});

describe('LARS', () => {
  const lars = (decay: number, kernel: boolean) => {
    const weights = [...START];
    const velocity = weights.map(() => 0);
    const norm = (xs: Iterable<number>) => Math.sqrt([...xs].reduce((s, x) => s + x * x, 0));
    return RATES.map((rate, n) => {
      const g = gradientOf(n + 1);
      const local = kernel ? (0.01 * norm(weights)) / (norm(g) + decay * norm(weights)) : 1;
      for (const [i, v] of velocity.entries()) {
        velocity[i] = 0.9 * v + rate * local * (g[i]! + decay * weights[i]!);
        weights[i]! -= velocity[i]!;
      }
      return Float32Array.from(weights);
    });
  };
  const optimizer = { type: 'lars', trust: 0.01 };

  it('moves a kernel by a share of its own length', async () => {
    expectEqual(await run({ optimizer, weightDecay: 0.05 }), lars(0.05, true));
  });

  it('moves biases and norms as SGD does', async () => {
    expectEqual(await run({ optimizer, weightDecay: 0.05, penalty: { decay: false } }), lars(0, false));
  });
});
