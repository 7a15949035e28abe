import type { ReactNode } from 'react';
import type { Fault } from '../../engine/errors';
import { Repairs } from '../problems/Repairs';
import { Icon } from '../ui/Icon';
import './runs.css';

interface FaultCardProps {
  readonly fault: Fault;
  /** Buttons of the place where the card stands. */
  readonly children?: ReactNode;
  readonly onDismiss?: () => void;
}

/** What went wrong, why, and what to do: the same words everywhere, with the commands that mend it. */
export function FaultCard({ fault, children, onDismiss }: FaultCardProps) {
  return (
    <div className="run-fault" role="alert">
      <Icon name="error" size={16} />
      <div className="run-fault-text" data-selectable>
        <b>{fault.what}</b>
        {fault.why && <p>{fault.why}</p>}
        {fault.remedy && (
          <p>
            <Remedy text={fault.remedy} />
          </p>
        )}
        {(children || fault.repairs.length > 0) && (
          <div className="run-fault-acts">
            <Repairs problem={fault} />
            {children}
          </div>
        )}
      </div>
      {onDismiss && (
        <button type="button" className="btn icon ghost" aria-label="Dismiss" onClick={onDismiss}>
          <Icon name="close" size={13} />
        </button>
      )}
    </div>
  );
}

/** Words between backticks are set as code, to be copied. */
export function Remedy({ text }: { text: string }) {
  return text.split('`').map((part, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change their order
    return i % 2 === 1 ? <code key={i}>{part}</code> : part;
  });
}
