/**
 * The language of the find bar. Parts stand beside each other, and all must hold:
 *
 *     conv                  a word of the name, kind, parameters or shape begins so
 *     stride 2, kernel > 3  a parameter or figure; `> 1M params` and `stride=2` say the same
 *     shape 14x14           sides of what comes out; `in 28x28` of what comes in
 *     problem, error, hint  what is wrong with it; `block`: it can be opened
 *     -conv, not conv       not that
 *     conv or pool          one of both
 *     conv -> relu          the second is fed by the first
 */

/** What is known of a node, to be asked for. Names and words are in small letters. */
export interface Facts {
  readonly path: string;
  /** Words of its name, id, kind and settings, and its shape. */
  readonly words: ReadonlySet<string>;
  /** Parameters by name and title, and figures such as `params`. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly shape: readonly number[] | undefined;
  readonly inputs: readonly (readonly number[])[];
  readonly states: ReadonlySet<string>;
  /** Paths of the nodes that it feeds. */
  readonly feeds: readonly string[];
}

export type Operator = '>' | '<' | '>=' | '<=' | '=' | '!=';
export type Condition =
  | { readonly sort: 'word'; readonly word: string }
  | { readonly sort: 'state'; readonly state: string }
  | { readonly sort: 'shape'; readonly of: 'in' | 'out'; readonly sides: readonly number[] }
  | { readonly sort: 'value'; readonly subject: string; readonly operator: Operator; readonly value: string }
  | { readonly sort: 'not'; readonly condition: Condition }
  | { readonly sort: 'all' | 'any'; readonly conditions: readonly Condition[] };

/** One condition, or several for nodes in a row. */
export interface Query {
  readonly steps: readonly Condition[];
  /** Words only, which may also mean nodes in a row. */
  readonly words: readonly string[] | undefined;
}

const OPERATOR = /^(>=|<=|!=|>|<|=|==|≥|≤|≠)$/;
const SIGNS: Readonly<Record<string, Operator>> = { '≥': '>=', '≤': '<=', '≠': '!=', '==': '=' };
const AMOUNT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?([kmg]|%)?$/;
const SIDES = /^\d+(x\d+)+$/;
const STATES: Readonly<Record<string, string>> = {
  ...{ problem: 'problem', problems: 'problem', error: 'error', errors: 'error', warning: 'warning' },
  ...{ warnings: 'warning', hint: 'hint', hints: 'hint', block: 'block', blocks: 'block' },
};
const ENDS: Readonly<Record<string, 'in' | 'out'>> = { shape: 'out', output: 'out', out: 'out', in: 'in' };

/** @param isSubject whether a word names a parameter or a figure of some node */
export function parseQuery(text: string, isSubject: (word: string) => boolean): Query {
  const tokens = tokensOf(text);
  const steps = split(tokens, '->').map((step) => {
    const ways = split(step, 'or').map((way) => new Parser(way, isSubject).all());
    return ways.length === 1 ? ways[0]! : ({ sort: 'any', conditions: ways } as const);
  });
  const only = steps.length === 1 && steps[0]!.sort === 'all' ? steps[0]!.conditions : [];
  const words = only.flatMap((c) => (c.sort === 'word' ? [c.word] : []));
  return { steps, words: words.length > 1 && words.length === only.length ? words : undefined };
}

/** Operators stand apart; `×` is typed as x. */
function tokensOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replaceAll('×', 'x')
    .replaceAll('→', '->')
    .replaceAll(/,(?!\d)/g, ' ')
    .replaceAll(/(\d),(?=\d{3})/g, '$1')
    .replaceAll(/(->|>=|<=|!=|==|[≥≤≠]|(?<!-)>(?!=)|<(?!=)|(?<![<>!=])=(?!=))/g, ' $1 ')
    .split(/\s+/)
    .filter(Boolean)
    .map((t) => (t === '|' ? 'or' : t));
}

function split(tokens: readonly string[], at: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const t of tokens) {
    if (t === at) parts.push([]);
    else parts.at(-1)!.push(t);
  }
  const full = parts.filter((p) => p.length > 0);
  return full.length > 0 ? full : [[]];
}

class Parser {
  #at = 0;
  constructor(
    readonly tokens: readonly string[],
    readonly isSubject: (word: string) => boolean,
  ) {}

