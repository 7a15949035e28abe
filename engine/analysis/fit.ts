import type { Repair } from '../errors';
import { formatShape, type Shape, sameShape } from '../ir/shape';
import type { Elaboration } from './elaborate';
import { type Problem, problem } from './problem';

/** What a net must agree with in the data it is trained on. */
export interface DataShape {
  readonly title: string;
  /** [height, width, channels] of every picture, [frames, height, width, channels] of every clip. */
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
    const [code, why] = misfitOf(takes, data.shape);
    problems.push(
      problem(
        'error',
        [
          code,
          `The net takes ${nounOf(takes)} of ${formatShape(takes)}, but ${data.title} has ${formatShape(data.shape)}.`,
          why,
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

const nounOf = (shape: Shape): string => (shape.length === 4 ? 'clips' : 'pictures');

/** The code, and why it cannot be. */
function misfitOf(takes: Shape, has: Shape): readonly [code: string, why: string] {
  if (takes.length !== has.length) {
    const axes = `${has.length === 4 ? 'frames × ' : ''}height × width × channels`;
    return ['data/frames', `The data are ${nounOf(has)}, ${axes}; the net is made for ${nounOf(takes)}.`];
  }
  const [channels, own] = [takes.at(-1), has.at(-1)];
  if (channels !== own) {
    const why = `The first kernels have weights for ${channels} channels, and the ${nounOf(has)} have ${own}.`;
    return ['data/channels', why];
  }
  return [
    'data/size',
    `The size of every layer follows from the input, so that it must be that of the ${nounOf(has)}.`,
  ];
}
