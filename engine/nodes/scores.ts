import { UserError } from '../errors';
import { formatShape, type Shape, size } from '../ir/shape';

/** A classifier takes one score a class. @throws UserError `output/not-a-vector`, `output/classes` */
export function requireScores(shape: Shape, classes: number): void {
  if (shape.length !== 1) throw notVector(shape, classes);
  if (shape[0] !== classes) throw wrongCount(shape[0]!, classes);
}

function wrongCount(scores: number, classes: number): UserError {
  const units = `Set units of the Dense before it to ${classes}`;
  return new UserError(
    'output/classes',
    `${scores} ${scores === 1 ? 'score comes' : 'scores come'} in for ${classes} classes.`,
    'The net gives each class a score of its own.',
    scores < 2 ? `${units}.` : `${units}, or classes to ${scores}.`,
    { param: 'classes' },
  );
}

function notVector(shape: Shape, classes: number): UserError {
  return new UserError(
    'output/not-a-vector',
    `A map of ${formatShape(shape)} comes in; it takes a vector of ${classes} scores.`,
    'A picture belongs to one class, so the scores have no height and width.',
    size(shape) === classes
      ? 'Put a Flatten before it.'
      : `Put a Flatten and a Dense of ${classes} units before it.`,
    { port: 'x' },
  );
}
