import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useMemo } from 'react';
import { offerTemplate } from '../app/insert-template';
import { takeFromLibrary } from '../app/library-kinds';
import { useEditor } from '../app/store';
import { TEMPLATE_MIME } from '../palette/TemplateList';
import { addKind, addOnWire, centredAt } from './add-kind';
import { canvas } from './canvas-state';
import { snapPoint } from './geometry';
import { wireUnder } from './use-connect';

/** What the palette puts into a drag: the type of a node kind. */
export const KIND_MIME = 'application/x-convloom-kind';

/** Takes kinds from the palette: onto the canvas, or onto a wire; and templates. */
export function useDrop() {
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(() => {
    const point = (e: DragEvent) => ({ x: e.clientX, y: e.clientY });
    const wireAt = (e: DragEvent): string | null => {
      const id = wireUnder(point(e));
      return id !== undefined && useEditor.getState().history.present.edges[id] ? id : null;
    };
    return {
      onDragOver(e: DragEvent) {
        const isKind = e.dataTransfer.types.includes(KIND_MIME);
        if (!isKind && !e.dataTransfer.types.includes(TEMPLATE_MIME)) return;
        e.preventDefault();
        e.dataTransfer.dropEffect = 'copy';
        if (!isKind) return;
        const dropWire = wireAt(e);
        if (canvas().dropWire !== dropWire) canvas().set({ dropWire });
      },
      onDragLeave: () => canvas().set({ dropWire: null }),
      onDrop(e: DragEvent) {
        const wanted = e.dataTransfer.getData(KIND_MIME);
        const template = e.dataTransfer.getData(TEMPLATE_MIME);
        if (template !== '') {
          e.preventDefault();
          void offerTemplate(template, snapPoint(screenToFlowPosition(point(e))));
        }
        if (wanted === '') return;
        e.preventDefault();
        const wire = wireAt(e);
        canvas().set({ dropWire: null });
        const gesture = `drop ${crypto.randomUUID()}`;
        const type = takeFromLibrary(wanted, gesture);
        if (wire === null || addOnWire(type, wire, gesture) === undefined)
          addKind(type, centredAt(screenToFlowPosition(point(e))), gesture);
      },
    };
  }, [screenToFlowPosition]);
}
