import { type DragEvent, useRef, useState } from 'react';

/** The card beside a row of the palette: it opens on rest, and never while the row is pressed or dragged, in whose way it would lie. */
export function useCard(mime: string, id: string) {
  const [open, setOpen] = useState(false);
  const busy = useRef(false);
  const set = (isBusy: boolean) => () => {
    busy.current = isBusy;
    if (isBusy) setOpen(false);
  };
  return {
    open,
    onOpenChange: (next: boolean) => setOpen(next && !busy.current),
    row: {
      draggable: true,
      onPointerDown: set(true),
      onPointerUp: set(false),
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData(mime, id);
        event.dataTransfer.effectAllowed = 'copy';
        setOpen(false);
      },
      onDragEnd: set(false),
    },
  };
}
