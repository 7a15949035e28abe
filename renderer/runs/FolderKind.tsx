import type { Recognised } from '../../ipc/contract';
import { attempt } from '../app/notices';
import { Select } from '../ui/Select';
import { useDataSets } from './data-store';

/** A folder that was chosen, and what it may be read as, the likeliest first. */
export interface Taken {
  readonly found: readonly Recognised[];
  /** The one that it is read as. */
  readonly as: Recognised;
}

/**
 * Asks for a folder and looks what lies in it.
 *
 * @param wanted the data set that was asked for: it goes first where it is among what was found
 * @returns null when the user cancels
 */
export async function pickData(wanted?: string): Promise<Taken | null> {
  const { pickFolder, recognise } = useDataSets.getState();
  const folder = await attempt('Choosing a folder', pickFolder);
  if (!folder) return null;
  const found = await attempt('Looking into the folder', () => recognise(folder));
  const as = found?.find((r) => r.set === wanted) ?? found?.[0];
  return found && as ? { found, as } : null;
}

/** Says what a folder was taken for; with a choice where it may be several things. */
export function FolderKind({ taken, choose }: { taken: Taken; choose: (as: Recognised) => void }) {
  const { found, as } = taken;
  if (found.length < 2) {
    return (
      <p className="quiet training-line" role="status">
        Read as: {as.kind}
      </p>
    );
  }
  return (
    <>
      <div className="fr">
        <span className="fr-name">Read as</span>
        <Select
          label="What the folder is read as"
          value={as.kind}
          options={found.map((r) => r.kind)}
          onChange={(kind) => choose(found.find((r) => r.kind === kind)!)}
        />
      </div>
      <p className="quiet training-line" role="status">
        The folder may be {found.length} things; it is read as the likeliest.
      </p>
    </>
  );
}
