import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Field } from '../../engine/nodes/fields';
import { EffectTable } from './EffectTable';
import type { Effect } from './effect';
import type { Proposal } from './use-field-edit';
import { changeText, expectation } from './values';
import './field-card.css';

interface FieldCardProps {
  /** The field that it stands beside. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly field: Field;
  readonly olds: readonly unknown[];
  readonly proposal: Proposal | null;
  /** Undefined while it is worked out, or where nothing can be said of it. */
  readonly effect: Effect | undefined;
  /** Whether the keyboard takes or leaves it. */
  readonly keys: boolean;
}

/** Beside a field: what it means, and what the value that is typed or pointed at would do. */
export function FieldCard({ anchor, field, olds, proposal, effect, keys }: FieldCardProps) {
  const card = useRef<HTMLElement>(null);
  const place = usePlace(anchor, card);
  return createPortal(
    <section
      ref={card}
      className="fcard"
      data-testid="field-card"
      style={place}
      aria-label={`About ${field.title}`}
    >
      <header>
        <b>{field.title}</b>
        {proposal && 'each' in proposal && (
          <span className="fcard-change">
            {changeText(olds, proposal.each)} {field.unit}
          </span>
        )}
      </header>
      {proposal && 'fault' in proposal && <p className="fcard-fault">{proposal.fault}</p>}
      {proposal && 'each' in proposal && effect && <EffectTable effect={effect} />}
      {!proposal && field.help && <p>{field.help}.</p>}
      {!proposal && <p className="fcard-range">{rangeText(field)}</p>}
      {proposal && keys && !('fault' in proposal) && (
        <p className="fcard-keys">Enter takes it, Escape leaves it.</p>
      )}
    </section>,
    document.body,
  );
}

/** What the field takes, with the formulas where there is a number. */
function rangeText(field: Field): string {
  const formulas: ReadonlySet<Field['control']> = new Set(['int', 'number', 'pair', 'triple', 'shape']);
  return formulas.has(field.control)
    ? `${expectation(field)} Or a formula: 64*2, 2^6; *2 doubles what is there.`
    : expectation(field);
}

/** From the edge of the window, and between the card and the field. */
const GAP = 10;

/** Left of the panel that the field stands in, at its height, and inside the window. */
function usePlace(anchor: RefObject<HTMLElement | null>, card: RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState({ top: 0, right: 0 });
  useLayoutEffect(() => {
    const row = anchor.current?.getBoundingClientRect();
    if (!row) return;
    const panel = anchor.current!.closest('aside, dialog, section')?.getBoundingClientRect() ?? row;
    const lowest = window.innerHeight - (card.current?.offsetHeight ?? 0) - GAP;
    const top = Math.max(GAP, Math.min(row.top - 6, lowest));
    const right = window.innerWidth - Math.max(panel.left, 0) + GAP;
    setPlace((old) => (old.top === top && old.right === right ? old : { top, right }));
  });
  return place;
}
