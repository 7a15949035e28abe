import { Dialog } from '../ui/Dialog';
import { commandTable } from './command-table';
import { formatShortcut, isMac } from './keys';
import { useSession } from './session';
import './shortcuts.css';

/** Keys of a node that has the focus; the canvas reads them itself. */
const CANVAS = [
  ['Select the node', 'Enter'],
  ['Move it, or go along the wires', '←', '↑', '↓', '→'],
  ['Go along the wires and select', 'Alt', '↓'],
  ['Connect it to another', 'C'],
  ['Open or fold the block', 'O'],
  ['Menu of the node', 'Shift', 'F10'],
  ['Select by a loop', 'Alt', 'Shift', 'drag'],
  ['Cut wires', 'Ctrl', 'Alt', 'drag'],
  ['Copy with the wires', 'Alt', 'drag'],
  ['Select nothing', 'Esc'],
] as const;

/** Every key of the command table, by section. */
export function ShortcutsDialog() {
  const open = useSession((s) => s.shortcuts);
  const set = useSession((s) => s.set);
  if (!open) return null;
  const mac = isMac();
  const sections = commandTable.flatMap(({ title, commands }) => {
    const keyed = commands.filter((c) => c.keys);
    return keyed.length > 0 ? [{ title, keyed }] : [];
  });
  return (
    <Dialog title="Keyboard shortcuts" width={640} onClose={() => set({ shortcuts: false })}>
      <div className="sh">
        {sections.map(({ title, keyed }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keyed.map((c) => (
                <div key={c.id}>
                  <dt>{c.title}</dt>
                  <dd>
                    {c.keys!.map((k) => (
                      <kbd key={k}>{formatShortcut(k, mac)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>On the canvas</h3>
          <dl>
            {CANVAS.map(([words, ...keys]) => (
              <div key={words}>
                <dt>{words}</dt>
                <dd>
                  {keys.map((k) => (
                    <kbd key={k}>{k}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
