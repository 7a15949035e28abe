import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { elaborate } from '../analysis/elaborate';
import { TrainingProgram } from '../compile/program';
import type { DataSet } from '../data/describe';
import { openDocument } from '../graph/file';
import { TrainingSettings } from '../graph/training';
import { size } from '../ir/shape';
import { random } from '../random';
import { openTensorFlow } from '../tensorflow/runtime';

const FOLDER = new URL('../../assets/templates/', import.meta.url);
const BATCH = 2;
/** A block that is left out at random in one step has its turn in another. */
const STEPS = 3;
const RATE = 1e-3;
/** Of the last step: what has any gradient at all moves, even a scale that the next batch norm all but takes away. */
const SHOVE = 1e12;

/** As many pictures of noise as one batch has, of a net's own input. */
function noise(shape: readonly number[], classes: number): DataSet {
  const next = random(7);
  const bytes = (n: number, most: number) => Uint8Array.from({ length: n }, () => Math.floor(most * next()));
  const split = {
    pictures: bytes(BATCH * size(shape), 256),
    labels: bytes(BATCH, Math.min(classes, 256)),
    count: BATCH,
  };
  const classNames = Array.from({ length: classes }, (_, i) => String(i));
  const info = { id: 'noise', title: 'Noise', shape: shape as [number, number, number], classNames };
  return { info: { ...info, train: BATCH, test: BATCH, source: '' }, train: split, test: split };
}

/** Names of the weights that no gradient moves: a bias before a batch norm, which takes it away again. */
const idle = (name: string, names: ReadonlySet<string>): boolean =>
  name.endsWith('/bias') && names.has(`${name.slice(0, -'/bias'.length)}-bn/gamma`);

describe.each(readdirSync(FOLDER).map((file) => file.slice(0, -'.json'.length)))('%s', (id) => {
  it('takes training steps at its own input: a finite loss, and a gradient to every weight', async () => {
    const doc = openDocument(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8'));
    const elaboration = elaborate(doc);
    const data = noise(elaboration.input!.output!.shape, elaboration.output!.params!['classes'] as number);
    const optimizer = { type: 'sgd', momentum: 0 };
    const settings = TrainingSettings.parse({ batch: BATCH, optimizer, weightDecay: 0 });
    const program = await TrainingProgram.create(openTensorFlow(), elaboration, settings, data);
    try {
      const before = await program.read();
      const batch = Int32Array.from({ length: BATCH }, (_, i) => i);
      for (let step = 1; step <= STEPS; step++) {
        const { loss } = await program.step(batch, step, RATE);
        expect(Number.isFinite(loss), `loss of step ${step}`).toBe(true);
      }
      const names = new Set(before.keys());
      const still = new Set([...names].filter((name) => !idle(name, names)));
      for (let step = 1; step <= STEPS && still.size > 0; step++) {
        await program.write(before);
        await program.step(batch, step, SHOVE);
        for (const [name, v] of await program.read())
          if (v.some((x, i) => x !== before.get(name)![i])) still.delete(name);
      }
      expect([...still]).toEqual([]);
    } finally {
      program.close();
    }
  });
});
