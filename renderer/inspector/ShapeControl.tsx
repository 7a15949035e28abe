import { Entry } from '../ui/Entry';
import type { ControlProps } from './FieldControl';

const SIDES = ['Height', 'Width', 'Channels'] as const;

/** [height, width, channels] as three entries. */
export function ShapeControl({ value, disabled, bad, describedBy, set, clear, leave }: ControlProps) {
  const shape = Array.isArray(value) ? (value as readonly number[]) : undefined;
  const change = (axis: number, side: number) =>
    set((shape ?? [1, 1, 1]).map((old, i) => (i === axis ? side : old)));
  return (
    <div className="fc-shape">
      {SIDES.map((side, axis) => (
        <Entry
          key={side}
          {...{ disabled, bad, describedBy }}
          label={side}
          text={shape ? String(shape[axis]) : ''}
          onCommit={(text) => change(axis, text.trim() === '' ? Number.NaN : Number(text))}
          onStep={undefined}
          onCancel={clear}
          onLeave={leave}
        />
      ))}
    </div>
  );
}
