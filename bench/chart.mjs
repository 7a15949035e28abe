const WIDTH = 860;
const ROW = 26;
const PANEL_GAP = 54;
const LEFT = 150;
const RIGHT = 90;

const panels = [
  {
    title: 'Images per second',
    note: 'more is better',
    of: (s) => s.imagesPerSecond,
    text: (v) => v.toFixed(0),
  },
  {
    title: 'Seconds from process start to the first step',
    note: 'less is better',
    of: (s) => s.startSeconds,
    text: (v) => `${v.toFixed(1)} s`,
  },
  {
    title: 'Peak memory',
    note: 'less is better',
    of: (s) => s.peakMemoryBytes / 2 ** 20,
    text: (v) => `${v.toFixed(0)} MiB`,
  },
];

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const label = (x, y, text, rest = '') => `<text x="${x}" y="${y}" ${rest}>${escaped(text)}</text>`;

function bar(panel, summary, most, y) {
  const value = panel.of(summary);
  const length = Math.max(2, ((WIDTH - LEFT - RIGHT) * value) / most);
  const color = summary.id === 'convloom' ? '#2f6fde' : '#c3cad6';
  return [
    label(LEFT - 12, y + 13, summary.title, 'text-anchor="end" class="name"'),
    `<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="18" rx="3" fill="${color}"/>`,
    label(LEFT + length + 8, y + 13, panel.text(value), 'class="value"'),
  ].join('\n');
}

function drawPanel(panel, summaries, top) {
  const most = Math.max(...summaries.map(panel.of));
  return [
    label(LEFT, top, panel.title, 'class="title"'),
    label(WIDTH - 24, top, panel.note, 'class="note" text-anchor="end"'),
    ...summaries.map((s, i) => bar(panel, s, most, top + 14 + i * ROW)),
  ].join('\n');
}

/** Three groups of bars, ours in colour, as an SVG text. */
export function chart({ net, summaries }, machine) {
  const height = 96 + panels.length * (summaries.length * ROW + PANEL_GAP);
  const drawn = panels.map((p, i) => drawPanel(p, summaries, 96 + i * (summaries.length * ROW + PANEL_GAP)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">
<style>
text { font-family: Inter, system-ui, sans-serif; font-size: 13px; fill: #1d2433 }
.head { font-size: 18px; font-weight: 600 }
.title { font-weight: 600 }
.name, .note { fill: #5b6579 }
.value { font-variant-numeric: tabular-nums }
</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${label(24, 34, `Training ${net.title}, batch ${net.batch}`, 'class="head"')}
${label(24, 56, machine, 'class="note"')}
${drawn.join('\n')}
</svg>
`;
}
