import { z } from 'zod';
import { USUAL_HELP } from './field-help';

/**
 * The parameter schemas that nodes are made of. Each carries what the inspector needs to draw its field, so a node
 * states a parameter once. `only` hides a field where it has no meaning, e.g. alpha for a plain ReLU.
 */
export interface FieldHints {
  readonly title: string;
  /** One sentence without its full stop; left out, that of the parameter's name in field-help.ts. */
  readonly help?: string;
  /** What the number counts, as it stands behind it: `px`. */
  readonly unit?: string;
  /** Values worth one click. */
  readonly quick?: readonly (number | string)[];
  /** Sensible values in rising order, for a slider; each is about as much more than the one before. */
  readonly stops?: readonly number[];
  readonly only?: (params: Record<string, unknown>) => boolean;
}
type Control =
  | { readonly control: 'int' | 'number'; readonly min: number; readonly max: number }
  | { readonly control: 'pair' | 'triple'; readonly min: number; readonly max: number }
  | { readonly control: 'padding' }
  | { readonly control: 'shape' }
  | { readonly control: 'toggle' }
  | { readonly control: 'choice'; readonly options: readonly string[] }
  | { readonly control: 'text' }
  /** What no single entry can show: the canvas or a form of its own edits it. */
  | { readonly control: 'record' };
export type Field = FieldHints & Control & { readonly name: string };

const hintsOf = new WeakMap<z.ZodType, FieldHints & Control>();
function field<S extends z.ZodType>(schema: S, hints: FieldHints & Control): S {
  hintsOf.set(schema, hints);
  return schema;
}

/** The fields of a node's parameters, in the order they are declared; always the same ones. */
export function fieldsOf(params: z.ZodObject): readonly Field[] {
  const known = fieldsOfParams.get(params);
  if (known) return known;
  const fields = Object.entries(params.shape).flatMap(([name, schema]) => {
    const hints = hintsOf.get(schema as z.ZodType);
    const help = USUAL_HELP[name];
    return hints ? [{ name, ...(help !== undefined && { help }), ...hints }] : [];
  });
  fieldsOfParams.set(params, fields);
  return fields;
}
const fieldsOfParams = new WeakMap<z.ZodObject, readonly Field[]>();

const MAX = 65_536;
interface Range {
  readonly min?: number;
  readonly max?: number;
}

export function int(start: number, { min = 1, max = MAX, ...hints }: FieldHints & Range) {
  return field(z.number().int().min(min).max(max).default(start), { control: 'int', min, max, ...hints });
}
/** From 1 to 4096 by doubling, with the half way between. */
const CHANNELS: readonly number[] = [
  ...[1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96],
  ...[128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096],
];
/** A number of channels, filters or units: a slider goes through the usual ones. */
export const channelCount = (start: number, { min = 1, max = MAX, ...hints }: FieldHints & Range) =>
  int(start, { min, max, stops: CHANNELS.filter((n) => n >= min && n <= max), ...hints });
export function real(start: number, { min = 0, max = 1e6, ...hints }: FieldHints & Range) {
  return field(z.number().min(min).max(max).default(start), { control: 'number', min, max, ...hints });
}
export function toggle(start: boolean, hints: FieldHints) {
  return field(z.boolean().default(start), { control: 'toggle', ...hints });
}
export function choice<const O extends readonly [string, ...string[]]>(
  start: O[number],
  options: O,
  hints: FieldHints,
) {
  // zod wants the default as the schema's own output type, which for a literal tuple is O[number]
  return field(z.enum(options).default(start as never), { control: 'choice', options, ...hints });
}

const side = (min: number, max: number) => z.number().int().min(min).max(max);
/** One number for both axes, or [height, width]. */
export function pair(start: number, { min = 1, max = 1024, ...hints }: FieldHints & Range) {
  const schema = z.union([side(min, max), z.tuple([side(min, max), side(min, max)])]).default(start);
  return field(schema, { control: 'pair', min, max, ...hints });
}
export type PairParam = number | [number, number];
export const asPair = (p: PairParam): [number, number] => (typeof p === 'number' ? [p, p] : p);
/** `3×3`, `1×7` */
export const formatPair = (p: PairParam): string => asPair(p).join('×');

