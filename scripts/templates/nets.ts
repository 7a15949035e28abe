import type { GraphDocument } from '../../engine/graph/document';
import { cifars } from './cifar';
import { classics } from './classics';
import { densenets } from './densenets';
import { efficient } from './efficient';
import { inceptions } from './inceptions';
import { pairs } from './pairs';
import { resnets } from './resnets';
import { vggs } from './vgg';
import { videos } from './videos';

/** By family, as lists show them, and by the name of their file in assets/templates. */
export const families: Readonly<Record<string, Readonly<Record<string, () => GraphDocument>>>> = {
  Classics: classics,
  VGG: vggs,
  Inception: inceptions,
  ResNet: resnets,
  DenseNet: densenets,
  Efficient: efficient,
  'For CIFAR': cifars,
  Video: videos,
  'Side by side': pairs,
};
