/** Sizes without the batch axis: [height, width, channels] of a map, [length] of a vector. */
export type Shape = readonly number[];

export const size = (shape: Shape): number => shape.reduce((n, d) => n * d, 1);

/** As it is written everywhere in the app: `28×28×16`; a vector is just its length. */
export const formatShape = (shape: Shape): string => shape.join('×');

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, i) => d === b[i]);
