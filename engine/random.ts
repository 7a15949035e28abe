/**
 * A stream of numbers in [0, 1) that depends on its seeds alone.
 *
 * @see Blackman, Vigna. Scrambled Linear Pseudorandom Number Generators. 2021: xoshiro128**, seeded by splitmix32
 */
export function random(...seeds: readonly number[]): () => number {
  let state = seeds.reduce((h, s) => Math.imul(h ^ s, 0x9e3779b1) >>> 0, 0x85ebca6b);
  const split = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [split(), split(), split(), split()];
  const rotate = (x: number, k: number) => ((x << k) | (x >>> (32 - k))) >>> 0;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5) >>> 0, 7), 9) >>> 0;
    const t = (b << 9) >>> 0;
    c = (c ^ a) >>> 0;
    d = (d ^ b) >>> 0;
    b = (b ^ c) >>> 0;
    a = (a ^ d) >>> 0;
    c = (c ^ t) >>> 0;
    d = rotate(d, 11);
    return result / 2 ** 32;
  };
}

/** Fisher-Yates: a new array in an order that depends on the seeds alone. */
export function shuffled(values: Int32Array, ...seeds: readonly number[]): Int32Array {
  const next = random(...seeds);
  const out = values.slice();
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/**
 * A number of the distribution Beta(alpha, alpha), by two of Gamma(alpha).
 *
 * @see Marsaglia, Tsang 2000, A simple method for generating gamma variables
 */
export function beta(next: () => number, alpha: number): number {
  const [a, b] = [gamma(next, alpha), gamma(next, alpha)];
  return a + b > 0 ? a / (a + b) : 0.5;
}

function gamma(next: () => number, shape: number): number {
  if (shape < 1) return gamma(next, shape + 1) * (1 - next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - next()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

export const range = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

/** `validation` of `count` pictures, held back, and those that are left; each in rising order, none in both. */
export function splitOf(count: number, validation: number, seed: number) {
  const order = shuffled(range(count), seed, 0);
  return { validation: order.slice(0, validation).sort(), training: order.slice(validation).sort() };
}
