import { useAnalysis, useDocument, useEditor } from '../app/store';

/** Where the selection is: the net, the blocks around it, the node. */
export function Crumbs() {
  const doc = useDocument();
  const { nodes } = useAnalysis();
  const { nodes: picked } = useEditor((s) => s.selection);
  const select = useEditor((s) => s.select);
  const parts = picked.length === 1 ? picked[0]!.split('/') : [];
  const paths = parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((p) => nodes.has(p));
  const all = [
    { path: undefined, title: doc.name },
    ...paths.map((path) => ({ path, title: nodes.get(path)!.instance.title })),
  ];
  return (
    <nav className="crumbs" aria-label="Place in the net">
      <ol>
        {all.map(({ path, title }, i) => (
          <li key={path ?? ''}>
            {i === all.length - 1 ? (
              <b aria-current="location" title={title}>
                {title}
              </b>
            ) : (
              <button
                type="button"
                title={title}
                onClick={() => select(path === undefined ? {} : { nodes: [path] })}
              >
                {title}
              </button>
            )}
          </li>
        ))}
        {picked.length > 1 && <li className="crumb-count">{picked.length} nodes</li>}
      </ol>
    </nav>
  );
}
