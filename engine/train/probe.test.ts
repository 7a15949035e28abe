import { expect, it } from 'vitest';
import { RunControl } from './control';
import { probe } from './probe';
import { stripes, tinyNet } from './testing';

const smallRun = async () => tinyNet(await stripes());

it('tells how long a step and an epoch take, and leaves nothing behind', async () => {
  const doc = await smallRun();
  const told = await probe(doc, new RunControl());
  expect(told.steps).toBeGreaterThan(2);
  expect(told.secondsPerStep).toBeGreaterThan(0);
  expect(told.imagesPerSecond).toBeCloseTo(doc.training.batch / told.secondsPerStep, 6);
  expect(told.epochSeconds).toBeGreaterThan(told.secondsPerStep);
});

it('ends early when it is stopped', async () => {
  const control = new RunControl();
  control.stop();
  expect((await probe(await smallRun(), control)).steps).toBe(0);
});
