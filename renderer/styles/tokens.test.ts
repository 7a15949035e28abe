import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apart, contrast } from './colour-vision';

const read = (file: string): string =>
  readFileSync(join(__dirname, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
/** Rules of both sheets in their order: a later one of the same looks wins. */
const rules = [...`${read('tokens.css')}\n${read('looks.css')}`.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(
  ([, selector, body]) => ({
    selectors: selector!.split(',').map((s) => s.trim()),
    tokens: [...body!.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!] as const),
  }),
);

interface Look {
  readonly theme: 'light' | 'dark';
  readonly contrast: 'normal' | 'high';
  readonly palette: 'standard' | 'safe';
}
/** Whether every attribute that the selector names is as it says. */
const fits = (selector: string, look: Look): boolean =>
  selector === ':root' ||
  ([...selector.matchAll(/\[data-(\w+)="(\w+)"\]/g)].every(([, k, v]) => look[k as keyof Look] === v) &&
    /^(\[[^\]]+\])+$/.test(selector));
const tokensOf = (look: Look): Record<string, string> =>
  Object.fromEntries(rules.filter((r) => r.selectors.some((s) => fits(s, look))).flatMap((r) => r.tokens));

const LOOKS: readonly Look[] = (['light', 'dark'] as const).flatMap((theme) =>
  (['normal', 'high'] as const).flatMap((c) =>
    (['standard', 'safe'] as const).map((palette) => ({ theme, contrast: c, palette })),
  ),
);
const KINDS = ['io', 'conv', 'norm', 'act', 'pool', 'merge', 'dense', 'block', 'reg'].map((k) => `--c-${k}`);
const WORDS = ['--text', '--text2', '--text3', '--accent', '--danger', '--warn', '--ok'];

describe.each(LOOKS)('the look $theme, contrast $contrast, colours $palette', (look) => {
  const t = tokensOf(look);
  const least = (names: readonly string[], grounds: readonly string[]) =>
    Math.min(...names.flatMap((n) => grounds.map((g) => contrast(t[n]!, t[g]!))));

  it('has words that can be read on every ground (WCAG 1.4.3; 1.4.6 in high contrast)', () => {
    const grounds = ['--bg', '--canvas', '--panel', '--raise', '--raise2'];
    expect(least(WORDS, grounds)).toBeGreaterThan(
      look.contrast === 'high' && look.palette === 'standard' ? 7 : 4.5,
    );
    expect(contrast(t['--on-accent']!, t['--accent']!)).toBeGreaterThan(4.5);
    expect(contrast(t['--danger']!, t['--danger-bg']!)).toBeGreaterThan(4.5);
    expect(contrast(t['--ok']!, t['--ok-bg']!)).toBeGreaterThan(4.5);
    expect(contrast(t['--text']!, t['--memo']!)).toBeGreaterThan(7);
  });

  it('has glyphs and curves that can be told from the ground (WCAG 1.4.11)', () => {
    expect(least([...KINDS, '--s1', '--s2'], ['--raise', '--raise2', '--panel'])).toBeGreaterThan(3);
  });

  if (look.contrast === 'high') {
    it('has lines that can be told from the ground', () => {
      expect(
        least(['--line', '--line-strong', '--wire'], ['--canvas', '--raise', '--panel']),
      ).toBeGreaterThan(3);
    });
  }

  if (look.palette === 'safe') {
    it('keeps kinds, series, and right and wrong apart in every form of colour blindness', () => {
      expect(apart(KINDS.map((k) => t[k]!))).toBeGreaterThan(9.5);
      expect(apart([t['--s1']!, t['--s2']!])).toBeGreaterThan(20);
      expect(apart([t['--ok']!, t['--danger']!])).toBeGreaterThan(15);
    });
  }
});
