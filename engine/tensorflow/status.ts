import { UserError } from '../errors';
import type { CApi, Pointer } from './c-api';

const RESOURCE_EXHAUSTED = 8;

/** A fault inside TensorFlow, with its own text. */
export class TensorFlowError extends Error {
  override readonly name = 'TensorFlowError';
  constructor(
    readonly code: number,
    readonly doing: string,
    message: string,
  ) {
    super(`${doing}: ${message}`);
  }
}

/** Calls `run` with a fresh status and throws what it says. @throws UserError `tensorflow/memory`, TensorFlowError */
export function withStatus<T>(c: CApi, doing: string, run: (status: Pointer) => T): T {
  const status = c.newStatus();
  try {
    const result = run(status);
    check(c, status, doing);
    return result;
  } finally {
    c.deleteStatus(status);
  }
}

export function check(c: CApi, status: Pointer, doing: string): void {
  const code: number = c.getCode(status);
  if (code === 0) return;
  const message: string = c.message(status);
  if (code === RESOURCE_EXHAUSTED) throw outOfMemory(message);
  throw new TensorFlowError(code, doing, message);
}

function outOfMemory(message: string): UserError {
  const shape = /shape\s*\[([\d,]+)\]/.exec(message)?.[1];
  return new UserError(
    'tensorflow/memory',
    shape
      ? `There is no memory left for a tensor of ${shape.replaceAll(',', '×')}.`
      : 'There is no memory left.',
    "A training step keeps every layer's result for the backward pass, once for each picture of the batch.",
    'Halve the batch size, or make the pictures or the filters smaller.',
    { setting: 'batch' },
  );
}