/** One number for time, height and width, or [time, height, width]. */
export function triple(
  start: number | [number, number, number],
  { min = 1, max = 1024, ...hints }: FieldHints & Range,
) {
  const one = side(min, max);
  const schema = z.union([one, z.tuple([one, one, one])]).default(start);
  return field(schema, { control: 'triple', min, max, ...hints });
}
export type TripleParam = number | [number, number, number];
export const asTriple = (p: TripleParam): [number, number, number] => (typeof p === 'number' ? [p, p, p] : p);
/** `3×3×3`, `1×7×7` */
export const formatTriple = (p: TripleParam): string => asTriple(p).join('×');

/**
 * `same` (ceil(side / stride) pixels), `valid` (none), or zero pixels: one number, [vertical, horizontal], or
 * [top, bottom, left, right].
 */
export function padding(start: 'same' | 'valid' | number, hints: FieldHints) {
  const pixels = side(0, 1024);
  const four = z.tuple([pixels, pixels, pixels, pixels]);
  const schema = z.union([z.enum(['same', 'valid']), pixels, z.tuple([pixels, pixels]), four]).default(start);
  return field(schema, { control: 'padding', ...hints });
}
export type PaddingParam = 'same' | 'valid' | PairParam | [number, number, number, number];

/** `same`, `valid`, or zero pixels on both sides: one number, or [time, height, width]. */
export function padding3(start: 'same' | 'valid' | TripleParam, hints: FieldHints) {
  const pixels = side(0, 1024);
  const schema = z
    .union([z.enum(['same', 'valid']), pixels, z.tuple([pixels, pixels, pixels])])
    .default(start);
  return field(schema, { control: 'padding', ...hints });
}
export type Padding3Param = 'same' | 'valid' | TripleParam;

/** [height, width, channels]; [length, channels] of a sequence; [time, height, width, channels] of a video. */
export function mapShape(start: readonly [number, number, number], hints: FieldHints) {
  const axis = side(1, 16_384);
  const channels = side(1, MAX);
  const schema = z
    .union([
      z.tuple([axis, axis, channels]),
      z.tuple([axis, channels]),
      z.tuple([axis, axis, axis, channels]),
    ])
    .default([...start]);
  return field(schema, { control: 'shape', ...hints });
}

/** A word, such as the type of another kind. */
export function text(start: string, hints: FieldHints) {
  return field(z.string().max(200).default(start), { control: 'text', ...hints });
}
/** Any schema with a default that no single entry can show. */
export function record<S extends z.ZodType>(schema: S, hints: FieldHints): S {
  return field(schema, { control: 'record', ...hints });
}

/** How kernels start; the same choice for every kind that has some. */
export const initial = () =>
  choice('he', ['he', 'he-uniform', 'glorot', 'glorot-uniform', 'lecun', 'truncated', 'orthogonal'], {
    title: 'Initial',
    help: 'How the kernel starts',
  });
export const bias = (start = true) =>
  toggle(start, { title: 'Bias', help: 'Leave out before a batch norm, which has its own' });
export const biasStart = () =>
  real(0, {
    title: 'Bias start',
    min: -100,
    max: 100,
    help: 'Value that every bias starts at',
    only: (p) => p['bias'] === true,
  });
/** What pulls at a kernel in training. */
export const penalty = () => ({
  decay: toggle(true, { title: 'Decay', help: "Whether the training's weight decay pulls at the kernel" }),
  l1: real(0, {
    title: 'L1',
    max: 1,
    help: 'Adds l1 Σ|w| to what training makes small: weights become zero',
  }),
  l2: real(0, { title: 'L2', max: 1, help: 'Adds l2 Σw² to what training makes small, besides the decay' }),
});
export const epsilon = (start: number) =>
  real(start, { title: 'Epsilon', min: 1e-8, max: 1, help: 'Added to the variance' });
export const momentum = (start = 0.9) =>
  real(start, {
    title: 'Momentum',
    max: 0.9999,
    help: 'Share of the old running value kept at each step; PyTorch gives 1 minus this',
    quick: [0.9, 0.99],
  });
/** Of every batch norm in a block. */
export const normFields = (start = 1e-5, kept = 0.9) => ({
  epsilon: epsilon(start),
  momentum: momentum(kept),
});
export const stochasticDepth = () =>
  real(0, {
    title: 'Stochastic depth',
    max: 0.9,
    help: 'Share of the pictures for which the block is left out while training',
  });
export const padMode = () =>
  choice('zeros', ['zeros', 'reflect', 'replicate', 'circular'], {
    title: 'Pad with',
    help: 'What stands around the map: zeros, the map mirrored, its border again, or its other side',
    only: (p) => p['padding'] !== 'valid' && p['padding'] !== 0,
  });
