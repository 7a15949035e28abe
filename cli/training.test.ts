import { expect, it } from 'vitest';
import { TrainingSettings } from '../engine/graph/training';
import { withSettings } from './training';

const start = TrainingSettings.parse({});
const set = (...pairs: string[]) => withSettings(start, pairs);

it('sets numbers, words, switches and lists at their paths', () => {
  const next = set('loss.smoothing=0.1', 'watch.metric=loss', 'augment.flip=true', 'loss.classes=[1,2]');
  expect(next.loss).toEqual({ smoothing: 0.1, classes: [1, 2] });
  expect(next.watch.metric).toBe('loss');
  expect(next.augment.flip).toBe(true);
  expect(start.loss.smoothing).toBe(0);
});

it('gives another optimizer or schedule its own defaults, which later pairs change', () => {
  const next = set('optimizer.type=adam', 'optimizer.beta1=0.8', 'schedule.type=one-cycle');
  expect(next.optimizer).toEqual({ type: 'adam', beta1: 0.8, beta2: 0.999, epsilon: 1e-7 });
  expect(next.schedule.type).toBe('one-cycle');
});

it.each([
  ['loss.smoothness=1', /There is no setting 'loss.smoothness'/, /smoothing, classes/],
  ['nothing.at.all=1', /There is no setting/, /optimizer/],
  ['smoothing', /is no setting/, /equals sign/],
  ['loss.smoothing=7', /^loss.smoothing: /, /none of the values/],
  ['optimizer.type=adamant', /^optimizer/, /none of the values/],
])('says what is wrong with %s', (pair, what, why) => {
  expect(() => set(pair)).toThrow(
    expect.objectContaining({
      code: 'cli/setting',
      what: expect.stringMatching(what),
      why: expect.stringMatching(why),
    }),
  );
});
