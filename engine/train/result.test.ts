import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { classReport } from '../analysis/class-report';
import { only, stripes, tinyNet, trained } from './testing';

it('a run ends with what it is worth by class, in its last event and in result.json', async () => {
  const [done] = only(await trained(tinyNet(await stripes(), { epochs: 1 })), 'done');
  expect(done!.report).toEqual(classReport(done!.confusion, done!.classNames));
  const text = await readFile(join(done!.folder, 'result.json'), 'utf8');
  const { type: _, folder: __, ...result } = done!;
  expect(JSON.parse(text)).toEqual(result);
  expect(text, 'a class is a line').toMatch(/^ {4}\[\d+, \d+, \d+\],?$/m);
});
