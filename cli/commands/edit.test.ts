import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDocument } from '../../engine/graph/file';
import { convloom, tempFolder } from '../testing';

describe('convloom edit', () => {
  it('lists what can be done to a net, with the number of places', async () => {
    const { out, exit } = await convloom('edit', 'vgg-a');
    expect(exit).toBe(0);
    expect(out).toMatch(/batch-norm +8 +Add batch norm/);
    expect(out).toMatch(/no-dropout +2 /);
    expect(out).not.toContain('pre-activation');
  });

  it('shows a change by node, with its cost, and writes the changed net', async () => {
    const file = join(await tempFolder(), 'bn.convloom.json');
    const { out, exit } = await convloom('edit', 'vgg-a', '--do', 'batch-norm', '--out', file);
    expect(exit).toBe(0);
    expect(out).toContain('conv1-1  + batch norm, bias on → off');
    expect(out).toContain('+ conv1-1-bn  batch-norm');
    expect(out).toMatch(/memory: [\d.]+ GB → /);
    expect(openDocument(await readFile(file, 'utf8')).nodes['conv1-1-bn']).toBeDefined();
  });

  it('takes settings and a part of the net', async () => {
    const { out } = await convloom(
      ...[
        'edit',
        'vgg-a',
        '--do',
        'activation',
        '--set',
        'from=relu',
        'to=swish',
        '--only',
        'fc6-relu,fc7-relu',
        '--json',
      ],
    );
    const data = JSON.parse(out);
    expect(data.places).toEqual([
      { path: 'fc6-relu', words: 'function relu → swish' },
      { path: 'fc7-relu', words: 'function relu → swish' },
    ]);
    expect(data).toMatchObject({ change: 'activation', file: null, problems: [] });
  });

  it.each([
    [['--do', 'batchnorm'], 'Did you mean batch-norm?'],
    [['--do', 'activation', '--set', 'to=sofa'], "'to' cannot be 'sofa' here."],
    [['--do', 'plain', '--set', 'to=gelu'], "This change has no setting 'to'."],
    [['--only', 'conv9'], "There is no node 'conv9'."],
    [['--set', 'gelu'], 'must look like name=value'],
  ])('says what is wrong with %j', async (args, words) => {
    const { err, exit } = await convloom('edit', 'vgg-a', ...args);
    expect(exit).toBe(1);
    expect(err).toContain(words);
  });
});
