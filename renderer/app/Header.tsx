import type { KeyboardEvent } from 'react';
import { renameDocument } from '../../engine/graph/commands/document';
import { formatShape } from '../../engine/ir/shape';
import { RunControls } from '../runs/RunControls';
import { Icon } from '../ui/Icon';
import { Name } from '../ui/Name';
import { useHabits } from './habits';
import { keysOf } from './key-map';
import { formatShortcut, isMac } from './keys';
import { useSession, type Workspace } from './session';
import { useAnalysis, useDirty, useEditor, usePart } from './store';
import './header.css';

export function Header() {
  return (
    <header className="hd">
      <Logo />
      <DocumentTitle />
      <Workspaces />
      <span className="hd-space" />
      <CommandField />
      <LooksButton />
      <RunControls />
    </header>
  );
}

function Logo() {
  return (
    <svg className="hd-logo" viewBox="0 0 20 20" role="img" aria-label="Convloom">
      <path d="M3 4v12M17 4v12M3 6c7 0 7 8 14 8M3 10h14M3 14c7 0 7-8 14-8" />
    </svg>
  );
}

/** Name, whether it is saved, and what the net maps to what. */
function DocumentTitle() {
  const name = usePart((doc) => doc.name);
  const dirty = useDirty();
  const run = useEditor((s) => s.run);
  const { elaboration } = useAnalysis();
  const shape = elaboration.input?.output?.shape;
  const classes = elaboration.output?.params?.['classes'];
  return (
    <div className="hd-doc">
      <h1 className="hd-name">
        <Name
          label="Name of the graph"
          value={name}
          onChange={(next) => run(renameDocument, { name: next })}
        />
      </h1>
      {dirty && <span className="hd-dirty" role="img" aria-label="Unsaved changes" title="Unsaved changes" />}
      {shape && typeof classes === 'number' && (
        <span className="hd-maps">
          {formatShape(shape)} → {classes} classes
        </span>
      )}
    </div>
  );
}

const WORKSPACES = [
  { value: 'design', label: 'Design' },
  { value: 'runs', label: 'Runs' },
  { value: 'compare', label: 'Compare' },
] as const satisfies readonly { value: Workspace; label: string }[];

function Workspaces() {
  const workspace = useSession((s) => s.workspace);
  const show = useSession((s) => s.show);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const step = event.key === 'ArrowRight' ? 1 : -1;
    const at = WORKSPACES.findIndex((w) => w.value === workspace);
    const next = WORKSPACES[(at + step + WORKSPACES.length) % WORKSPACES.length]!.value;
    show(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-workspace="${next}"]`)?.focus();
  };
  return (
    <div className="hd-tabs" role="tablist" aria-label="Workspace" onKeyDown={onKeyDown}>
      {WORKSPACES.map(({ value, label }) => (
        <button
          type="button"
          key={value}
          role="tab"
          data-workspace={value}
          aria-selected={value === workspace}
          tabIndex={value === workspace ? 0 : -1}
          onClick={() => show(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

const PALETTE = { id: 'view.commands', title: '', keys: ['Mod+K'] };

function CommandField() {
  const set = useSession((s) => s.set);
  const own = useHabits((s) => s.keys);
  const [key] = keysOf(PALETTE, own);
  return (
    <button type="button" className="hd-cmd" aria-haspopup="dialog" onClick={() => set({ palette: true })}>
      <span>Search or run a command</span>
      {key !== undefined && <kbd>{formatShortcut(key, isMac())}</kbd>}
    </button>
  );
}

function LooksButton() {
  const set = useSession((s) => s.set);
  return (
    <button
      type="button"
      className="btn icon ghost"
      aria-label="Appearance"
      aria-haspopup="dialog"
      title="Appearance: theme, contrast, colours, text size"
      onClick={() => set({ appearance: true })}
    >
      <Icon name="look" size={15} />
    </button>
  );
}
