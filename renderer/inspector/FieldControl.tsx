import { useState } from 'react';
import type { Field } from '../../engine/nodes/fields';
import { Choice } from '../ui/Choice';
import { Entry } from '../ui/Entry';
import { type Segment, Segments } from '../ui/Segments';
import { Slider } from '../ui/Slider';
import { Switch } from '../ui/Switch';
import { ShapeControl } from './ShapeControl';
import type { FieldEdit } from './use-field-edit';
import { formatValue } from './values';

export interface ControlProps {
  readonly field: Field;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly bad: boolean;
  readonly describedBy: string | undefined;
  readonly edit: FieldEdit;
}

/** More quick values than this stand below a stepper rather than in its place. */
const MOST_SEGMENTS = 3;
/** Characters of all options that fit a row of segments. */
const MOST_CHARACTERS = 18;

/** The control that a parameter asks for. */
export function FieldControl(props: ControlProps) {
  const { field, value, disabled, describedBy, edit } = props;
  const common = { label: field.title, disabled, describedBy };
  switch (field.control) {
    case 'toggle':
      return (
        <Switch
          {...common}
          checked={value as boolean | undefined}
          onChange={edit.set}
          onPoint={(next) => edit.point(next)}
        />
      );
    case 'choice':
      return field.options.length <= MOST_SEGMENTS && field.options.join('').length <= MOST_CHARACTERS ? (
        <Segments
          {...common}
          value={value as string}
          segments={field.options.map(asSegment)}
          onChange={edit.set}
          onPoint={(next) => edit.point(next)}
        />
      ) : (
        <Choice
          {...common}
          options={field.options}
          value={value as string | undefined}
          onChange={edit.set}
          onPoint={(next) => edit.point(next)}
        />
      );
    case 'shape':
      return <ShapeControl {...props} />;
    case 'padding':
      return <QuickControl {...props} quick={['same', 'valid']} other="set" />;
    case 'record':
      return <span className="fc-record">{summaryOf(props.value)}</span>;
    case 'pair':
    case 'triple':
      return field.quick ? (
        <QuickControl {...props} quick={field.quick} other={field.control === 'pair' ? 'm×n' : 't×h×w'} />
      ) : (
        <TextControl {...props} />
      );
    default:
      return field.quick && field.quick.length <= MOST_SEGMENTS && !field.stops ? (
        <QuickControl {...props} quick={field.quick} other="…" />
      ) : (
        <div className="fc-stack">
          <TextControl {...props} />
          {field.stops && !disabled && <Stops {...props} stops={field.stops} />}
          {field.quick && !disabled && <Chips {...props} quick={field.quick} />}
        </div>
      );
  }
}
/** What lies in a record, in a few words. */
function summaryOf(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  const count = Object.keys(value).length;
  return Array.isArray(value) ? value.join(', ') : `${count} ${count === 1 ? 'entry' : 'entries'}`;
}
const asSegment = (option: string): Segment<string> => ({ value: option, label: option });

/** The value, or what a drag stands at. */
function shownValue({ value, edit: { proposal } }: ControlProps): unknown {
  if (!proposal || 'fault' in proposal || !proposal.live) return value;
  const [first] = proposal.each;
  return proposal.each.every((v) => v === first) ? first : value;
}

function TextControl(props: ControlProps) {
  const { field, value, disabled, bad, describedBy, edit } = props;
  return (
    <Entry
      {...{ disabled, bad, describedBy }}
      label={field.title}
      unit={field.unit}
      text={formatValue(shownValue(props))}
      placeholder={value === undefined ? 'mixed' : undefined}
      onCommit={(text) => edit.enter(text)}
      onDraft={(text) => edit.type(text)}
      onStep={edit.steps ? edit.step : undefined}
      onCancel={edit.clear}
      onLeave={edit.leave}
    />
  );
}

interface QuickProps extends ControlProps {
  readonly quick: readonly (number | string)[];
  /** Names the segment that opens an entry for any other value. */
  readonly other: string;
}

/** A few values one click away, and an entry for every other one. */
function QuickControl(props: QuickProps) {
  const { field, disabled, describedBy, quick, other, edit } = props;
  const [typing, setTyping] = useState(false);
  const [returned, setReturned] = useState(false);
  const value = shownValue(props);
  const text = formatValue(value);
  const isQuick = quick.some((q) => String(q) === text);
  const close = (back: boolean) => {
    edit.clear();
    edit.leave();
    setReturned(back);
    setTyping(false);
  };
  if (typing) {
    return (
      <Entry
        {...{ describedBy, bad: props.bad, onStep: edit.steps ? edit.step : undefined }}
        label={field.title}
        text={isQuick && field.control === 'padding' ? '' : text}
        placeholder={field.control === 'pair' || field.control === 'padding' ? '1 or 1×2' : undefined}
        focused
        onCommit={(typed) => typed.trim() === '' || edit.enter(typed)}
        onDraft={(typed) => edit.type(typed?.trim() === '' ? null : typed)}
        onEnter={() => close(true)}
        onCancel={() => close(true)}
        onLeave={(taken) => taken && close(false)}
      />
    );
  }
  const mixed = value === undefined;
  const segments = quick.map((q) => ({ value: String(q), label: String(q) }));
  const last = {
    value: OTHER,
    label: isQuick || mixed ? other : text,
    name: `Other ${field.title.toLowerCase()}`,
  };
  const quickOf = (chosen: string | null) => quick.find((q) => String(q) === chosen);
  return (
    <Segments
      {...{ disabled, describedBy }}
      focused={returned}
      label={field.title}
      segments={[...segments, isQuick || mixed ? last : { ...last, name: `${field.title} ${text}, change` }]}
      value={mixed ? undefined : isQuick ? text : OTHER}
      onChange={(chosen) => {
        if (chosen === OTHER) setTyping(true);
        else edit.set(quickOf(chosen));
      }}
      onPoint={(chosen) => edit.point(quickOf(chosen) ?? null)}
    />
  );
}
const OTHER = '\u0000other';

function Chips({ field, value, quick, edit }: ControlProps & Pick<QuickProps, 'quick'>) {
  return (
    <div className="fc-chips">
      {quick.map((q) => (
        <button
          type="button"
          key={q}
          aria-label={`${field.title} ${q}`}
          aria-pressed={q === value}
          onClick={() => edit.set(q)}
          onPointerEnter={() => edit.point(q)}
          onPointerLeave={() => edit.point(null)}
          onFocus={(e) => e.target.matches(':focus-visible') && edit.point(q)}
          onBlur={() => edit.point(null)}
        >
          {q}
        </button>
      ))}
    </div>
  );
}

/** The sensible values in a row under a thumb. */
function Stops(props: ControlProps & { readonly stops: readonly number[] }) {
  const { field, stops, describedBy, edit } = props;
  return (
    <Slider
      label={field.title}
      value={shownValue(props) as number | undefined}
      {...{ stops, describedBy, unit: field.unit }}
      onMove={(next) => edit.point(next, true)}
      onTake={edit.take}
      onCancel={edit.clear}
    />
  );
}
