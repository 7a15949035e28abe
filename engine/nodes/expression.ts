import { UserError } from '../errors';
import { arithmetic, Unreadable } from './arithmetic';

/** What a name in an expression stands for. */
export type Names = Readonly<Record<string, unknown>>;

/** Whether a parameter is worked out from those of the block around it: `=filters * 2`. */
export const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * The value of `=filters * 2`: arithmetic with names. A name alone may stand for anything, such as a word or [1, 7].
 * Nothing of it is ever run as code.
 *
 * @throws UserError `expression/unreadable`, `expression/name`, `expression/number`
 * @example evaluate('=(filters + 1) * 2', { filters: 3 }) // 8
 */
export function evaluate(text: string, names: Names): unknown {
  const body = text.slice(1).trim();
  if (NAME.test(body)) return lookUp(body, names, text);
  try {
    return arithmetic(body, (name) => asNumber(lookUp(name, names, text), name, text));
  } catch (error) {
    throw error instanceof Unreadable ? told(text, error) : error;
  }
}

const told = (text: string, { message, worded }: Unreadable): UserError =>
  worded
    ? new UserError(
        'expression/unreadable',
        `'${text}' cannot be read: ${message}.`,
        'It takes numbers, names of parameters, + - * / ^ % and brackets.',
        'Write it as =filters * 2.',
      )
    : new UserError(
        'expression/number',
        `'${text}' has no value: ${message}.`,
        'A parameter is a finite number.',
        'Change the expression, or the parameters that it names.',
      );

function lookUp(name: string, names: Names, text: string): unknown {
  if (Object.hasOwn(names, name)) return names[name];
  const known = Object.keys(names);
  throw new UserError(
    'expression/name',
    `'${text}' names '${name}', which is no parameter of the block.`,
    known.length > 0 ? `Its parameters are ${known.join(', ')}.` : 'The block has no parameters.',
    known.length > 0 ? `Write ${known[0]}, or give the block a parameter '${name}'.` : 'Write a number.',
  );
}

function asNumber(value: unknown, name: string, text: string): number {
  if (typeof value === 'number') return value;
  throw new UserError(
    'expression/number',
    `'${text}' counts with '${name}', which is no number.`,
    'Only numbers can be added, subtracted, multiplied and divided.',
    `Write =${name} alone to hand it on as it is.`,
  );
}
