import { describe, expect, it } from 'vitest';
import type { Initial, Value } from '../ir/ir';
import { isOp } from '../ir/ir';
import { weight } from '../ir/ops';
import { TfGraph } from '../tensorflow/graph';
import { newSession, openTensorFlow } from '../tensorflow/runtime';
import { hash, readVariables, Variables } from './variables';

type Made = readonly [path: string, shape: number[], init: Initial, depthwise?: boolean];

/** Start values of variables called `<path>/kernel`. */
async function started(made: readonly Made[], seed = 1): Promise<Float32Array[]> {
  const tf = openTensorFlow();
  const graph = new TfGraph(tf.c);
  const variables = new Variables(graph, seed);
  for (const [path, shape, init, depthwise = false] of made) {
    const value: Value = weight('kernel', shape, init);
    if (isOp(value, 'weight')) variables.weight(`${path}/kernel`, value, { depthwise, frozen: false });
  }
  const session = newSession(tf, graph);
  await session.run({ targets: [variables.start] });
  const values = await readVariables(session, variables.all);
  session.close();
  return [...values.values()];
}
const deviation = (xs: Float32Array): number => Math.sqrt(xs.reduce((s, x) => s + x * x, 0) / xs.length);

describe('start values', () => {
  it('are others for each name, and for each seed', async () => {
    const [a, b] = await started([
      ['a', [3, 3, 4, 4], 'he'],
      ['b', [3, 3, 4, 4], 'he'],
    ]);
    const [other] = await started([['a', [3, 3, 4, 4], 'he']], 2);
    expect(a).not.toEqual(b);
    expect(a).not.toEqual(other);
  });

  it('do not depend on what else is in the net', async () => {
    const alone = await started([['b', [5, 5], 'glorot']]);
    const after = await started([
      ['a', [9], 'ones'],
      ['b', [5, 5], 'glorot'],
    ]);
    expect(after[1]).toEqual(alone[0]);
  });

  // 36,864 numbers: the deviation is known to 0.4 %
  it.each([
    ['he', [3, 3, 64, 64], false, Math.sqrt(2 / 576)],
    ['lecun', [3, 3, 64, 64], false, Math.sqrt(1 / 576)],
    ['glorot', [3, 3, 32, 128], false, Math.sqrt(2 / (288 + 1152))],
    ['he', [192, 192], false, Math.sqrt(2 / 192)],
    ['he', [3, 3, 4096, 1], true, Math.sqrt(2 / 9)],
  ] as const)('are spread as %s has it over %j, depthwise: %s', async (init, shape, depthwise, expected) => {
    const [values] = await started([['a', [...shape], init, depthwise]]);
    expect(Math.abs(deviation(values!) / expected - 1)).toBeLessThan(0.02);
    expect(Math.abs(values!.reduce((a, b) => a + b) / values!.length)).toBeLessThan(0.02 * expected);
  });

  it('are what a constant says', async () => {
    const found = await started([
      ['a', [2], 'zeros'],
      ['b', [2], 'ones'],
      ['c', [2], { constant: 0.25 }],
    ]);
    expect(found.map((v) => [...v])).toEqual([
      [0, 0],
      [1, 1],
      [0.25, 0.25],
    ]);
  });
});

it('hashes names to 31 bits by FNV-1a', () => {
  expect(hash('')).toBe(0x811c9dc5 >>> 1);
  expect(hash('a')).toBe(0xe40c292c >>> 1);
});
