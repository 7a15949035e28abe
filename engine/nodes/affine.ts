import type { Value } from '../ir/ir';
import { add, mul, weight } from '../ir/ops';
import { toggle } from './fields';

/** The learned factor and offset a channel that follow a normalisation. */
export const affineFields = {
  scale: toggle(true, { title: 'Scale', help: 'A learned factor a channel, gamma' }),
  center: toggle(true, { title: 'Center', help: 'A learned offset a channel, beta' }),
};

export function affine(
  x: Value,
  { scale, center }: { readonly scale: boolean; readonly center: boolean },
): Value {
  const channels = [x.shape.at(-1)!];
  const scaled = scale ? mul(x, weight('gamma', channels, 'ones')) : x;
  return center ? add(scaled, weight('beta', channels, 'zeros')) : scaled;
}
