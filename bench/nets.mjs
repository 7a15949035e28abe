// The nets of the benchmark: see nets/builder.mjs for what a node is.
import { googlenet, lenet5, vggA } from './nets/classics.mjs';
import { densenet, mobilenetV2 } from './nets/lean.mjs';
import { r2plus1d, resnet50, resnetCifar, resnext29 } from './nets/residuals.mjs';

const DIGITS = { input: [28, 28, 1], classes: 10 };
const CIFAR = { input: [32, 32, 3], classes: 10 };
const TINY_IMAGENET = { input: [64, 64, 3], classes: 200 };
const VIDEO = { input: [8, 32, 32, 3], classes: 10 };

/**
 * `trainableParameters` is worked out by hand from the papers; a peer that counts otherwise stops the net. The rate is
 * low enough for the first losses not to depend on the order in which a peer adds its numbers.
 */
const entry = (id, title, batch, trainableParameters, data, build, learningRate = 0.05) => {
  const nodes = build(data.input, data.classes);
  const macs = nodes.reduce((sum, node) => sum + node.macs, 0);
  return { id, title, batch, trainableParameters, ...data, learningRate, macs, nodes };
};

export const nets = [
  entry('lenet-5', 'LeNet-5', 128, 61_706, DIGITS, lenet5),
  entry('vgg-a-bn', 'VGG-A-BN', 64, 9_753_674, CIFAR, vggA, 0.002),
  entry('resnet-20', 'ResNet-20', 128, 269_722, CIFAR, resnetCifar(20)),
  entry('resnet-56', 'ResNet-56', 128, 853_018, CIFAR, resnetCifar(56), 0.002),
  entry('resnext-29', 'ResNeXt-29 8×16d', 64, 5_646_666, CIFAR, resnext29(8, 16), 0.002),
  entry('densenet-40-12', 'DenseNet-40-12', 64, 1_019_722, CIFAR, densenet(40, 12)),
  entry('googlenet', 'GoogLeNet', 32, 6_178_552, TINY_IMAGENET, googlenet, 0.01),
  entry('mobilenet-v2', 'MobileNet v2', 32, 2_480_072, TINY_IMAGENET, mobilenetV2, 0.0002),
  entry('resnet-50', 'ResNet-50', 16, 23_917_832, TINY_IMAGENET, resnet50, 0.00001),
  entry('r2plus1d', 'R(2+1)D, 4 blocks', 8, 3_124_182, VIDEO, r2plus1d, 0.001),
];
