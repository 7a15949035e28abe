import type { Fault } from '../../engine/errors';
import type { EventOf, TrainEvent } from '../../ipc/contract';
import { smoothingMemory } from '../charts/series';
import { appendStep, keepUntil, newSteps, type Steps } from '../charts/steps';

/** Samples of the layers that are shown. */
const KEPT = 60;

export type Phase = 'starting' | EventOf<'state'>['state'] | 'done' | 'stopped' | 'failed';

/** What the window knows of one run, live or read from its folder: all follows from the run's events. */
export interface RunView {
  readonly id: string;
  readonly name: string;
  readonly phase: Phase;
  readonly start: EventOf<'start'> | null;
  /** What it took from an earlier run, and what is frozen. */
  readonly transfer: EventOf<'transfer'> | null;
  /** Grows in place; `revision` tells that it did. */
  readonly steps: Steps;
  readonly revision: number;
  readonly last: EventOf<'step'> | null;
  readonly epochs: readonly EventOf<'epoch'>[];
  /** Measurements within epochs. */
  readonly checks: readonly EventOf<'validation'>[];
  /** What the layers did, sampled; the newest last. */
  readonly signals: readonly EventOf<'signals'>[];
  readonly checkpoint: EventOf<'checkpoint'> | null;
  /** Settings that were changed on the way. */
  readonly changes: readonly EventOf<'change'>[];
  readonly done: EventOf<'done'> | null;
  readonly fault: Fault | null;
}

export const newRun = (id: string, name: string): RunView => ({
  id,
  name,
  phase: 'starting',
  start: null,
  transfer: null,
  steps: newSteps(smoothingMemory(1)),
  revision: 0,
  last: null,
  epochs: [],
  checks: [],
  signals: [],
  checkpoint: null,
  changes: [],
  done: null,
  fault: null,
});

const ACTIVE: ReadonlySet<Phase> = new Set([
  'starting',
  'preparing',
  'training',
  'validating',
  'paused',
  'testing',
]);
export const isActive = (phase: Phase): boolean => ACTIVE.has(phase);

/** The run after `events`. Appends to the steps of `view`, which is not to be used after. */
export const applyEvents = (view: RunView, events: readonly TrainEvent[]): RunView =>
  events.length === 0 ? view : { ...events.reduce(apply, view), revision: view.revision + 1 };

function apply(view: RunView, event: TrainEvent): RunView {
  switch (event.type) {
    case 'start':
      return begin(view, event);
    case 'transfer':
      return { ...view, transfer: event };
    case 'step':
      appendStep(view.steps, event);
      return {
        ...view,
        last: event,
        phase: view.phase === 'starting' || view.phase === 'preparing' ? 'training' : view.phase,
      };
    case 'signals':
      return {
        ...view,
        signals: [...view.signals.filter((s) => s.step < event.step).slice(-KEPT + 1), event],
      };
    case 'epoch':
      return { ...view, epochs: [...view.epochs.filter((e) => e.epoch < event.epoch), event] };
    case 'validation':
      return { ...view, checks: [...view.checks.filter((c) => c.step < event.step), event] };
    case 'checkpoint':
      return { ...view, checkpoint: event };
    case 'change':
      return change(view, event);
    case 'state':
      return view.done ? view : { ...view, phase: event.state };
    case 'done':
      return { ...view, done: event, phase: event.stopped ? 'stopped' : 'done', fault: null };
  }
}

/** The start tells how long the run is: more or fewer epochs make it another length. */
function change(view: RunView, event: EventOf<'change'>): RunView {
  const start = view.start && event.setting === 'epochs' ? { ...view.start, epochs: event.to } : view.start;
  return { ...view, start, changes: [...view.changes, event] };
}

/** A run that goes on from a checkpoint loses what it had done after it. */
function begin(view: RunView, start: EventOf<'start'>): RunView {
  const memory = smoothingMemory(start.stepsPerEpoch);
  return {
    ...view,
    start,
    name: start.name,
    phase: 'preparing',
    steps: keepUntil(view.steps, start.step, memory),
    last: view.last && view.last.step <= start.step ? view.last : null,
    epochs: view.epochs.filter((e) => e.step <= start.step),
    checks: view.checks.filter((c) => c.step <= start.step),
    signals: view.signals.filter((s) => s.step <= start.step),
    // what was changed right at the checkpoint is told again
    changes: view.changes.filter((c) => c.step < start.step),
    done: null,
    fault: null,
  };
}

/** How far the run is, 0 to 1. */
export function progressOf({ start, last, done }: RunView): number {
  if (!start) return 0;
  if (done && !done.stopped) return 1;
  const all = start.epochs * start.stepsPerEpoch;
  return all > 0 ? Math.min(1, (last?.step ?? start.step) / all) : 0;
}

/** The newest validation score. */
export const lastValidation = ({ epochs }: RunView): EventOf<'epoch'>['validation'] =>
  epochs.filter((e) => e.validation).at(-1)?.validation ?? null;
