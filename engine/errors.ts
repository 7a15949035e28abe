/** Where a fault lies, so that the canvas, the inspector or the terminal can mark it. */
export interface Place {
  /** Path of a node: its id, below a composite `block/conv1`. */
  readonly node?: string;
  readonly param?: string;
  readonly port?: string;
  readonly edge?: string;
  /** A file or folder on disk. */
  readonly file?: string;
  /** The entry of that file which is at fault, RFC 6901: `/nodes/conv1/params`. */
  readonly pointer?: string;
  /** A setting of the training section, such as `batch` or `data`. */
  readonly setting?: string;
}

/** One command of the document that mends a fault; the window offers it as a button. */
export interface Repair {
  /** What the button says, with the value that works. */
  readonly label: string;
  /** Id of a command in `engine/graph/commands`, with its arguments as data. */
  readonly command: string;
  readonly args: unknown;
}

/** A fault as data: what crosses IPC, is printed by the terminal and listed in the problems panel. */
export interface Fault {
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  readonly place: Place;
  readonly repairs: readonly Repair[];
}

/**
 * A fault the user can mend. Every field is shown: the canvas paints `place`, the panel prints the rest.
 *
 * @param code   stable, `area/fault`; tests and scripts may rely on it
 * @param what   one sentence, with the numbers that clash
 * @param why    the rule that was broken
 * @param remedy what to do now, as an order with concrete values
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    readonly code: string,
    readonly what: string,
    readonly why: string,
    readonly remedy: string,
    readonly place: Place = {},
    readonly repairs: readonly Repair[] = [],
  ) {
    super(`${what}\n  Why: ${why}\n  Fix: ${remedy}`);
  }

  /** The same fault at a place known only higher up, e.g. the node whose parameter is wrong. */
  at(place: Place): UserError {
    return new UserError(
      this.code,
      this.what,
      this.why,
      this.remedy,
      { ...place, ...this.place },
      this.repairs,
    );
  }

  toFault(): Fault {
    const { code, what, why, remedy, place, repairs } = this;
    return { code, what, why, remedy, place, repairs };
  }

  static from(fault: Fault): UserError {
    return new UserError(fault.code, fault.what, fault.why, fault.remedy, fault.place, fault.repairs);
  }
}

/** Any thrown thing as a fault. What is no UserError is a fault of ours, said as such and without a stack. */
export function toFault(error: unknown, doing: string): Fault {
  if (error instanceof UserError) return error.toFault();
  return {
    code: 'internal',
    what: `${doing} failed.`,
    why: error instanceof Error ? error.message : String(error),
    remedy: 'This is a fault of Convloom. Please report it with the log (Help > Show log).',
    place: {},
    repairs: [],
  };
}
