import { useMemo } from 'react';
import { type PricedRepair, shapeRepairs } from '../../engine/analysis/repairs';
import type { Fault, Repair } from '../../engine/errors';
import type { GraphDocument } from '../../engine/graph/document';
import { formatShape } from '../../engine/ir/shape';
import { useAnalysis, useDocument } from '../app/store';
import { formatCount } from '../ui/format';
import { Icon } from '../ui/Icon';
import { RepairButton } from './RepairButton';
import './problems.css';

/** A button for each way to mend a fault: one step, which undo takes back. */
export function Repairs({ problem }: { readonly problem: Pick<Fault, 'repairs'> }) {
  return problem.repairs.map((r) => (
    <RepairButton key={r.label} className="pr-fix" repair={r}>
      <Icon name="wrench" size={12} />
      {r.label}
    </RepairButton>
  ));
}

/** The same for shapes that do not fit, each with what it costs. */
export function ShapeRepairs({ problem }: { readonly problem: Pick<Fault, 'place'> }) {
  return useShapeRepairs(problem).map((r) => (
    <RepairButton key={r.label} className="pr-fix" title={priceInWords(r)} repair={r}>
      <Icon name="wrench" size={12} />
      {r.label}
      <em>{priceOf(r)}</em>
    </RepairButton>
  ));
}

/** What the repair makes of it: the shape that then leaves the node, and what that costs. */
export const priceOf = ({ added, shape }: PricedRepair): string =>
  `→ ${formatShape(shape)}, ${added === 0 ? '+0' : `${signed(added)} parameters`}`;
export const priceInWords = ({ added, macs, shape }: PricedRepair): string =>
  `Gives ${formatShape(shape)}: ${signed(added)} parameters, ${signed(macs)} multiply-accumulates`;
const signed = (n: number): string => (n < 0 ? `−${formatCount(-n)}` : `+${formatCount(n)}`);

/** What can stand on the wire, by different names; of two alike each says at which input it goes. */
export function useShapeRepairs(problem: Pick<Fault, 'place'>): readonly PricedRepair[] {
  const doc = useDocument();
  const analysis = useAnalysis();
  return useMemo(() => {
    const found = shapeRepairs(doc, analysis, problem);
    const double = (r: Repair) => found.some((other) => other !== r && other.label === r.label);
    return found.map((r) => (double(r) ? { ...r, label: `${r.label} at ${portOf(r, doc)}` } : r));
  }, [doc, analysis, problem]);
}

const portOf = ({ args }: Repair, doc: GraphDocument): string =>
  doc.edges[(args as { readonly edge?: string }).edge ?? '']?.to.port ?? 'the other input';
