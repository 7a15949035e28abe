const PLOT = { width: 210, loss: 120, difference: 90 };
const LEFT = 70;
const GAP = 62;
const TOP = 96;
const BETWEEN = 40;
const OURS = '#1f4fb0';
const THEIRS = '#eeb06f';
/** Powers of ten that the difference is drawn between. */
const DECADES = [-8, -3];

const label = (x, y, text, rest = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${rest}>${text}</text>`;
const line = (x1, y1, x2, y2, rest) => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${rest}/>`;
const path = (points, rest) =>
  `<polyline points="${points.map((p) => p.map((v) => v.toFixed(1)).join()).join(' ')}" fill="none" ${rest}/>`;
const GRID = 'stroke="#d9dee8" stroke-width="1"';

/** Both losses over the steps. */
function drawLosses({ losses: { convloom, keras } }, x0) {
  const all = [...convloom, ...keras];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const y = (v) => TOP + PLOT.loss * (1 - (v - least) / (most - least));
  const points = (list) => list.map((v, i) => [x0 + (PLOT.width * i) / (list.length - 1), y(v)]);
  return [
    ...[least, most].flatMap((v) => [
      line(x0, y(v), x0 + PLOT.width, y(v), GRID),
      label(x0 - 6, y(v) + 4, v.toFixed(2), 'class="note" text-anchor="end"'),
    ]),
    path(points(keras), `stroke="${THEIRS}" stroke-width="5"`),
    path(points(convloom), `stroke="${OURS}" stroke-width="1.5"`),
  ];
}

/** Their difference, on a scale of powers of ten; 0 lies on the lower edge. */
function drawDifference({ difference }, x0, goal) {
  const [low, high] = DECADES;
  const top = TOP + PLOT.loss + BETWEEN;
  const share = (v) => Math.min(1, Math.max(0, (Math.log10(Math.max(v, 1e-30)) - low) / (high - low)));
  const y = (v) => top + PLOT.difference * (1 - share(v));
  const points = difference.map((v, i) => [x0 + (PLOT.width * i) / (difference.length - 1), y(v)]);
  return [
    ...[low, high].flatMap((power) => [
      line(x0, y(10 ** power), x0 + PLOT.width, y(10 ** power), GRID),
      label(x0 - 6, y(10 ** power) + 4, `1e${power}`, 'class="note" text-anchor="end"'),
    ]),
    line(x0, y(goal), x0 + PLOT.width, y(goal), 'stroke="#1d2433" stroke-width="1" stroke-dasharray="3 3"'),
    label(x0 + PLOT.width, y(goal) - 4, `goal ${goal.toExponential()}`, 'class="note" text-anchor="end"'),
    path(points, `stroke="${OURS}" stroke-width="1.5"`),
  ];
}

function drawNet(curve, i, goal) {
  const x0 = LEFT + i * (PLOT.width + GAP);
  const bottom = TOP + PLOT.loss + BETWEEN + PLOT.difference;
  return [
    label(x0, TOP - 14, curve.net, 'class="title"'),
    ...drawLosses(curve, x0),
    ...drawDifference(curve, x0, goal),
    label(x0, bottom + 16, 'step 1', 'class="note"'),
    label(x0 + PLOT.width, bottom + 16, String(curve.difference.length), 'class="note" text-anchor="end"'),
  ].join('\n');
}

/** Net by net the losses of both and, below, their difference, as an SVG text on a light card of its own. */
export function curvesChart(curves, goal) {
  const width = LEFT + curves.length * (PLOT.width + GAP) - GAP + 30;
  const height = TOP + PLOT.loss + BETWEEN + PLOT.difference + 40;
  const key = (x, color, thick, text) =>
    line(x, 53, x + 24, 53, `stroke="${color}" stroke-width="${thick}"`) +
    label(x + 32, 57, text, 'class="note"');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<style>
text { font-family: Inter, system-ui, sans-serif; font-size: 13px; fill: #1d2433 }
.head { font-size: 18px; font-weight: 600 }
.title { font-weight: 600 }
.note { font-size: 11px; fill: #5b6579 }
</style>
<rect width="${width}" height="${height}" rx="8" fill="#ffffff"/>
${label(24, 34, 'The loss of Convloom and of Keras, and their relative difference', 'class="head"')}
${key(24, OURS, 1.5, 'Convloom')}${key(130, THEIRS, 5, 'Keras')}
${curves.map((curve, i) => drawNet(curve, i, goal)).join('\n')}
</svg>
`;
}
