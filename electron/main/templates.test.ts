import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { analyse } from '../../engine/analysis/analyse';
import { createTemplates, startDocument } from './templates';

const templates = createTemplates(join(__dirname, '../../assets/templates'));

it('lists every template with its source, size and number of weights', async () => {
  const list = await templates.list();
  expect(list.find((t) => t.id === 'resnet-20')).toMatchObject({
    name: 'ResNet-20',
    input: [32, 32, 3],
    classes: 10,
  });
  for (const t of list) {
    expect(t.source, t.id).not.toBe('');
    expect(t.params, t.id).toBeGreaterThan(0);
    expect([3, 4], t.id).toContain(t.input.length);
  }
});

it('opens a template by its id, and nothing by a path', async () => {
  expect((await templates.open('resnet-20')).name).toBe('ResNet-20');
  for (const id of ['none', '../templates/resnet-20', '']) {
    await expect(templates.open(id)).rejects.toMatchObject({ code: 'template/unknown' });
  }
});

it('starts with ResNet-20, fitted to MNIST and without a problem', async () => {
  const doc = await startDocument(templates);
  const { problems, elaboration } = analyse(doc);
  expect(problems).toEqual([]);
  expect(doc.training.data.set).toBe('mnist');
  expect(elaboration.input?.output?.shape).toEqual([28, 28, 1]);
  expect(doc.reference).toBeUndefined();
});

it('starts with an empty graph where the templates are missing', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  expect((await startDocument(createTemplates('/none'))).nodes).toEqual({});
  warned.mockRestore();
});
