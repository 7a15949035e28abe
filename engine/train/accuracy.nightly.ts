import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { expect, it, type TestContext } from 'vitest';
import { findDataSet } from '../data/catalogue';
import type { GraphDocument } from '../graph/document';
import { openDocument } from '../graph/file';
import { TrainingSettings } from '../graph/training';
import { RunControl } from './control';
import { only, scratch } from './testing';
import { train } from './trainer';

/** A template for pictures of 28×28×1, with settings of its own. */
function template(id: string, training: object): GraphDocument {
  const file = new URL(`../../assets/templates/${id}.json`, import.meta.url);
  const doc = openDocument(readFileSync(file, 'utf8'));
  const input = { ...doc.nodes['input']!, params: { shape: [28, 28, 1] } };
  return { ...doc, nodes: { ...doc.nodes, input }, training: TrainingSettings.parse(training) };
}

/** Trains on every picture of the training split. @returns the share of the test pictures that is right at the end */
async function accuracyOf(doc: GraphDocument, { skip }: TestContext): Promise<number> {
  const { ready, remedy } = findDataSet(doc.training.data).status();
  if (!ready) {
    const reason = `Left out: ${doc.training.data.set} is not on this computer. ${remedy}`;
    console.log(reason); // the usual report counts what is left out, but does not tell why
    skip(reason);
  }
  for await (const event of train({ doc, runsFolder: await scratch(), control: new RunControl() })) {
    if (event.type === 'epoch') {
      const { loss, accuracy } = event.train;
      console.log(
        `${doc.name}, epoch ${event.epoch}: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}`,
      );
    }
    const [done] = only([event], 'done');
    if (!done) continue;
    const [{ accuracy }, minutes] = [done.test!, (done.seconds / 60).toFixed(1)];
    console.log(
      `${doc.name} on ${doc.training.data.set}: ${accuracy} in ${minutes} min on ${cpus()[0]!.model}`,
    );
    return accuracy;
  }
  throw new Error('the run has no end');
}

it('LeNet-5 knows 99 % of the digits of MNIST after 5 epochs', { timeout: 1_800_000 }, async (context) => {
  const doc = template('lenet-5', {
    data: { set: 'mnist', validation: 0 },
    ...{ epochs: 5, batch: 64, rate: 0.05, schedule: { type: 'one-cycle' }, weightDecay: 5e-4 },
  });
  expect(await accuracyOf(doc, context)).toBeGreaterThanOrEqual(0.99);
});

it('ResNet-20 knows 93 % of the clothes of Fashion-MNIST after 10 epochs', {
  timeout: 10_800_000,
}, async (context) => {
  const doc = template('resnet-20', {
    data: { set: 'fashion-mnist', validation: 0 },
    ...{ epochs: 10, batch: 128, rate: 0.1, schedule: { type: 'one-cycle' }, weightDecay: 5e-4 },
    optimizer: { type: 'sgd', momentum: 0.9, nesterov: true },
    augment: { flip: true, crop: 2 },
  });
  expect(await accuracyOf(doc, context)).toBeGreaterThanOrEqual(0.93);
});
