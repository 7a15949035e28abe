import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analyse } from '../analysis/analyse';
import { checkFit, dataShapeOf } from '../analysis/fit';
import { fitDocument } from '../analysis/fit-command';
import { TrainingProgram } from '../compile/program';
import { movingMnist } from '../data/moving-mnist/moving-mnist';
import { openDocument } from '../graph/file';
import { TrainingSettings } from '../graph/training';
import { range } from '../random';
import { openTensorFlow } from '../tensorflow/runtime';

const documentAt = (path: string) => openDocument(readFileSync(new URL(path, import.meta.url), 'utf8'));

it.each(['r3d-18', 'mc3-18', 'r2plus1d-18'])('%s takes moving digits in colour', async (id) => {
  const data = dataShapeOf(await movingMnist.describe({ set: 'moving-mnist', colour: 'colour' }));
  const doc = fitDocument.run(documentAt(`../../assets/templates/${id}.json`), data);
  const { elaboration, problems } = analyse(doc);
  expect(elaboration.input!.output!.shape).toEqual([16, 32, 32, 3]);
  expect(checkFit(elaboration, data)).toEqual([]);
  expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
});

it('the small video net of the documents learns the way that digits move', async () => {
  const doc = documentAt('../../docs/nets/moving-digits.json');
  const data = await movingMnist.load({ set: 'moving-mnist', size: 16 });
  const { elaboration } = analyse(fitDocument.run(doc, dataShapeOf(data.info)));
  const settings = TrainingSettings.parse({ batch: 16, augment: { crop: 1 } });
  const program = await TrainingProgram.create(openTensorFlow(), elaboration, settings, data);
  const losses: number[] = [];
  for (let step = 1; step <= 60; step++) {
    const { loss } = await program.step(
      range(16).map((i) => i + 16 * step),
      step,
      0.05,
    );
    losses.push(loss);
  }
  program.close();
  const mean = (part: number[]) => part.reduce((a, b) => a + b) / part.length;
  // of nine classes that cannot be told apart, the loss is ln 9
  expect(Math.abs(losses[0]! - Math.log(9))).toBeLessThan(0.6);
  expect(mean(losses.slice(-10))).toBeLessThan(Math.log(9) - 0.5);
});
