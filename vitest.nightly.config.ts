import { defineConfig } from 'vitest/config';

/** What takes minutes: run by `npm run test:all`. */
export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'scripts/test/temp-folder.ts',
    pool: 'forks',
    // each fills the memory and keeps all cores busy
    fileParallelism: false,
    testTimeout: 600_000,
    include: ['{engine,cli,bench}/**/*.nightly.ts'],
  },
});
