import type { TrainingSettings } from '../graph/training';
import type { Analysis } from './analyse';

const FLOAT = 4;

/**
 * Seconds of a training step on the machine of reference (two cores of AMD Milan, oneDNN): per multiply-add and per
 * byte of the maps of a forward pass, backward pass included, per layer, and per byte of weights. Fitted to 29 steps,
 * 8 % off in the mean; another machine is `slowness` times as slow, which a probe or a run tells.
 */
const SECONDS = { mac: 0.0241e-9, byte: 0.21e-9, layer: 130e-6, weight: 0.8e-9 } as const;

type Net = Pick<Analysis, 'total' | 'elaboration'>;

/** A forward pass takes about a third of a step: twice of it makes four thirds. */
const TWICE = 4 / 3;

/** Seconds that a training step of `batch` pictures takes. @param recompute whether layers are computed twice */
export function stepSeconds(
  { total, elaboration }: Net,
  batch: number,
  slowness = 1,
  recompute = false,
): number {
  const perPicture = total.macs * SECONDS.mac + total.activations * FLOAT * SECONDS.byte;
  const weights = (total.params.trainable + total.params.nonTrainable) * FLOAT * SECONDS.weight;
  const passes = recompute ? TWICE : 1;
  return slowness * (passes * batch * perPicture + elaboration.flat.length * SECONDS.layer + weights);
}

/** Seconds of an epoch over `images` pictures to train on, and `validation` ones that only go forward: a third each. */
export function epochSeconds(
  net: Net,
  {
    batch,
    images,
    validation,
    recompute,
  }: Pick<TrainingSettings, 'batch' | 'recompute'> & {
    readonly images: number;
    readonly validation: number;
  },
  slowness = 1,
): number {
  const forward = stepSeconds(net, batch, slowness) / 3;
  return (
    Math.floor(images / batch) * stepSeconds(net, batch, slowness, recompute) + (validation / batch) * forward
  );
}

/** How much slower than the machine of reference one is that takes `seconds` for a step of this net. */
export const slownessOf = (
  net: Net,
  { batch, recompute }: Pick<TrainingSettings, 'batch' | 'recompute'>,
  seconds: number,
): number => seconds / stepSeconds(net, batch, 1, recompute);
