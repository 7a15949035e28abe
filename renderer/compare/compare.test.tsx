// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { setParam } from '../../engine/graph/commands/nodes';
import { fakeBridge, smallNet } from '../app/testing';

const bridge = fakeBridge({
  'templates.open': () => smallNet({ filters: 6 }),
  'document.open': () => null,
});
const { runCommand, appCommands } = await import('../app/command-table');
const { isEnabled } = await import('../app/commands');
const { useEditor } = await import('../app/store');
const { compareWithTemplate } = await import('./compare-actions');
const { isComparing, useCompare } = await import('./compare-store');

const can = (id: string) => isEnabled(appCommands.find((c) => c.id === id)!);

describe('a comparison', () => {
  beforeEach(() => {
    useCompare.getState().leave();
    useEditor.getState().load(smallNet(), '/nets/small.convloom.json');
  });

  it('sets a template before the open graph, and is swapped and left', async () => {
    await compareWithTemplate('small');
    const { comparison } = useCompare.getState();
    expect(comparison?.after.doc).toBe(useEditor.getState().history.present);
    expect([comparison?.before.name, comparison?.after.name]).toEqual(['small (template)', 'small (open)']);
    expect(runCommand('compare.swap')).toBe(true);
    expect(useCompare.getState().comparison?.after.name).toBe('small (template)');
    expect(runCommand('compare.leave')).toBe(true);
    expect(isComparing()).toBe(false);
    expect(runCommand('compare.leave')).toBe(false);
  });

  it('does not begin when the choice of a file is cancelled', async () => {
    runCommand('compare.file');
    await Promise.resolve();
    expect(bridge.channels()).toContain('document.open');
    expect(isComparing()).toBe(false);
  });

  it('shows what changed since the graph was saved', () => {
    useEditor.getState().run(setParam, { id: 'conv', param: 'filters', value: 5 });
    expect(runCommand('compare.saved')).toBe(true);
    const { before, after } = useCompare.getState().comparison!;
    expect([before.doc.nodes['conv']!.params, after.doc.nodes['conv']!.params]).toMatchObject([
      { filters: 4 },
      { filters: 5 },
    ]);
  });

  it('keeps the graph behind it from being changed', () => {
    expect(can('edit.select-all')).toBe(true);
    runCommand('compare.saved');
    expect(can('edit.select-all')).toBe(false);
    useEditor.getState().load(smallNet(), null);
    useCompare.getState().leave();
    expect(can('compare.saved')).toBe(false);
  });
});
