import { isOp, type Value } from '../../ir/ir';
import type { Shape } from '../../ir/shape';
import type { Instance } from '../elaborate';
import { keptBy } from '../kept';
import { fieldSize } from '../receptive-field';
import { keptIn, residencyOf } from '../residency';
import { type Context, hint, listed, mend, type Rule } from './context';

interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly pads: readonly number[];
  readonly dilation: readonly number[];
  readonly source: Shape;
  readonly made: Shape;
}

function windowsOf({ own }: Instance): readonly Window[] {
  return own.flatMap((v) => {
    const window = windowOf(v);
    return window ? [{ ...window, source: v.inputs[0]!.shape, made: v.shape }] : [];
  });
}
function windowOf(v: Value) {
  if (isOp(v, 'conv2d') || isOp(v, 'depthwiseConv2d') || isOp(v, 'conv3d')) return v.attrs;
  if (isOp(v, 'maxPool') || isOp(v, 'avgPool') || isOp(v, 'maxPool3d') || isOp(v, 'avgPool3d'))
    return { ...v.attrs, dilation: [1, 1, 1] };
  return undefined;
}

/** Rows or columns at the end of an axis that no window reaches. A stride above the kernel skips pixels by intent. */
function lost({ kernel, stride, pads, dilation, source, made }: Window, axis: number): number {
  if (stride[axis]! > kernel[axis]!) return 0;
  const last = (made[axis]! - 1) * stride[axis]! + (kernel[axis]! - 1) * dilation[axis]! - pads[2 * axis]!;
  return Math.max(0, source[axis]! - 1 - last);
}

export const remainder: Rule = (context) =>
  context.layers.flatMap((n) => {
    const window = windowsOf(n)[0];
    if (!window) return [];
    const most = Math.max(...window.kernel.map((_, i) => lost(window, i)));
    if (most === 0) return [];
    const what = most === 1 ? 'The last row or column' : `The last ${most} rows or columns`;
    const up = n.params?.['ceil'] === false;
    const repair = up
      ? (['Round up', { param: 'ceil', value: true }] as const)
      : (["Set padding to 'same'", { param: 'padding', value: 'same' }] as const);
    return [
      hint(
        [
          'hint/remainder',
          `${what} of what '${n.path}' gets ${most === 1 ? 'is' : 'are'} never looked at.`,
          `${window.source.slice(0, -1).join('×')} is no whole number of steps of ${window.stride[0]} for a window of ${window.kernel.join('×')}.`,
          up ? 'Round up, so that a last window covers it.' : "Set padding to 'same', or another kernel.",
        ],
        n.path,
        mend(context, n, [repair[0], 'node.param'], (id) => ({ id, ...repair[1] })),
      ),
    ];
  });

/** A kernel over a map of one pixel: all weights but one only ever see padding. */
export const kernelPastMap: Rule = (context) =>
  context.layers.flatMap((n) => {
    const idle = windowsOf(n).find((w) => w.kernel.some((k, i) => k > 1 && w.source[i] === 1));
    if (!idle || n.cost.params.trainable === 0) return [];
    const one = (id: string) => ({
      changes: [
        { id, param: 'kernel', value: 1 },
        { id, param: 'padding', value: 'same' },
      ],
    });
    return [
      hint(
        [
          'hint/kernel-past-map',
          `'${n.path}' slides a window of ${idle.kernel.join('×')} over a map of ${idle.source.slice(0, -1).join('×')}.`,
          'Where the map is one pixel wide the weights beside it only ever see padding: they cost and learn nothing.',
          'Set the kernel to 1, or take away a stride before it.',
        ],
        n.path,
        'kernel' in (n.params ?? {}) ? mend(context, n, ['Set the kernel to 1', 'node.params'], one) : [],
      ),
    ];
  });

/**
 * Layers that widen a field which already holds the whole picture add depth, but see nothing new.
 *
 * @see Richter, Byttner, Krumnack, Schallner, Shenk. Size Matters. 2021. arXiv:2102.01582
 */
