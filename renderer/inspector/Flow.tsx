import { formatShape, type Shape } from '../../engine/ir/shape';

interface FlowProps {
  /** One for each port; undefined where nothing, or nothing sound, comes in. */
  readonly inputs: readonly (Shape | undefined)[];
  readonly output: Shape | undefined;
}

/** What comes in, and what leaves. */
export function Flow({ inputs, output }: FlowProps) {
  const words = (shape: Shape | undefined) => (shape ? formatShape(shape) : '?');
  const several = inputs.length > 1 && inputs.every((s) => words(s) === words(inputs[0]));
  return (
    <div className="in-flow">
      <span>
        <span className="visually-hidden">In: </span>
        {inputs.length === 0 && <em>pictures</em>}
        {several ? (
          <>
            {words(inputs[0])} <em>{inputs.length} times</em>
          </>
        ) : (
          inputs.map((shape, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: ports have an order and no other name here
            <span key={i} className="in-port">
              {words(shape)}
            </span>
          ))
        )}
      </span>
      <svg viewBox="0 0 60 10" aria-hidden="true">
        <path d="M0 5h58m-4-4 4 4-4 4" />
      </svg>
      <span>
        <span className="visually-hidden">Out: </span>
        {words(output)}
      </span>
    </div>
  );
}
