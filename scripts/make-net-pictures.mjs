// Draws the pictures of docs/pictures-of-nets.md by the command line.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { root } from './setup/paths.mjs';

await buildAll({ only: ['app'] });
const cli = join(root, 'dist', 'cli', 'convloom.mjs');
const draw = (net, file, ...options) =>
  execFileSync(process.execPath, [cli, 'draw', net, '-o', join(root, 'docs', 'pictures', file), ...options], {
    stdio: 'inherit',
  });
draw('resnet-20', 'canvas-resnet-20.svg', '--open', 'stage2-block1');
draw('vgg-d', 'figure-vgg-16.svg', '--figure');
