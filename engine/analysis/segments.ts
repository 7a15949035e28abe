import type { Value } from '../ir/ir';
import { size } from '../ir/shape';
import type { Net } from './net';

/** A stretch of the net between two values that all of it passes through. */
export interface Segment {
  readonly input: Value;
  /** All that it computes, in order; its last value is what the rest of the net reads of it. */
  readonly values: readonly Value[];
  readonly output: Value;
}

type Computed = Pick<Net, 'input' | 'logits' | 'auxiliary' | 'values'>;

/** Weights and constants belong to no place in the net. */
const isGiven = (v: Value): boolean => v.op === 'weight' || v.op === 'constant';

/**
 * Cuts the net into stretches so that the values between them and the largest stretch take least memory together: for
 * a net of n equal layers about the square root of n of them.
 *
 * @see Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost. arXiv:1604.06174, section 4
 */
export function segmentsOf(net: Computed): readonly Segment[] {
  const stretches = stretchesOf(net);
  const total = stretches.reduce((sum, s) => sum + s.inside, 0);
  const best = { elements: Number.POSITIVE_INFINITY, parts: [stretches] as readonly (readonly Stretch[])[] };
  for (let count = 1; count <= stretches.length; count++) {
    const parts = packed(stretches, total / count);
    const wholes = parts.map((part) => ({
      inside: part.reduce((sum, s) => sum + s.inside, 0),
      output: part.at(-1)!.output,
    }));
    // more cuts only add to what lies between: in a net of thousands of layers most counts need not be tried
    if (between(wholes) >= best.elements) break;
    const elements = held(wholes);
    if (elements < best.elements) Object.assign(best, { elements, parts });
  }
  return best.parts.map((part, i) => ({
    input: i === 0 ? net.input : best.parts[i - 1]!.at(-1)!.output,
    values: part.flatMap((s) => s.values),
    output: part.at(-1)!.output,
  }));
}

interface Stretch {
  readonly values: readonly Value[];
  readonly output: Value;
  /** Elements of one picture that are computed in it, its output included. */
  readonly inside: number;
}

/** The shortest stretches that there are. */
function stretchesOf({ input, logits, auxiliary, values }: Computed): readonly Stretch[] {
  const heads = new Set(auxiliary.map((a) => a.logits));
  const lastReader = new Map<Value, number>();
  values.forEach((v, i) => {
    for (const read of v.inputs) lastReader.set(read, i);
  });
  const open = new Set<Value>();
  const found: Stretch[] = [];
  let since: Value[] = [];
  values.forEach((v, i) => {
    since.push(v);
    for (const read of v.inputs) if (lastReader.get(read) === i) open.delete(read);
    if (isGiven(v) || heads.has(v)) return;
    open.add(v);
    if (v === input || (open.size > 1 && v !== logits)) return;
    found.push({ values: since, output: v, inside: elementsOf(since, input) });
    since = [];
  });
  // what only an auxiliary classifier needs can come last
  const last = found.at(-1)!;
  return since.length === 0
    ? found
    : [...found.slice(0, -1), { ...last, values: [...last.values, ...since] }];
}

/** Neighbours joined as long as together they stay within `limit`. */
function packed(stretches: readonly Stretch[], limit: number): readonly (readonly Stretch[])[] {
  const parts: Stretch[][] = [];
  let room = 0;
  for (const s of stretches) {
    if (parts.length === 0 || s.inside > room) {
      parts.push([]);
      room = limit;
    }
    parts.at(-1)!.push(s);
    room -= s.inside;
  }
  return parts;
}

/** Elements of one picture that are in memory at most, of all that is computed. */
export function heldBySegments(net: Computed): { readonly held: number; readonly computed: number } {
  const wholes = segmentsOf(net).map(({ values, output }) => ({
    inside: elementsOf(values, net.input),
    output,
  }));
  return { held: held(wholes), computed: elementsOf(net.values, net.input) };
}

const elementsOf = (values: readonly Value[], input: Value): number =>
  values.reduce((sum, v) => sum + (isGiven(v) || v === input ? 0 : size(v.shape)), 0);

type Whole = Pick<Stretch, 'inside' | 'output'>;
const between = (parts: readonly Whole[]): number =>
  parts.slice(0, -1).reduce((sum, part) => sum + size(part.output.shape), 0);

/** Elements in memory at most: what lies between the parts, and all of the largest. */
const held = (parts: readonly Whole[]): number =>
  between(parts) + Math.max(...parts.map((part) => part.inside));
