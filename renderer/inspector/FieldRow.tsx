import { type FocusEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { Problem } from '../../engine/analysis/problem';
import type { GraphDocument } from '../../engine/graph/document';
import { Repairs } from '../problems/Repairs';
import { Icon } from '../ui/Icon';
import { FieldCard } from './FieldCard';
import { FieldControl } from './FieldControl';
import { useCardTurn } from './field-cards';
import { useAhead } from './use-ahead';
import { type FieldEditProps, useFieldEdit } from './use-field-edit';
import { mixedText } from './values';
import './fields.css';

export interface FieldRowProps extends FieldEditProps {
  /** Faults that lie in this parameter. */
  readonly problems?: readonly Problem[];
  /** Where the value comes from, when that is not here. */
  readonly note?: string | undefined;
  /** Stands behind the control. */
  readonly action?: ReactNode;
  /** The nodes that an edit changes, to tell what it does to them. */
  readonly paths?: readonly string[];
  /** What the document would be with a value for each node. */
  readonly preview?: ((doc: GraphDocument, values: readonly unknown[]) => GraphDocument) | undefined;
}

/** One parameter: its name, which can be dragged to change a number, its control, and what is wrong with it. */
export function FieldRow(props: FieldRowProps) {
  const { field, value, disabled = false, problems = [], note: origin, action, all } = props;
  const note = useId();
  const row = useRef<HTMLDivElement>(null);
  const edit = useFieldEdit(props);
  const { message, proposal, pointing, scrub, steps } = edit;
  const attention = useAttention();
  const shown = attention.focused || pointing ? proposal : null;
  const asks = !disabled && (shown !== null || attention.asks);
  const turn = useCardTurn(note, asks, shown ? 'change' : 'help');
  const effect = useAhead(turn ? shown : null, { preview: props.preview, pointing, paths: props.paths });
  const mixed = all && value === undefined ? mixedText(all) : undefined;
  return (
    <div className="fr" data-field={field.name} ref={row} {...attention.ofRow}>
      <span className={`fr-name${steps ? ' scrub' : ''}`} {...scrub} {...attention.ofName}>
        {field.title}
      </span>
      <FieldControl
        {...{ field, value, disabled, edit }}
        bad={message !== undefined || problems.some((p) => p.severity === 'error')}
        describedBy={note}
      />
      {action}
      <div className="fr-notes" id={note}>
        {origin && <p className="fr-origin">{origin}</p>}
        {mixed && <p className="fr-origin">{mixed}</p>}
        {field.help && <span className="visually-hidden">{field.help}.</span>}
        {message && (
          <p className="fr-message" role="alert">
            {message}
          </p>
        )}
        {problems.map((p) => (
          <FieldProblem key={p.code} problem={p} />
        ))}
      </div>
      {turn && (
        <FieldCard
          anchor={row}
          field={field}
          olds={all ?? [value]}
          proposal={shown}
          effect={effect}
          keys={!pointing || (shown !== null && 'live' in shown && shown.live)}
        />
      )}
    </div>
  );
}

/** Whether someone is at the field: with the keyboard in it, or with the pointer on its name. */
function useAttention() {
  const [focused, setFocused] = useState(false);
  const [helped, setHelped] = useState(false);
  const [named, setNamed] = useState(false);
  return {
    focused,
    asks: helped || named,
    ofRow: {
      onFocus: (event: FocusEvent) => {
        setFocused(true);
        setHelped(isKeyboard(event.target));
      },
      onBlur: () => {
        setFocused(false);
        setHelped(false);
      },
      onKeyDown: (event: React.KeyboardEvent) => {
        if (event.key === 'Escape') setHelped(false);
      },
    },
    ofName: {
      onPointerEnter: () => setNamed(true),
      onPointerLeave: () => setNamed(false),
    },
  };
}
/** Whether the focus came by the keyboard, or is where one types. */
function isKeyboard(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches(':focus-visible');
}

export function FieldProblem({ problem }: { readonly problem: Problem }) {
  return (
    <div className={`fr-problem ${problem.severity}`}>
      <p className="fr-what">
        <Icon name={problem.severity} size={13} />
        <span data-selectable>{problem.what}</span>
      </p>
      <p className="fr-why" data-selectable>
        {problem.why} {problem.remedy}
      </p>
      {problem.repairs.length > 0 && (
        <div className="fr-repairs">
          <Repairs problem={problem} />
        </div>
      )}
    </div>
  );
}