export const fieldPastPicture: Rule = (context) => {
  const { analysis, layers, sources } = context;
  const picture = analysis.elaboration.input?.output?.shape;
  if (!picture) return [];
  const sees = (n: Instance): boolean => {
    const field = analysis.nodes.get(n.path)?.field;
    return field !== undefined && fieldSize(field).every((side, i) => side >= picture[i]!);
  };
  const widens = (n: Instance) =>
    windowsOf(n).some((w) => w.kernel.some((k, i) => k > 1 && k < w.source[i]!));
  const past = layers.filter((n) => widens(n) && (sources.get(n) ?? []).every(sees));
  if (past.length === 0) return [];
  const strided = [...analysis.elaboration.nodes.values()].filter((n) => n.params?.['stride'] === 2);
  const [repair] = strided.flatMap((n) =>
    mend(context, n, [`Set the stride of '${n.path}' to 1`, 'node.param'], (id) => ({
      id,
      param: 'stride',
      value: 1,
    })),
  );
  return [
    hint(
      [
        'hint/field-past-picture',
        `From '${past[0]!.path}' on ${past.length === 1 ? '1 layer sees' : `${past.length} layers see`} the whole picture already: ${listed(past)}.`,
        `Each element there sees more than ${picture.slice(0, -1).join('×')} pixels, so a wider window finds nothing new.`,
        'Take layers away there, use larger pictures, or take an early stride away.',
      ],
      past[0]!.path,
      repair ? [repair] : [],
    ),
  ];
};

const HALF = 0.5;
const SMALL = 100_000;

/** One layer that holds most of the weights: as a rule the Dense behind a Flatten. */
export const weightsInOne: Rule = (context) => {
  const { analysis, layers, sources } = context;
  const { total } = analysis;
  const all = total.params.trainable;
  const heavy = layers.find((n) => n.cost.params.trainable > HALF * all);
  if (!heavy || all < SMALL) return [];
  const flat = (sources.get(heavy) ?? []).find(
    (s) => keptBy(s).alias === 0 && s.inputs[0]?.shape.length === 3,
  );
  const share = Math.round((100 * heavy.cost.params.trainable) / all);
  const average = (id: string) => ({ id, type: 'global-avg-pool' });
  return [
    hint(
      [
        'hint/weights-in-one',
        `'${heavy.path}' holds ${share} % of all weights.`,
        flat
          ? 'It has a weight for every pixel and channel of the map. Such layers overfit first.'
          : 'What it learns is most of what the net learns.',
        flat ? 'Put a global average pool in place of the flatten.' : 'Give it fewer units or filters.',
      ],
      heavy.path,
      flat ? mend(context, flat, ['Average instead of flatten', 'node.replace'], average) : [],
    ),
  ];
};

/** One convolution that takes most of the time. */
export const macsInOne: Rule = (context) => {
  const { analysis, layers } = context;
  const { total } = analysis;
  const convolutions = layers.filter((n) => n.cost.macs > 0 && windowsOf(n).length > 0);
  const heavy = convolutions.find((n) => n.cost.macs > HALF * total.macs);
  if (!heavy || convolutions.length < 4) return [];
  const share = Math.round((100 * heavy.cost.macs) / total.macs);
  return [
    hint(
      [
        'hint/macs-in-one',
        `'${heavy.path}' takes ${share} % of all multiply-adds.`,
        'The time of a step is mostly its own; the other layers could be larger at little cost.',
        'Split it into a depthwise and a 1×1 convolution, use fewer filters, or give it a stride.',
      ],
      heavy.path,
      separable(context, heavy),
    ),
  ];
};

function separable(context: Context, n: Instance) {
  const conv = n.own.find((v) => v.op === 'conv2d');
  const { filters, kernel, stride, padding } = n.params ?? {};
  if (!conv || filters === undefined || kernel === 1 || n.own.length > 4) return [];
  return mend(context, n, ['Make it a separable convolution', 'node.replace'], (id) => ({
    id,
    type: 'separable-conv2d',
    params: { filters, kernel, stride, padding },
  }));
}

/** One layer that keeps most of the memory of training. */
export const memoryInOne: Rule = ({ analysis, layers, doc }: Context) => {
  const { kept } = residencyOf(analysis.elaboration);
  const { kept: keptTotal } = keptIn(analysis.elaboration);
  const heavy = layers.find((n) => (kept.get(n) ?? 0) > HALF * keptTotal);
  const { batch } = doc.training;
  if (!heavy || layers.length < 8 || keptTotal * batch < 25e6) return [];
  const half = Math.max(1, Math.floor(batch / 2));
  const repair = { label: `Set batch to ${half}`, command: 'training.set', args: { patch: { batch: half } } };
  return [
    hint(
      [
        'hint/memory-in-one',
        `'${heavy.path}' keeps ${Math.round((100 * kept.get(heavy)!) / keptTotal)} % of what training keeps of the pictures.`,
        'Its map is larger than all others together, and the backward pass needs it.',
        'Give it or a layer before it a stride, or train with a smaller batch.',
      ],
      heavy.path,
      batch > 1 ? [repair] : [],
    ),
  ];
};
