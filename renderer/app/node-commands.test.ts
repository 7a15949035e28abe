import { beforeAll, describe, expect, it } from 'vitest';
import { rowOf } from '../../engine/graph/testing';

const net = rowOf([
  ['input', { shape: [8, 8, 4] }],
  ['residual', { filters: 4 }],
  ['global-avg-pool'],
  ['dense', { units: 10 }],
  ['output'],
]);

describe('nodes inside of a block', () => {
  let app: typeof import('./store') & typeof import('./node-commands') & typeof import('./notices');
  const run = (id: string) => app.nodeCommands.find((c) => c.id === id)!.run();
  const blockId = Object.keys(net.nodes)[1]!;
  const inside = () =>
    app
      .analysisOf(app.useEditor.getState().history.present)
      .nodes.get(blockId)!
      .instance.children.filter((c) => c.type === 'activation')
      .map((c) => c.path);

  beforeAll(async () => {
    Object.assign(globalThis, { window: { bridge: { call: async () => null, on: () => () => {} } } });
    app = {
      ...(await import('./store')),
      ...(await import('./node-commands')),
      ...(await import('./notices')),
    };
  });

  it('are taken out with their wires kept, as one step of undo', () => {
    app.useEditor.getState().load(net, null);
    const all = inside();
    expect(all.length).toBeGreaterThan(1);
    app.useEditor.getState().select({ nodes: all });
    run('node.dissolve');
    const { history, selection } = app.useEditor.getState();
    expect(inside()).toEqual([]);
    expect(app.analysisOf(history.present).problems.filter((p) => p.severity === 'error')).toEqual([]);
    expect(history.past).toHaveLength(1);
    expect(selection.nodes).toEqual([]);
    app.useEditor.getState().undo();
    expect(app.useEditor.getState().history.present).toBe(net);
  });

  it('are not bypassed, which is said in words', () => {
    app.useEditor.getState().load(net, null);
    app.useEditor.getState().select({ nodes: inside().slice(0, 1) });
    run('node.bypass');
    expect(app.useEditor.getState().history.present).toBe(net);
    expect(app.useNotices.getState().notices.at(-1)?.text).toContain('inside of a block');
  });
});
