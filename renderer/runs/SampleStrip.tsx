import { useEffect, useState } from 'react';
import type { DataInfo, Preview } from '../../ipc/contract';
import { type DataChoice, useDataSets } from './data-store';
import { labelOf, Picture } from './Picture';

const SHOWN = 10;

interface SampleStripProps {
  readonly choice: DataChoice;
  readonly info: DataInfo;
  onOpen(): void;
}

/** The first pictures with their labels; a click shows many. */
export function SampleStrip({ choice, info, onOpen }: SampleStripProps) {
  const preview = usePreview(choice, 'train', 0, SHOWN);
  // Names longer than a digit or two need wider pictures, in two rows.
  const long = info.classNames.some((name) => name.length > 3);
  return (
    <button
      type="button"
      className={long ? 'samples long' : 'samples'}
      aria-label={`Look at the pictures of ${info.title}`}
      title="Look at the pictures"
      onClick={onOpen}
    >
      {Array.from({ length: SHOWN }, (_, i) =>
        preview && i < preview.labels.length ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a picture is known by its place
          <span key={i}>
            <Picture preview={preview} index={i} />
            <small>{labelOf(preview, i)}</small>
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <span key={i} className="empty" />
        ),
      )}
    </button>
  );
}

/** Pictures of a data set; null while they are read, and where they cannot be. */
export function usePreview(
  { set, folder, size, colour }: DataChoice,
  split: 'train' | 'test',
  start: number,
  count: number,
): Preview | null {
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    let current = true;
    setPreview(null);
    useDataSets
      .getState()
      .preview({ set, folder, size, colour }, split, start, count)
      .then(
        (found) => current && setPreview(found),
        () => {},
      );
    return () => {
      current = false;
    };
  }, [set, folder, size, colour, split, start, count]);
  return preview;
}
