import type { EventOf, TrainEvent } from '../engine/train/events';
import type { Terminal } from './command';
import { count, duration, percent } from './format';
import { startLines } from './start';

/** Seconds between two lines where there is no screen to rewrite one on, and between two where there is. */
const EVERY = { plain: 5, live: 0.05 };
const BAR = 14;

const bar = (share: number, width: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '━'.repeat(full) + '─'.repeat(width - full);
};
const lossText = (loss: number): string => `loss ${loss.toFixed(loss < 0.1 ? 4 : 3)}`;
const STATES = {
  preparing: 'loading TensorFlow and the data …',
  validating: 'measuring on the validation pictures …',
  testing: 'measuring on the test pictures …',
} as const;

/**
 * `epoch 1/1  ━━━━━━━───────  step 213/430  loss 0.212  acc 93.1 %  561 images/s  1 m 12 s left`
 *
 * @param columns of the screen: the bar gives way where they are few
 */
export function stepLine(
  e: EventOf<'step'>,
  start: EventOf<'start'>,
  columns = Number.POSITIVE_INFINITY,
): string {
  const { epochs, stepsPerEpoch } = start;
  const step = e.step - (e.epoch - 1) * stepsPerEpoch;
  const head = `epoch ${e.epoch}/${epochs}`;
  const rest = [
    `step ${step}/${stepsPerEpoch}`,
    lossText(e.loss),
    `acc ${percent(e.accuracy)}`,
    `${Math.round(e.imagesPerSecond)} images/s`,
    `${duration(e.secondsLeft)} left`,
  ].join('  ');
  // two spaces on each side of the bar, and the last column free: a full line would wrap
  const width = Math.min(BAR, columns - head.length - rest.length - 5);
  return [head, ...(width >= 3 ? [bar(step / stepsPerEpoch, width)] : []), rest].join('  ');
}

function epochLine(e: EventOf<'epoch'>, epochs: number): string {
  const score = (name: string, s: { loss: number; accuracy: number }) =>
    `${name} ${lossText(s.loss)} acc ${percent(s.accuracy, 2)}`;
  return [
    `epoch ${e.epoch}/${epochs}`,
    score('train', e.train),
    e.validation && score('validation', e.validation),
    `${Math.round(e.imagesPerSecond)} images/s`,
  ]
    .filter(Boolean)
    .join('  ');
}

const startLine = (e: EventOf<'start'>): string =>
  [
    `${e.name} on ${e.device.name}`,
    `${count(e.params.trainable)} parameters`,
    `${count(e.epochs)} ${e.epochs === 1 ? 'epoch' : 'epochs'} of ${count(e.stepsPerEpoch)} steps`,
    ...(e.step > 0 ? [`goes on after step ${count(e.step)}`] : []),
  ].join(', ');

/**
 * Tells of a run as it goes: with --json each event as one line, on a screen one live line and a line an
 * epoch, and else a line every few seconds.
 *
 * @param now seconds, of a clock that never goes back
 */
export function follow(
  terminal: Terminal,
  now = () => performance.now() / 1000,
): (event: TrainEvent) => void {
  if (terminal.json) return (event) => terminal.print(JSON.stringify(event));
  let start: EventOf<'start'> | undefined;
  let told = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.type === 'start') {
      start = event;
      terminal.print(startLine(event));
    } else if (event.type === 'transfer') {
      for (const line of startLines(event)) terminal.print(line);
    } else if (event.type === 'state' && event.state in STATES) {
      terminal.live(STATES[event.state as keyof typeof STATES]);
    } else if (event.type === 'step' && start) {
      const screen = terminal.columns !== undefined;
      if (now() - told < (screen ? EVERY.live : EVERY.plain)) return;
      told = now();
      if (screen) terminal.live(stepLine(event, start, terminal.columns));
      else terminal.print(stepLine(event, start));
    } else if (event.type === 'epoch' && start) {
      terminal.print(epochLine(event, start.epochs));
    }
  };
}
