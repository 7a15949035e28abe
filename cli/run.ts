import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { RunControl } from '../engine/train/control';
import type { EventOf, TrainEvent } from '../engine/train/events';
import { classTable } from './class-table';
import { type CliResult, callName, type Terminal } from './command';
import { duration, percent } from './format';
import { follow } from './progress';

export const runsFolder = (named?: string): string =>
  resolve(named || process.env['CONVLOOM_RUNS'] || join(homedir(), 'Convloom', 'runs'));

/**
 * Does `work` with the reins of a run: an interrupt ends it after the step under way, with a checkpoint.
 *
 * @returns whether it was interrupted
 */
export async function underControl(
  terminal: Terminal,
  work: (control: RunControl) => Promise<void>,
): Promise<boolean> {
  const control = new RunControl();
  let interrupted = false;
  const end = terminal.onInterrupt(() => {
    interrupted = true;
    control.stop({ test: false });
    terminal.note('Stopping after this step; a checkpoint is kept. Ctrl-C once more ends at once.');
  });
  await work(control).finally(end);
  return interrupted;
}

/** Follows a run to its end. An interrupt ends it after the step under way; its checkpoint is kept. */
export async function runToEnd(
  start: (control: RunControl) => AsyncIterable<TrainEvent>,
  terminal: Terminal,
): Promise<CliResult> {
  const seen: { checkpoint?: string; done?: EventOf<'done'> } = {};
  const interrupted = await underControl(terminal, async (control) => {
    const tell = follow(terminal);
    for await (const event of start(control)) {
      tell(event);
      if (event.type === 'checkpoint') seen.checkpoint = event.folder;
      if (event.type === 'done') seen.done = event;
    }
  });
  if (interrupted && seen.checkpoint) {
    terminal.note(`Checkpoint: ${seen.checkpoint}`);
    terminal.note(`Go on with: ${callName()} resume ${seen.done?.folder ?? ''}`);
  }
  return { text: seen.done ? summary(seen.done) : '', data: undefined };
}

function endOf({ stopped, early, best }: EventOf<'done'>): string {
  if (stopped) return ', stopped before its end';
  return early ? `, no better since step ${best?.step ?? 0}` : '';
}

function summary(e: EventOf<'done'>): string {
  const { test: t } = e;
  const top = t?.top5 === undefined ? '' : `, top 5 ${percent(t.top5, 2)}`;
  const from =
    e.testedStep === undefined || e.testedStep === e.step ? '' : `, weights of step ${e.testedStep}`;
  const test = t && `test accuracy  ${percent(t.accuracy, 2)}  (loss ${t.loss.toFixed(4)}${top}${from})`;
  return [
    ...(e.report ? [classTable(e.report), ''] : []),
    test ?? 'test accuracy  not measured',
    `trained        ${e.step} steps in ${duration(e.seconds)}${endOf(e)}`,
    `run            ${e.folder}`,
    `graph          ${join(e.folder, 'graph.json')}`,
  ].join('\n');
}
