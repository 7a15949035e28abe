import { UserError } from '../../errors';

/** Numbers of one kind. 64-bit integers come as doubles: pictures and labels are far below 2^53. */
export type Numbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** An array in a file: known by its header, read when it is needed. */
export interface FileArray {
  /** Its name inside of the file. */
  readonly name: string;
  readonly file: string;
  readonly shape: readonly number[];
  /** Whether the last axis runs fastest ('C') or the first one, as in MATLAB and Fortran. */
  readonly order: 'C' | 'F';
  read(): Promise<Numbers>;
}

export const countOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/** How far apart two neighbours along each axis lie. */
export function stridesOf({ shape, order }: Pick<FileArray, 'shape' | 'order'>): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let k = 0; k < shape.length; k++) {
    const axis = order === 'F' ? k : shape.length - 1 - k;
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

export const arrayFault = (
  code: string,
  { name, file }: Pick<FileArray, 'name' | 'file'>,
  what: string,
  why: string,
  remedy: string,
): UserError => new UserError(code, `The array '${name}' ${what}`, why, remedy, { file });
