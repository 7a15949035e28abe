import { expect, it } from 'vitest';
import { applyEvents, isActive, lastValidation, newRun, progressOf } from './run-view';
import { doneEvent, epochEvent, startEvent, stepEvent, steps } from './testing';

const begun = () => applyEvents(newRun('r1', 'r1'), [startEvent(), { type: 'state', state: 'training' }]);

it('follows a run from start to end', () => {
  let run = begun();
  expect([run.phase, run.name, progressOf(run)]).toEqual(['training', 'net', 0]);

  run = applyEvents(run, [...steps(1, 10), epochEvent(1), ...steps(11, 15)]);
  expect(run.steps.length).toBe(15);
  expect(run.last?.step).toBe(15);
  expect(progressOf(run)).toBe(0.75);
  expect(lastValidation(run)?.accuracy).toBe(0.87);

  run = applyEvents(run, [{ type: 'state', state: 'testing' }, doneEvent()]);
  expect([run.phase, progressOf(run), isActive(run.phase)]).toEqual(['done', 1, false]);
});

it('tells a stopped run from a finished one, and keeps its progress', () => {
  const run = applyEvents(begun(), [...steps(1, 5), doneEvent({ stopped: true, step: 5 })]);
  expect([run.phase, progressOf(run)]).toEqual(['stopped', 0.25]);
});

it('drops what was done after the checkpoint that a run goes on from', () => {
  let run = applyEvents(begun(), [
    ...steps(1, 10),
    epochEvent(1),
    ...steps(11, 17),
    doneEvent({ stopped: true }),
  ]);
  run = applyEvents(run, [startEvent({ step: 10 })]);
  expect([run.phase, run.steps.length, run.epochs.length, run.done]).toEqual(['preparing', 10, 1, null]);
  run = applyEvents(run, [stepEvent(11)]);
  expect([run.phase, run.steps.length]).toEqual(['training', 11]);
});

it('takes steps that come twice once', () => {
  const run = applyEvents(begun(), [...steps(1, 8), ...steps(5, 12)]);
  expect(run.steps.length).toBe(12);
});

it('tells by its revision that steps came', () => {
  const run = begun();
  expect(applyEvents(run, [stepEvent(1)]).revision).toBe(run.revision + 1);
  expect(applyEvents(run, [])).toBe(run);
});
