import { basename } from 'node:path';
import { UserError } from '../../errors';
import { countOf, type Numbers } from '../arrays/array';
import { MAX_SPLIT } from '../limits';

/** The header of an npy file. */
export interface NpyHeader {
  readonly shape: readonly number[];
  readonly order: 'C' | 'F';
  /** As NumPy writes it: `<f4`, `|u1`. */
  readonly type: string;
  /** Bytes before the numbers. */
  readonly offset: number;
}

/** Bytes of one number of each kind that is read. */
const SIZES: Readonly<Record<string, number>> = {
  ...{ b1: 1, u1: 1, i1: 1, u2: 2, i2: 2, u4: 4, i4: 4, u8: 8, i8: 8 },
  ...{ f2: 2, f4: 4, f8: 8 },
};

/**
 * @param size bytes of the whole array with its header, which must be what the header says
 * @throws UserError `data/not-npy`, `data/npy-type`, `data/truncated`, `data/too-large`
 * @see NumPy documentation, numpy.lib.format
 */
export function readNpyHeader(bytes: Uint8Array, size: number, file: string, name: string): NpyHeader {
  const text = headerText(bytes);
  const type = text && /'descr':\s*'([^']+)'/.exec(text)?.[1];
  const order = text && /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const dims = text && /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (text !== undefined && !type) throw wrongType(file, name, 'a record of several fields');
  if (!text || !type || !order || dims === undefined) throw notNpy(file, name);
  const each = SIZES[type.slice(1)];
  if (!each || !/^[<>|=]/.test(type)) throw wrongType(file, name, namesOf(type));
  const shape = (dims.match(/\d+/g) ?? []).map(Number);
  const offset = bytesBefore(bytes);
  const promised = countOf(shape) * each + offset;
  if (promised !== size) throw truncated(file, name, promised, size);
  if (promised > MAX_SPLIT) throw tooLarge(file, name, promised);
  return { shape, order: order === 'True' ? 'F' : 'C', type, offset };
}

const isNpy = (bytes: Uint8Array): boolean =>
  bytes.length >= 12 && bytes[0] === 0x93 && Buffer.from(bytes.subarray(1, 6)).toString('latin1') === 'NUMPY';

/** Version 1 has a length of two bytes, later ones of four. */
function lengths(bytes: Uint8Array): readonly [start: number, length: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
}
function bytesBefore(bytes: Uint8Array): number {
  const [start, length] = lengths(bytes);
  return start + length;
}
function headerText(bytes: Uint8Array): string | undefined {
  if (!isNpy(bytes) || bytes[6]! < 1 || bytes[6]! > 3) return undefined;
  const [start, length] = lengths(bytes);
  if (start + length > bytes.length) return undefined;
  const text = Buffer.from(bytes.subarray(start, start + length))
    .toString('latin1')
    .trim();
  return text.startsWith('{') && text.endsWith('}') ? text : undefined;
}

/** The numbers behind the header, in the byte order of this machine. */
export function readNpyNumbers(bytes: Uint8Array, { type, offset, shape }: NpyHeader): Numbers {
  const kind = type.slice(1);
  // copied, as slice of a Buffer would not: typed arrays start at multiples of their numbers' size
  const data = new Uint8Array(bytes.subarray(offset));
  const size = SIZES[kind]!;
  if (type[0] === '>' && size > 1) reverse(data, size);
  const n = countOf(shape);
  const { buffer } = data;
  if (kind === 'u8') return Float64Array.from(new BigUint64Array(buffer, 0, n), Number);
  if (kind === 'i8') return Float64Array.from(new BigInt64Array(buffer, 0, n), Number);
  if (kind === 'f2') return Float32Array.from(new Uint16Array(buffer, 0, n), halfToFloat);
  if (kind === 'b1') return Float32Array.from(data);
  return new VIEWS[kind as keyof typeof VIEWS](buffer, 0, n);
}

const VIEWS = {
  ...{ u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, u4: Uint32Array, i4: Int32Array },
  ...{ f4: Float32Array, f8: Float64Array },
} as const;

function reverse(data: Uint8Array, size: number): void {
  for (let at = 0; at + size <= data.length; at += size) data.subarray(at, at + size).reverse();
}

/** @see IEEE 754, binary16 */
function halfToFloat(half: number): number {
  const [sign, exponent, fraction] = [half >> 15 ? -1 : 1, (half >> 10) & 31, half & 1023];
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function namesOf(type: string): string {
  const kinds: Readonly<Record<string, string>> = {
    ...{
      O: 'Python objects',
      U: 'text',
      S: 'text',
      c: 'complex numbers',
      M: 'dates',
      m: 'times',
      V: 'raw bytes',
    },
  };
  return kinds[type.replace(/^[<>|=]/, '')[0] ?? ''] ?? `numbers of the kind '${type}'`;
}

const AGAIN = 'Copy or download the file again, and compare its size with the source.';
const notNpy = (file: string, name: string): UserError =>
  new UserError(
    'data/not-npy',
    `'${name}' in ${basename(file)} is no array of NumPy.`,
    'An array starts with 93 and NUMPY, and a line that tells type, order and shape.',
    'Save it again with np.save or np.savez.',
    { file },
  );
const wrongType = (file: string, name: string, holds: string): UserError =>
  new UserError(
    'data/npy-type',
    `'${name}' in ${basename(file)} holds ${holds}.`,
    'Pictures and labels are numbers. Python objects would be programs to run, and are never read.',
    'Save pictures with .astype("uint8"), and labels as np.unique(names, return_inverse=True)[1].',
    { file },
  );
const truncated = (file: string, name: string, promised: number, has: number): UserError =>
  new UserError(
    'data/truncated',
    `'${name}' in ${basename(file)} promises ${promised.toLocaleString('en')} bytes, and holds ${has.toLocaleString('en')}.`,
    'Every number that the header counts must be there, and no other.',
    AGAIN,
    { file },
  );
const tooLarge = (file: string, name: string, promised: number): UserError =>
  new UserError(
    'data/too-large',
    `'${name}' in ${basename(file)} has ${promised.toLocaleString('en')} bytes.`,
    `An array is held in memory whole, and at most ${MAX_SPLIT.toLocaleString('en')} bytes are read.`,
    'Save the pictures as bytes (uint8), or fewer of them.',
    { file },
  );
