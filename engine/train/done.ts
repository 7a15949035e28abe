import { classReport } from '../analysis/class-report';
import type { TrainingProgram } from '../compile/program';
import { type RunState, weightsAt } from './checkpoint';
import { type Measured, scoreOf } from './evaluate';
import type { EventOf } from './events';
import type { RunFolder } from './run-folder';
import type { Watched } from './watch';

interface End extends Pick<EventOf<'done'>, 'step' | 'seconds' | 'stopped'> {
  readonly early: boolean;
  readonly best: Watched['best'];
  readonly testedStep: number;
}

/** The last event of a run. @param measured of the test split; null where it was left out */
export const doneOf = (
  { id, path }: Pick<RunFolder, 'id' | 'path'>,
  classNames: string[],
  measured: Measured | null,
  { step, seconds, stopped, early, best, testedStep }: End,
): EventOf<'done'> => ({
  type: 'done',
  run: id,
  test: measured && scoreOf(measured),
  seconds,
  stopped,
  ...(early && { early }),
  ...(best && { best }),
  ...(measured && { testedStep }),
  step,
  confusion: measured?.confusion ?? [],
  classNames,
  ...(measured && { report: classReport(measured.confusion, classNames) }),
  folder: path,
});

/** Puts the weights of the best epoch in place of the last ones. @returns the step that they are of */
export async function takeBest(
  program: TrainingProgram,
  { path }: Pick<RunFolder, 'path'>,
  { step, watched }: Pick<RunState, 'step' | 'watched'>,
): Promise<number> {
  if (!watched.best || watched.best.step === step) return step;
  const blocks = await weightsAt(path, watched.best.step);
  if (!blocks) return step;
  await program.write(new Map([...blocks].map(([name, block]) => [name, block.data])));
  return watched.best.step;
}
