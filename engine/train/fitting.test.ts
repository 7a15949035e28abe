import { describe, expect, it } from 'vitest';
import { analyse } from '../analysis/analyse';
import { UserError } from '../errors';
import { setTraining } from '../graph/commands/document';
import { rowOf } from '../graph/testing';
import { withWhatFits } from './fitting';

const convs = Array.from({ length: 30 }, () => ['conv2d', { filters: 16 }] as const);
const net = (training: object) =>
  rowOf(
    [
      ['input', { shape: [32, 32, 3] }],
      ...convs,
      ['global-avg-pool'],
      ['dense', { units: 10 }],
      ['output', { classes: 10 }],
    ],
    training,
  );
const full = new UserError('tensorflow/memory', 'There is no memory left.', 'why', 'Halve it.', {
  setting: 'batch',
});

describe('a run that found no memory', () => {
  it('says what fits, and each offer takes at most the room there is', () => {
    const doc = net({ batch: 4096 });
    const fault = withWhatFits(full, doc, 1e9) as UserError;
    expect(fault.repairs.map((r) => r.label)).toHaveLength(2);
    for (const { args } of fault.repairs) {
      const { memory } = analyse(setTraining.run(doc, args as never));
      expect(memory.total).toBeLessThanOrEqual(1e9);
    }
    expect(fault.remedy).toContain(fault.repairs[0]!.label);
  });

  it('offers less than what failed, also where the forecast finds room for it', () => {
    const doc = net({ batch: 100 });
    const { memory } = analyse(doc);
    const fault = withWhatFits(full, doc, 100 * memory.total) as UserError;
    const batches = fault.repairs.flatMap((r) => (r.args as { patch: { batch?: number } }).patch.batch ?? []);
    expect(Math.max(...batches)).toBeLessThan(100);
  });

  it('leaves other faults, and those that nothing mends, as they are', () => {
    const other = new UserError('data/none', 'a', 'b', 'c');
    expect(withWhatFits(other, net({}), 1e9)).toBe(other);
    expect(withWhatFits(full, net({ batch: 1 }), 1e6)).toBe(full);
  });
});
