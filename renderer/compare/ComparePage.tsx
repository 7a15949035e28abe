import { useMemo, useState } from 'react';
import { diffGraphs, type GraphDiff, isSame, type NodeDiff } from '../../engine/analysis/diff';
import { openTemplate } from '../app/files';
import { useSession } from '../app/session';
import { useDocument } from '../app/store';
import { useTemplates } from '../palette/use-templates';
import { useRuns } from '../runs/run-store';
import { formatShort } from '../ui/format';
import { Segments } from '../ui/Segments';
import { Select } from '../ui/Select';
import { BallChart } from './BallChart';
import type { Ball } from './ball-layout';
import {
  compareWithFile,
  compareWithSaved,
  compareWithTemplate,
  hasChanges,
  useCompare,
} from './compare-store';
import { DiffPicture } from './DiffPicture';
import { type Field, useBalls } from './use-balls';
import { changeWords, KIND_WORDS, SIGNS, signed } from './words';
import './compare.css';

/** The Compare workspace: many nets by accuracy and cost, or two nets node by node. */
export function ComparePage() {
  const view = useCompare((s) => s.view);
  return (
    <div className="compare">
      <div className="compare-bar">
        <Segments
          label="What to compare"
          segments={[
            { value: 'chart', label: 'Accuracy and cost' },
            { value: 'diff', label: 'Two nets' },
          ]}
          value={view}
          onChange={(v) => useCompare.setState({ view: v })}
        />
        {view === 'diff' && <OtherNet />}
      </div>
      {view === 'chart' ? <Chart /> : <Diff />}
    </div>
  );
}

const FIELDS: readonly { readonly value: Field; readonly label: string }[] = [
  { value: 'imagenet', label: 'ImageNet' },
  { value: 'cifar', label: 'CIFAR-10' },
  { value: 'own', label: 'Own runs' },
];

function Chart() {
  const [field, setField] = useState<Field>('imagenet');
  const balls = useBalls(field);
  return (
    <>
      <div className="compare-sub">
        <Segments<Field> label="Nets" segments={FIELDS} value={field} onChange={setField} />
        <p>
          {field === 'own'
            ? 'Your finished runs by their test accuracy.'
            : 'Published accuracies of the templates; the area of a ball is its parameters.'}
        </p>
      </div>
      {balls.length > 0 ? (
        <BallChart balls={balls} onOpen={open} />
      ) : (
        <p className="compare-none">
          {field === 'own'
            ? 'No finished run yet: train a net and it appears here.'
            : 'Reading the templates…'}
        </p>
      )}
    </>
  );
}

function open(ball: Ball): void {
  if (ball.own) {
    void useRuns.getState().select(ball.id);
    useSession.getState().show('runs');
    return;
  }
  useSession.getState().show('design');
  void openTemplate(ball.id);
}

/** Which net the open one is compared with. */
function OtherNet() {
  const templates = useTemplates() ?? [];
  const { other } = useCompare();
  const name = useDocument().name;
  const titles = new Map(templates.map((t) => [t.id, t.name]));
  const chosen = templates.find((t) => t.name === other?.name)?.id;
  return (
    <div className="compare-other">
      <span>
        <b>{name}</b> and
      </span>
      <Select
        label="The other net"
        options={templates.map((t) => t.id)}
        value={chosen}
        titleOf={(id) => titles.get(id) ?? id}
        onChange={(id) => void compareWithTemplate(id, titles.get(id) ?? id)}
      />
      <button type="button" className="btn small" onClick={() => void compareWithFile()}>
        A file…
      </button>
      <button type="button" className="btn small" disabled={!hasChanges()} onClick={compareWithSaved}>
        As saved
      </button>
      {other && (
        <button
          type="button"
          className="btn small"
          onClick={() => useCompare.setState((s) => ({ swapped: !s.swapped }))}
        >
          Swap sides
        </button>
      )}
    </div>
  );
}

function Diff() {
  const doc = useDocument();
  const { other, swapped } = useCompare();
  const [flat, setFlat] = useState(false);
  const [chosen, setChosen] = useState<NodeDiff | null>(null);
  const diff = useMemo(() => {
    if (!other) return null;
    const [a, b] = swapped ? [doc, other.doc] : [other.doc, doc];
    return diffGraphs(a, b, flat);
  }, [doc, other, swapped, flat]);
  if (!diff || !other)
    return (
      <p className="compare-none">
        Choose a net above: what differs from the open one is drawn on one canvas.
      </p>
    );
  const [before, after] = swapped ? [doc.name, other.name] : [other.name, doc.name];
  return (
    <div className="gdiff">
      <DiffPicture diff={diff} chosen={chosen} onChoose={setChosen} />
      <aside className="gdiff-side" aria-label="What differs">
        <h2>
          {before} → {after}
        </h2>
        <Totals diff={diff} />
        <Segments
          label="Compare"
          segments={[
            { value: 'nodes', label: 'Nodes' },
            { value: 'layers', label: 'Layers' },
          ]}
          value={flat ? 'layers' : 'nodes'}
          onChange={(v) => setFlat(v === 'layers')}
        />
        <Changes diff={diff} chosen={chosen} onChoose={setChosen} />
      </aside>
    </div>
  );
}

function Totals({ diff: { before, after, cost } }: { readonly diff: GraphDiff }) {
  const rows = [
    ['Parameters', before.params.trainable, after.params.trainable, cost.params],
    ['MACs', before.macs, after.macs, cost.macs],
    ['Activations', before.activations, after.activations, cost.activations],
  ] as const;
  return (
    <dl className="gdiff-totals">
      {rows.map(([title, a, b, d]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            {formatShort(a)} → {formatShort(b)} <b>{signed(d)}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ChangesProps {
  readonly diff: GraphDiff;
  readonly chosen: NodeDiff | null;
  onChoose(node: NodeDiff): void;
}
function Changes({ diff, chosen, onChoose }: ChangesProps) {
  if (isSame(diff)) return <p className="gdiff-same">Both nets are the same.</p>;
  const changes = diff.nodes.filter((n) => n.kind !== 'same');
  return (
    <ul className="gdiff-list" aria-label="Changes">
      {changes.map((d) => {
        const node = (d.after ?? d.before)!;
        return (
          <li key={`${d.kind} ${node.path}`}>
            <button type="button" className={d.kind} aria-current={d === chosen} onClick={() => onChoose(d)}>
              <span aria-hidden>{SIGNS[d.kind]}</span>
              <span className="visually-hidden">{KIND_WORDS[d.kind]}: </span>
              <b>{node.title}</b> <small>{node.path}</small>
              <span className="gdiff-what">
                {[changeWords(d), d.cost.params !== 0 && `${signed(d.cost.params)} parameters`]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
