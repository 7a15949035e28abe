import { defineConfig } from 'vitest/config';

/** Tests lie beside the code. A test of the window asks for jsdom at its top: `// @vitest-environment jsdom`. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['{engine,ipc,electron,renderer,cli,scripts,bench}/**/*.test.{ts,tsx}'],
  },
});
