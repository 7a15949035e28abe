import type { Fault } from '../../engine/errors';
import { useEditor } from '../app/store';
import { Icon } from '../ui/Icon';
import './problems.css';

/** A button for each way to mend a fault: one step, which undo takes back. */
export function Repairs({ problem }: { readonly problem: Pick<Fault, 'repairs'> }) {
  const repair = useEditor((s) => s.repair);
  return problem.repairs.map((r) => (
    <button type="button" key={r.label} className="pr-fix" onClick={() => repair(r)}>
      <Icon name="wrench" size={12} />
      {r.label}
    </button>
  ));
}
