import { HoverCard } from 'radix-ui';
import { useEffect } from 'react';
import type { NodeDef } from '../../engine/nodes/define';
import { loadLibrary, removeFromLibrary } from '../app/library';
import { libraryId, libraryKinds, useLibrary } from '../app/library-kinds';
import { useDocument } from '../app/store';
import { Glyph } from '../ui/Glyph';
import { addKind } from './add-kind';
import { findKinds, ownKinds } from './kinds';
import { useCard } from './use-card';

/** What a drag from the palette carries: the type of a node kind. */
const KIND_MIME = 'application/x-convloom-kind';

export function NodeList({ query }: { readonly query: string }) {
  const { blocks } = useDocument();
  const library = useLibrary((s) => s.blocks);
  useEffect(loadLibrary, []);
  const groups = findKinds(query, ownKinds(blocks), libraryKinds(library, blocks));
  if (groups.length === 0)
    return <p className="pl-none">No node kind has “{query}” in its name or description.</p>;
  return groups.map(({ title, kinds }) => (
    <section key={title} aria-label={title}>
      <h2 className="pl-group">{title}</h2>
      <ul>
        {kinds.map((def) => (
          <li key={def.type}>
            <KindRow def={def} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

/** Drag to the canvas, double-click or Enter to add; rest on it to read what it does. */
function KindRow({ def }: { readonly def: NodeDef }) {
  const { open, onOpenChange, row } = useCard(KIND_MIME, def.type);
  return (
    <HoverCard.Root openDelay={600} closeDelay={60} open={open} onOpenChange={onOpenChange}>
      <HoverCard.Trigger asChild>
        <button
          type="button"
          className="pl-row"
          data-row
          data-kind={def.type}
          {...row}
          // Enter, a screen reader's click and a click by script have no detail; a mouse adds by the second click
          onClick={(e) => e.detail === 0 && addKind(def.type)}
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
