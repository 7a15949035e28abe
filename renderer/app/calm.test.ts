// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { describe, expect, it, vi } from 'vitest';
import { moveNodes, setParam } from '../../engine/graph/commands/nodes';
import { rowOf } from '../../engine/graph/testing';
import { differOnlyInParams, inSlices, usePainted } from './calm';

const doc = rowOf([['input', { shape: [8, 8, 3] }], ['conv2d', { filters: 8 }], ['flatten']]);
const [, conv] = Object.keys(doc.nodes) as [string, string];

it('tells an edit of parameters from one of anything else', () => {
  const wider = setParam.run(doc, { id: conv, param: 'filters', value: 16 });
  const moved = moveNodes.run(doc, { moves: [{ id: conv, position: { x: 4, y: 4 } }] });
  expect(differOnlyInParams(doc, doc)).toBe(true);
  expect(differOnlyInParams(doc, wider)).toBe(true);
  expect(differOnlyInParams(wider, doc)).toBe(true);
  expect(differOnlyInParams(doc, moved)).toBe(false);
  const { [conv]: _, ...rest } = doc.nodes;
  expect(differOnlyInParams(doc, { ...doc, nodes: rest })).toBe(false);
  expect(differOnlyInParams({ ...doc, nodes: rest }, doc)).toBe(false);
  expect(differOnlyInParams(doc, { ...wider, name: 'another' })).toBe(false);
  expect(differOnlyInParams(doc, { ...wider, edges: { ...doc.edges } })).toBe(false);
});

describe('what is worked out after the picture', () => {
  const settle = () => act(() => new Promise((done) => setTimeout(done, 150)));

  it('comes to the value that stands, whatever was there for a moment', async () => {
    const { result, rerender } = renderHook(({ value }) => usePainted(value), {
      initialProps: { value: 'a' },
    });
    rerender({ value: 'b' });
    expect(result.current).toBe('a');
    await settle();
    expect(result.current).toBe('b');
    rerender({ value: 'c' });
    rerender({ value: 'b' });
    await settle();
    expect(result.current).toBe('b');
  });

  it('goes back when it was left while it was being worked out', async () => {
    let leave = () => {};
    const { result } = renderHook(() => {
      const [value, setValue] = useState('none');
      leave = () => flushSync(() => setValue('none'));
      useEffect(() => setValue('typed'), []);
      return usePainted(value);
    });
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
    const { setTimeout: later } = globalThis;
    // between the moment when the work is asked for, and its end
    vi.stubGlobal('setTimeout', (act: () => void, ms?: number) => {
      const both = () => {
        act();
        leave();
      };
      return later(ms === undefined ? both : act, ms);
    });
    await new Promise((done) => later(done, 300));
    vi.unstubAllGlobals();
    expect(result.current).toBe('none');
  });
});

describe('work in slices', () => {
  function* working(pieces: number) {
    for (let i = 0; i < pieces; i++) {
      const end = performance.now() + 2;
      while (performance.now() < end);
      yield;
    }
  }

  it('gives way to what comes in between, and comes to an end', async () => {
    const ended: string[] = [];
    const all = ([name, pieces]: readonly [string, number]) =>
      new Promise<void>((done) =>
        inSlices(working(pieces), () => {
          ended.push(name);
          done();
        }),
      );
    await Promise.all(
      (
        [
          ['long', 40],
          ['short', 1],
        ] as const
      ).map(all),
    );
    expect(ended).toEqual(['short', 'long']);
  });

  it('goes on with what follows when the work fails', async () => {
    const failing = (function* () {
      yield;
      throw new Error('a fault of its own');
    })();
    let went = false;
    const ended = new Promise<void>((done) => {
      expect(() =>
        inSlices(failing, () => {
          went = true;
          done();
        }),
      ).toThrow('a fault of its own');
    });
    await ended;
    expect(went).toBe(true);
  });
});
