import { useConnection, useStore } from '@xyflow/react';
import { Icon } from '../ui/Icon';
import { refuses } from './connection';
import { useFaultAhead } from './use-fault-ahead';

/** While a wire is drawn: why the port, or the node, under the pointer would not take it. */
export function ConnectionCard() {
  const fault = useFaultAhead();
  const at = usePointer();
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  if (!fault || !at) return null;
  const [x, y] = [Math.min(at.x + 18, width - 308), at.y + 150 > height ? at.y - 130 : at.y + 18];
  return (
    <div
      className="fault-card pointer"
      role="status"
      style={{ transform: `translate(${x}px, ${y}px)` }}
      data-testid="connection-card"
    >
      <b>
        <Icon name="error" size={13} />
        {fault.what}
      </b>
      <p>{fault.why}</p>
      <p className="fault-remedy">
        {refuses(fault) ? fault.remedy : `${fault.remedy} You can drop it and mend it then.`}
      </p>
    </div>
  );
}

/** The pointer in pixels of the canvas. */
const usePointer = () => useConnection((c) => (c.inProgress ? c.pointer : null));
