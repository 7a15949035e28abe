import { z } from 'zod';
import { UserError } from '../../errors';
import { slice as cut } from '../../ir/ops';
import { formatShape, type Shape } from '../../ir/shape';
import { defineLayer } from '../define';
import { choice, int } from '../fields';

/** `length` rows, columns, frames or channels from `begin` on. @throws UserError `slice/axis`, `slice/range` */
export const slice = defineLayer({
  type: 'slice',
  version: 1,
  title: 'Slice',
  category: 'merge',
  source: 'Szegedy et al. Rethinking the Inception Architecture. 2015; Keras: Cropping layers',
  help:
    'Cuts a part out of a map: some of its channels, rows, columns or frames. Equal parts of the channels are ' +
    'quicker made by a Split.',
  formula: 'y = x[…, begin … begin + length − 1, …]',
  inputs: ['x'],
  params: z.strictObject({
    axis: choice('channels', ['channels', 'width', 'height', 'time'], {
      title: 'Axis',
      help: 'The side of the map that is cut',
    }),
    begin: int(0, { title: 'Begin', min: 0, help: 'The first one, from 0 on' }),
    length: int(1, { title: 'Length', help: 'How many are kept' }),
  }),
  detail: (p) => `${p.axis} ${p.begin} to ${p.begin + p.length - 1}`,

  lower([x], p) {
    const axis = axisOf(x!.shape, p.axis);
    const side = x!.shape[axis]!;
    if (p.begin + p.length > side) throw outside(p, side);
    return p.length === side ? x! : cut(x!, axis, p.begin, p.length);
  },
});

const FROM_END = { channels: 1, width: 2, height: 3, time: 4 } as const;
function axisOf(shape: Shape, axis: keyof typeof FROM_END): number {
  const at = shape.length - FROM_END[axis];
  if (at >= 0) return at;
  throw new UserError(
    'slice/axis',
    `${formatShape(shape)} has no ${axis}.`,
    'A vector has channels alone, a map height and width too, and a video time.',
    "Set axis to 'channels'.",
    { param: 'axis' },
  );
}

const outside = ({ begin, length }: { begin: number; length: number }, side: number): UserError =>
  new UserError(
    'slice/range',
    `${length} from ${begin} on reaches past the end: there are ${side}.`,
    'A slice lies wholly inside.',
    begin < side ? `Set length to ${side - begin} or less.` : `Set begin to ${side - 1} or less.`,
    { param: begin < side ? 'length' : 'begin' },
  );
