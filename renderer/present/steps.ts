import type { Analysis } from '../../engine/analysis/analyse';
import type { Instance } from '../../engine/analysis/elaborate';
import { addCost, type Cost, NO_COST } from '../../engine/ir/cost';
import { formatShape } from '../../engine/ir/shape';

/** One stop of a presentation: the whole net, a block, or layers in a row between two blocks. */
export interface Step {
  readonly title: string;
  /** What comes out of it. */
  readonly shape: string;
  /** Nodes of the graph; none for the whole net. */
  readonly paths: readonly string[];
  readonly cost: Cost;
}

/** In a net without blocks so many layers make one stop. */
const ROW = 4;

/** The stops of a net in the order of execution: first all of it. */
export function stepsOf(name: string, { elaboration, total }: Analysis): readonly Step[] {
  const nodes = [...elaboration.nodes.values()];
  const parts: Instance[][] = [];
  for (const n of nodes) {
    const last = parts.at(-1);
    const fits = last && !isBlock(n) && !isBlock(last[0]!) && last.length < ROW;
    if (fits) last.push(n);
    else parts.push([n]);
  }
  const output = elaboration.output?.output?.shape;
  const whole = { title: name, shape: output ? formatShape(output) : '', paths: [], cost: total };
  return [whole, ...parts.map(stepOf)];
}

const isBlock = (n: Instance): boolean => n.children.length > 0;

function stepOf(part: readonly Instance[]): Step {
  const [first, last] = [part[0]!, part.at(-1)!];
  return {
    title: part.length > 1 ? `${first.title} to ${last.title}` : first.title,
    shape: last.output ? formatShape(last.output.shape) : '',
    paths: part.map((n) => n.path),
    cost: part.reduce((sum, n) => addCost(sum, n.cost), NO_COST),
  };
}
