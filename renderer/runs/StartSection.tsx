import type { RunSummary } from '../../ipc/contract';
import { Entry } from '../ui/Entry';
import { Segments } from '../ui/Segments';
import { Select } from '../ui/Select';
import { FaultCard } from './FaultCard';
import { formatCount, formatWhen } from './format';
import { useRuns } from './run-store';
import { type Trained, useStart, useStartChoice } from './start-store';
import { TransferView } from './TransferView';
import { useTransfer } from './use-transfer';

const ANEW = '';
const TRAINED: Readonly<Record<Trained, string>> = {
  all: 'all weights',
  classifier: 'the classifier only',
  some: 'all but some',
};
const CHECKPOINTS = [
  { value: 'last', label: 'last' },
  { value: 'best', label: 'best' },
] as const;

/** What the next run starts from, and what of the net it trains. */
export function StartSection() {
  const list = useRuns((s) => s.list);
  const { run, checkpoint, trained, freeze } = useStartChoice();
  const { set } = useStart.getState();
  const known = run === null || list.some((r) => r.id === run);
  return (
    <>
      <h3>Start</h3>
      <div className="fr">
        <span className="fr-name">Start from</span>
        <Select
          label="Start from"
          options={[ANEW, ...list.map((r) => r.id), ...(known ? [] : [run])]}
          value={run ?? ANEW}
          titleOf={(id) => titleOf(id, list)}
          onChange={(id) => set({ run: id === ANEW ? null : id })}
        />
      </div>
      {run !== null && (
        <div className="fr">
          <span className="fr-name">Checkpoint</span>
          <Segments
            label="Checkpoint"
            segments={CHECKPOINTS}
            value={checkpoint}
            onChange={(next) => set({ checkpoint: next })}
          />
        </div>
      )}
      <div className="fr">
        <span className="fr-name">Train</span>
        <Select
          label="Train"
          options={Object.keys(TRAINED)}
          value={trained}
          titleOf={(kind) => TRAINED[kind as Trained]}
          onChange={(kind) => set({ trained: kind as Trained })}
        />
      </div>
      {trained === 'some' && (
        <div className="fr">
          <span className="fr-name">Freeze</span>
          <Entry
            label="Weights to freeze"
            text={freeze}
            placeholder="conv1, stage1*"
            onCommit={(text) => {
              set({ freeze: text });
              return true;
            }}
          />
        </div>
      )}
      <Preview />
    </>
  );
}

function Preview() {
  const told = useTransfer();
  if (told === null) return null;
  if (told === undefined)
    return (
      <p className="quiet training-line" role="status">
        Comparing the weights…
      </p>
    );
  if ('code' in told) return <FaultCard fault={told} />;
  return <TransferView started={told} />;
}

function titleOf(id: string, list: readonly RunSummary[]): string {
  if (id === ANEW) return 'random weights';
  const run = list.find((r) => r.id === id);
  if (!run) return id;
  const epochs = run.epochsDone > 0 ? `, ${formatCount(run.epochsDone)} epochs` : '';
  return `${run.name}${epochs}, ${formatWhen(run.started)}`;
}
