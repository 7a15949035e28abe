import { z } from 'zod';
import { UserError } from '../../errors';
import { concat as join } from '../../ir/ops';
import { formatShape, type Shape } from '../../ir/shape';
import { defineLayer } from '../define';
import { choice } from '../fields';
import { requireSameSides } from '../merge';

/** Maps [h, w, c1], [h, w, c2], … -> [h, w, c1 + c2 + …], in the order of the ports; vectors end to end. */
export const concat = defineLayer({
  type: 'concat',
  version: 1,
  title: 'Concat',
  category: 'merge',
  source: 'Szegedy et al. Going Deeper with Convolutions. 2014. arXiv:1409.4842, section 4',
  help:
    'Stacks the channels of maps of one height and width. Nothing is lost as in a sum, but every later ' +
    'layer has more channels to read.',
  inputs: { atLeast: 2 },
  shorthand: { names: ['cat'] },
  params: z.strictObject({
    axis: choice('channels', ['channels', 'width', 'height', 'time'], {
      title: 'Axis',
      help: 'Along which the maps lie one behind the other',
    }),
  }),
  detail: (p) => (p.axis === 'channels' ? '' : `along ${p.axis}`),

  lower(xs, p) {
    const axis = xs[0]!.shape.length - FROM_END[p.axis];
    if (axis < 0) throw noAxis(xs[0]!.shape, p.axis);
    requireSameSides(
      xs.map((x) => x.shape),
      axis,
    );
    return join(xs, axis);
  },
});

const FROM_END = { channels: 1, width: 2, height: 3, time: 4 } as const;
const noAxis = (shape: Shape, axis: string): UserError =>
  new UserError(
    'concat/axis',
    `${formatShape(shape)} has no ${axis}.`,
    'A vector has channels alone, a map height and width too, and a video time.',
    "Set axis to 'channels'.",
    { param: 'axis' },
  );
