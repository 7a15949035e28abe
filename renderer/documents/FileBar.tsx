import { useEffect } from 'react';
import { useEditor } from '../app/store';
import { Icon } from '../ui/Icon';
import { type Answer, wordsOf } from './file-answers';
import { keepFocus } from './focus-canvas';
import { dismissShared, setTrouble, useTroubles, watchFiles } from './trouble';
import './file-bar.css';

/** What stands between the graph in front and its file, each with its answers. */
export function FileBar() {
  useEffect(watchFiles, []);
  const key = useEditor((s) => s.key);
  const path = useEditor((s) => s.path);
  const trouble = useTroubles((s) => s.troubles[key]);
  const shared = useTroubles((s) => path !== null && s.shared[path] === true);
  if (path === null) return null;
  return (
    <>
      {trouble && (
        <Row
          {...wordsOf(trouble, path)}
          bad
          {...(trouble.kind === 'fault' && { onClose: () => setTrouble(key, null) })}
        />
      )}
      {shared && (
        <Row
          what="This file is open in another Convloom too."
          why="What is saved there is noticed here before anything is written over."
          answers={[]}
          onClose={() => dismissShared(path)}
        />
      )}
    </>
  );
}

interface RowProps {
  readonly what: string;
  readonly why: string;
  readonly answers: readonly Answer[];
  readonly bad?: boolean;
  onClose?(): void;
}

function Row({ what, why, answers, bad = false, onClose }: RowProps) {
  return (
    <section
      className={bad ? 'file-bar bad' : 'file-bar'}
      aria-label="The file"
      role={bad ? 'alert' : 'status'}
    >
      <Icon name={bad ? 'warning' : 'info'} size={15} />
      <p data-selectable>
        <b>{what}</b> {why}
      </p>
      {answers.map(({ label, title, accent, run }) => (
        <button
          type="button"
          key={label}
          className={accent ? 'btn small accent' : 'btn small'}
          title={title}
          onClick={() => void Promise.resolve(run()).then(keepFocus)}
        >
          {label}
        </button>
      ))}
      {onClose && (
        <button type="button" className="btn icon ghost" aria-label="Close the message" onClick={onClose}>
          <Icon name="close" size={13} />
        </button>
      )}
    </section>
  );
}
