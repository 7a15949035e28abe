import { beforeEach, describe, expect, it, vi } from 'vitest';
import { idxFolderWith } from '../../engine/data/idx/testing';
import { openDocument } from '../../engine/graph/file';
import { convloom, netFile, recorder, small, tempFolder } from '../testing';
import { prepare, train } from './train';

const parse = (args: Record<string, unknown>) => train.args.parse(args);
async function prepared(args: Record<string, unknown>) {
  const { terminal, err } = recorder();
  return { doc: await prepare(parse(args), terminal), notes: err };
}
beforeEach(() => void vi.stubEnv('CONVLOOM_FASHION_MNIST', '/nowhere'));

describe('what is trained', () => {
  it('is a template fitted to the data, said in one line', async () => {
    const { doc, notes } = await prepared({ net: 'resnet-20', data: 'mnist', epochs: '1' });
    expect(doc.nodes['input']!.params).toEqual({ shape: [28, 28, 1] });
    expect(doc.training).toMatchObject({
      epochs: 1,
      batch: 128,
      rate: 0.1,
      data: { set: 'mnist', validation: 5000 },
    });
    expect(notes).toEqual(['Fitted to MNIST: 28×28×1, 10 classes.']);
  });

  it('is a file as it is, where it fits', async () => {
    const { doc, notes } = await prepared({
      net: await netFile(small()),
      data: 'mnist',
      seed: '7',
      rate: '0.01',
    });
    expect([doc.training.seed, doc.training.rate, notes]).toEqual([7, 0.01, []]);
  });

  it('is a file fitted to the data with --fit', async () => {
    const { doc } = await prepared({ net: await netFile(small([32, 32, 3], 5)), data: 'mnist', fit: true });
    expect([doc.nodes['in']!.params, doc.nodes['fc']!.params]).toEqual([
      { shape: [28, 28, 1] },
      { units: 10 },
    ]);
  });

  it('keeps pictures to train on where the data set is small', async () => {
    const folder = await idxFolderWith({ train: Array.from({ length: 40 }, (_, i) => i % 3) });
    const { doc, notes } = await prepared({ net: await netFile(small([4, 4, 1], 3)), data: folder });
    expect(doc.training.data).toEqual({ set: 'idx', folder, validation: 4 });
    expect(notes[0]).toMatch(/^4 pictures are held back/);
  });
});

describe('refused before anything is computed, with a remedy and exit code 1:', () => {
  const refuse = async (...argv: string[]) => {
    const { exit, out } = await convloom('train', ...argv, '--json');
    return { exit, ...(JSON.parse(out).error as { code: string; what: string; remedy: string }) };
  };

  it('a file of 3 channels on data of 1', async () => {
    const fault = await refuse(await netFile(small([28, 28, 3])), '--data', 'mnist');
    expect(fault).toMatchObject({
      exit: 1,
      code: 'data/channels',
      what: expect.stringContaining('28×28×3, but MNIST'),
    });
    expect(fault.remedy).toMatch(/28×28×1\. Or add --fit/);
  });

  it('a file of another size or number of classes', async () => {
    expect((await refuse(await netFile(small([32, 32, 1])), '--data', 'mnist')).code).toBe('data/size');
    expect((await refuse(await netFile(small([28, 28, 1], 12)), '--data', 'mnist')).code).toBe(
      'data/classes',
    );
  });

  it('a graph with a fault, which says how many more there are', async () => {
    const parts = small();
    const broken = {
      nodes: { ...parts.nodes, fc: ['dense', { units: -1 }] as [string, object] },
      edges: [...parts.edges, 'ghost > fc'],
    };
    const fault = await refuse(await netFile(broken), '--data', 'mnist');
    expect([fault.code, fault.remedy]).toEqual([
      'edge/dangling',
      expect.stringContaining('1 more: run `convloom check`'),
    ]);
  });

  it('a template that cannot take pictures so small', async () => {
    expect(await refuse('vgg-d', '--data', 'mnist')).toMatchObject({ exit: 1, code: 'shape/window' });
  });

  it('data that is not there', async () => {
    const missing = await refuse('lenet-5', '--data', 'fashion-mnist');
    expect([missing.code, missing.remedy]).toEqual([
      'data/missing',
      expect.stringContaining('apt-get install dataset-fashion-mnist'),
    ]);
    expect((await refuse('lenet-5', '--data', 'imagenet')).code).toBe('data/unknown');
    expect((await refuse('lenet-5', '--data', await tempFolder())).code).toBe('data/missing');
  });

  it('a run folder that is none', async () => {
    const { exit, out } = await convloom('resume', '/tmp', '--json');
    expect([exit, JSON.parse(out).error.code]).toEqual([1, 'cli/no-such-run']);
  });
});

it('a document is as it was after all that', async () => {
  const { doc } = await prepared({ net: 'resnet-20', data: 'mnist' });
  expect(openDocument(JSON.stringify(doc))).toEqual(doc);
});
