import { Select } from '../ui/Select';
import type { DataChoice } from './data-store';

const SIDES = [16, 28, 32, 48, 64, 96, 128, 160, 192, 224, 256];
const AS_FOUND = 'as found';
const COLOURS = { grey: 'grey', colour: 'colour' } as const;

interface PictureSizeProps {
  readonly choice: DataChoice;
  set(choice: DataChoice): void;
}

/** To which side picture files are brought, and whether they keep their colours. */
export function PictureSize({ choice, set }: PictureSizeProps) {
  const { size, colour } = choice;
  const sides = [...new Set([...SIDES, ...(size ? [size] : [])])].sort((a, b) => a - b);
  return (
    <>
      <div className="fr">
        <span className="fr-name">Side</span>
        <Select
          label="Side of the pictures"
          value={size ? String(size) : AS_FOUND}
          options={[AS_FOUND, ...sides.map(String)]}
          titleOf={(side) => (side === AS_FOUND ? side : `${side}×${side}`)}
          onChange={(side) => set({ ...choice, size: side === AS_FOUND ? undefined : Number(side) })}
        />
      </div>
      <div className="fr">
        <span className="fr-name">Colour</span>
        <Select
          label="Colour of the pictures"
          value={colour ?? AS_FOUND}
          options={[AS_FOUND, ...Object.keys(COLOURS)]}
          onChange={(name) => set({ ...choice, colour: COLOURS[name as keyof typeof COLOURS] })}
        />
      </div>
    </>
  );
}
