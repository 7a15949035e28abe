import { useState } from 'react';
import type { DataInfo, Preview } from '../../ipc/contract';
import { Dialog } from '../ui/Dialog';
import { Segments } from '../ui/Segments';
import { Select } from '../ui/Select';
import { AugmentView } from './AugmentView';
import { DataReportView } from './DataReportView';
import type { DataChoice } from './data-store';
import { formatCount } from './format';
import { labelOf, Picture } from './Picture';
import { usePreview } from './SampleStrip';
import './training.css';

const PAGE = 200;
const ALL = 'all classes';

type View = 'pictures' | 'augmented' | 'figures';
interface DataDialogProps {
  readonly choice: DataChoice;
  readonly info: DataInfo;
  onClose(): void;
}

/** The pictures themselves, a page at a time; as the training step sees them; or what all of them together are like. */
export function DataDialog({ choice, info, onClose }: DataDialogProps) {
  const [view, setView] = useState<View>('pictures');
  return (
    <Dialog title={info.title} width={880} onClose={onClose}>
      <div className="pictures-view">
        <Segments<View>
          label="What to show"
          value={view}
          segments={[
            { value: 'pictures', label: 'Pictures' },
            { value: 'augmented', label: 'As the net sees them' },
            { value: 'figures', label: 'Classes and figures' },
          ]}
          onChange={setView}
        />
      </div>
      {view === 'pictures' && <Pages choice={choice} info={info} />}
      {view === 'augmented' && <AugmentView choice={choice} info={info} />}
      {view === 'figures' && <DataReportView choice={choice} />}
      <p className="quiet">{info.source}</p>
    </Dialog>
  );
}

function Pages({ choice, info }: Omit<DataDialogProps, 'onClose'>) {
  const [split, setSplit] = useState<'train' | 'test'>('train');
  const [start, setStart] = useState(0);
  const [only, setOnly] = useState(ALL);
  const preview = usePreview(choice, split, start, PAGE);
  const count = info[split];
  const go = (next: number) => setStart(Math.max(0, Math.min(next, Math.floor((count - 1) / PAGE) * PAGE)));
  return (
    <>
      <div className="pictures-bar">
        <div className="pictures-split">
          <Segments
            label="Split"
            value={split}
            segments={[
              { value: 'train', label: `train ${formatCount(info.train)}` },
              { value: 'test', label: `test ${formatCount(info.test)}` },
            ]}
            onChange={(next) => {
              setSplit(next);
              setStart(0);
            }}
          />
        </div>
        <div className="pictures-class">
          <Select label="Class" options={[ALL, ...info.classNames]} value={only} onChange={setOnly} />
        </div>
        <span className="pictures-space" />
        <button type="button" className="btn small" disabled={start === 0} onClick={() => go(start - PAGE)}>
          Previous
        </button>
        <span className="pictures-where" aria-live="polite">
          {formatCount(start + 1)} to {formatCount(Math.min(start + PAGE, count))}
        </span>
        <button
          type="button"
          className="btn small"
          disabled={start + PAGE >= count}
          onClick={() => go(start + PAGE)}
        >
          Next
        </button>
      </div>
      <Grid preview={preview} start={start} only={only} />
    </>
  );
}

function Grid({ preview, start, only }: { preview: Preview | null; start: number; only: string }) {
  if (!preview)
    return (
      <div className="pictures" role="status">
        Reading the pictures…
      </div>
    );
  const shown = preview.labels.map((_, i) => i).filter((i) => only === ALL || labelOf(preview, i) === only);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <ul className="pictures" tabIndex={0} aria-label="Pictures">
      {shown.map((i) => (
        <li key={i} title={`Picture ${formatCount(start + i + 1)}: ${labelOf(preview, i)}`}>
          <Picture preview={preview} index={i} />
          <small>{labelOf(preview, i)}</small>
        </li>
      ))}
      {shown.length === 0 && <li className="pictures-none">None of this class on this page.</li>}
    </ul>
  );
}
