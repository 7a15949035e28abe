import { UserError } from '../errors';

/** What a name in an expression stands for. */
export type Names = Readonly<Record<string, unknown>>;

/** Whether a parameter is worked out from those of the block around it: `=filters * 2`. */
export const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');

const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z]\w*)|(.))/y;

/**
 * The value of `=filters * 2`: numbers, names, + - * / and brackets, nothing else. A name alone may stand for
 * anything, such as a word or [1, 7]. Nothing of it is ever run as code.
 *
 * @throws UserError `expression/unreadable`, `expression/name`, `expression/number`
 * @example evaluate('=(filters + 1) * 2', { filters: 3 }) // 8
 */
export function evaluate(text: string, names: Names): unknown {
  const tokens = read(text);
  const alone = tokens.length === 1 && tokens[0]!.name;
  if (alone) return lookUp(alone, names, text);
  const parser = { tokens, at: 0, names, text, depth: 0 };
  const result = sum(parser);
  if (parser.at < tokens.length) throw unreadable(text, tokens[parser.at]!.words);
  if (!Number.isFinite(result)) {
    throw new UserError(
      'expression/number',
      `'${text}' is ${result}.`,
      'A parameter is a finite number.',
      'Do not divide by zero.',
    );
  }
  return result;
}

interface Token {
  readonly words: string;
  readonly number?: number;
  readonly name?: string;
}
interface Parser {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  readonly names: Names;
  readonly text: string;
}

function read(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const body = text.slice(1).trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const [, number, name, sign] = TOKEN.exec(body)!;
    if (number !== undefined) tokens.push({ words: number, number: Number(number) });
    else if (name !== undefined) tokens.push({ words: name, name });
    else tokens.push({ words: sign! });
  }
  return tokens;
}

function sum(p: Parser): number {
  let total = product(p);
  for (let sign = p.tokens[p.at]?.words; sign === '+' || sign === '-'; sign = p.tokens[p.at]?.words) {
    p.at++;
    const next = product(p);
    total = sign === '+' ? total + next : total - next;
  }
  return total;
}

function product(p: Parser): number {
  let total = factor(p);
  for (let sign = p.tokens[p.at]?.words; sign === '*' || sign === '/'; sign = p.tokens[p.at]?.words) {
    p.at++;
    const next = factor(p);
    total = sign === '*' ? total * next : total / next;
  }
  return total;
}

function factor(p: Parser): number {
  const token = p.tokens[p.at++];
  if (token?.number !== undefined) return token.number;
  if (token?.name !== undefined) return asNumber(lookUp(token.name, p.names, p.text), token.name, p.text);
  if (token?.words === '-') return -factor(p);
  if (token?.words !== '(' || ++p.depth > 50) throw unreadable(p.text, token?.words ?? 'its end');
  const inner = sum(p);
  if (p.tokens[p.at++]?.words !== ')') throw unreadable(p.text, 'a bracket that is not closed');
  p.depth--;
  return inner;
}

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

const unreadable = (text: string, at: string): UserError =>
  new UserError(
    'expression/unreadable',
    `'${text}' cannot be read at ${at}.`,
    'It takes numbers, names of parameters, + - * / and brackets.',
    'Write it as =filters * 2.',
  );
