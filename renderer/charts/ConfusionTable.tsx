import { recall } from './confusion';

/** The confusion matrix in words and numbers, for reading and copying. */
export function ConfusionTable({
  matrix,
  names,
}: {
  matrix: readonly (readonly number[])[];
  names: readonly string[];
}) {
  const found = recall(matrix);
  return (
    <section
      className="confusion-scroll"
      data-selectable
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      aria-label="Confusion matrix as a table"
    >
      <table className="confusion-table">
        <caption className="visually-hidden">
          Pictures of the test split by true class (rows) and predicted class
        </caption>
        <thead>
          <tr>
            <th scope="col">true \ predicted</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">found</th>
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, t) => (
            <tr key={names[t] ?? t}>
              <th scope="row">{names[t] ?? t}</th>
              {row.map((count, p) => (
                <td key={names[p] ?? p} className={t === p ? 'right' : count > 0 ? 'wrong' : 'none'}>
                  {count}
                </td>
              ))}
              <td>{found[t] == null ? '–' : `${(found[t] * 100).toFixed(1)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
