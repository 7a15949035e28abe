import type { Shape } from '../../ir/shape';
import type { LayerBuilder } from '../layers';
import type { End } from '../subgraph';

/** What a pair may do with a state. @see Zoph et al. 2017. arXiv:1707.07012, section 3.1 */
export const OPERATIONS = ['none', 'sep3', 'sep5', 'sep7', 'mean3', 'max3', 'conv1', 'conv3'] as const;
type Operation = (typeof OPERATIONS)[number];

interface State {
  readonly end: End;
  readonly sides: readonly number[];
  /** Whether it is one of the cell's inputs, which a reduction halves, rather than a pair. */
  readonly input: boolean;
}
interface Params {
  readonly filters: number;
  readonly op: Operation;
  readonly reduces: boolean;
}

/** `op` on a state; separable convolutions twice, each after a ReLU and before a batch norm. */
export function addOperation(
  g: LayerBuilder,
  id: string,
  { filters, op, reduces }: Params,
  from: State,
): End {
  const stride = reduces && from.input ? 2 : 1;
  const kernel = Number(op.at(-1));
  if (op === 'none') return from.end;
  if (op === 'mean3') return g.add(id, 'avg-pool', { kernel, stride, padding: 'same' }, from.end);
  if (op === 'max3') return maxPool(g, id, stride, from);
  if (op.startsWith('conv'))
    return g.norm(`${id}-bn`, g.conv(id, { filters, kernel, stride }, g.act(`${id}-relu`, from.end)));
  return [stride, 1].reduce((y, s, i) => {
    const act = g.act(`${id}-relu${i + 1}`, y);
    const sep = { filters, kernel, stride: s, padding: 'same', bias: false };
    return g.norm(`${id}-bn${i + 1}`, g.add(`${id}-sep${i + 1}`, 'separable-conv2d', sep, act));
  }, from.end);
}

/** As in Keras, the padding of a strided one is of zeros, which count. */
function maxPool(g: LayerBuilder, id: string, stride: number, { end, sides }: State): End {
  if (stride === 1) return g.add(id, 'max-pool', { kernel: 3, stride, padding: 'same' }, end);
  const [top, left] = [sides[0]! % 2, sides[1]! % 2];
  const padded = g.add(`${id}-pad`, 'zero-pad', { mode: 'pixels', top, bottom: 1, left, right: 1 }, end);
  return g.add(id, 'max-pool', { kernel: 3, stride, padding: 'valid' }, padded);
}

/**
 * The earlier input with the channels and the sides of this one. Twice as large, it is read at every second pixel from
 * the first and from the second on, each by half of the filters.
 */
export function adjusted(
  g: LayerBuilder,
  from: End,
  previous: Shape,
  { filters, sides }: { readonly filters: number; readonly sides: Shape },
): End {
  const halve = previous[0] !== sides[0] || previous[1] !== sides[1];
  if (!halve && previous[2] === filters) return from;
  const act = g.act('previous-relu', from);
  if (!halve) return g.norm('previous-bn', g.conv('previous-conv', { filters, kernel: 1 }, act));
  const every = { kernel: 1, stride: 2 };
  const half = Math.max(1, Math.floor(filters / 2));
  const even = g.conv(
    'previous-conv1',
    { filters: half, kernel: 1 },
    g.add('previous-even', 'avg-pool', every, act),
  );
  const shifted = g.add(
    'previous-shift',
    'zero-pad',
    { mode: 'pixels', top: 0, bottom: 1, left: 0, right: 1 },
    act,
  );
  const size = { kernel: 1, stride: 2 };
  const [h, w] = [previous[0]!, previous[1]!];
  const cut = g.add('previous-cut', 'slice', { axis: 'height', begin: 1, length: h }, shifted);
  const odd = g.add(
    'previous-odd',
    'avg-pool',
    size,
    g.add('previous-cut2', 'slice', { axis: 'width', begin: 1, length: w }, cut),
  );
  const rest = g.conv('previous-conv2', { filters: Math.max(1, filters - half), kernel: 1 }, odd);
  return g.norm('previous-bn', g.join('previous-concat', 'concat', {}, [even, rest]));
}
