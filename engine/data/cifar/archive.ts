import { basename } from 'node:path';
import { UserError } from '../../errors';
import { isCall, type Pickled, readPickle } from './pickle';

/**
 * A batch of the Python version: a pickled dict of an array [n, 3072] of bytes under `data` and a list of labels.
 *
 * @throws UserError `data/pickle`, `data/not-cifar`
 */
export function readArchive(
  bytes: Uint8Array,
  path: string,
  key: string,
): { readonly planes: Uint8Array; readonly labels: readonly number[] } {
  const batch = readPickle(bytes, path);
  if (!(batch instanceof Map)) throw notCifar(path, 'it holds no dict');
  const planes = bytesOf(entry(batch, 'data'));
  if (!planes) throw notCifar(path, "its 'data' is no array of bytes");
  const labels = entry(batch, key);
  const isLabel = (l: unknown): l is number =>
    typeof l === 'number' && Number.isInteger(l) && l >= 0 && l < 256;
  if (!Array.isArray(labels) || !labels.every(isLabel)) throw notCifar(path, `its '${key}' are no labels`);
  return { planes, labels };
}

/** Keys are text in Python 2's pickle, and text or bytes in later ones. */
function entry(batch: ReadonlyMap<Pickled, Pickled>, key: string): Pickled | undefined {
  for (const [k, value] of batch) {
    const bytes = rawBytes(k);
    const name = bytes ? Buffer.from(bytes).toString('latin1') : k;
    if (name === key) return value;
  }
  return undefined;
}

/** Python 3 writes bytes for Python 2 as text of 256 signs that is to be encoded. */
function rawBytes(value: Pickled | undefined): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (!isCall(value) || value.name !== '_codecs.encode') return undefined;
  const [text, how] = value.inputs;
  return typeof text === 'string' && how === 'latin1' ? Buffer.from(text, 'latin1') : undefined;
}

/** The bytes of a pickled NumPy array: (version, shape, type, order of columns, bytes) is its state. */
function bytesOf(value: Pickled | undefined): Uint8Array | undefined {
  if (!isCall(value) || !/^numpy\.(_?core)\.multiarray\._reconstruct$/.test(value.name)) return undefined;
  const { state } = value;
  if (!Array.isArray(state) || state.length !== 5) return undefined;
  const [, shape, type, columnsFirst, content] = state as readonly Pickled[];
  const bytes = rawBytes(content);
  const isByte = isCall(type) && type.inputs[0] === 'u1';
  const whole = bytes !== undefined && Array.isArray(shape) && shape.length === 2;
  if (!isByte || !whole || columnsFirst === true || columnsFirst === 1) return undefined;
  const [rows, columns] = shape as unknown as readonly [number, number];
  return rows * columns === bytes.length ? bytes : undefined;
}

const notCifar = (path: string, why: string): UserError =>
  new UserError(
    'data/not-cifar',
    `${basename(path)} is no batch of CIFAR.`,
    `It is Python's, but ${why}.`,
    'Choose the folder of the archive of CIFAR-10 or CIFAR-100.',
    { file: path },
  );
