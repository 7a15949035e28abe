import { type DragEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { closeFile, newFile } from '../app/files';
import { formatShortcut, isMac } from '../app/keys';
import { useSession } from '../app/session';
import { type Tab, useEditor } from '../app/store';
import { isTyping } from '../app/use-shortcuts';
import { Icon } from '../ui/Icon';
import { focusCanvas } from './focus-canvas';
import { activateTab, allTabs, cycleTabs, isTabDirty, moveTab, useTabs } from './tabs';
import './tab-strip.css';

/** Of a tab that is dragged; files and templates have types of their own. */
const TAB_MIME = 'application/x-convloom-tab';

/** The open graphs, where there are several; a single one takes no room. */
export function TabStrip() {
  useTabKeys();
  const tabs = useTabList();
  const [over, setOver] = useState<number | null>(null);
  if (tabs.length < 2) return null;
  const onDrop = (event: DragEvent, to: number) => {
    const key = event.dataTransfer.getData(TAB_MIME);
    setOver(null);
    if (key !== '') moveTab(key, to);
  };
  return (
    <nav className="ts" aria-label="Graphs">
      <div className="ts-tabs" role="tablist" aria-label="Open graphs" onKeyDown={onStripKey}>
        {tabs.map((tab, at) => (
          <TabButton
            key={tab.key}
            tab={tab}
            over={over === at}
            onOver={() => setOver(at)}
            onDrop={(e) => onDrop(e, at)}
            onEnd={() => setOver(null)}
          />
        ))}
      </div>
      <button
        type="button"
        className="btn icon ghost"
        aria-label="New graph"
        title={`New graph (${formatShortcut('Mod+N', isMac())})`}
        onClick={newFile}
      >
        <Icon name="plus" size={13} />
      </button>
    </nav>
  );
}

interface TabProps {
  readonly tab: Tab;
  /** Whether a dragged tab would be let go here. */
  readonly over: boolean;
  onOver(): void;
  onDrop(event: DragEvent): void;
  onEnd(): void;
}

/** The cross is for the mouse; Delete and the command close it by the keyboard. */
function TabButton({ tab, over, onOver, onDrop, onEnd }: TabProps) {
  const { key, path } = tab;
  const { name } = tab.history.present;
  const front = useEditor((s) => s.key === key);
  const dirty = isTabDirty(tab);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (front) button.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [front]);
  const onClick = (event: MouseEvent) => {
    if ((event.target as Element).closest('[data-close]')) void closeFile(key);
    else {
      activateTab(key);
      useSession.getState().show('design');
      // by the mouse: the keys mean the graph then, and not its tab
      if (event.detail > 0) requestAnimationFrame(focusCanvas);
    }
  };
  return (
    <button
      ref={button}
      type="button"
      role="tab"
      className={over ? 'ts-tab over' : 'ts-tab'}
      data-tab={key}
      aria-selected={front}
      aria-label={dirty ? `${name}, unsaved changes` : name}
      title={`${path ?? 'Not saved to a file yet'}${dirty ? '\nUnsaved changes' : ''}`}
      tabIndex={front ? 0 : -1}
      draggable
      onClick={onClick}
      onAuxClick={(event) => event.button === 1 && void closeFile(key)}
      onDragStart={(event) => {
        event.dataTransfer.setData(TAB_MIME, key);
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(TAB_MIME)) return;
        event.preventDefault();
        onOver();
      }}
      onDrop={onDrop}
      onDragEnd={onEnd}
    >
      <span className="ts-name">{name}</span>
      {dirty && <span className="ts-dirty" />}
      <span className="ts-close" data-close title="Close">
        <Icon name="close" size={11} />
      </span>
    </button>
  );
}

/** Every open graph, anew after each change of one. */
function useTabList(): readonly Tab[] {
  useTabs();
  useEditor((s) => s.key);
  useEditor((s) => s.path);
  useEditor((s) => s.history.present === s.saved);
  useEditor((s) => s.history.present.name);
  return allTabs();
}

const focusFront = (): void =>
  document.querySelector<HTMLElement>('.ts-tab[aria-selected="true"]')?.focus({ preventScroll: true });

/** Arrows go to a neighbour, Delete closes. */
function onStripKey(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by !== undefined) cycleTabs(by);
  else if (event.key === 'Delete') void closeFile().then(() => requestAnimationFrame(focusFront));
  else return;
  event.preventDefault();
  event.stopPropagation();
  requestAnimationFrame(focusFront);
}

/** Ctrl Tab, on a Mac too; taken before the canvas or a field takes it. */
function useTabKeys(): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Tab' || !event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('[role="dialog"][data-modal], [role="alertdialog"]')) return;
      event.preventDefault();
      event.stopPropagation();
      // a field commits what was typed when it loses the focus: to the graph that it belongs to
      if (isTyping(document.activeElement)) (document.activeElement as HTMLElement).blur();
      cycleTabs(event.shiftKey ? -1 : 1);
      useSession.getState().show('design');
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
}
