import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Category } from '../../engine/nodes/define';
import { Glyph } from '../ui/Glyph';
import type { Point } from './geometry';
import './picker.css';

export interface PickItem {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly category: Category | undefined;
  /** Shown with less weight: it can be chosen, but would not work at once. */
  readonly dim?: boolean;
  /** What of the typed words it does not understand. */
  readonly note?: string;
}
interface PickerProps {
  readonly at: Point;
  readonly label: string;
  readonly placeholder: string;
  /** All that there is; or what there is for the words that were typed. */
  readonly items: readonly PickItem[] | ((text: string) => readonly PickItem[]);
  readonly empty: ReactNode;
  readonly width?: number;
  readonly foot?: ReactNode;
  /** @param shift whether Shift was held */
  pick(id: string, text: string, shift: boolean): void;
  close(): void;
  /** On Tab; without it the list closes. */
  leave?(): void;
}

const HEIGHT = 308;

/** A list to choose from by typing, arrows and Enter, where the pointer is. */
export function Picker(props: PickerProps) {
  const { at, label, placeholder, empty, foot, width = 264, pick, close } = props;
  const { text, setText, found, active, setActive, onKeyDown } = useChoice(props);
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const { x, y } = usePlace(box, at, width);
  useCloseOutside(box, close);
  const style = { transform: `translate(${x}px, ${y}px)`, width };
  return (
    <div ref={box} className="picker" style={style} role="dialog" aria-label={label}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the list was asked for, and typing is what it is for
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[active] ? `${list}-${found[active].id}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="picker-list" role="listbox" id={list} aria-label={label}>
        {found.map((item, i) => {
          const id = `${list}-${item.id}`;
          const over = () => setActive(i);
          const take = (shift: boolean) => pick(item.id, text, shift);
          return <Option key={id} {...{ item, id, over }} active={i === active} pick={take} />;
        })}
      </div>
      {found.length === 0 && (
        <p className="picker-none">{text.trim() === '' ? empty : 'Nothing is called that.'}</p>
      )}
      {foot && <p className="picker-foot">{foot}</p>}
    </div>
  );
}

/** What is typed, what is left of the list by it, and which row Enter takes. */
function useChoice({ items, pick, close, leave = close }: PickerProps) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useMemo(
    () => (typeof items === 'function' ? items(text) : items.filter((i) => fits(i, text))),
    [items, text],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') leave();
    else if (event.key === 'Enter' && found[active]) pick(found[active].id, text, event.shiftKey);
    else if (step && found.length > 0) setActive((active + step + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  const type = (next: string) => {
    setText(next);
    setActive(0);
  };
  return { text, setText: type, found, active, setActive, onKeyDown };
}

interface OptionProps {
  readonly item: PickItem;
  readonly id: string;
  readonly active: boolean;
  over(): void;
  pick(shift: boolean): void;
}

function Option({ item, id, active, over, pick }: OptionProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard
    <div
      ref={row}
      className={`picker-row${active ? ' on' : ''}${item.dim ? ' dim' : ''}`}
      role="option"
      id={id}
      aria-selected={active}
      tabIndex={-1}
      onPointerMove={over}
      onClick={(e) => pick(e.shiftKey)}
    >
      <Glyph category={item.category} />
      <span>{item.title}</span>
      <em>{item.hint}</em>
      {item.note && <small>{item.note}</small>}
    </div>
  );
}

/** Every word that was typed starts a word of the title or the hint. */
export function fits({ title, hint, id }: Pick<PickItem, 'title' | 'hint' | 'id'>, text: string): boolean {
  const words = `${title} ${hint} ${id}`.toLowerCase().split(/[\s\-_/·]+/);
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((t) => words.some((w) => w.startsWith(t)));
}

/** In pixels of the canvas, wholly inside it. */
function usePlace(box: { readonly current: HTMLDivElement | null }, at: Point, width: number): Point {
  const [place, setPlace] = useState({ x: -9999, y: 0 });
  useLayoutEffect(() => {
    const room = box.current?.parentElement?.getBoundingClientRect();
    if (!room) return;
    setPlace({
      x: Math.max(8, Math.min(at.x - room.left, room.width - width - 8)),
      y: Math.max(8, Math.min(at.y - room.top, room.height - HEIGHT - 8)),
    });
  }, [at, box, width]);
  return place;
}

function useCloseOutside(box: { readonly current: HTMLDivElement | null }, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const onDown = (e: PointerEvent) => {
      if (!box.current?.contains(e.target as Element)) latest.current();
    };
    window.addEventListener('pointerdown', onDown, true);
    return () => window.removeEventListener('pointerdown', onDown, true);
  }, [box]);
}
