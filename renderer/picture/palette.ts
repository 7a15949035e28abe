import type { Colours } from './scene';

export type PictureTheme = 'light' | 'dark';

/** The colours of pictures, as renderer/styles/tokens.css has them; a test holds them to it. */
export const THEMES: Readonly<Record<PictureTheme, Colours>> = {
  light: {
    '--canvas': '#fafbfc',
    '--raise': '#ffffff',
    '--raise2': '#eef0f3',
    '--line': '#e1e4e9',
    '--line-strong': '#c3c9d1',
    '--text': '#1b2027',
    '--text2': '#4d5764',
    '--text3': '#626c79',
    '--wire': '#b4bcc8',
    '--c-io': '#2f8f4e',
    '--c-conv': '#2563d6',
    '--c-norm': '#9a7400',
    '--c-act': '#c2640c',
    '--c-pool': '#0b8278',
    '--c-merge': '#7d45c4',
    '--c-dense': '#c03461',
    '--c-block': '#4552c9',
    '--c-reg': '#66707d',
  },
  dark: {
    '--canvas': '#13161a',
    '--raise': '#1e2228',
    '--raise2': '#272c33',
    '--line': '#2a2f37',
    '--line-strong': '#434b56',
    '--text': '#e6e9ed',
    '--text2': '#a7b0bb',
    '--text3': '#8e98a4',
    '--wire': '#4b5563',
    '--c-io': '#8fd19e',
    '--c-conv': '#6ea8fe',
    '--c-norm': '#e3c567',
    '--c-act': '#f2a65a',
    '--c-pool': '#5fd0c5',
    '--c-merge': '#c79bf2',
    '--c-dense': '#f28aa5',
    '--c-block': '#9aa8ff',
    '--c-reg': '#a3acb8',
  },
};
