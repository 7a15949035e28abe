import { Entry } from '../ui/Entry';
import { Segments } from '../ui/Segments';
import type { ControlProps } from './FieldControl';

const SIDES = ['Time', 'Height', 'Width', 'Channels'] as const;
/** Names of the sides by how many there are: a sequence, a map, a video. */
const namesOf = (count: number): readonly string[] =>
  count === 2 ? ['Length', 'Channels'] : SIDES.slice(-count);
/** One more or less in front: from a map to a video and back. */
const FORMS = [
  { value: '2', label: 'sequence' },
  { value: '3', label: 'map' },
  { value: '4', label: 'video' },
] as const;
const START: Readonly<Record<string, readonly number[]>> = {
  2: [128, 1],
  3: [28, 28, 1],
  4: [16, 112, 112, 3],
};

/** The sides of a map, a sequence or a video, each in an entry of its own. */
export function ShapeControl({ value, disabled, bad, describedBy, edit }: ControlProps) {
  const shape = Array.isArray(value) ? (value as readonly number[]) : undefined;
  return (
    <div className="fc-stack">
      <Segments
        label="Form"
        {...{ disabled, describedBy }}
        value={String(shape?.length ?? 3)}
        segments={FORMS}
        onChange={(form) => edit.set(START[form])}
        onPoint={(form) => edit.point(form === null || shape?.length === Number(form) ? null : START[form])}
      />
      <div className="fc-shape">
        {namesOf(shape?.length ?? 3).map((side, axis) => (
          <Entry
            key={side}
            {...{ disabled, bad, describedBy }}
            label={side}
            text={shape ? String(shape[axis]) : ''}
            onCommit={(text) => edit.enter(text, axis)}
            onDraft={(text) => edit.type(text, axis)}
            onStep={undefined}
            onCancel={edit.clear}
            onLeave={edit.leave}
          />
        ))}
      </div>
    </div>
  );
}
