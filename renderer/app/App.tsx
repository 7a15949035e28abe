import type { DragEvent } from 'react';
import { BallsPage } from '../balls/BallsPage';
import { Canvas } from '../canvas/Canvas';
import { ChooseTemplate } from '../compare/ChooseTemplate';
import { Compare } from '../compare/Compare';
import { useCompare } from '../compare/compare-store';
import { FileBar } from '../documents/FileBar';
import { PastPanel } from '../documents/PastPanel';
import { TabStrip } from '../documents/TabStrip';
import { HelpDialog } from '../help/HelpDialog';
import { Inspector } from '../inspector/Inspector';
import { Palette } from '../palette/Palette';
import { TEMPLATE_MIME } from '../palette/TemplateList';
import { Dock } from '../runs/Dock';
import { RunsPage } from '../runs/RunsPage';
import { Boundary } from './Boundary';
import { CommandPalette } from './CommandPalette';
import { DropFile } from './DropFile';
import { openTemplate } from './files';
import { Header } from './Header';
import { NoticeList } from './NoticeList';
import { QuestionDialog } from './QuestionDialog';
import { RecoveryBanner } from './RecoveryBanner';
import { ShortcutsDialog } from './ShortcutsDialog';
import { useSession } from './session';
import { useEditor } from './store';
import { useTheme } from './theme';
import { useAutosave } from './use-autosave';
import { useData } from './use-data';
import { useShortcuts } from './use-shortcuts';
import { useSignals } from './use-signals';
import { useStart } from './use-start';
import './app.css';

/** Nothing before it is known what to show, so that no key meets a graph that is about to be replaced. */
export function App() {
  useStart();
  useTheme();
  const started = useSession((s) => s.started);
  return started ? <Window /> : <NoticeList />;
}

/** Header, workspace, and what may lie over them. */
function Window() {
  useShortcuts();
  useSignals();
  useAutosave();
  useData();
  const workspace = useSession((s) => s.workspace);
  const comparing = useCompare((s) => s.comparison !== null);
  return (
    <div className="app">
      <Boundary part="The header">
        <Header />
      </Boundary>
      <RecoveryBanner />
      {workspace === 'design' && <TabStrip />}
      <FileBar />
      {workspace === 'design' && comparing ? (
        <Boundary part="The comparison">
          <Compare />
        </Boundary>
      ) : workspace === 'design' ? (
        <Design />
      ) : (
        <main className="app-runs">
          {workspace === 'runs' ? (
            <Boundary part="The list of runs">
              <RunsPage />
            </Boundary>
          ) : (
            <Boundary part="The comparison">
              <BallsPage />
            </Boundary>
          )}
        </main>
      )}
      <CommandPalette />
      <ChooseTemplate />
      <ShortcutsDialog />
      <HelpDialog />
      <QuestionDialog />
      <DropFile />
      <NoticeList />
    </div>
  );
}

/** Palette, canvas and inspector, above the dock. */
function Design() {
  const left = useSession((s) => s.left);
  const right = useSession((s) => s.right);
  const key = useEditor((s) => s.key);
  return (
    <>
      <div className="app-upper">
        {left && (
          <aside className="app-left" aria-label="Palette">
            <Boundary part="The palette">
              <Palette />
            </Boundary>
          </aside>
        )}
        <main className="app-canvas" data-canvas aria-label="Canvas" {...dropTemplate}>
          <Boundary part="The canvas">
            <Canvas />
          </Boundary>
          <Boundary part="The history">
            <PastPanel />
          </Boundary>
        </main>
        {right && (
          <aside className="app-right" aria-label="Inspector">
            <Boundary part="The inspector">
              {/* what is half typed or was measured belongs to one graph */}
              <Inspector key={key} />
            </Boundary>
          </aside>
        )}
      </div>
      <Boundary part="The dock">
        <Dock />
      </Boundary>
    </>
  );
}

/** A template from the palette, let go over the canvas. */
const dropTemplate = {
  onDragOver: (event: DragEvent) => {
    if (event.dataTransfer.types.includes(TEMPLATE_MIME)) event.preventDefault();
  },
  onDrop: (event: DragEvent) => {
    const id = event.dataTransfer.getData(TEMPLATE_MIME);
    if (id === '') return;
    event.preventDefault();
    void openTemplate(id);
  },
};
