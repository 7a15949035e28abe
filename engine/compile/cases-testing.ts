import { UserError } from '../errors';
import type { Value } from '../ir/ir';
import { input } from '../ir/ops';
import { type Shape, size } from '../ir/shape';
import type { NodeDef } from '../nodes/define';
import { type Field, fieldsOf } from '../nodes/fields';
import { lowerOn } from '../nodes/testing';
import { random } from '../random';

/** A node on inputs of its own, with the words that tell it from others when a test fails. */
export interface Case {
  readonly words: string;
  readonly root: Value;
}
type Pick = <T>(list: readonly T[]) => T;

/** Odd sides, sides of one pixel, and vectors. */
const SHAPES: readonly Shape[] = [
  ...([
    [7, 7, 4],
    [8, 6, 4],
    [5, 9, 6],
    [9, 4, 2],
    [6, 6, 1],
    [1, 1, 4],
    [1, 7, 3],
    [11, 10, 8],
  ] as const),
  ...([[5], [8], [12]] as const),
  ...([
    [9, 4],
    [12, 6],
    [5, 3],
  ] as const),
  ...([
    [4, 5, 6, 4],
    [3, 6, 5, 2],
    [5, 4, 4, 6],
  ] as const),
];
const WHOLE = [1, 2, 3, 4, 6, 8];

/** Small values of a field, of every manner in which it can be written. */
function drawnValue(field: Field, pick: Pick): unknown {
  switch (field.control) {
    case 'int':
      return pick(WHOLE.filter((n) => n >= field.min && n <= field.max));
    case 'number':
      return pick(
        [field.min, Math.min(field.max, 1), 0.1, 0.5, 0.9].filter((n) => n >= field.min && n <= field.max),
      );
    case 'pair':
      return pick([1, 2, 3, 4, [1, 2], [2, 1], [1, 3], [3, 2], [2, 3]]);
    case 'triple':
      return pick([1, 2, 3, [1, 2, 2], [2, 1, 1], [3, 1, 1], [1, 3, 3], [2, 3, 1]]);
    case 'padding':
      return pick(['same', 'same', 'valid', 0, 1, 2, [0, 1], [2, 1], [1, 0, 2, 1], [1, 0, 1]]);
    case 'shape':
      return pick(SHAPES.filter((s) => s.length === 3));
    case 'toggle':
      return pick([true, false]);
    case 'choice':
      return pick(field.options);
    case 'text':
    case 'record':
      return undefined;
  }
}

function draw(node: NodeDef, pick: Pick): Case | undefined {
  const given = pick([0, 1, 2]);
  const fields = fieldsOf(node.params).filter(() => given === 0 || pick([true, true, false]));
  const drawn = fields.map((f) => [f.name, drawnValue(f, pick)] as const);
  const params = Object.fromEntries(drawn.filter(([, v]) => v !== undefined));
  if (!node.params.safeParse(params).success) return undefined;
  const own = node.example?.shapes?.[0];
  const first = own && size(own) < 2000 && pick([true, false]) ? own : pick(SHAPES);
  const other = pick([first, first, [...first.slice(0, -1), pick(WHOLE)]]);
  const count = 'atLeast' in node.inputs ? pick([2, 3]) : node.inputs.length;
  const shapes = [first, other, other].slice(0, count);
  try {
    const root = lowerOn([node.type, params], shapes.map(input));
    return { words: `${node.type} ${JSON.stringify(params)} on ${shapes.map((s) => s.join('×'))}`, root };
  } catch (error) {
    if (error instanceof UserError) return undefined; // these do not fit each other; the contract tests look at that
    throw error;
  }
}

/** `count` nodes of a kind with drawn parameters and shapes that fit. A new kind needs no edit here. */
export function casesOf(node: NodeDef, count: number, seed = 1): readonly Case[] {
  const next = random(seed, node.type.length, node.type.charCodeAt(0), node.type.charCodeAt(1));
  const pick: Pick = (list) => list[Math.floor(next() * list.length)]!;
  const cases: Case[] = [];
  for (let tries = 0; cases.length < count && tries < 100 * count; tries++) {
    const found = draw(node, pick);
    if (found && !cases.some((c) => c.words === found.words)) cases.push(found);
  }
  return cases;
}
