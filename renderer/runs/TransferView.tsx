import type { Started } from '../../ipc/contract';
import { formatCount } from './format';

/** What a run takes from an earlier one, what is new, dropped and frozen: counts, and behind them the names. */
export function TransferView({ started: { transfer, frozen } }: { readonly started: Started }) {
  const shapeOf = (shape: readonly number[]) => shape.join('×');
  return (
    <section className="transfer" aria-label="Weights at the start">
      {transfer && (
        <>
          <Names title="taken" names={transfer.taken} />
          <Names title="new" names={transfer.fresh.map((w) => `${w.name}  ${shapeOf(w.shape)}`)} />
          <Names
            title="dropped"
            names={transfer.dropped.map((w) => {
              const why = w.here ? `here ${shapeOf(w.here)}` : 'not in this net';
              return `${w.name}  ${shapeOf(w.shape)}, ${why}`;
            })}
          />
        </>
      )}
      {frozen.length > 0 && <Names title="frozen" names={frozen} />}
    </section>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  const head = `${formatCount(names.length)} ${title}`;
  if (names.length === 0) return <p className="quiet">{head}</p>;
  return (
    <details>
      <summary>{head}</summary>
      <ul data-selectable>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  );
}
