import { type ReactNode, useId, useRef, useState } from 'react';
import type { Problem } from '../../engine/analysis/problem';
import type { Field } from '../../engine/nodes/fields';
import { Repairs } from '../problems/Repairs';
import { Icon } from '../ui/Icon';
import { FieldControl } from './FieldControl';
import { useScrub } from './use-scrub';
import { expectation, stepValue } from './values';
import './fields.css';

export interface FieldRowProps {
  readonly field: Field;
  /** Undefined where several nodes hold different values. */
  readonly value: unknown;
  readonly disabled?: boolean;
  /** Faults that lie in this parameter. */
  readonly problems?: readonly Problem[];
  /** Where the value comes from, when that is not here. */
  readonly note?: string | undefined;
  /** Stands behind the control. */
  readonly action?: ReactNode;
  /** Whether the kind's schema takes `value`. */
  accepts(value: unknown): boolean;
  /** @param gesture edits with one gesture are one step of undo */
  onSet(value: unknown, gesture: string): void;
}

let gestures = 0;
const newGesture = (): string => `param ${++gestures}`;

/** One parameter: its name, which can be dragged to change a number, its control, and what is wrong with it. */
export function FieldRow(props: FieldRowProps) {
  const { field, value, disabled = false, problems = [], accepts, onSet } = props;
  const { note: origin, action } = props;
  const note = useId();
  const [message, setMessage] = useState<string>();
  const gesture = useRef('');
  const latest = useRef(value);
  latest.current = value;

  const set = (next: unknown, join = newGesture()): boolean => {
    if (!accepts(next)) {
      setMessage(expectation(field));
      return false;
    }
    setMessage(undefined);
    latest.current = next;
    gesture.current = join;
    onSet(next, join);
    return true;
  };
  const step = (delta: number, join = gesture.current || newGesture()): void => {
    const next = stepValue(field, latest.current, delta);
    if (next !== undefined) set(next, join);
  };
  const steps = stepValue(field, value, 0) !== undefined && !disabled;
  const scrub = useScrub(steps, step, newGesture);
  const noted = message !== undefined || problems.length > 0 || (field.help ?? origin) !== undefined;
  return (
    <div className="fr" data-field={field.name}>
      <span className={`fr-name${steps ? ' scrub' : ''}`} title={field.help} {...scrub}>
        {field.title}
      </span>
      <FieldControl
        {...{ field, value, disabled, set }}
        bad={message !== undefined || problems.some((p) => p.severity === 'error')}
        describedBy={noted ? note : undefined}
        step={steps ? step : undefined}
        clear={() => setMessage(undefined)}
        leave={() => {
          gesture.current = '';
        }}
      />
      {action}
      <div className="fr-notes" id={note}>
        {origin && <p className="fr-origin">{origin}</p>}
        {field.help && <span className="visually-hidden">{field.help}</span>}
        {message && (
          <p className="fr-message" role="alert">
            {message}
          </p>
        )}
        {problems.map((p) => (
          <FieldProblem key={p.code} problem={p} />
        ))}
      </div>
    </div>
  );
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
