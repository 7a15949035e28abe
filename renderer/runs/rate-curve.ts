import type { TrainingSettings } from '../../engine/graph/training';

/** The learning rate at a moment in epochs, as the trainer computes it, drawn only. */
export function rateAtEpoch(
  epoch: number,
  { rate, epochs, schedule }: Pick<TrainingSettings, 'rate' | 'epochs' | 'schedule'>,
): number {
  const { warmup } = schedule;
  if (epoch < warmup) return (rate * epoch) / warmup;
  if (schedule.type === 'step') return rate * schedule.factor ** Math.floor(epoch / schedule.every);
  const length = epochs - warmup;
  if (schedule.type === 'cosine' && length > 0)
    return (rate * (1 + Math.cos((Math.PI * (epoch - warmup)) / length))) / 2;
  return rate;
}

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
