import { describe, expect, it } from 'vitest';
import { type Findable, isNearly, ranked } from './ranking';

const rows: readonly Findable[] = [
  { title: 'Residual units to full pre-activation…', also: 'change' },
  { title: 'Undo', also: 'edit', disabled: true },
  { title: 'Save all graphs', also: 'file', disabled: true },
  { title: 'Save', also: 'file' },
  { title: 'Save as…', also: 'file' },
  { title: 'Appearance: theme, contrast, colours, text size…', also: 'looks preferences' },
  { title: 'Change the theme', also: 'appearance dark light' },
  { title: 'Present the net', also: 'view slides' },
  { title: 'Dense', also: 'add fully connected' },
  { title: 'DenseNet-40', also: 'template' },
  { title: 'Add batch norm after every conv…', also: 'change' },
];
const find = (text: string) => ranked(text, rows).map((r) => r.title);

describe('a search for a command', () => {
  it('finds what is called so first', () => {
    expect(find('appearance')).toEqual([rows[5]!.title, 'Change the theme']);
    expect(find('dense')).toEqual(['Dense', 'DenseNet-40']);
    expect(find('Save as')).toEqual(['Save as…']);
    expect(find('batch norm')).toEqual(['Add batch norm after every conv…']);
  });
  it('takes words in any order, and other words for it', () => {
    expect(find('norm batch conv')).toEqual(['Add batch norm after every conv…']);
    expect(find('dark')).toEqual(['Change the theme']);
    expect(find('fully connected')).toEqual(['Dense']);
  });
  it('finds a path or an id by a part of it', () => {
    const node: Findable = { title: 'Conv 3×3', also: 'block-1/conv2d-2' };
    for (const text of ['conv2d-2', 'block-1/conv2d', 'block 2'])
      expect(ranked(text, [node])).toEqual([node]);
    expect(ranked('conv2d-7', [node])).toEqual([]);
  });
  it('puts what can be done before what cannot', () => {
    expect(find('save')).toEqual(['Save', 'Save as…', 'Save all graphs']);
    expect(find('undo')).toEqual(['Undo']);
  });
  it('forgives one letter, and finds nothing for scattered ones', () => {
    expect(find('presnt')).toEqual(['Present the net']);
    expect(find('thxxe')).toEqual([]);
    expect(find('theem')).toEqual([rows[5]!.title, 'Change the theme']);
    expect(find('aeo')).toEqual([]);
    expect(find('…')).toEqual([]);
  });
});

it('knows a word that is one letter off', () => {
  for (const typed of ['conolution', 'connvolution', 'canvolution', 'covnolution'])
    expect(isNearly(typed, 'convolutional')).toBe(true);
  for (const typed of ['cno', 'cxnxolution', 'pool']) expect(isNearly(typed, 'convolutional')).toBe(false);
});
