import type { Analysis } from './analyse';

const FLOAT = 4;

/**
 * Seconds of a training step on the machine of reference (two cores of AMD Milan, oneDNN): per multiply-add and per
 * byte of the maps of a forward pass, backward pass included, per layer, and per byte of weights. Fitted to 29 steps,
 * 8 % off in the mean; another machine is `slowness` times as slow, which a probe or a run tells.
 */
const SECONDS = { mac: 0.0241e-9, byte: 0.21e-9, layer: 130e-6, weight: 0.8e-9 } as const;

type Net = Pick<Analysis, 'total' | 'elaboration'>;

/** Seconds that a training step of `batch` pictures takes. */
export function stepSeconds({ total, elaboration }: Net, batch: number, slowness = 1): number {
  const perPicture = total.macs * SECONDS.mac + total.activations * FLOAT * SECONDS.byte;
  const weights = (total.params.trainable + total.params.nonTrainable) * FLOAT * SECONDS.weight;
  return slowness * (batch * perPicture + elaboration.flat.length * SECONDS.layer + weights);
}

/** Seconds of an epoch over `images` pictures to train on, and `validation` ones that only go forward: a third each. */
export function epochSeconds(
  net: Net,
  {
    batch,
    images,
    validation,
  }: { readonly batch: number; readonly images: number; readonly validation: number },
  slowness = 1,
): number {
  const step = stepSeconds(net, batch, slowness);
  return (Math.floor(images / batch) + validation / batch / 3) * step;
}

/** How much slower than the machine of reference one is that takes `seconds` for a step of this net. */
export const slownessOf = (net: Net, batch: number, seconds: number): number =>
  seconds / stepSeconds(net, batch);
