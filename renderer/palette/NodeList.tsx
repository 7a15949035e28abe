import { HoverCard } from 'radix-ui';
import { useEffect, useState } from 'react';
import { nodeKinds } from '../../engine/nodes/catalogue';
import type { NodeDef } from '../../engine/nodes/define';
import { toggleFavourite, useHabits } from '../app/habits';
import { loadLibrary, removeFromLibrary } from '../app/library';
import { libraryId, libraryKinds, useLibrary } from '../app/library-kinds';
import { usePart } from '../app/store';
import { Glyph } from '../ui/Glyph';
import { Icon } from '../ui/Icon';
import { addKind } from './add-kind';
import { findKinds, ownKinds } from './kinds';
import { useCard } from './use-card';

/** What a drag from the palette carries: the type of a node kind. */
const KIND_MIME = 'application/x-convloom-kind';

export function NodeList({ query }: { readonly query: string }) {
  const blocks = usePart((doc) => doc.blocks);
  const library = useLibrary((s) => s.blocks);
  useEffect(loadLibrary, []);
  const [own, kept] = [ownKinds(blocks), libraryKinds(library, blocks)];
  const groups = findKinds(query, own, kept);
  const marked = useMarked([...nodeKinds, ...own, ...kept], query === '');
  if (groups.length === 0)
    return <p className="pl-none">No node kind has “{query}” in its name or description.</p>;
  return (
    <div onPointerLeave={marked.refresh}>
      {[...marked.groups, ...groups].map(({ title, kinds }, i) => (
        <section key={title} aria-label={title}>
          <h2 className="pl-group">{title}</h2>
          <ul>
            {kinds.map((def) => (
              <li key={def.type} className="pl-item">
                <KindRow def={def} again={i < marked.groups.length} />
                <Star def={def} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const MOST_RECENT = 5;

/**
 * Kinds with a star, and those that were used last. The latter change once the pointer has left the list, so that no
 * row moves away under it.
 */
function useMarked(kinds: readonly NodeDef[], shown: boolean) {
  const { favourites, recentKinds } = useHabits();
  const [recent, setRecent] = useState(recentKinds);
  const refresh = () => setRecent(useHabits.getState().recentKinds);
  const of = (types: readonly string[]) => types.flatMap((t) => kinds.find((k) => k.type === t) ?? []);
  const last = of(recent.filter((t) => !favourites.includes(t))).slice(0, MOST_RECENT);
  const groups = [
    { title: 'Favourites', kinds: of(favourites) },
    { title: 'Recent', kinds: last },
  ];
  return { groups: shown ? groups.filter((g) => g.kinds.length > 0) : [], refresh };
}

function Star({ def }: { readonly def: NodeDef }) {
  const on = useHabits((s) => s.favourites.includes(def.type));
  return (
    <button
      type="button"
      className="pl-star"
      // the row itself takes Shift and Enter for it: one stop of Tab a row
      tabIndex={-1}
      aria-pressed={on}
      aria-label={`Favourite: ${def.title}`}
      title={on ? 'Take out of the favourites' : 'Put among the favourites (Shift Enter)'}
      onClick={() => toggleFavourite(def.type)}
    >
      <Icon name="star" size={13} />
    </button>
  );
}

/**
 * Drag to the canvas, double-click or Enter to add; rest on it to read what it does.
 *
 * @param again whether the kind has its row further down, too
 */
function KindRow({ def, again }: { readonly def: NodeDef; readonly again: boolean }) {
  const { open, onOpenChange, row } = useCard(KIND_MIME, def.type);
  return (
    <HoverCard.Root openDelay={600} closeDelay={60} open={open} onOpenChange={onOpenChange}>
      <HoverCard.Trigger asChild>
        <button
          type="button"
          className="pl-row"
          data-row
          {...(again ? { 'data-kind-again': def.type } : { 'data-kind': def.type })}
          {...row}
          aria-keyshortcuts="Shift+Enter"
          // Enter, a screen reader's click and a click by script have no detail; a mouse adds by the second click
          onClick={(e) => {
            if (e.detail !== 0) return;
            if (e.shiftKey) toggleFavourite(def.type);
            else addKind(def.type);
          }}
          onDoubleClick={() => addKind(def.type)}
        >
          <Glyph category={def.category} />
          <span>{def.title}</span>
        </button>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content className="hc" side="right" align="start" sideOffset={12} collisionPadding={12}>
          <p className="hc-title">
            <Glyph category={def.category} size={16} />
            {def.title}
          </p>
          <p className="hc-text">{def.help}</p>
          <p className="hc-source">{def.source}</p>
          {libraryId(def.type) !== undefined && (
            <button
              type="button"
              className="btn small"
              onClick={() => void removeFromLibrary(libraryId(def.type)!)}
            >
              Remove from the library
            </button>
          )}
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}
