import { geometricMean, ratios } from './statistics.mjs';

const BAR = 9;
const GROUP_GAP = 12;
const LEFT = 158;
const PANEL = 320;
const GAP = 44;
const TOP = 124;
const WIDTH = LEFT + 2 * PANEL + GAP + 40;
/** PyTorch in blue, Keras in orange; any other in the greys. */
const COLORS = ['#1f4fb0', '#84aef0', '#b3591a', '#eeb06f', '#5b6579', '#aeb6c4'];

/** `most` is where bars end; the number is written in full beside a bar that is cut off. */
const panels = [
  { title: 'Images a second, Convloom to each', note: 'beyond the line: faster', measure: 'speed', most: 3 },
  { title: 'Peak memory, Convloom to each', note: 'before the line: less', measure: 'memory', most: 1.5 },
];

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const label = (x, y, text, rest = '') => `<text x="${x}" y="${y}" ${rest}>${escaped(text)}</text>`;
const scale = (value, most) => (PANEL - 34) * (Math.min(value, most) / most);

function peersOf(results) {
  const seen = results.flatMap((r) => r.summaries ?? []).filter((s) => s.id !== 'convloom');
  return [...new Map(seen.map((s) => [s.id, s.title]))].map(([id, title], i) => ({
    id,
    title,
    color: COLORS[i % COLORS.length],
  }));
}

const MEAN = 'geometric mean';
/** Rows of the chart, the mean last. */
const groupsOf = (results) => [...results.map((r) => r.net.title), MEAN];

function bar(value, most, x, y, color) {
  const length = Math.max(2, scale(value, most));
  return [
    `<rect x="${x}" y="${y}" width="${length.toFixed(1)}" height="${BAR - 1}" rx="2" fill="${color}"/>`,
    label((x + length + 4).toFixed(1), y + 7.5, value.toFixed(2), 'class="value"'),
  ].join('\n');
}

function drawPanel(panel, x, { results, peers, groups, height, step }) {
  const lists = peers.map((p) => ratios(results, panel.measure, p.id));
  const figure = (list, group) =>
    group === MEAN
      ? list.length && geometricMean(list.map((r) => r.value))
      : list.find((r) => r.net === group)?.value;
  const one = (x + scale(1, panel.most)).toFixed(1);
  const bars = groups.flatMap((group, g) => {
    const top = TOP + g * step;
    if (results.some((r) => r.failure && r.net.title === group))
      return label(x, top + 20, 'failed', 'class="note"');
    return peers.map((peer, p) => {
      const value = figure(lists[p], group);
      return value ? bar(value, panel.most, x, top + p * BAR, peer.color) : '';
    });
  });
  return [
    label(x, TOP - 30, panel.title, 'class="title"'),
    label(x, TOP - 14, panel.note, 'class="note"'),
    ...bars,
    `<line x1="${one}" y1="${TOP - 8}" x2="${one}" y2="${TOP + height}" stroke="#1d2433" stroke-width="1" stroke-dasharray="3 3"/>`,
    label(one, TOP + height + 14, '1', 'class="note" text-anchor="middle"'),
  ].join('\n');
}

function legend(peers, y) {
  return peers
    .map(({ title, color }, i) => {
      const x = LEFT + i * 150;
      return `<rect x="${x}" y="${y - 10}" width="12" height="12" rx="2" fill="${color}"/>${label(x + 18, y, title, 'class="note"')}`;
    })
    .join('\n');
}

/** Ratios of Convloom to each peer, net by net, as an SVG text on a card of its own, light on any background. */
export function chart(results, machine) {
  const peers = peersOf(results);
  const groups = groupsOf(results);
  const step = peers.length * BAR + GROUP_GAP;
  const height = groups.length * step;
  const drawing = { results, peers, groups, height, step };
  const names = groups.map((group, g) => {
    const style = group === MEAN ? 'class="title"' : 'class="name"';
    return label(
      LEFT - 12,
      TOP + g * step + (peers.length * BAR) / 2 + 4,
      group,
      `text-anchor="end" ${style}`,
    );
  });
  const total = TOP + height + 56;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${total}" role="img">
<style>
text { font-family: Inter, system-ui, sans-serif; font-size: 13px; fill: #1d2433 }
.head { font-size: 18px; font-weight: 600 }
.title { font-weight: 600 }
.name, .note { fill: #5b6579 }
.value { font-size: 9px; font-variant-numeric: tabular-nums }
</style>
<rect width="${WIDTH}" height="${total}" rx="8" fill="#ffffff"/>
${label(24, 34, 'A training step of Convloom beside other programs', 'class="head"')}
${label(24, 56, machine, 'class="note"')}
${names.join('\n')}
${panels.map((panel, i) => drawPanel(panel, LEFT + i * (PANEL + GAP), drawing)).join('\n')}
${legend(peers, total - 18)}
</svg>
`;
}
