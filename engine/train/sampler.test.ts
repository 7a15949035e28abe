import { expect, it } from 'vitest';
import { Sampler } from './sampler';

/** A clock that steps and looks turn on: a step takes `step` seconds, a look `look`. */
function watched({ step, look }: { step: number; look: number }) {
  let [now, kernel, looks] = [0, 1, 0];
  const program = {
    signals: async () => {
      looks++;
      now += look;
      return [{ path: 'conv', gradient: 2, weight: 1, mean: 0, deviation: 1, dead: null }];
    },
    kernels: async () => new Map([['conv/kernel', Float32Array.of(kernel, 0)]]),
  };
  const sampler = new Sampler(() => now);
  const run = async (n: number) => {
    const { signals } = await sampler.around(program, { indices: new Int32Array(0), step: n }, async () => {
      now += step;
      kernel += 0.5;
    });
    return signals;
  };
  return { run, looks: () => looks, now: () => now };
}

it('looks after three seconds of training, and tells how far the step moved each kernel', async () => {
  const { run, looks } = watched({ step: 1, look: 0.1 });
  for (const step of [1, 2, 3]) expect(await run(step)).toBeUndefined();
  expect(looks()).toBe(0);
  // the kernel was (2.5, 0) before the step
  expect(await run(4)).toEqual({
    type: 'signals',
    step: 4,
    layers: [
      {
        path: 'conv',
        gradient: 2,
        weight: 1,
        mean: 0,
        deviation: 1,
        dead: null,
        update: expect.closeTo(0.2, 6),
      },
    ],
  });
});

it.each([0.02, 0.5, 4])(
  'takes no more than 3 %% of the time, the first look left out, at %d s a look',
  async (look) => {
    const { run, looks, now } = watched({ step: 0.1, look });
    const count = 20_000;
    for (let step = 1; step <= count; step++) await run(step);
    const trained = count * 0.1;
    expect(now() - trained - look).toBeLessThanOrEqual(0.03 * trained);
    expect(looks()).toBeGreaterThan((0.03 * trained) / look - 2);
  },
);
