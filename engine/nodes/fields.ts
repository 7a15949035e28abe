import { z } from 'zod';

/**
 * The parameter schemas that nodes are made of. Each carries what the inspector needs to draw its field, so a node
 * states a parameter once. `only` hides a field where it has no meaning, e.g. alpha for a plain ReLU.
 */
export interface FieldHints {
  readonly title: string;
  readonly help?: string;
  /** Values worth one click. */
  readonly quick?: readonly (number | string)[];
  readonly only?: (params: Record<string, unknown>) => boolean;
}
type Control =
  | { readonly control: 'int' | 'number'; readonly min: number; readonly max: number }
  | { readonly control: 'pair'; readonly min: number; readonly max: number }
  | { readonly control: 'padding' }
  | { readonly control: 'shape' }
  | { readonly control: 'toggle' }
  | { readonly control: 'choice'; readonly options: readonly string[] };
export type Field = FieldHints & Control & { readonly name: string };

const hintsOf = new WeakMap<z.ZodType, FieldHints & Control>();
function field<S extends z.ZodType>(schema: S, hints: FieldHints & Control): S {
  hintsOf.set(schema, hints);
  return schema;
}

/** The fields of a node's parameters, in the order they are declared. */
export const fieldsOf = (params: z.ZodObject): readonly Field[] =>
  Object.entries(params.shape).flatMap(([name, schema]) => {
    const hints = hintsOf.get(schema as z.ZodType);
    return hints ? [{ name, ...hints }] : [];
  });

const MAX = 65_536;
interface Range {
  readonly min?: number;
  readonly max?: number;
}

export function int(start: number, { min = 1, max = MAX, ...hints }: FieldHints & Range) {
  return field(z.number().int().min(min).max(max).default(start), { control: 'int', min, max, ...hints });
}
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

/** `same` (ceil(side / stride) pixels), `valid` (none), or zero pixels on both sides: one number or [vertical, horizontal]. */
export function padding(start: 'same' | 'valid' | number, hints: FieldHints) {
  const pixels = side(0, 1024);
  const schema = z.union([z.enum(['same', 'valid']), pixels, z.tuple([pixels, pixels])]).default(start);
  return field(schema, { control: 'padding', ...hints });
}
export type PaddingParam = 'same' | 'valid' | PairParam;

/** [height, width, channels] */
export function mapShape(start: [number, number, number], hints: FieldHints) {
  const schema = z.tuple([side(1, 16_384), side(1, 16_384), side(1, MAX)]).default(start);
  return field(schema, { control: 'shape', ...hints });
}
