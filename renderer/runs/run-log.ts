import type { Fault } from '../../engine/errors';
import type { EventOf, TrainEvent } from '../../ipc/contract';
import { formatCount, formatDuration, formatLoss, formatPercent, formatSetting, formatSpeed } from './format';

export interface LogLine {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly tone: 'plain' | 'ok' | 'danger';
  readonly text: string;
}
const MOST = 500;
let last = 0;

/** The log with one line more, without its oldest when it is full. */
export function addLine(
  log: readonly LogLine[],
  text: string,
  tone: LogLine['tone'] = 'plain',
): readonly LogLine[] {
  last += 1;
  return [...log.slice(1 - MOST), { id: last, time: Date.now(), tone, text }];
}

export const faultLine = ({ what, why, remedy }: Fault): string => `${what} ${why} ${remedy}`.trim();

/** What an event says in one line; steps are not worth one. */
export function eventLine(event: TrainEvent): { text: string; tone: LogLine['tone'] } | null {
  switch (event.type) {
    case 'start': {
      const from = event.step > 0 ? `goes on from step ${formatCount(event.step)}` : 'starts';
      const params = formatCount(event.params.trainable + event.params.nonTrainable);
      return plain(
        `${event.name} ${from} on ${event.device.name}: ${params} parameters, ` +
          `${event.epochs} epochs of ${formatCount(event.stepsPerEpoch)} steps.`,
      );
    }
    case 'transfer':
      return plain(startedText(event));
    case 'change':
      return plain(changeText(event));
    case 'state':
      return TOLD.has(event.state) ? plain(`${event.state[0]!.toUpperCase()}${event.state.slice(1)}.`) : null;
    case 'epoch': {
      const validation = event.validation ? `; validation ${score(event.validation)}` : '';
      return plain(
        `Epoch ${event.epoch}: ${score(event.train)}${validation}; ${formatSpeed(event.imagesPerSecond)}.`,
      );
    }
    case 'validation':
      return plain(`Step ${formatCount(event.step)}: validation ${score(event.validation)}.`);
    case 'checkpoint':
      return plain(`Checkpoint at step ${formatCount(event.step)}.`);
    case 'done': {
      const test = event.test
        ? `: test accuracy ${formatPercent(event.test.accuracy)}, loss ${formatLoss(event.test.loss)}`
        : '';
      return {
        text: `${endOf(event)} after ${formatDuration(event.seconds)}${test}. ${event.folder}`,
        tone: 'ok',
      };
    }
    case 'step':
    case 'signals':
      return null;
  }
}
const SETTINGS: Readonly<Record<EventOf<'change'>['setting'], string>> = {
  rate: 'Rate',
  weightDecay: 'Weight decay',
  epochs: 'Epochs',
  patience: 'Patience',
};
/** `Rate from 0.1 to 0.01 after step 430.` */
export const changeText = ({ setting, from, to, step }: EventOf<'change'>): string =>
  `${SETTINGS[setting]} from ${formatSetting(from)} to ${formatSetting(to)} after step ${formatCount(step)}.`;

/** What a run took and froze, in one line. */
export function startedText({ transfer, frozen }: Pick<EventOf<'transfer'>, 'transfer' | 'frozen'>): string {
  const kept = frozen.length > 0 ? `${formatCount(frozen.length)} weights are frozen.` : '';
  if (!transfer) return kept;
  const { run, step, taken, fresh, dropped } = transfer;
  const name = run.split(/[\\/]/).at(-1)!;
  const counts = `${formatCount(taken.length)} weights taken, ${formatCount(fresh.length)} new`;
  return `From step ${formatCount(step)} of ${name}: ${counts}, ${formatCount(dropped.length)} dropped. ${kept}`.trim();
}
const score = ({ loss, accuracy }: { loss: number; accuracy: number }) =>
  `loss ${formatLoss(loss)}, accuracy ${formatPercent(accuracy)}`;
const endOf = ({ stopped, early, best }: EventOf<'done'>): string => {
  if (stopped) return 'Stopped';
  return early ? `No better since step ${formatCount(best?.step ?? 0)}: ended` : 'Done';
};
/** Training and validating take turns every epoch, which the line of the epoch tells. */
const TOLD: ReadonlySet<string> = new Set(['preparing', 'paused', 'testing']);
const plain = (text: string) => ({ text, tone: 'plain' }) as const;
