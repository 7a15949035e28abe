import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './Icon';
import './controls.css';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly width?: number;
  readonly children: ReactNode;
  onClose(): void;
}

/** A window in the window: keeps the focus, closes by Escape, the cross or a click beside it. */
export function Dialog({ title, width = 520, children, onClose }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="dg-scrim" />
        <Radix.Content className="dg" data-modal style={{ width }} aria-describedby={undefined}>
          <header className="dg-head">
            <Radix.Title className="dg-title">{title}</Radix.Title>
            <Radix.Close className="btn icon ghost" aria-label="Close">
              <Icon name="close" />
            </Radix.Close>
          </header>
          <div className="dg-body">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
