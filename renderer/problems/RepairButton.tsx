import { type ReactNode, useEffect } from 'react';
import type { Repair } from '../../engine/errors';
import { endPreview, showPreview } from '../app/preview';
import { useEditor } from '../app/store';

interface RepairButtonProps {
  readonly repair: Repair;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

/** Mends by one step, which undo takes back. Pointed at or focused, it shows on the canvas what comes of it. */
export function RepairButton({ repair, className, title, children }: RepairButtonProps) {
  const mend = useEditor((s) => s.repair);
  const show = () => showPreview(repair);
  useEffect(() => endPreview, []);
  return (
    <button
      type="button"
      {...{ className, title }}
      onClick={() => {
        endPreview();
        mend(repair);
      }}
      onPointerEnter={show}
      onPointerLeave={endPreview}
      onFocus={show}
      onBlur={endPreview}
    >
      {children}
    </button>
  );
}
