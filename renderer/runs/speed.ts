import type { RunView } from './run-view';

/**
 * Multiply-adds of forward passes that this machine trains in a second, learned from the last run. A training step computes
 * about three times a forward pass; the factor is in the figure, since it is measured in images trained.
 */
const KEY = 'convloom.macs-per-second';

export function learnSpeed(device: string, macs: number, imagesPerSecond: number): void {
  if (!(macs > 0) || !(imagesPerSecond > 0)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ device, speed: macs * imagesPerSecond }));
  } catch {
    // A full or forbidden storage costs an estimate only.
  }
}

/** Seconds to train on `images` pictures with a net of `macs`; null before any run on this device has told. */
export function predictSeconds(device: string | undefined, macs: number, images: number): number | null {
  try {
    const known = JSON.parse(localStorage.getItem(KEY) ?? 'null') as {
      device?: unknown;
      speed?: unknown;
    } | null;
    if (known?.device !== device || typeof known?.speed !== 'number' || !(known.speed > 0)) return null;
    return (macs * images) / known.speed;
  } catch {
    return null;
  }
}

/** Pictures a second over the epochs that are done, or of the newest step. */
export const speedOf = ({ epochs, last }: RunView): number =>
  epochs.at(-1)?.imagesPerSecond ?? last?.imagesPerSecond ?? 0;
