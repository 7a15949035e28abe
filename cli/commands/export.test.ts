import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDocument } from '../../engine/graph/file';
import { convloom, tempFolder } from '../testing';

it('writes a template to a file that gives the same bytes when it is exported again', async () => {
  const folder = await tempFolder();
  const [a, b] = [join(folder, 'a b.json'), join(folder, 'b.json')];
  const first = await convloom('export', 'resnet-20', '--out', a);
  expect(first.out).toMatch(/a b\.json {2}[\d,]+ bytes$/);
  await convloom('export', a, '--out', b);
  expect(await readFile(b)).toEqual(await readFile(a));
});

it('gives the net another shape on the way', async () => {
  const file = join(await tempFolder(), 'net.json');
  const { out } = await convloom(
    'export',
    'resnet-20',
    '--input',
    '28x28x1',
    '--classes',
    '47',
    '--out',
    file,
    '--json',
  );
  expect(JSON.parse(out).file).toBe(file);
  const { nodes } = openDocument(await readFile(file, 'utf8'));
  expect([nodes['input']!.params, nodes['fc']!.params['units']]).toEqual([{ shape: [28, 28, 1] }, 47]);
});

it('says where it cannot write, and needs to know where', async () => {
  const { exit, err } = await convloom('export', 'lenet-5', '--out', '/nowhere/at/all.json');
  expect([exit, err]).toEqual([1, expect.stringContaining('/nowhere/at/all.json could not be saved')]);
  expect((await convloom('export', 'lenet-5')).err).toMatch(/^--out must name a file/);
});
