import { rateAtEpoch } from '../../engine/graph/schedule';
import type { TrainingSettings } from '../../engine/graph/training';

/** SVG path of the rate over the run in a box of `width` x `height`, rate 0 at the bottom. */
export function ratePath(
  settings: Pick<TrainingSettings, 'rate' | 'epochs' | 'schedule'>,
  width: number,
  height: number,
): string {
  const points = 120;
  return Array.from({ length: points + 1 }, (_, i) => {
    const y = rateAtEpoch((i / points) * settings.epochs, settings) / settings.rate;
    return `${i ? 'L' : 'M'}${((i / points) * width).toFixed(1)} ${(height - y * height).toFixed(1)}`;
  }).join('');
}
