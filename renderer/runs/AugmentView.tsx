import { useEffect, useState } from 'react';
import { type Fault, toFault } from '../../engine/errors';
import type { TrainingSettings } from '../../engine/graph/training';
import type { DataInfo, Preview } from '../../ipc/contract';
import { useDocument } from '../app/store';
import { type DataChoice, plainChoice, useDataSets } from './data-store';
import { FaultCard } from './FaultCard';
import { formatCount } from './format';
import { labelOf, Picture } from './Picture';
import { usePreview } from './SampleStrip';

/** Pictures, and how often each is drawn. */
const ROWS = 10;
const DRAWS = 7;

interface AugmentViewProps {
  readonly choice: DataChoice;
  readonly info: DataInfo;
}

/** The same pictures several times over, as the training step will see them with the settings as they are now. */
export function AugmentView({ choice, info }: AugmentViewProps) {
  const { augment, seed } = useDocument().training;
  const [start, setStart] = useState(0);
  const [first, setFirst] = useState(1);
  const plain = usePreview(choice, 'train', start, ROWS);
  const drawn = useAugmented(choice, { augment, seed }, start, first);
  const words = augmentWords(augment);
  return (
    <>
      <div className="pictures-bar">
        <span className="quiet">
          {words || 'Nothing is switched on under Augmentation: the net sees the pictures as they are.'}
        </span>
        <span className="pictures-space" />
        <button type="button" className="btn small" onClick={() => setFirst((n) => n + DRAWS)}>
          Draw again
        </button>
        <button
          type="button"
          className="btn small"
          onClick={() => setStart((at) => (at + ROWS < info.train ? at + ROWS : 0))}
        >
          Other pictures
        </button>
      </div>
      {'fault' in drawn ? (
        <FaultCard fault={drawn.fault} />
      ) : (
        <Draws plain={plain} drawn={drawn.preview} start={start} />
      )}
    </>
  );
}

interface DrawsProps {
  readonly plain: Preview | null;
  readonly drawn: Preview | null;
  readonly start: number;
}
function Draws({ plain, drawn, start }: DrawsProps) {
  if (!plain || !drawn)
    return (
      <div className="augmented" role="status">
        Drawing the pictures…
      </div>
    );
  const rows = plain.labels.length;
  const draws = Array.from({ length: DRAWS }, (_, d) => d);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <div className="augmented" tabIndex={0}>
      <table aria-label="As the net sees them">
        <thead>
          <tr>
            <th scope="col">as it is</th>
            {draws.map((d) => (
              <th key={d} scope="col">
                {d + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plain.labels.map((_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture is known by its place
            <tr key={i}>
              <th scope="row" title={`Picture ${formatCount(start + i + 1)}`}>
                <Picture preview={plain} index={i} />
                <small>{labelOf(plain, i)}</small>
              </th>
              {draws.map((d) => (
                <td key={d}>
                  <Picture preview={drawn} index={d * rows + i} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Drawn = { readonly preview: Preview | null } | { readonly fault: Fault };

/** Draw after draw of the pictures from `start` on; null while they are made. */
function useAugmented(
  { set, folder, size, colour }: DataChoice,
  { augment, seed }: Pick<TrainingSettings, 'augment' | 'seed'>,
  start: number,
  first: number,
): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ preview: null });
  useEffect(() => {
    let current = true;
    setDrawn({ preview: null });
    const draws = Array.from({ length: DRAWS }, (_, d) => first + d);
    const which = plainChoice({ set, folder, size, colour });
    useDataSets
      .getState()
      .augmented({ ...which, start, count: ROWS, augment, seed, draws })
      .then(
        (preview) => current && setDrawn({ preview }),
        (error) => current && setDrawn({ fault: toFault(error, 'Drawing the pictures') }),
      );
    return () => {
      current = false;
    };
  }, [set, folder, size, colour, augment, seed, start, first]);
  return drawn;
}

/** What is switched on, as a sentence; empty where nothing is. */
export function augmentWords({ flip, crop, mixup, cutmix }: TrainingSettings['augment']): string {
  const parts = [
    flip && 'flipped',
    crop > 0 && `cropped within ${crop} pixels of zeros`,
    mixup > 0 && `mixup of alpha ${mixup}`,
    cutmix > 0 && `CutMix of alpha ${cutmix}`,
  ].filter((part) => part);
  if (parts.length === 0) return '';
  const text = parts.join(', ');
  const mixes = mixup > 0 || cutmix > 0 ? ' Mixed with others of these pictures.' : '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.${mixes}`;
}
