import { intensity, type NodeAnalysis } from '../../engine/analysis/analyse';
import { fieldSize } from '../../engine/analysis/receptive-field';
import { useAnalysis, useDocument } from '../app/store';
import { formatBytes, formatCount, formatShare, formatShort } from '../ui/format';
import { categoryColour } from '../ui/Glyph';

const FLOAT = 4;

interface Row {
  readonly title: string;
  readonly value: string;
  /** 0 to 1. */
  readonly share: number | undefined;
  readonly of: string;
}

/** What a node costs, each figure with its share of the whole net. */
export function CostSection({ node }: { readonly node: NodeAnalysis }) {
  const rows = useCostRows(node);
  const colour = categoryColour(node.instance.def?.category);
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="in-sub">Cost</h3>
      <dl className="in-costs">
        {rows.map(({ title, value, share, of }) => (
          <div key={title} title={share === undefined ? of : `${formatShare(share)} ${of}`}>
            <dt>{title}</dt>
            <dd>
              {value}
              {share !== undefined && <Share of={share} colour={colour} />}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Share({ of: share, colour }: { readonly of: number; readonly colour: string }) {
  return (
    <>
      {' '}
      <span className="in-share">{formatShare(share)}</span>
      <span className="in-bar">
        <span style={{ width: `${Math.min(100, share * 100)}%`, background: colour }} />
      </span>
    </>
  );
}

function useCostRows({ instance, cost, field, output }: NodeAnalysis): readonly Row[] {
  const { total, elaboration } = useAnalysis();
  const { batch } = useDocument().training;
  if (!output) return [];
  const all = (c: typeof cost) => c.params.trainable + c.params.nonTrainable;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  const rows: Row[] = [
    {
      title: 'Parameters',
      value: formatCount(all(cost)),
      share: share(all(cost), all(total)),
      of: 'of the net’s parameters',
    },
    {
      title: 'MACs',
      value: formatShort(cost.macs),
      share: share(cost.macs, total.macs),
      of: 'of the net’s multiply-accumulates',
    },
    {
      title: `Activations, batch ${batch}`,
      value: formatBytes(cost.activations * batch * FLOAT),
      share: share(cost.activations, total.activations),
      of: 'of the net’s activations',
    },
  ];
  if (output.length > 1 || cost.macs > 0)
    rows.push({
      title: 'MACs per byte',
      value: intensity(instance).toFixed(1),
      share: undefined,
      of: 'arithmetic intensity: multiply-accumulates for each byte that is moved',
    });
  const picture = elaboration.input?.output?.shape;
  if (!field || !picture) return rows;
  const sides = fieldSize(field);
  const seen = sides.reduce((share, side, i) => share * Math.min(1, side / picture[i]!), 1);
  const step = field.step.every((s) => s === field.step[0]) ? String(field.step[0]) : field.step.join('×');
  return [
    ...rows,
    {
      title: 'Receptive field',
      value: `${sides.join('×')}, stride ${step}`,
      share: seen,
      of: 'of the picture',
    },
  ];
}
