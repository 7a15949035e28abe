/** What a session is told about threads and devices. */
export interface SessionConfig {
  /** Threads of one operation. */
  readonly intra: number;
  /** Operations at the same time. */
  readonly inter: number;
}

/**
 * TensorFlow's ConfigProto, by hand: four fields of a stable message need no protobuf library.
 *
 * @see tensorflow/core/protobuf/config.proto, fields 2, 5, 6.4 and 7
 */
export function configProto({ intra, inter }: SessionConfig): Uint8Array {
  const gpuOptions = [tag(4, 0), 1]; // allow_growth: take the GPU's memory as it is needed
  return Uint8Array.from([
    ...[tag(2, 0), ...varint(intra)],
    ...[tag(5, 0), ...varint(inter)],
    ...[tag(6, 2), gpuOptions.length, ...gpuOptions],
    ...[tag(7, 0), 1], // allow_soft_placement: an op without a GPU kernel runs on the CPU
  ]);
}

const tag = (field: number, wire: number): number => (field << 3) | wire;
function varint(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)];
}
