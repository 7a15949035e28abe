// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setParam } from '../../engine/graph/commands/nodes';
import type { GraphDocument } from '../../engine/graph/document';
import { documentOf } from '../../engine/graph/testing';
import { usePreviewed } from '../app/preview';
import { useDocument, useEditor } from '../app/store';
import { useAhead } from './use-ahead';
import type { Proposal } from './use-field-edit';

const net = documentOf({
  in: ['input', { shape: [8, 8, 3] }],
  a: ['conv2d', { filters: 16 }, 'in'],
  b: ['conv2d', { filters: 16 }, 'a'],
  sum: ['add', {}, 'a', 'b'],
  out: ['output', { classes: 10 }, 'sum'],
});
const preview = (doc: GraphDocument, [value]: readonly unknown[]) =>
  setParam.run(doc, { id: 'b', param: 'filters', value });
const filters = (value: number): Proposal => ({ each: [value], live: false });
/** In steps: React takes what was set at the end of each. */
async function wait(ms: number): Promise<void> {
  for (let past = 0; past < ms; past += 20) await act(() => new Promise((done) => setTimeout(done, 20)));
}

interface Props {
  readonly proposal: Proposal | null;
  readonly pointing: boolean;
}
function start(pointing: boolean) {
  const initialProps: Props = { proposal: null, pointing };
  return renderHook(
    (props: Props) => ({
      effect: useAhead(props.proposal, { preview, pointing: props.pointing, paths: ['b'] }),
      onCanvas: usePreviewed()?.nodes.b?.params.filters,
    }),
    { initialProps },
  );
}

beforeEach(() => useEditor.getState().load(net, null));
afterEach(cleanup);

it('tells figures of every number while it is typed, and covers the canvas once it is typed whole', async () => {
  const { result, rerender } = start(false);
  const seen: unknown[] = [];
  for (const value of [1, 12, 128]) {
    rerender({ proposal: filters(value), pointing: false });
    await wait(120);
    expect(result.current.effect?.output?.after).toEqual([8, 8, value]);
    seen.push(result.current.onCanvas);
  }
  expect(seen).toEqual([undefined, undefined, undefined]);
  await wait(400);
  expect(result.current.onCanvas).toBe(128);
  rerender({ proposal: null, pointing: false });
  await wait(120);
  expect([result.current.effect, result.current.onCanvas]).toEqual([undefined, undefined]);
});

it('shows what is pointed at or dragged without that wait', async () => {
  const { result, rerender } = start(true);
  rerender({ proposal: filters(32), pointing: true });
  await wait(150);
  expect(result.current.onCanvas).toBe(32);
});

it('shows nothing of a document that is past', async () => {
  const { result, rerender } = start(false);
  rerender({ proposal: filters(32), pointing: false });
  await wait(120);
  act(() => useEditor.getState().run(setParam, { id: 'a', param: 'filters', value: 8 }));
  expect(result.current.onCanvas).toBeUndefined();
  await wait(500);
  expect(result.current.effect?.output?.after).toEqual([8, 8, 32]);
  expect(result.current.onCanvas).toBe(32);
});

it('never goes back to what was before, while what is taken comes to the canvas', async () => {
  const seen: unknown[] = [];
  const { rerender } = renderHook(
    ({ proposal }: { proposal: Proposal | null }) => {
      useAhead(proposal, { preview, pointing: true, paths: ['b'] });
      const present = useDocument();
      seen.push((usePreviewed() ?? present).nodes.b?.params.filters);
    },
    { initialProps: { proposal: filters(32) } as { proposal: Proposal | null } },
  );
  await wait(200);
  expect(seen.at(-1)).toBe(32);
  seen.length = 0;
  act(() => useEditor.getState().run(setParam, { id: 'b', param: 'filters', value: 32 }));
  rerender({ proposal: null });
  await wait(700);
  expect(new Set(seen)).toEqual(new Set([32]));
  act(() => useEditor.getState().undo());
  await wait(200);
  expect(seen.at(-1)).toBe(16);
});
