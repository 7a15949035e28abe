import { BallsPage } from '../balls/BallsPage';
import { BulkPanel } from '../bulk/BulkPanel';
import { useBulk } from '../bulk/bulk-store';
import { Canvas } from '../canvas/Canvas';
import { ChooseTemplate } from '../compare/ChooseTemplate';
import { Compare } from '../compare/Compare';
import { useCompare } from '../compare/compare-store';
import { FileBar } from '../documents/FileBar';
import { PastPanel } from '../documents/PastPanel';
import { TabStrip } from '../documents/TabStrip';
import { PictureDialog } from '../export/PictureDialog';
import { HelpDialog } from '../help/HelpDialog';
import { Inspector } from '../inspector/Inspector';
import { LooksDialog } from '../looks/LooksDialog';
import { useLooks } from '../looks/looks';
import { Palette } from '../palette/Palette';
import { Dock } from '../runs/Dock';
import { RunsPage } from '../runs/RunsPage';
import { Tour } from '../tour/Tour';
import { Boundary } from './Boundary';
import { CommandPalette } from './CommandPalette';
import { DropFile } from './DropFile';
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
import { useKeepFocus } from './use-keep-focus';
import { useShortcuts } from './use-shortcuts';
import { useSignals } from './use-signals';
import { useStart } from './use-start';
import './app.css';
import './narrow.css';

/** Nothing before it is known what to show, so that no key meets a graph that is about to be replaced. */
export function App() {
  useStart();
  useTheme();
  useLooks();
  const started = useSession((s) => s.started);
  return started ? <Window /> : <NoticeList />;
}

/** What goes on beside: of its own, so that the first edit, which makes the graph unsaved, draws no window anew. */
function Beside() {
  useShortcuts();
  useSignals();
  useAutosave();
  useData();
  useKeepFocus();
  return null;
}

/** Header, workspace, and what may lie over them. */
function Window() {
  const workspace = useSession((s) => s.workspace);
  const comparing = useCompare((s) => s.comparison !== null);
  return (
    <div className="app">
      <Beside />
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
      <LooksDialog />
      <PictureDialog />
      <QuestionDialog />
      <DropFile />
      <NoticeList />
      <Tour />
    </div>
  );
}

/** Palette, canvas and inspector, above the dock. */
function Design() {
  const left = useSession((s) => s.left);
  const right = useSession((s) => s.right);
  const draft = useBulk((s) => s.draft);
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
        <main className="app-canvas" data-canvas aria-label="Canvas">
          <Boundary part="The canvas">
            <Canvas />
          </Boundary>
          <Boundary part="The history">
            <PastPanel />
          </Boundary>
        </main>
        {(right || draft) && (
          <aside className="app-right" aria-label={draft ? 'Changes' : 'Inspector'}>
            <Boundary part={draft ? 'The changes' : 'The inspector'}>
              {/* what is half typed or was measured belongs to one graph */}
              {draft ? <BulkPanel draft={draft} /> : <Inspector key={key} />}
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
