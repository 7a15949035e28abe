import { UserError } from '../../engine/errors';

const said = (lines: readonly string[]): string =>
  lines.length > 0 ? ` It said last: ${lines.join(' | ')}` : '';

export const notRunning = (): UserError =>
  new UserError('engine/not-running', 'The engine is not running.', 'It was stopped.', 'Restart the engine.');

/** @param step the last one that was told, where a run was under way */
export const engineDied = (code: number, step: number | undefined, lines: readonly string[]): UserError =>
  new UserError(
    'engine/died',
    step === undefined
      ? 'The engine stopped unexpectedly.'
      : `The engine stopped unexpectedly at step ${step}.`,
    `Its process ended with code ${code}.${said(lines)}`,
    step === undefined
      ? 'It starts again by itself; try again.'
      : 'Continue the run: it goes on from its last checkpoint.',
  );

export const engineKeepsDying = (times: number, lines: readonly string[]): UserError =>
  new UserError(
    'engine/keeps-dying',
    `The engine stopped ${times} times within 5 minutes.`,
    `It is not started again by itself.${said(lines)}`,
    'Look at the log (Help > Show Log), then restart the engine.',
  );

export const notResponding = (): UserError =>
  new UserError(
    'engine/not-responding',
    'The engine does not respond.',
    'It has given no sign of life for several seconds.',
    'Wait, or press Stop: if it does not answer within 5 s it is ended, and the run can be continued.',
  );
