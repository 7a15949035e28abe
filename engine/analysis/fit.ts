import type { Repair } from '../errors';
import { formatShape, type Shape, sameShape } from '../ir/shape';
import type { Elaboration } from './elaborate';
import { type Problem, problem } from './problem';

/** What a net must agree with in the data it is trained on. */
export interface DataShape {
  readonly title: string;
  /** [height, width, channels] of every picture. */
  readonly shape: Shape;
  readonly classes: number;
}

/** What a net must agree with, of all that is known of a data set. */
export const dataShapeOf = (info: {
  readonly title: string;
  readonly shape: Shape;
  readonly classNames: readonly string[];
}): DataShape => ({ title: info.title, shape: info.shape, classes: info.classNames.length });

/** Whether the ends of the net fit the data: picture size, channels, number of classes. */
export function checkFit({ input, output }: Elaboration, data: DataShape): readonly Problem[] {
  const repairs: Repair[] = [
    {
      label: `Fit the net to ${data.title}`,
      command: 'document.fit',
      args: { shape: data.shape, classes: data.classes },
    },
  ];
  const takes = input?.output?.shape;
  const gives = output?.params?.['classes'];
  const problems: Problem[] = [];
  if (takes && !sameShape(takes, data.shape)) {
    const channels = takes[2] !== data.shape[2];
    problems.push(
      problem(
        'error',
        [
          channels ? 'data/channels' : 'data/size',
          `The net takes pictures of ${formatShape(takes)}, but ${data.title} has ${formatShape(data.shape)}.`,
          channels
            ? `The first kernels have weights for ${takes[2]} channels, and the pictures have ${data.shape[2]}.`
            : 'The size of every layer follows from the input, so that it must be that of the pictures.',
          `Set the input's shape to ${formatShape(data.shape)}.`,
        ],
        { node: input!.path, param: 'shape' },
        repairs,
      ),
    );
  }
  if (typeof gives === 'number' && gives !== data.classes) {
    problems.push(
      problem(
        'error',
        [
          'data/classes',
          `The net tells ${gives} classes apart, but ${data.title} has ${data.classes}.`,
          'Every label must have an output of its own.',
          `Set classes to ${data.classes}, and the units of the layer before it too.`,
        ],
        { node: output!.path, param: 'classes' },
        repairs,
      ),
    );
  }
  return problems;
}
