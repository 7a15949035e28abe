import { UserError } from '../errors';
import { formatShape, type Shape, sameShape } from '../ir/shape';

/** For what joins value by value. @throws UserError `merge/shapes` */
export function requireSameShapes(shapes: readonly Shape[]): void {
  const other = shapes.findIndex((s) => !sameShape(s, shapes[0]!));
  if (other < 0) return;
  const filters = (_: Shape, small: Shape) => small[2]!;
  throw mismatch(shapes, other, 'Values are joined one by one, so that all shapes must be equal.', filters);
}

/** For what stacks channels. @throws UserError `merge/shapes` */
export function requireSameSides(shapes: readonly Shape[]): void {
  const other = shapes.findIndex((s) => !sameShape(s.slice(0, -1), shapes[0]!.slice(0, -1)));
  if (other < 0) return;
  const why = 'Channels are stacked at each pixel, so that heights and widths must be equal.';
  throw mismatch(shapes, other, why, (big) => big[2]!);
}

/** Filters of the convolution that brings the big map to the sides of the small one. */
type Filters = (big: Shape, small: Shape) => number;

function mismatch(shapes: readonly Shape[], other: number, why: string, filters: Filters): UserError {
  const [a, b] = [shapes[0]!, shapes[other]!];
  const port = `x${other + 1}`;
  return new UserError(
    'merge/shapes',
    `x1 is ${formatShape(a)}, but ${port} is ${formatShape(b)}.`,
    why,
    remedy(a, b, port, filters),
    { port },
  );
}

/** What brings one of the two shapes to the other, with the numbers to set. */
function remedy(a: Shape, b: Shape, port: string, filters: Filters): string {
  if (a.length !== b.length) {
    const [map, vector] = a.length === 3 ? ['x1', port] : [port, 'x1'];
    return `Put a Flatten or Global average pool on the wire of ${map}, or connect ${vector} to a map.`;
  }
  if (a.length === 1) return `Put a Dense of ${a[0]} units on the wire of ${port}.`;
  if (sameShape(a.slice(0, 2), b.slice(0, 2))) {
    return `Put a Conv 1×1 of ${a[2]} filters on the wire of ${port}.`;
  }
  const [big, small, from] = a[0]! >= b[0]! ? [a, b, 'x1'] : [b, a, port];
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
