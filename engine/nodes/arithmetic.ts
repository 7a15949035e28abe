/** What a name stands for. @throws Unreadable, or whatever else tells why it is no number */
export type NumberOf = (name: string) => number;

/** Why a text has no value: a clause without a full stop. */
export class Unreadable extends Error {
  /** @param worded whether it is the wording that is at fault, and not what it comes to */
  constructor(
    message: string,
    readonly worded = true,
  ) {
    super(message);
  }
}

const DEEPEST = 50;
const TOKEN =
  /\s*(?:((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(\*\*|[-+*/^()%×÷−])|([\p{L}_][\p{L}\p{N}_]*)|(.))/uy;

/**
 * The value of `64*2`, `512/4+1`, `2^6`, `(3+1)*16`, `20%` or, where `numberOf` knows the name, `filters*2`. A power binds
 * closest and from the right, then a sign, then products, then sums. Nothing of it is ever run as code.
 *
 * @throws Unreadable, and what `numberOf` throws
 * @example arithmetic('512/4+1') // 129
 */
export function arithmetic(text: string, numberOf: NumberOf = notKnown): number {
  const parser: Parser = { tokens: read(text.trimEnd()), at: 0, depth: 0, numberOf };
  const value = sum(parser);
  const rest = parser.tokens[parser.at];
  if (typeof rest === 'object') numberOf(rest.name);
  if (rest !== undefined) throw new Unreadable(leftOver(rest));
  if (!Number.isFinite(value)) throw new Unreadable('it grows beyond all numbers', false);
  return value;
}

const notKnown: NumberOf = (name) => {
  throw new Unreadable(`'${name}' is no number and none of + - * / ^ % ( )`);
};

type Token = number | string | { readonly name: string };
interface Parser {
  readonly tokens: readonly Token[];
  readonly numberOf: NumberOf;
  at: number;
  depth: number;
}

const SIGNS: Readonly<Record<string, string>> = { '**': '^', '×': '*', '÷': '/', '−': '-' };

function read(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [, number, sign, name, other] = TOKEN.exec(text)!;
    if (number !== undefined) tokens.push(Number(number));
    else if (sign !== undefined) tokens.push(SIGNS[sign] ?? sign);
    else if (name !== undefined) tokens.push({ name });
    else notKnown(other!);
  }
  return tokens;
}

function sum(p: Parser): number {
  let total = product(p);
  for (let sign = p.tokens[p.at]; sign === '+' || sign === '-'; sign = p.tokens[p.at]) {
    p.at++;
    const next = product(p);
    total = sign === '+' ? total + next : total - next;
  }
  return total;
}

function product(p: Parser): number {
  let total = signed(p);
  for (let sign = p.tokens[p.at]; sign === '*' || sign === '/'; sign = p.tokens[p.at]) {
    p.at++;
    const next = signed(p);
    if (sign === '/' && next === 0) throw new Unreadable('it divides by zero', false);
    total = sign === '*' ? total * next : total / next;
  }
  return total;
}

function signed(p: Parser): number {
  const token = p.tokens[p.at];
  if (token !== '-' && token !== '+') return power(p);
  deeper(p);
  p.at++;
  const value = signed(p);
  p.depth--;
  return token === '-' ? -value : value;
}

function power(p: Parser): number {
  const base = share(p);
  if (p.tokens[p.at] !== '^') return base;
  deeper(p);
  p.at++;
  const exponent = signed(p);
  p.depth--;
  const value = base ** exponent;
  if (Number.isNaN(value)) throw new Unreadable('a root of a negative number is no number', false);
  return value;
}

/** `20%` is 0.2. */
function share(p: Parser): number {
  const value = atom(p);
  if (p.tokens[p.at] !== '%') return value;
  p.at++;
  return value / 100;
}

function atom(p: Parser): number {
  const token = p.tokens[p.at];
  if (typeof token === 'number' || typeof token === 'object') {
    p.at++;
    return typeof token === 'number' ? token : p.numberOf(token.name);
  }
  if (token !== '(') {
    const before = p.at > 0 ? ` behind '${wordOf(p.tokens[p.at - 1]!)}'` : '';
    throw new Unreadable(`a number is missing${before}`);
  }
  deeper(p);
  p.at++;
  const inner = sum(p);
  if (p.tokens[p.at] !== ')') throw new Unreadable('a bracket is not closed');
  p.at++;
  p.depth--;
  return inner;
}

function deeper(p: Parser): void {
  if (++p.depth > DEEPEST) throw new Unreadable('it is too deep for a formula');
}

const leftOver = (token: Token): string =>
  token === ')' ? 'a bracket is closed that was never opened' : `a sign is missing before '${wordOf(token)}'`;
const wordOf = (token: Token): string => (typeof token === 'object' ? token.name : String(token));
