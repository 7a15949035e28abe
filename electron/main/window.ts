import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron';
import { START_PAGE } from './protocol';
import type { Bounds, Settings, SettingsStore } from './settings';

const SIZE = { width: 1440, height: 900 };
const LEAST = { width: 1000, height: 640 };
/** The ground of each theme, so that the first frame does not flash. */
const GROUND = { light: '#f6f7f9', dark: '#0f1217' };

/** The one window, hidden until its first frame is there. */
export function createWindow(preload: string, settings: SettingsStore): BrowserWindow {
  const { bounds, looks } = settings.get();
  const window = new BrowserWindow({
    ...placed(bounds),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    title: 'Convloom',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload,
      zoomFactor: looks.zoom,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      enableDeprecatedPaste: true, // Edit > Paste, chosen by mouse while the cursor is in a field
      backgroundThrottling: false, // curves go on while another window is in front
    },
  });
  // a page that is loaded has the zoom of its last visit
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(settings.get().looks.zoom));
  window.once('ready-to-show', () => {
    if (bounds?.maximized) window.maximize();
    window.show();
  });
  rememberBounds(window, settings);
  void window.loadURL(START_PAGE);
  return window;
}

export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}

/** The remembered place, unless its screen is gone. */
function placed(bounds: Bounds | null): Partial<Rectangle> {
  if (!bounds) return SIZE;
  const { x, y, width, height } = bounds;
  const size = { width: Math.max(width, LEAST.width), height: Math.max(height, LEAST.height) };
  if (x === undefined || y === undefined) return size;
  const area = screen.getDisplayMatching({ x, y, ...size }).workArea;
  const seen =
    x < area.x + area.width - 100 && x + width > area.x + 100 && y >= area.y && y < area.y + area.height - 50;
  return seen ? { x, y, ...size } : size;
}

function rememberBounds(window: BrowserWindow, settings: SettingsStore): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (window.isDestroyed() || window.isMinimized()) return;
      settings.set({ bounds: { ...window.getNormalBounds(), maximized: window.isMaximized() } });
    }, 400);
  };
  window.on('resize', remember);
  window.on('move', remember);
  window.on('closed', () => clearTimeout(timer));
}
