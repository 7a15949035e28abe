import { create } from 'zustand';
import type { RunView } from './run-view';

const KEY = 'convloom.slowness';

/** How often the speed was learned: what shows an estimate looks again. */
export const useLessons = create<{ readonly count: number }>(() => ({ count: 0 }));

let underWay: number | null = null;

/** Says how long a picture of the net takes that is about to be trained, as predicted; null where it is not at hand. */
export const expectSpeed = (secondsPerImage: number | null): void => {
  underWay = secondsPerImage;
};

/** What a finished epoch tells of the device. The graph may have been edited since the run began. */
export function learnSpeed(device: string, imagesPerSecond: number): void {
  if (underWay && imagesPerSecond > 0) learnSlowness(device, 1 / imagesPerSecond / underWay);
}

/** How much slower this device is than the prediction's machine, from a run or a probe. */
export function learnSlowness(device: string, slowness: number): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ device, slowness }));
    useLessons.setState((s) => ({ count: s.count + 1 }));
  } catch {
    // A full or forbidden storage costs an estimate only.
  }
}

/** What was learned of `device`; undefined before a run or a probe on it. */
export function slownessHere(device: string | undefined): number | undefined {
  try {
    const known = JSON.parse(localStorage.getItem(KEY) ?? 'null') as {
      device?: unknown;
      slowness?: unknown;
    } | null;
    const { slowness } = known ?? {};
    return known?.device === device && typeof slowness === 'number' && slowness > 0 ? slowness : undefined;
  } catch {
    return undefined;
  }
}

/** Pictures a second over the epochs that are done, or of the newest step. */
export const speedOf = ({ epochs, last }: RunView): number =>
  epochs.at(-1)?.imagesPerSecond ?? last?.imagesPerSecond ?? 0;