  all(): Condition {
    const conditions: Condition[] = [];
    while (this.#at < this.tokens.length) conditions.push(this.#next());
    return { sort: 'all', conditions };
  }

  #next(): Condition {
    const [a, b, c] = [0, 1, 2].map((i) => this.tokens[this.#at + i]);
    if (a === 'not' && b !== undefined) return this.#not(1);
    if (/^-[a-z]/.test(a!)) {
      return {
        sort: 'not',
        condition: new Parser([a!.slice(1), ...this.#rest()], this.isSubject).#one(this),
      };
    }
    // `> 1M params`
    if (OPERATOR.test(a!) && b !== undefined && AMOUNT.test(b) && c !== undefined && this.isSubject(c))
      return this.#take(3, value(c, a!, b));
    if (b !== undefined && OPERATOR.test(b) && c !== undefined && (this.isSubject(a!) || AMOUNT.test(c)))
      return this.#take(3, this.#compared(a!, b, c));
    if (b !== undefined && SIDES.test(b) && ENDS[a!])
      return this.#take(2, { sort: 'shape', of: ENDS[a!]!, sides: b.split('x').map(Number) });
    if (b !== undefined && this.isSubject(a!) && (AMOUNT.test(b) || SIDES.test(b)))
      return this.#take(2, value(a!, '=', b));
    if (b !== undefined && this.isSubject(a!) && (b === 'on' || b === 'off'))
      return this.#take(2, value(a!, '=', b));
    return this.#take(1, STATES[a!] ? { sort: 'state', state: STATES[a!]! } : { sort: 'word', word: a! });
  }

  /** `shape = 14x14` is about sides, too. */
  #compared(subject: string, operator: string, to: string): Condition {
    const of = ENDS[subject];
    if (!of || !SIDES.test(to)) return value(subject, operator, to);
    const condition: Condition = { sort: 'shape', of, sides: to.split('x').map(Number) };
    return operator === '!=' || operator === '≠' ? { sort: 'not', condition } : condition;
  }

  #not(skip: number): Condition {
    this.#at += skip;
    return { sort: 'not', condition: this.#next() };
  }
  /** Reads one condition for another parser, which stands one token before. */
  #one(outer: Parser): Condition {
    const condition = this.#next();
    outer.#at += this.#at;
    return condition;
  }
  #rest(): readonly string[] {
    return this.tokens.slice(this.#at + 1);
  }
  #take(count: number, condition: Condition): Condition {
    this.#at += count;
    return condition;
  }
}

const value = (subject: string, operator: string, to: string): Condition => ({
  ...{ sort: 'value', subject, value: to },
  operator: SIGNS[operator] ?? (operator as Operator),
});

/** Paths of the nodes that a query finds, in the order of `facts`. */
export function findNodes(query: Query, facts: readonly Facts[]): readonly string[] {
  if (query.steps.every((s) => s.sort === 'all' && s.conditions.length === 0)) return [];
  const found = inRow(query.steps, facts);
  if (found.length > 0 || !query.words) return found;
  return inRow(
    query.words.map((word) => ({ sort: 'word', word })),
    facts,
  );
}

/** Nodes that hold one condition after the other, each fed by the one before. */
function inRow(steps: readonly Condition[], facts: readonly Facts[]): readonly string[] {
  const byPath = new Map(facts.map((f) => [f.path, f]));
  const hits = new Set<string>();
  const walk = (node: Facts, step: number): boolean => {
    if (!holds(steps[step]!, node)) return false;
    let whole = step === steps.length - 1;
    if (!whole) for (const next of node.feeds) whole = walkTo(next, step + 1) || whole;
    if (whole) hits.add(node.path);
    return whole;
  };
  const walkTo = (path: string, step: number): boolean => {
    const node = byPath.get(path);
    return node !== undefined && walk(node, step);
  };
  for (const node of facts) walk(node, 0);
  return facts.flatMap((f) => (hits.has(f.path) ? [f.path] : []));
}

export function holds(c: Condition, facts: Facts): boolean {
  switch (c.sort) {
    case 'word':
      return begins(facts, c.word);
    case 'state':
      return facts.states.has(c.state);
    case 'shape': {
      const shapes = c.of === 'in' ? facts.inputs : facts.shape ? [facts.shape] : [];
      return shapes.some((s) => c.sides.every((n, i) => s[i] === n));
    }
    case 'value':
      return compare(facts.values.get(c.subject), c.operator, c.value);
    case 'not':
      return !holds(c.condition, facts);
    case 'all':
      return c.conditions.every((part) => holds(part, facts));
    case 'any':
      return c.conditions.some((part) => holds(part, facts));
  }
}

function begins({ words }: Facts, word: string): boolean {
  for (const w of words) if (w.startsWith(word)) return true;
  return false;
}

function compare(have: unknown, operator: Operator, text: string): boolean {
  if (have === undefined) return false;
  if (typeof have === 'boolean') return (operator === '!=') !== (have === (text === 'on' || text === 'true'));
  if (typeof have === 'string') return (operator === '!=') !== have.toLowerCase().startsWith(text);
  const sides = (Array.isArray(have) ? have : [have]) as readonly number[];
  if (SIDES.test(text)) {
    const wanted = text.split('x').map(Number);
    const whole = sides.length === 1 ? wanted.map(() => sides[0]!) : sides;
    return (operator === '!=') !== wanted.every((n, i) => whole[i] === n);
  }
  const number = amountOf(text);
  if (Number.isNaN(number)) return false;
  // of several sides all must be equal, and one is enough to be larger or smaller
  if (operator === '=') return sides.every((n) => near(n, number));
  if (operator === '!=') return sides.some((n) => !near(n, number));
  return sides.some((n) => COMPARE[operator](n, number));
}

const COMPARE = {
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
};
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, '%': 0.01 };
/** `1.5M` -> 1,500,000; `5%` -> 0.05 */
function amountOf(text: string): number {
  const unit = FACTORS[text.at(-1)!];
  return unit === undefined ? Number(text) : Number(text.slice(0, -1)) * unit;
}
