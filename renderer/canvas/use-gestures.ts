import { type KeyboardEvent, useCallback } from 'react';
import { useGestures } from './gesture-state';
import { useArrowCommands } from './use-keys';
import { useMenu } from './use-menu';
import { useStroke } from './use-stroke';

/** Strokes, the menu and the arrow commands, as properties of the element around the canvas. */
export function useCanvasGestures() {
  const { onMenuKey, onContextMenu } = useMenu();
  const onArrow = useArrowCommands();
  const tool = useGestures((s) => s.tool ?? s.stroke?.tool);
  const onKeyDownCapture = useCallback(
    (event: KeyboardEvent) => {
      onMenuKey(event);
      onArrow(event);
    },
    [onMenuKey, onArrow],
  );
  return { 'data-tool': tool, onKeyDownCapture, onContextMenu, ...useStroke() };
}
