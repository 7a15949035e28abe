import { useEffect, useState } from 'react';
import { registerCommand } from '../app/commands';
import { attempt } from '../app/notices';
import { useDocument, useEditor, useProblems } from '../app/store';
import { FieldProblem } from '../inspector/FieldRow';
import { Select } from '../ui/Select';
import { chooseData, type Fitted } from './choose-data';
import { DataDialog } from './DataDialog';
import { type DataEntry, useChosenData, useDataSets } from './data-store';
import { FaultCard } from './FaultCard';
import { FolderKind, pickData, type Taken } from './FolderKind';
import { formatCount } from './format';
import { PictureSize } from './PictureSize';
import { SampleStrip } from './SampleStrip';
import { TrainingField } from './TrainingField';
import { validationField } from './training-fields';

/** Which pictures the net learns from. */
export function DataSection() {
  const { data } = useDocument().training;
  const list = useDataSets((s) => s.list);
  const known = useChosenData();
  const [fitted, setFitted] = useState<Fitted | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [looking, setLooking] = useState(false);
  useEffect(() => {
    void useDataSets.getState().refresh();
  }, []);
  useEffect(() => {
    void useDataSets
      .getState()
      .load({ set: data.set, folder: data.folder, size: data.size, colour: data.colour });
  }, [data.set, data.folder, data.size, data.colour]);

  const info = typeof known === 'object' && 'info' in known ? known.info : null;
  useEffect(
    () => registerCommand('data.preview', { run: () => setLooking(true), enabled: () => info !== null }),
    [info],
  );
  const choose = async (entry: DataEntry) => {
    if (entry.folder) await chooseFolder(entry.id);
    else setFitted(await chooseData({ set: entry.id }));
  };
  const read = async (next: Taken) => {
    setTaken(next);
    const { size, colour } = data;
    setFitted(await chooseData({ set: next.as.set, folder: next.as.folder, size, colour }));
  };
  const chooseFolder = async (wanted?: string) => {
    const next = await pickData(wanted);
    if (next) await read(next);
  };
  /** A folder of a set that is looked for in one place, such as Fashion-MNIST. */
  const chooseOwn = async () => {
    const folder = await attempt('Choosing a folder', useDataSets.getState().pickFolder);
    if (folder) setFitted(await chooseData({ ...data, folder }));
  };
  const entry = list.find((e) => e.id === data.set);
  return (
    <>
      <h3>Data</h3>
      <div className="fr">
        <span className="fr-name">Pictures</span>
        <Select
          label="Data set"
          options={list.length > 0 ? [...list.map((e) => nameOf(e, entry)), ANY_FOLDER] : [data.set]}
          value={entry?.title ?? data.set}
          onChange={(name) => {
            if (name === ANY_FOLDER) void chooseFolder();
            const chosen = list.find((e) => nameOf(e, entry) === name);
            if (chosen) void choose(chosen);
          }}
        />
      </div>
      {data.folder && <FolderLine folder={data.folder} change={() => void chooseFolder()} />}
      {taken && data.folder === taken.as.folder && data.set === taken.as.set && (
        <FolderKind taken={taken} choose={(as) => void read({ ...taken, as })} />
      )}
      {entry?.resizes && (
        <PictureSize choice={data} set={async (choice) => setFitted(await chooseData(choice))} />
      )}
      {fitted && <FittedNote fitted={fitted} />}
      {known === 'loading' && (
        <p className="quiet training-line" role="status">
          Reading the data…
        </p>
      )}
      {typeof known === 'object' && 'fault' in known && (
        <FaultCard fault={known.fault}>
          {entry?.fetchable && !entry.ready && (
            <FetchButton entry={entry} then={async () => setFitted(await chooseData(data))} />
          )}
          <button type="button" className="btn small" onClick={() => void chooseData(data)}>
            Check again
          </button>
          <button
            type="button"
            className="btn small"
            onClick={() => void (entry?.folder === false ? chooseOwn() : chooseFolder(data.set))}
          >
            Choose a folder…
          </button>
        </FaultCard>
      )}
      {info && (
        <>
          <SampleStrip choice={data} info={info} onOpen={() => setLooking(true)} />
          <p
            className="quiet training-line"
            title={`${formatCount(info.train)} to train, ${formatCount(info.test)} to test. ${info.source}`}
          >
            {info.shape.join('×')} · {formatCount(info.classNames.length)} classes ·{' '}
            {formatCount(info.train + info.test)} {info.shape.length === 4 ? 'clips' : 'pictures'}
          </p>
          {info.streamed && (
            <p className="quiet training-line">
              More than fits into the memory: read from the disk in training.
            </p>
          )}
          {info.skipped && (
            <p
              className="quiet training-line"
              title={info.skipped.first.map((f) => `${f.name} ${f.why}`).join('\n')}
            >
              {formatCount(info.skipped.count)} left out, e.g. {info.skipped.first[0]?.name}
            </p>
          )}
        </>
      )}
      <FitProblems />
      <TrainingField
        field={validationField}
        value={data.validation}
        set={(validation) => ({ data: { ...data, validation: validation as number } })}
      />
      {looking && info && <DataDialog choice={data} info={info} onClose={() => setLooking(false)} />}
    </>
  );
}

const ANY_FOLDER = 'A folder, whatever is in it…';
const nameOf = (e: DataEntry, chosen: DataEntry | undefined): string =>
  e.ready || e === chosen ? e.title : `${e.title} (not here yet)`;
/** Gets the chosen data set's files; tells that it is at it, since that takes a while. */
function FetchButton({ entry, then }: { entry: DataEntry; then: () => Promise<void> }) {
  const [fetching, setFetching] = useState(false);
  const fetch = async () => {
    setFetching(true);
    const done = await attempt(`Fetching ${entry.title}`, async () => {
      await useDataSets.getState().fetch(entry.id);
      return true;
    });
    setFetching(false);
    if (done) await then();
  };
  return (
    <button type="button" className="btn small" disabled={fetching} onClick={() => void fetch()}>
      {fetching ? `Fetching ${entry.title}…` : `Fetch ${entry.title}`}
    </button>
  );
}

function FolderLine({ folder, change }: { folder: string; change: () => void }) {
  return (
    <p className="training-folder">
      <span title={folder} data-selectable>
        {folder}
      </span>
      <button type="button" className="link" onClick={change}>
        Change…
      </button>
    </p>
  );
}

/** Stands while the fit is the newest step, so that its Undo undoes nothing else. */
function FittedNote({ fitted }: { fitted: Fitted }) {
  const newest = useEditor((s) => s.history.past.at(-1)?.gesture === fitted.gesture);
  if (!newest) return null;
  return (
    <p className="fitted" role="status">
      <span>{fitted.text}</span>
      <button type="button" className="link" onClick={() => useEditor.getState().undo()}>
        Undo
      </button>
    </p>
  );
}

/** The net and the data disagree, e.g. after a template was opened: with the button that fits the net. */
function FitProblems() {
  const problems = useProblems().filter((p) => p.repairs.some((r) => r.command === 'document.fit'));
  return problems.slice(0, 1).map((p) => <FieldProblem key={p.code} problem={p} />);
}
