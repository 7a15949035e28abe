import type { Problem } from '../../engine/analysis/problem';
import type { Place } from '../../engine/errors';
import { focusNode } from '../app/focus';
import { useAnalysis, useEditor, useHints, useProblems } from '../app/store';
import { Icon } from '../ui/Icon';
import { Repairs, ShapeRepairs } from './Repairs';
import './problems.css';

/** Every problem of the graph, errors first, then what could be better; each with what mends it. */
export function ProblemsList() {
  const problems = useProblems();
  const hints = useHints();
  return (
    <>
      {problems.length === 0 && (
        <div className="pr-none">
          <Icon name="check" size={16} />
          <p>
            <b>No problems.</b> The net can be trained.
          </p>
        </div>
      )}
      {problems.length > 0 && <Rows of={problems} label="Problems" />}
      {hints.length > 0 && (
        <>
          <h3 className="pr-head">Could be better</h3>
          <Rows of={hints} label="Hints" />
        </>
      )}
    </>
  );
}

function Rows({ of: problems, label }: { readonly of: readonly Problem[]; readonly label: string }) {
  return (
    <ul className="pr-list" aria-label={label}>
      {problems.map((p, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be equal in all but their place in the list
        <ProblemRow key={`${p.code} ${p.place.node ?? ''} ${i}`} problem={p} />
      ))}
    </ul>
  );
}

const SEVERITY = { error: 'Error', warning: 'Warning', hint: 'Hint' } as const;

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const { severity, what, why, remedy, place } = problem;
  return (
    <li className={`pr-row ${severity}`}>
      <span className="pr-sign">
        <Icon name={severity} size={15} />
        <span className="visually-hidden">{SEVERITY[severity]}</span>
      </span>
      <div className="pr-text">
        <p className="pr-what" data-selectable>
          {what}
        </p>
        <p className="pr-why" data-selectable>
          {why} <span className="pr-remedy">{remedy}</span>
        </p>
      </div>
      <div className="pr-acts">
        <PlaceButton place={place} />
        <ShapeRepairs problem={problem} />
        <Repairs problem={problem} />
      </div>
    </li>
  );
}

/** Where it lies; a click shows it on the canvas. */
function PlaceButton({ place }: { readonly place: Place }) {
  const title = usePlaceTitle(place);
  if (title === undefined) return null;
  const show = () => {
    if (place.node !== undefined) focusNode(place.node);
    else if (place.edge !== undefined) useEditor.getState().select({ edges: [place.edge] });
    else useEditor.getState().select({});
  };
  return (
    <button type="button" className="pr-place" onClick={show}>
      <Icon name="target" size={13} />
      {title}
    </button>
  );
}

function usePlaceTitle({ node, edge, setting, param }: Place): string | undefined {
  const { nodes } = useAnalysis();
  if (node !== undefined) return [nodes.get(node)?.instance.title ?? node, param].filter(Boolean).join(' · ');
  if (edge !== undefined) return `Wire ${edge}`;
  return setting === undefined ? undefined : `Training · ${setting}`;
}
