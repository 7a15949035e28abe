import { create } from 'zustand';
import type { RunView } from './run-view';

/**
 * Multiply-adds of forward passes that this machine trains in a second, learned from the last run. A step of
 * training computes about three times a forward pass; that is in the figure, since images trained are what
 * is counted.
 */
const KEY = 'convloom.macs-per-second';

/** How often the speed was learned: what shows an estimate looks again. */
export const useLessons = create<{ readonly count: number }>(() => ({ count: 0 }));

let underWay: number | null = null;

/** Says how many MACs the net has that is about to be trained; null for a run whose net is not at hand. */
export const expectSpeed = (macs: number | null): void => {
  underWay = macs;
};

/** What a finished epoch tells of the device. The graph may have been edited since the run began. */
export function learnSpeed(device: string, imagesPerSecond: number): void {
  if (!underWay || !(imagesPerSecond > 0)) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ device, speed: underWay * imagesPerSecond }));
    useLessons.setState((s) => ({ count: s.count + 1 }));
  } catch {
    // A full or forbidden storage costs an estimate only.
  }
}

/** Seconds to train on `images` pictures with a net of `macs`; null before a run on this device has told. */
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
