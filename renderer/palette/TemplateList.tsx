import { HoverCard } from 'radix-ui';
import { formatShape } from '../../engine/ir/shape';
import type { TemplateSummary } from '../../ipc/contract';
import { openTemplate } from '../app/files';
import { offerTemplate } from '../app/insert-template';
import { formatCount, formatShort } from '../ui/format';
import { useCard } from './use-card';
import { useReference, useTemplates, yearOf } from './use-templates';

/** What a drag of a template carries: its id. */
export const TEMPLATE_MIME = 'application/x-convloom-template';

export function TemplateList({ query }: { readonly query: string }) {
  const templates = useTemplates();
  if (!templates) return null;
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = templates.filter((t) => {
    const text = `${t.id} ${t.name} ${t.family} ${t.source} ${t.note}`.toLowerCase();
    return words.every((w) => text.includes(w));
  });
  if (found.length === 0) {
    return (
      <p className="pl-none">
        {query === '' ? 'No templates are installed.' : `No template has “${query}” in it.`}
      </p>
    );
  }
  const families = [...new Set(found.map((t) => t.family))];
  return families.map((family) => (
    <section key={family} aria-label={family}>
      <h2 className="pl-group">{family}</h2>
      <ul className="tl">
        {found
          .filter((t) => t.family === family)
          .map((t) => (
            <li key={t.id}>
              <TemplateCard template={t} />
            </li>
          ))}
      </ul>
    </section>
  ));
}

/** A click opens it in place of the graph, which undo brings back; a drag, or Shift and Enter, brings it in. */
function TemplateCard({ template }: { readonly template: TemplateSummary }) {
  const { id, name, input, classes, params, source } = template;
  const { open, onOpenChange, row } = useCard(TEMPLATE_MIME, id);
  return (
    <HoverCard.Root openDelay={400} closeDelay={60} open={open} onOpenChange={onOpenChange}>
      <HoverCard.Trigger asChild>
        <button
          type="button"
          className="tl-card"
          data-row
          data-template={id}
          {...row}
          aria-keyshortcuts="Shift+Enter"
          onClick={(e) => void (e.shiftKey ? offerTemplate(id) : openTemplate(id))}
        >
          <span className="tl-name">
            {name}
            <small>{yearOf(source)}</small>
          </span>
          <span className="tl-facts">
            <span>
              {formatShape(input)} → {classes}
            </span>
            <span className="tl-params">
              {formatShort(params)} <i>params</i>
            </span>
          </span>
        </button>
      </HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content className="hc" side="right" align="start" sideOffset={12} collisionPadding={12}>
          <Figures template={template} open={open} />
          <button type="button" className="btn small hc-act" onClick={() => void offerTemplate(id)}>
            Add to the graph… <kbd>Shift Enter</kbd>
          </button>
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  );
}

function Figures({ template, open }: { readonly template: TemplateSummary; readonly open: boolean }) {
  const reference = useReference(template.id, open);
  return (
    <>
      <p className="hc-title">{template.name}</p>
      <p className="hc-text">{template.note}</p>
      {reference && reference.figures.length > 0 && (
        <dl className="hc-figures">
          {reference.figures.map((f) => (
            <div key={f.name}>
              <dt>
                {titleOf(f.name)} <small>{f.from}</small>
              </dt>
              <dd>{Number.isInteger(f.value) ? formatCount(f.value) : f.value}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="hc-source">{template.source}</p>
    </>
  );
}

/** `macs, as printed` -> `MACs, as printed` */
const titleOf = (name: string): string =>
  name.startsWith('macs') ? name.replace('macs', 'MACs') : name.charAt(0).toUpperCase() + name.slice(1);
