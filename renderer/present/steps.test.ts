import { describe, expect, it } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { documentOf } from '../../engine/graph/testing';
import { stepsOf } from './steps';

const net = documentOf({
  in: ['input', { shape: [8, 8, 3] }],
  conv: ['conv2d', { filters: 4 }, 'in'],
  block: ['residual', { filters: 4 }, 'conv'],
  pool: ['global-avg-pool', {}, 'block'],
  fc: ['dense', { units: 10 }, 'pool'],
  out: ['output', { classes: 10 }, 'fc'],
});

describe('the stops of a presentation', () => {
  const steps = stepsOf('A net', analyse(net));

  it('are the whole net, then each block and the layers between, in order', () => {
    expect(steps.map((s) => s.paths)).toEqual([[], ['in', 'conv'], ['block'], ['pool', 'fc', 'out']]);
    expect(steps[0]!.title).toBe('A net');
    expect(steps[2]!.shape).toBe('8×8×4');
  });

  it('have the cost of the net among them', () => {
    const parts = steps.slice(1).reduce((sum, s) => sum + s.cost.params.trainable, 0);
    expect(parts).toBe(steps[0]!.cost.params.trainable);
  });
});
