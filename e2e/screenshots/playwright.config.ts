import { defineConfig } from '@playwright/test';

/** Takes the pictures of docs/pictures: `npm run pictures`. */
export default defineConfig({
  testDir: '.',
  testMatch: ['pictures.ts', 'states.ts'],
  outputDir: '../../test-results',
  workers: 1,
  timeout: 180_000,
  reporter: 'list',
});
