/** What a session is told about threads and devices. */
export interface SessionConfig {
  /** Threads of one operation. */
  readonly intra: number;
  /** Operations at the same time. */
  readonly inter: number;
  /** How many devices of a type there are, where it is not as many as the machine has: `{ GPU: 0 }`, `{ CPU: 4 }`. */
  readonly devices?: Readonly<Partial<Record<'CPU' | 'GPU', number>>>;
  /** What convolutions and products are computed in, where it is not 32 bits. */
  readonly mixed?: Mixed | undefined;
}
export type Mixed = 'bfloat16' | 'float16';

/** RewriterConfig's switch for each: auto_mixed_precision_onednn_bfloat16 (CPU), auto_mixed_precision (GPU). */
const SWITCH: Readonly<Record<Mixed, number>> = { bfloat16: 31, float16: 23 };
const ON = 1;

/**
 * TensorFlow's ConfigProto, by hand: a few fields of a stable message need no protobuf library.
 *
 * @see tensorflow/core/protobuf/config.proto, fields 1, 2, 5, 6.4, 7 and 10.10; rewriter_config.proto
 */
export function configProto({ intra, inter, devices = {}, mixed }: SessionConfig): Uint8Array {
  return Uint8Array.from([
    ...Object.entries(devices).flatMap(([type, count]) =>
      message(1, [...text(1, type), ...number(2, count)]),
    ),
    ...number(2, intra),
    ...number(5, inter),
    ...message(6, number(4, 1)), // allow_growth: take the GPU's memory as it is needed
    ...number(7, 1), // allow_soft_placement: an op without a GPU kernel runs on the CPU
    ...(mixed ? message(10, message(10, number(SWITCH[mixed], ON))) : []),
  ]);
}

const number = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const message = (field: number, bytes: readonly number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(bytes.length),
  ...bytes,
];
const text = (field: number, value: string): number[] => message(field, [...Buffer.from(value)]);
function varint(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)];
}
