import { focusNode } from '../app/focus';
import type { RunView } from '../runs/run-view';
import { gradientHeat } from './layer-signals';

const COLUMNS = 80;
const ROWS = 16;
/** The faintest cell is still seen. */
const FAINTEST = 0.08;

const short = (x: number): string => x.toPrecision(2).replace('e+', 'e');

/** Length of the gradient by layer: a column a kernel, first layer left; a row a sample, the newest at the bottom. */
export function GradientStrip({ view }: { readonly view: RunView }) {
  const heat = gradientHeat(view.signals, COLUMNS, ROWS);
  if (!heat) return null;
  const { columns, rows, lengths } = heat;
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
  const at = (length: number) => columns[lengths.indexOf(length)]!;
  return (
    <figure className="strip" data-testid="gradient-strip">
      <figcaption className="curve-head">
        <b>Gradients</b>
        <span className="curve-legend">by layer, step {rows.at(-1)!.step.toLocaleString('en')}</span>
      </figcaption>
      <svg
        className="strip-plot"
        viewBox={`0 0 ${columns.length} ${ROWS}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Length of the gradient by layer: longest ${short(longest)} in ${at(longest)}, shortest ${short(shortest)} in ${at(shortest)}`}
      >
        {rows.map(({ step, shares }, row) =>
          shares.map((share, i) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the canvas and the palette reach the node by keys
            <rect
              key={`${step} ${columns[i]}`}
              {...{ x: i, y: ROWS - rows.length + row, width: 0.92, height: 0.92 }}
              fillOpacity={FAINTEST + (1 - FAINTEST) * share}
              onClick={() => focusNode(columns[i]!, 'if-hidden')}
            >
              <title>
                {row === rows.length - 1
                  ? `${columns[i]}: ${short(lengths[i]!)}`
                  : `${columns[i]}, step ${step}`}
              </title>
            </rect>
          )),
        )}
      </svg>
      <p className="strip-scale" aria-hidden="true">
        <span>{short(shortest)}</span>
        <i />
        <span>{short(longest)}</span>
      </p>
    </figure>
  );
}
