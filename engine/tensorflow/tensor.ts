import type { CApi, Pointer } from './c-api';

/** TensorFlow's numbers of its element types. */
export const DataType = { float32: 1, int32: 3, uint8: 4, int64: 9, bool: 10 } as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

/** A tensor in TensorFlow's memory; freed by `delete`, which is called once. */
export interface Tensor {
  readonly pointer: Pointer;
}

/** Copies `data` into a new tensor of `dims`. */
export function makeTensor(c: CApi, type: DataType, dims: readonly number[], data: ArrayBufferView): Tensor {
  const pointer = c.allocateTensor(type, BigInt64Array.from(dims, BigInt), dims.length, data.byteLength);
  if (!pointer) throw new Error(`no tensor of ${dims.join('×')}`);
  if (data.byteLength > 0) c.toMemory(c.tensorData(pointer), data, data.byteLength);
  return { pointer };
}

/** A copy of the tensor's bytes. (A view would be faster, but Electron forbids memory from outside.) */
export function readTensor(c: CApi, tensor: Tensor): ArrayBuffer {
  const bytes = Number(c.tensorByteSize(tensor.pointer));
  const copy = new Uint8Array(bytes);
  if (bytes > 0) c.fromMemory(copy, c.tensorData(tensor.pointer), bytes);
  return copy.buffer;
}

export const deleteTensor = (c: CApi, tensor: Tensor): void => c.deleteTensor(tensor.pointer);
