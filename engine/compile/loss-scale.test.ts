import { describe, expect, it } from 'vitest';
import { TfGraph } from '../tensorflow/graph';
import { newSession, openTensorFlow } from '../tensorflow/runtime';
import { DataType } from '../tensorflow/tensor';
import { LossScale } from './loss-scale';
import { readVariables, Variables, writeVariables } from './variables';

const F32 = DataType.float32;

/** Two gradients of one number each, as they come from a scaled loss. */
function scaled() {
  const tf = openTensorFlow();
  const graph = new TfGraph(tf.c);
  const variables = new Variables(graph, 1);
  const scale = new LossScale(graph, variables);
  const given = ['a', 'b'].map((name) => graph.placeholder(name, F32, [1]));
  const rate = graph.placeholder('rate', F32, []);
  const slope = scale.up(graph.float(1));
  const gradients = scale.down(given);
  const kept = scale.rate(rate);
  const update = graph.group('update', scale.update);
  const session = newSession(tf, graph);
  const step = async (values: readonly number[]) => {
    const feeds = given.map((to, i) => ({ to, type: F32, dims: [1], data: Float32Array.of(values[i]!) }));
    const found = await session.run({
      feeds: [...feeds, { to: rate, type: F32, dims: [], data: Float32Array.of(0.5) }],
      fetches: [...gradients, kept, slope],
      targets: [update],
    });
    const [a, b, used, up] = found.map((bytes) => new Float32Array(bytes)[0]!);
    return { gradients: [a, b], rate: used, up };
  };
  const state = async () => {
    const values = await readVariables(session, variables.all);
    return { scale: values.get('loss-scale/scale')![0], good: values.get('loss-scale/good')![0] };
  };
  const set = (name: string, value: number) =>
    writeVariables(
      session,
      variables.all.filter((v) => v.name === `loss-scale/${name}`),
      new Map([[`loss-scale/${name}`, Float32Array.of(value)]]),
    );
  return { session, start: () => session.run({ targets: [variables.start] }), step, state, set };
}

describe('the scale of the loss', () => {
  it('multiplies the slope and is divided out of the gradients', async () => {
    const { start, step, state, session } = scaled();
    await start();
    expect(await step([2 ** 15, 2 ** 14])).toEqual({ gradients: [1, 0.5], rate: 0.5, up: 2 ** 15 });
    expect(await state()).toEqual({ scale: 2 ** 15, good: 1 });
    session.close();
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN])(
    'passes a batch over that gave %d, and is halved',
    async (bad) => {
      const { start, step, state, session } = scaled();
      await start();
      expect(await step([bad, 1])).toEqual({ gradients: [0, 0], rate: 0, up: 2 ** 15 });
      expect(await state()).toEqual({ scale: 2 ** 14, good: 0 });
      session.close();
    },
  );

  it('is doubled after 2,000 good steps, up to 2^24, and never below 1', async () => {
    const { start, step, state, set, session } = scaled();
    await start();
    await set('good', 1999);
    await step([1, 1]);
    expect(await state()).toEqual({ scale: 2 ** 16, good: 0 });
    await set('scale', 2 ** 24);
    await set('good', 1999);
    await step([1, 1]);
    expect((await state()).scale).toBe(2 ** 24);
    await set('scale', 1);
    await step([Number.NaN, 1]);
    expect((await state()).scale).toBe(1);
    session.close();
  });
});
