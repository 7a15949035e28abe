import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';

/** The card beside a row of the palette: it opens on rest. Once the row is used, pressed or dragged it would lie in the way. */
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
      onPointerEnter: set(false),
      onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && set(true)(),
      onBlur: set(false),
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.setData(mime, id);
        event.dataTransfer.effectAllowed = 'copy';
        setOpen(false);
      },
      onDragEnd: set(false),
    },
  };
}
