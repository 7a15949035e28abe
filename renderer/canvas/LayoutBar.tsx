import { runCommand } from '../app/command-table';
import { useDocument } from '../app/store';
import { directionOf } from './layout';
import { isTidy } from './layout-actions';

/** How the net lies: arranged anew, the other way, tidy while one edits; and the way to present it. */
export function LayoutBar() {
  const doc = useDocument();
  const down = directionOf(doc) === 'down';
  const other = down ? 'left to right' : 'top to bottom';
  return (
    <fieldset className="zoom-bar layout-bar" aria-label="Layout">
      <Tool label="Arrange the nodes" keys="Shift A" command="view.arrange">
        <path d="M5.5 2.5h5v3h-5zM2 10.5h4.6v3H2zM9.4 10.5H14v3H9.4zM8 5.5V8M4.3 10.5V8h7.4v2.5" />
      </Tool>
      <Tool
        label={`Lay out from ${other}`}
        keys={down ? 'Alt Shift R' : 'Alt Shift D'}
        command={down ? 'layout.right' : 'layout.down'}
      >
        <path d={down ? 'M2.5 8h10M9.5 4.5 13 8l-3.5 3.5' : 'M8 2.5v10M4.5 9.5 8 13l3.5-3.5'} />
      </Tool>
      <Tool label="Keep tidy while editing" keys="Alt Shift T" command="layout.tidy" pressed={isTidy(doc)}>
        <path d="M3 4h10M3 8h10M3 12h6M11 12l1.2 1.2L14.5 11" />
      </Tool>
      <Tool label="Present" keys="F5" command="view.present">
        <path d="M2 3h12v8H2zM8 11v2.5M5.5 13.5h5M6.8 5.2v3.6L9.8 7z" />
      </Tool>
    </fieldset>
  );
}

interface ToolProps {
  readonly label: string;
  readonly keys: string;
  readonly command: string;
  readonly pressed?: boolean;
  readonly children: React.ReactNode;
}

function Tool({ label, keys, command, pressed, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={`${label} (${keys})`}
      onClick={() => runCommand(command)}
    >
      <svg
        width="13"
        height="13"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    </button>
  );
}
