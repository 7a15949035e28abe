import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coloursOf } from '../../scripts/docs/themes.mjs';
import { THEMES } from './palette';

const read = (name: string) => readFileSync(new URL(`../styles/${name}.css`, import.meta.url), 'utf8');

it.each(['light', 'dark'] as const)('pictures in %s have the colours of the window', (theme) => {
  const window = { ...coloursOf(read('tokens'), theme), ...coloursOf(read('looks'), theme) };
  expect(window).toMatchObject(THEMES[theme]);
});
