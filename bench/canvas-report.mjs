import { markdownTable } from './markdown.mjs';

/** What is aimed at, on two cores without a GPU. */
const GOALS = {
  near: 55,
  whole: { 300: 30, 1000: 20, 3000: 15 },
  drag: 40,
  firstPicture: { 300: 400, 1000: 700, 3000: 1300 },
  keys: 50,
  opened: { false: 1000, true: 2500 },
};

const best = (values, least) => (least ? Math.min(...values) : Math.max(...values));
const mark = (reached) => (reached ? 'pass' : '**miss**');

/** One row: what, each round's figure, the best of them, the goal. */
function row(name, values, goal, { least = false, unit }) {
  const found = values.filter((v) => v !== null && v !== undefined);
  if (found.length === 0) return [name, '', '', String(goal), '**not measured**'];
  const top = best(found, least);
  const reached = goal === undefined || (least ? top <= goal : top >= goal);
  const text = (v) => (v >= 100 ? v.toFixed(0) : v.toFixed(1));
  return [
    name,
    `${text(top)} ${unit}`,
    found.map(text).join(', '),
    goal === undefined ? '' : `${least ? '≤' : '≥'} ${goal} ${unit}`,
    goal === undefined ? '' : mark(reached),
  ];
}

function netRows(rounds, index) {
  const nets = rounds.map((r) => r.flat[index]);
  const { size } = nets[0];
  const frames = (pick) => nets.map((n) => pick(n).perSecond);
  const fps = { unit: 'frames/s' };
  const ms = { unit: 'ms', least: true };
  return [
    row(
      'pan at working zoom',
      frames((n) => n.near.pan),
      GOALS.near,
      fps,
    ),
    row(
      'zoom at working zoom',
      frames((n) => n.near.zoom),
      GOALS.near,
      fps,
    ),
    row(
      'pan, all nodes on screen',
      frames((n) => n.whole.pan),
      GOALS.whole[size],
      fps,
    ),
    row(
      'zoom, all nodes on screen',
      frames((n) => n.whole.zoom),
      GOALS.whole[size],
      fps,
    ),
    row(
      `drag of ${nets[0].drag.selected} selected`,
      frames((n) => n.drag),
      GOALS.drag,
      fps,
    ),
    row(
      'first picture',
      nets.map((n) => n.firstPicture),
      GOALS.firstPicture[size],
      ms,
    ),
    row(
      'key to picture, the slowest',
      nets.map((n) => n.keys.worst),
      GOALS.keys,
      ms,
    ),
    row(
      'a step of a value to the node on the canvas',
      nets.map((n) => n.keys.followed),
      undefined,
      ms,
    ),
  ];
}

function section(rounds, index) {
  const { size, near, whole, drag } = rounds[0].flat[index];
  const head = ['', 'best round', 'each round', 'goal', ''];
  const p95 = (frames) => frames.p95.toFixed(0);
  return `## ${size.toLocaleString('en')} nodes

${markdownTable([head, ...netRows(rounds, index)])}

All nodes are on screen at ${Math.round(100 * whole.at)} %. Frames took, in the first round, at the 95th percentile: panned near ${p95(near.pan)} ms, zoomed near
${p95(near.zoom)} ms, panned whole ${p95(whole.pan)} ms, zoomed whole ${p95(whole.zoom)} ms, dragged ${p95(drag)} ms.
`;
}

function templateSection(rounds) {
  if (rounds[0].opened.length === 0) return '';
  const rows = rounds[0].opened.map(({ name, open, nodes }, i) =>
    row(
      `${name}, ${open ? 'every block open' : 'folded'}: ${nodes.toLocaleString('en')} nodes`,
      rounds.map((r) => r.opened[i].firstPicture),
      GOALS.opened[open],
      { unit: 'ms', least: true },
    ),
  );
  return `## Opening a template

${markdownTable([['', 'best round', 'each round', 'goal', ''], ...rows])}
`;
}

/** bench/results/canvas.md */
export function report(rounds, { date, machine }) {
  return `# The canvas on large nets

${date}, ${machine}, ${rounds.length} rounds, each in a window of its own. Made by \`npm run bench:canvas\`.

Frames are those that the window drew while real mouse events moved it; the first picture counts from the press of the
Open keys to the frame that shows the net, reading of the file included; a key to its picture is the browser's own event
timing, which rounds to 8 ms and reports nothing below 16: what is typed shows first, in its field. What follows from it,
on the canvas and in the figures, comes after that.

${rounds[0].flat.map((_, i) => section(rounds, i)).join('\n')}
${templateSection(rounds)}`;
}
