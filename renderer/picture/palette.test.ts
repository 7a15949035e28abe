import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coloursOf } from '../../scripts/docs/themes.mjs';
import { THEMES } from './palette';

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');

it.each(['light', 'dark'] as const)('pictures in %s have the colours of the window', (theme) => {
  expect(coloursOf(css, theme)).toMatchObject(THEMES[theme]);
});
