import type { Op } from '../../ir/ir';
import type { Instance } from '../elaborate';
import type { Problem } from '../problem';
import { type Context, endsWith, hint, listed, mend, placeOf, type Rule, startsWith } from './context';

const takeOut = (context: Context, layer: Instance) =>
  mend(context, layer, [`Take '${layer.path}' out`, 'node.dissolve'], (id) => ({ ids: [id] }));

/** A bias that the batch norm behind it takes away again. @see Ioffe, Szegedy 2015, section 3.2 */
export const biasBeforeNorm: Rule = (context) => {
  const { layers, readers } = context;
  const idle = layers.filter((n) => {
    const after = readers.get(n) ?? [];
    return n.params?.['bias'] === true && after.length > 0 && after.every((r) => startsWith(r, 'batchNorm'));
  });
  if (idle.length === 0) return [];
  const [first] = idle;
  const beside = idle.filter((n) => placeOf(n).graph === placeOf(first!).graph);
  const changes = beside.map((n) => ({ id: placeOf(n).id, param: 'bias', value: false }));
  const label = beside.length === 1 ? 'Turn the bias off' : `Turn ${beside.length} biases off`;
  return [
    hint(
      [
        'hint/bias-before-norm',
        `Batch norm follows the bias of ${listed(idle)}.`,
        'Batch norm subtracts the mean, and with it any bias: its gradient is 0.',
        'Turn the bias off; the beta of the batch norm takes its part.',
      ],
      first!.path,
      mend(context, first!, [label, 'node.params'], () => ({ changes })),
    ),
  ];
};

/** Every pair of a layer and the one that reads it, for which `fits` holds. */
const pairs = (
  { layers, readers }: Context,
  fits: (first: Instance, second: Instance) => boolean,
): readonly (readonly [Instance, Instance])[] =>
  layers.flatMap((a) => (readers.get(a) ?? []).filter((b) => fits(a, b)).map((b) => [a, b] as const));

export const softmaxTwice: Rule = (context) =>
  pairs(context, (a, b) => endsWith(a, 'softmax') && startsWith(b, 'softmax')).map(([a, b]) =>
    hint(
      [
        'hint/softmax-twice',
        `'${b.path}' takes the softmax of what '${a.path}' has made a softmax of.`,
        'The second one flattens the probabilities towards 1 / classes, and learning becomes slow.',
        `Take '${a.path}' out: the output makes probabilities of scores itself.`,
      ],
      a.path,
      takeOut(context, a),
    ),
  );

/** Of these a second one changes nothing, or next to nothing. */
const SAME_AGAIN: readonly Op[] = ['relu', 'relu6'];

export const activationTwice: Rule = (context) =>
  pairs(context, (a, b) =>
    SAME_AGAIN.some((op) => endsWith(a, op) && b.own.length === 1 && endsWith(b, op)),
  ).map(([a, b]) =>
    hint(
      [
        'hint/activation-twice',
        `'${b.path}' repeats the activation of '${a.path}'.`,
        'A second ReLU gets nothing below 0 and changes nothing.',
        `Take '${b.path}' out.`,
      ],
      b.path,
      takeOut(context, b),
    ),
  );

export const reluBeforeOutput: Rule = (context) =>
  pairs(context, (a, b) => b.def?.role === 'output' && (endsWith(a, 'relu') || endsWith(a, 'relu6'))).map(
    ([a]) =>
      hint(
        [
          'hint/relu-before-output',
          `'${a.path}' cuts the scores off at 0.`,
          'A class whose score falls below 0 gets no gradient any more, and no score can say "surely not".',
          `Take '${a.path}' out: the last Dense gives scores as they are.`,
        ],
        a.path,
        takeOut(context, a),
      ),
  );

/** @see Li, Chen, Hu, Yang. Understanding the Disharmony between Dropout and Batch Normalization. 2018. arXiv:1801.05134 */
export const dropoutBeforeNorm: Rule = (context) =>
  pairs(context, (a, b) => isDropout(a) && startsWith(b, 'batchNorm')).map(
    ([a, b]): Problem =>
      hint(
        [
          'hint/dropout-before-norm',
          `Dropout '${a.path}' stands before batch norm '${b.path}'.`,
          'Dropout changes the variance in training but not in use, so that the running variance is wrong in use.',
          `Take '${a.path}' out, or put it behind the last batch norm.`,
        ],
        a.path,
        takeOut(context, a),
      ),
  );

const isDropout = ({ own }: Instance): boolean => own.some((v) => v.op === 'dropout');
