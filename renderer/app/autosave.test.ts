import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../engine/graph/document';
import { Autosave, type Work } from './autosave';

const work = (name: string, patch: Partial<Work> = {}): Work => ({
  key: 'a',
  path: null,
  stamp: null,
  doc: emptyDocument(name),
  dirty: true,
  ...patch,
});

function start() {
  const kept: string[] = [];
  const dropped: string[] = [];
  const failed: unknown[] = [];
  const autosave = new Autosave({
    keep: async ({ key, doc }) => kept.push(`${key} ${doc.name}`),
    drop: async (key) => dropped.push(key),
    fail: (error) => failed.push(error),
  });
  autosave.update([work('opened', { dirty: false })]);
  return { autosave, kept, dropped, failed };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('autosave', () => {
  it('keeps an edit less than a second after it was made', async () => {
    const { autosave, kept } = start();
    autosave.update([work('edited')]);
    await vi.advanceTimersByTimeAsync(999);
    expect(kept).toEqual(['a edited']);
  });

  it('is not put off by edits that never stop', async () => {
    const { autosave, kept } = start();
    for (let i = 0; i < 40; i++) {
      autosave.update([work(`edit ${i}`)]);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(kept.length).toBeLessThanOrEqual(9);
  });

  it('writes the newest of several edits', async () => {
    const { autosave, kept } = start();
    autosave.update([work('first')]);
    autosave.update([work('second')]);
    await vi.advanceTimersByTimeAsync(999);
    expect(kept).toEqual(['a second']);
  });

  it('drops what it kept once the document is saved', async () => {
    const { autosave, kept, dropped } = start();
    autosave.update([work('edited')]);
    await vi.advanceTimersByTimeAsync(999);
    autosave.update([work('edited', { dirty: false })]);
    await vi.advanceTimersByTimeAsync(999);
    expect([kept, dropped]).toEqual([['a edited'], ['a']]);
  });

  it('keeps nothing when the edit is undone at once', async () => {
    const { autosave, kept, dropped } = start();
    autosave.update([work('edited')]);
    autosave.update([work('opened', { dirty: false })]);
    await vi.advanceTimersByTimeAsync(2000);
    expect([kept, dropped]).toEqual([[], []]);
  });

  it('drops the copy of a document that another one replaced', async () => {
    const { autosave, dropped } = start();
    autosave.update([work('edited')]);
    await vi.advanceTimersByTimeAsync(999);
    autosave.update([work('other', { key: 'b', dirty: false })]);
    await vi.advanceTimersByTimeAsync(0);
    expect(dropped).toEqual(['a']);
  });

  it('drops the copy that a restored document came from, even before it kept one itself', async () => {
    const { autosave, dropped } = start();
    autosave.update([work('restored', { key: 'old' })]);
    autosave.update([work('restored', { key: 'old', dirty: false })]);
    await vi.advanceTimersByTimeAsync(0);
    expect(dropped).toEqual(['old']);
  });

  it('keeps every document that has unsaved changes, each but when it was changed', async () => {
    const { autosave, kept, dropped } = start();
    const other = work('other', { key: 'b' });
    autosave.update([work('opened', { dirty: false })]);
    autosave.update([work('edited'), work('behind', { key: 'b', dirty: false })]);
    await vi.advanceTimersByTimeAsync(999);
    const first = work('edited again');
    autosave.update([first, other]);
    await vi.advanceTimersByTimeAsync(999);
    autosave.update([first, work('other again', { key: 'b' })]);
    await vi.advanceTimersByTimeAsync(999);
    expect(kept).toEqual(['a edited', 'a edited again', 'b other', 'b other again']);
    autosave.update([first]);
    await vi.advanceTimersByTimeAsync(0);
    expect(dropped).toEqual(['b']);
  });

  it('reports a write that failed, and goes on', async () => {
    const failed: unknown[] = [];
    const keep = vi.fn().mockRejectedValueOnce(new Error('disk full')).mockResolvedValue(undefined);
    const autosave = new Autosave({ keep, drop: async () => {}, fail: (e) => failed.push(e) });
    autosave.update([work('one')]);
    await vi.advanceTimersByTimeAsync(999);
    autosave.update([work('two')]);
    await vi.advanceTimersByTimeAsync(999);
    expect(failed).toHaveLength(1);
    expect(keep).toHaveBeenCalledTimes(2);
  });
});
