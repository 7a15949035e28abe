import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Chromium 108 is the oldest that the app runs on, so the build lowers what is newer. */
const TARGET = 'chrome108';

export default defineConfig({
  root: import.meta.dirname,
  // the window is served from app://, so every address is relative
  base: './',
  plugins: [react()],
  build: {
    target: TARGET,
    cssTarget: TARGET,
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // the content policy of the window allows no data: addresses
    assetsInlineLimit: 0,
    // read from the disk at start, so one large file costs less than several
    chunkSizeWarningLimit: 2000,
  },
});
