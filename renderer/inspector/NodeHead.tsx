import type { NodeAnalysis } from '../../engine/analysis/analyse';
import { renameAt } from '../app/blocks';
import { useAnalysis, useDocument } from '../app/store';
import { Glyph } from '../ui/Glyph';
import { Name } from '../ui/Name';

/** Glyph, name and place of a node; the name is the user's own where they gave one. */
export function NodeHead({ node }: { readonly node: NodeAnalysis }) {
  const { path, def, params, title, type } = node.instance;
  const doc = useDocument();
  const own = params && def?.name ? def.name(params) : (def?.title ?? type);
  return (
    <header className="in-head">
      <Glyph category={def?.category} size={22} />
      <div className="in-names">
        <Name
          label="Name of the node"
          value={doc.nodes[path]?.label ?? (title === own ? '' : title)}
          placeholder={own}
          onChange={(label) => renameAt(path, label)}
        />
        <Breadcrumb path={path} kind={def?.title ?? type} />
      </div>
    </header>
  );
}

function Breadcrumb({ path, kind }: { readonly path: string; readonly kind: string }) {
  const { nodes } = useAnalysis();
  const parts = path.split('/');
  const outer = parts.slice(0, -1).map((_, i) => {
    const above = parts.slice(0, i + 1).join('/');
    return nodes.get(above)?.instance.title ?? above;
  });
  return (
    <small className="in-crumbs" data-selectable>
      {outer.length === 0 ? `${kind} · ` : outer.map((title) => `${title} › `)}
      {parts.at(-1)}
    </small>
  );
}
