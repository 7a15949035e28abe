// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveNodes, setParam } from '../../engine/graph/commands/nodes';
import { rowOf } from '../../engine/graph/testing';
import { prepare, useDocument, useEditor } from './store';

const net = rowOf([['input', { shape: [8, 8, 3] }], ['conv2d', { filters: 8 }], ['flatten']]);
const [, conv] = Object.keys(net.nodes) as [string, string];
const filters = (value: number) =>
  useEditor.getState().run(setParam, { id: conv, param: 'filters', value }, 'typing');
const wait = async (ms: number) => {
  for (let past = 0; past < ms; past += 20) await act(() => new Promise((done) => setTimeout(done, 20)));
};
const shown = () => renderHook(() => useDocument()).result;

/** What was worked out, and a stop in the middle of it. */
const worked: unknown[] = [];
let meanwhile = () => {};
prepare(function* (doc) {
  yield;
  meanwhile();
  meanwhile = () => {};
  yield;
  worked.push(doc.nodes[conv]?.params.filters);
});

beforeEach(() => {
  useEditor.getState().load(net, null);
  worked.length = 0;
});
afterEach(cleanup);

it('shows an edit of parameters once what follows from it is worked out', async () => {
  const result = shown();
  act(() => filters(16));
  expect(result.current).toBe(net);
  await wait(200);
  expect(worked).toEqual([16]);
  expect(result.current).toBe(useEditor.getState().history.present);
});

it('shows the last of many edits, whenever they come', async () => {
  const result = shown();
  meanwhile = () => act(() => filters(18));
  for (const value of [16, 17]) act(() => filters(value));
  await wait(400);
  expect(result.current.nodes[conv]!.params.filters).toBe(18);
  expect(worked).toEqual([17, 18]);
});

it('never goes back behind an edit that is shown at once', async () => {
  const rows: unknown[] = [];
  const { result } = renderHook(() => {
    const doc = useDocument();
    rows.push(doc.nodes[conv]!.position?.y);
    return doc;
  });
  meanwhile = () => useEditor.getState().run(moveNodes, { moves: [{ id: conv, position: { x: 0, y: 40 } }] });
  act(() => filters(16));
  await wait(400);
  expect(rows[0]).toBeUndefined();
  expect(rows.slice(rows.indexOf(40))).toSatisfy((after: unknown[]) => after.every((y) => y === 40));
  expect(result.current).toBe(useEditor.getState().history.present);
});

it('never shows an edit that was undone before it could be shown', async () => {
  const seen = new Set<unknown>();
  renderHook(() => seen.add(useDocument().nodes[conv]!.params.filters));
  meanwhile = () => useEditor.getState().undo();
  act(() => filters(16));
  await wait(400);
  expect([...seen]).toEqual([8]);
  act(() => filters(32));
  await wait(200);
  expect([...seen]).toEqual([8, 32]);
});
