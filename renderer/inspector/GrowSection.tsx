import { useId, useState } from 'react';
import type { NodeAnalysis } from '../../engine/analysis/analyse';
import type { RunSummary } from '../../ipc/contract';
import { api } from '../app/bridge';
import { openDocument } from '../app/files';
import { attempt } from '../app/notices';
import { useEditor, usePart } from '../app/store';
import { formatWhen } from '../runs/format';
import { useRuns } from '../runs/run-store';
import { useStart } from '../runs/start-store';
import { Entry } from '../ui/Entry';
import { Select } from '../ui/Select';
import { calculate } from './formula';

/** A trained net made wider or deeper at this node, where there is a run of the open graph. */
export function GrowSection({ node }: { readonly node: NodeAnalysis }) {
  const name = usePart((doc) => doc.name);
  const list = useRuns((s) => s.list);
  const runs = list.filter((r) => r.name === name && r.state !== 'running');
  const { path, output } = node.instance;
  if (runs.length === 0 || path.includes('/') || !output) return null;
  return <Grow key={path} path={path} channels={output.shape.at(-1)!} runs={runs} />;
}

interface GrowProps {
  readonly path: string;
  readonly channels: number;
  readonly runs: readonly RunSummary[];
}
function Grow({ path, channels, runs }: GrowProps) {
  const [chosen, setRun] = useState('');
  const [to, setTo] = useState(2 * channels);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(false);
  const why = useId();
  const run = runs.find((r) => r.id === chosen) ?? runs[0]!;
  const grow = async (growth: Growth) => {
    setBusy(true);
    await attempt('Making the net larger', () => growFrom(run.id, growth));
    setBusy(false);
  };
  return (
    <details className="in-grow">
      <summary>Make the trained net larger</summary>
      <p className="quiet">
        A new graph that computes what the run learned, and the weights to go on training from.
      </p>
      <Select
        label="Trained run"
        options={runs.map((r) => r.id)}
        value={run.id}
        titleOf={(id) => formatWhen(runs.find((r) => r.id === id)!.started)}
        onChange={setRun}
      />
      <Entry
        label="Channels after widening"
        text={String(to)}
        bad={refused}
        describedBy={why}
        unit={`now ${channels}`}
        onCancel={() => setRefused(false)}
        onStep={(delta) => setTo(Math.max(channels + 1, to + delta))}
        onCommit={(text) => {
          const worked = calculate(text);
          const wanted = 'value' in worked ? worked.value : Number.NaN;
          const fine = Number.isInteger(wanted) && wanted > channels && wanted <= 65_536;
          setRefused(!fine);
          if (fine) setTo(wanted);
          return fine;
        }}
      />
      <p className="in-why" id={why} role="alert">
        {refused &&
          `Takes a whole number from ${channels + 1} to 65,536: channels are copied, so there can only be more.`}
      </p>
      <div className="in-acts">
        <button
          type="button"
          className="btn small"
          disabled={busy}
          onClick={() => void grow({ how: 'widen', node: path, to })}
        >
          Widen, keeping the function…
        </button>
        <button
          type="button"
          className="btn small"
          disabled={busy}
          onClick={() => void grow({ how: 'deepen', node: path })}
        >
          Deepen, keeping the function…
        </button>
      </div>
    </details>
  );
}

type Growth = Parameters<(typeof api.call)['run.grow']>[0]['growth'];

/** Opens the larger net in a tab; its next run starts from the weights. */
async function growFrom(run: string, growth: Growth): Promise<void> {
  const made = await api.call['run.grow']({ run, checkpoint: 'last', growth });
  const before = useEditor.getState().key;
  await openDocument(made.doc, null, { unsaved: true });
  if (useEditor.getState().key !== before) useStart.getState().set({ run: made.run });
  await useRuns.getState().refresh();
}
