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
  folder: path,
});
