import type { Fault, Place, Repair, UserError } from '../errors';

/**
 * A fault of the graph: an error keeps it from training, a warning does not. A hint is no fault: something that could
 * be better, or that one should know.
 */
export interface Problem extends Fault {
  readonly severity: 'error' | 'warning' | 'hint';
}

export const problem = (
  severity: Problem['severity'],
  [code, what, why, remedy]: readonly [code: string, what: string, why: string, remedy: string],
  place: Place,
  repairs: readonly Repair[] = [],
): Problem => ({ severity, code, what, why, remedy, place, repairs });

export const problemOf = (error: UserError, place: Place): Problem => ({
  severity: 'error',
  ...error.at(place).toFault(),
});
