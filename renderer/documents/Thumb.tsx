import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { GraphDocument } from '../../engine/graph/document';
import { planThumb } from './thumb-plan';

interface Props {
  readonly doc: GraphDocument | null;
  /** What differs from it stands out. */
  readonly before?: GraphDocument | undefined;
}

/** A small picture of a net, drawn once it is scrolled into sight. */
export const Thumb = memo(function Thumb({ doc, before }: Props) {
  const [box, seen] = useSeen();
  return (
    <span ref={box} className="th" aria-hidden="true">
      {seen && doc && <Picture doc={doc} before={before} />}
    </span>
  );
});

function Picture({ doc, before }: { readonly doc: GraphDocument } & Pick<Props, 'before'>) {
  const { view, boxes, wires } = useMemo(() => planThumb(doc, before), [doc, before]);
  return (
    <svg viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`} role="presentation">
      {wires.map((w) => (
        <path key={w.id} className={w.fresh ? 'th-wire fresh' : 'th-wire'} d={w.d} />
      ))}
      {boxes.map((b) => (
        <rect
          key={b.id}
          className={b.fresh ? 'th-node fresh' : 'th-node'}
          x={b.x}
          y={b.y}
          width={b.width}
          height={b.height}
          rx={10}
          style={{ fill: `var(${b.colour})` }}
        />
      ))}
    </svg>
  );
}

/** Whether it was in sight once; where that cannot be told, it counts as seen. */
export function useSeen() {
  const box = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    if (seen || !box.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some((e) => e.isIntersecting) && setSeen(true),
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [seen]);
  return [box, seen] as const;
}
