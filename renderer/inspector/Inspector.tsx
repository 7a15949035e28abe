import { useAnalysis, useEditor, usePart } from '../app/store';
import { TrainingPanel } from '../runs/TrainingPanel';
import { NodeInspector } from './NodeInspector';
import { SeveralInspector } from './SeveralInspector';
import { UnknownInspector } from './UnknownInspector';
import { WireInspector } from './WireInspector';
import './inspector.css';

/** What is selected, and all that can be set of it; of nothing, the training of the net. */
export function Inspector() {
  const selection = useEditor((s) => s.selection);
  const { nodes } = useAnalysis();
  const edges = usePart((doc) => doc.edges);
  // undo may have taken away what was selected
  const chosen = selection.nodes.flatMap((path) => nodes.get(path) ?? []);
  const wires = selection.edges.filter((id) => edges[id]);

  const [first] = chosen;
  if (chosen.length > 1) return <SeveralInspector nodes={chosen} />;
  if (first) {
    const { path, def } = first.instance;
    return def ? (
      <NodeInspector key={path} node={first} def={def} />
    ) : (
      <UnknownInspector key={path} node={first} />
    );
  }
  if (wires.length > 0) return <WireInspector ids={wires} />;
  return (
    <div className="in">
      <TrainingPanel />
    </div>
  );
}
