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
  /** What TensorFlow rewrites in a graph before it runs it for the first time; left out, all that it can. */
  readonly rewrites?: 'all' | 'fusions' | undefined;
}
export type Mixed = 'bfloat16' | 'float16';

/** RewriterConfig's switch for each: auto_mixed_precision_onednn_bfloat16 (CPU), auto_mixed_precision (GPU). */
const SWITCH: Readonly<Record<Mixed, number>> = { bfloat16: 31, float16: 23 };
const [ON, OFF] = [1, 2];

/**
 * RewriterConfig without all but the remapper, which fuses a convolution with the layers behind it in a net in use:
 * layout, constants, arithmetic, dependencies, loops, functions, shapes, allocator and pins are off (2), memory is left
 * as it is (4: 1), one round (12: 1). On a CPU the rest makes no step faster and the first one wait, see
 * docs/performance.md.
 */
const FUSIONS_ONLY = [
  ...[1, 3, 7, 8, 9, 10, 13, 15, 18].flatMap((field) => number(field, OFF)),
  ...number(4, 1),
  ...number(12, 1),
];

/**
 * OptimizerOptions: level L0 (3: -1). The usual one computes what follows from constants alone once and keeps it: the
 * start values of all weights, a second and a third time.
 */
const KEEP_NO_CONSTANTS = [3 << 3, ...Array<number>(9).fill(255), 1];

/**
 * TensorFlow's ConfigProto, by hand: a few fields of a stable message need no protobuf library.
 *
 * @see tensorflow/core/protobuf/config.proto, fields 1, 2, 5, 6.4, 7, 10.3 and 10.10; rewriter_config.proto
 */
export function configProto({
  intra,
  inter,
  devices = {},
  mixed,
  rewrites = 'all',
}: SessionConfig): Uint8Array {
  const rewriter = [
    ...(rewrites === 'fusions' ? FUSIONS_ONLY : []),
    ...(mixed ? number(SWITCH[mixed], ON) : []),
  ];
  return Uint8Array.from([
    ...Object.entries(devices).flatMap(([type, count]) =>
      message(1, [...text(1, type), ...number(2, count)]),
    ),
    ...number(2, intra),
    ...number(5, inter),
    ...message(6, number(4, 1)), // allow_growth: take the GPU's memory as it is needed
    ...number(7, 1), // allow_soft_placement: an op without a GPU kernel runs on the CPU
    ...message(10, [...message(3, KEEP_NO_CONSTANTS), ...(rewriter.length > 0 ? message(10, rewriter) : [])]),
  ]);
}

function number(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)];
}
const message = (field: number, bytes: readonly number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(bytes.length),
  ...bytes,
];
const text = (field: number, value: string): number[] => message(field, [...Buffer.from(value)]);
function varint(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)];
}
