import { Tabs } from 'radix-ui';
import { type KeyboardEvent, useRef, useState } from 'react';
import { FIND_ID } from '../app/find';
import { useHabits } from '../app/habits';
import { keysOf } from '../app/key-map';
import { formatShortcut, isMac } from '../app/keys';
import { Icon } from '../ui/Icon';
import { NodeList } from './NodeList';
import { TemplateList } from './TemplateList';
import './palette.css';

const FIND = { id: 'view.find', title: '', keys: ['/'] };

/** What can be put on the canvas: node kinds and whole nets. */
export function Palette() {
  const [query, setQuery] = useState('');
  const [tab, setTab] = useState('nodes');
  const own = useHabits((s) => s.keys);
  const [key] = keysOf(FIND, own);
  const lists = useRef<HTMLDivElement>(null);
  const rows = () => [...(lists.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];

  // arrow keys walk from the find box through the rows and back
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape' && query !== '') setQuery('');
    if (step === 0 || (event.target as HTMLElement).getAttribute('role') === 'tab') return;
    const all = rows();
    const next = all.indexOf(event.target as HTMLElement) + step;
    event.preventDefault();
    if (next < 0) document.getElementById(FIND_ID)?.focus();
    else all[Math.min(next, all.length - 1)]?.focus();
  };
  const onFindKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && query !== '') rows()[0]?.click();
    if (event.key === 'Escape' && query === '') (event.target as HTMLElement).blur();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the list as a whole
    <div className="pl" data-seeking={query !== '' || undefined} onKeyDown={onKeyDown}>
      <label className="pl-find">
        <Icon name="search" />
        <input
          id={FIND_ID}
          type="search"
          value={query}
          placeholder={tab === 'nodes' ? 'Find a node' : 'Find a template'}
          aria-label={tab === 'nodes' ? 'Find a node' : 'Find a template'}
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => setQuery(e.target.value)}
          onKeyDown={onFindKey}
        />
        {key !== undefined && <kbd>{formatShortcut(key, isMac())}</kbd>}
      </label>
      <Tabs.Root className="pl-tabs" value={tab} onValueChange={setTab}>
        <Tabs.List className="pl-tablist" aria-label="Palette">
          <Tabs.Trigger value="nodes">Nodes</Tabs.Trigger>
          <Tabs.Trigger value="templates">Templates</Tabs.Trigger>
        </Tabs.List>
        <div className="pl-scroll" ref={lists}>
          <Tabs.Content value="nodes" tabIndex={-1}>
            <NodeList query={query} />
          </Tabs.Content>
          <Tabs.Content value="templates" tabIndex={-1}>
            <TemplateList query={query} />
          </Tabs.Content>
        </div>
      </Tabs.Root>
    </div>
  );
}
