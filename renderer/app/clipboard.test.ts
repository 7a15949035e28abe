// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { onCopy, onPaste } from './clipboard';
import { useNotices } from './notices';
import { useEditor } from './store';
import { smallNet } from './testing';

const editor = () => useEditor.getState();
const nodes = () => Object.values(editor().history.present.nodes);

/** What the browser hands to a listener: the clipboard holds one text. */
function event(type: 'copy' | 'cut' | 'paste', held = { text: '' }) {
  const clipboardData = {
    getData: () => held.text,
    setData: (_: string, text: string) => {
      held.text = text;
    },
  };
  return { held, it: { type, clipboardData, preventDefault: () => {} } as unknown as ClipboardEvent };
}
const paste = (text: string) => onPaste(event('paste', { text }).it);

beforeEach(() => {
  editor().load(smallNet(), null);
  editor().select({ nodes: ['conv', 'block'] });
  useNotices.setState({ notices: [] });
});

describe('the clipboard', () => {
  it('carries nodes and the wires between them into another document, as the text of a graph', () => {
    const copied = event('copy');
    onCopy(copied.it);
    expect(JSON.parse(copied.held.text)).toMatchObject({
      format: 'convloom',
      nodes: { conv: {}, block: {} },
    });
    editor().load({ ...smallNet(), nodes: {}, edges: {} }, null);
    paste(copied.held.text);
    expect(nodes().map((n) => n.type)).toEqual(['conv2d', 'residual']);
    expect(Object.keys(editor().history.present.edges)).toHaveLength(1);
    paste(copied.held.text.replaceAll('\n', '\r\n'));
    expect(nodes()[2]!.position).toEqual({ x: 80, y: 160 });
  });

  it('takes away what is cut', () => {
    onCopy(event('cut').it);
    expect(Object.keys(editor().history.present.nodes)).toEqual(['in', 'pool', 'dense', 'out']);
  });

  it('lets other text be', () => {
    for (const text of ['hello', '{"a": 1}', '[1]']) paste(text);
    expect(nodes()).toHaveLength(6);
    expect(useNotices.getState().notices).toEqual([]);
  });

  it('says what is wrong with a graph that does not hold to its schema, and adds nothing', () => {
    paste(
      '{"format":"convloom","version":1,"name":"x","nodes":{"a":{"type":"conv2d","params":7}},"edges":{}}',
    );
    expect(nodes()).toHaveLength(6);
    expect(useNotices.getState().notices[0]!.fault?.what).toContain('/nodes/a/params');
  });

  it('keeps the nodes where the system gives nothing back', () => {
    onCopy(event('copy').it);
    paste('');
    expect(nodes()).toHaveLength(8);
  });
});
