import { UserError } from '../errors';
import { formatShape, type Shape, sameShape } from '../ir/shape';

/** For what joins value by value. @param ports their names; x1, x2, … when left out. @throws UserError `merge/shapes` */
export function requireSameShapes(shapes: readonly Shape[], ports?: readonly string[]): void {
  const other = shapes.findIndex((s) => !sameShape(s, shapes[0]!));
  if (other < 0) return;
  const filters = (_: Shape, small: Shape) => small.at(-1)!;
  const why = 'Values are joined one by one, so that all shapes must be equal.';
  throw mismatch(shapes, other, why, filters, ports);
}

/** The same, but a later one may be spread over every pixel of the first: a vector of its channels, or one pixel of them. */
export function requireSpreadable(shapes: readonly Shape[]): void {
  const [first] = shapes as readonly [Shape];
  const spreads = (s: Shape) => s.at(-1) === first.at(-1) && s.slice(0, -1).every((d) => d === 1);
  if (
    shapes.slice(1).every((s) => sameShape(s, first) || (spreads(s) && [1, first.length].includes(s.length)))
  )
    return;
  requireSameShapes(shapes);
}

/** For what stacks maps along `axis`: all other sides are equal. @throws UserError `merge/shapes` */
export function requireSameSides(shapes: readonly Shape[], axis: number): void {
  const rest = (s: Shape) => s.filter((_, i) => i !== axis);
  const other = shapes.findIndex(
    (s) => s.length !== shapes[0]!.length || !sameShape(rest(s), rest(shapes[0]!)),
  );
  if (other < 0) return;
  const channels = axis === shapes[0]!.length - 1;
  const why = channels
    ? 'Channels are stacked at each pixel, so that heights and widths must be equal.'
    : 'Maps are laid end to end along one axis, so that all other sides must be equal.';
  throw mismatch(shapes, other, why, (big) => big.at(-1)!);
}

/** Filters of the convolution that brings the big map to the sides of the small one. */
type Filters = (big: Shape, small: Shape) => number;

function mismatch(
  shapes: readonly Shape[],
  other: number,
  why: string,
  filters: Filters,
  ports: readonly string[] = shapes.map((_, i) => `x${i + 1}`),
): UserError {
  const [a, b] = [shapes[0]!, shapes[other]!];
  const [first, port] = [ports[0]!, ports[other]!];
  return new UserError(
    'merge/shapes',
    `${first} is ${formatShape(a)}, but ${port} is ${formatShape(b)}.`,
    why,
    remedy(a, b, [first, port], filters),
    { port },
  );
}

/** What brings one of the two shapes to the other, with the numbers to set. */
function remedy(a: Shape, b: Shape, [first, port]: readonly [string, string], filters: Filters): string {
  if (a.length !== b.length) {
    const [map, vector] = a.length > b.length ? [first, port] : [port, first];
    return `Put a Flatten or Global average pool on the wire of ${map}, or connect ${vector} to a map.`;
  }
  if (a.length === 1) return `Put a Dense of ${a[0]} units on the wire of ${port}.`;
  if (a.length !== 3) return `Set the layers before, so that both are ${formatShape(a)}.`;
  if (sameShape(a.slice(0, 2), b.slice(0, 2))) {
    return `Put a Conv 1×1 of ${a[2]} filters on the wire of ${port}.`;
  }
  const [big, small, from] = a[0]! >= b[0]! ? [a, b, first] : [b, a, port];
  const stride = strideBetween(big, small);
  return stride === undefined
    ? `Set stride and padding of the layers before, so that both are ${small[0]}×${small[1]}.`
    : `Put a Conv 1×1 of ${filters(big, small)} filters with stride ${stride} on the wire of ${from}.`;
}

/** The stride s with ceil(side / s) = the smaller side on both axes, if there is one. */
function strideBetween(big: Shape, small: Shape): number | undefined {
  const stride = Math.ceil(big[0]! / small[0]!);
  const fits = [0, 1].every((i) => Math.ceil(big[i]! / stride) === small[i]!);
  return fits ? stride : undefined;
}
