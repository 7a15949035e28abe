import { defineConfig } from 'vitest/config';

/** Tests lie beside the code. A test of the window asks for jsdom at its top: `// @vitest-environment jsdom`. */
export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'scripts/test/temp-folder.ts',
    // processes, not threads: TensorFlow is loaded once a process and reads the environment of it
    pool: 'forks',
    // trainings and kills on two busy cores
    testTimeout: 30_000,
    hookTimeout: 30_000,
    include: ['{engine,ipc,electron,renderer,cli,scripts,bench}/**/*.test.{ts,tsx}'],
  },
});
