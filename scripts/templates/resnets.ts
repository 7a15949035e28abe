import { errors, imagenet, NetBuilder, type Params, printed, type Source } from './builder';

const HE =
  'He, Zhang, Ren, Sun. Deep Residual Learning for Image Recognition. 2015. arXiv:1512.03385, table 1';

/** Stem and four stages of 64 · 2^s channels, four times as many in bottlenecks. */
function stages(
  depths: readonly number[],
  type: string,
  paramsOf: (stage: number) => Params,
  preactivated = false,
): NetBuilder {
  const net = new NetBuilder([224, 224, 3]);
  const stem = { filters: 64, kernel: 7, stride: 2, padding: 3 };
  if (preactivated) net.add('conv1', 'conv2d', { ...stem, bias: false });
  else net.convBnRelu('conv1', stem);
  net.add('pool1', 'max-pool', { kernel: 3, stride: 2, padding: 1 });
  depths.forEach((count, s) => {
    net.stage(`stage${s + 1}`, type, count, { ...paramsOf(s), stride: 1 }, s > 0 ? { stride: 2 } : {});
  });
  return preactivated ? net.bnRelu('last') : net;
}

type Rest = Omit<Source, 'training'>;
const BASIC = { form: 'basic', unit: 'original', shortcut: 'projection' };
const BOTTLENECK = { ...BASIC, form: 'bottleneck' };
const basic = (depths: readonly number[], rest: Rest, params: Params = {}) =>
  stages(depths, 'residual', (s) => ({ filters: 64 * 2 ** s, ...BASIC, ...params }))
    .head(1000)
    .document({ ...rest, training: imagenet() });
const bottleneck = (depths: readonly number[], rest: Rest, paramsOf: (s: number) => Params = () => ({})) =>
  stages(depths, 'residual', (s) => ({ filters: 256 * 2 ** s, ...BOTTLENECK, ...paramsOf(s) }))
    .head(1000)
    .document({ ...rest, training: imagenet() });

const V1_5 =
  'Strides lie on the 3×3 convolutions, as in torchvision (v1.5); in the paper they lie on the 1×1 before. The rate is 0.1 ' +
  'at batch 256 in the paper, which is 0.0125 at batch 32.';
const B = 'Shortcuts where shapes differ are projections (B), as in torchvision.';
const flops = (billions: number) => printed('macs, as printed', billions * 1e9, `table 1: ${billions} · 10⁹`);

const plain = (depths: readonly number[], layers: number, error: number) =>
  basic(
    depths,
    {
      name: `Plain-${layers}`,
      source: `${HE} and figure 3, middle`,
      note: `ResNet-${layers} without its shortcuts: trained alike, the deeper of the two plain nets is the worse one.`,
      printed: errors(error, undefined, 'table 2, 10 crops'),
    },
    { shortcut: 'none' },
  );
const resnet = (
  layers: 50 | 101 | 152,
  depths: readonly number[],
  gmacs: number,
  top1: number,
  top5: number,
) =>
  bottleneck(depths, {
    name: `ResNet-${layers}`,
    source: HE,
    note: V1_5,
    printed: [flops(gmacs), ...errors(top1, top5, 'table 3, 10 crops')],
  });

const XIE = 'Xie et al. Aggregated Residual Transformations for Deep Neural Networks. 2016. arXiv:1611.05431';
function resnext(depths: readonly number[], cardinality: number, width: number, top1: number, top5?: number) {
  const layers = depths[2] === 6 ? 50 : 101;
  const net = stages(depths, 'resnext', (s) => ({
    filters: 256 * 2 ** s,
    cardinality,
    width: width * 2 ** s,
  }));
  return net.head(1000).document({
    name: `ResNeXt-${layers} ${cardinality}×${width}d`,
    source: `${XIE}, table 1`,
    note: `Layer by layer the net of torchvision. Shortcuts where shapes differ are projections (B).`,
    printed: errors(
      top1,
      top5,
      layers === 101 && width === 8 ? 'torchvision’s weights, one crop' : 'tables 3 and 4',
    ),
    training: imagenet(),
  });
}

const resnetv2 = () =>
  stages(
    [3, 4, 6, 3],
    'residual',
    (s) => ({ filters: 256 * 2 ** s, ...BOTTLENECK, unit: 'full-preact' }),
    true,
  )
    .head(1000)
    .document({
      name: 'ResNet-50 v2',
      source: 'He et al. Identity Mappings in Deep Residual Networks. 2016. arXiv:1603.05027, figure 4 e',
      note:
        'Full pre-activation in a ResNet-50, layer by layer the net of timm (resnetv2_50). The paper trains 101 layers and ' +
        'more this way.',
      training: imagenet(),
    });

const SEARCH: readonly number[] = [3, 4, 6, 3];
const DEEP: readonly number[] = [3, 4, 23, 3];

export const resnets = {
  'resnet-18': () =>
    basic([2, 2, 2, 2], {
      name: 'ResNet-18',
      source: HE,
      note: B,
      printed: [flops(1.8), ...errors(27.88, undefined, 'table 2, 10 crops')],
    }),
  'resnet-34': () =>
    basic([3, 4, 6, 3], {
      name: 'ResNet-34',
      source: HE,
      note: B,
      printed: [flops(3.6), ...errors(24.52, 7.46, 'table 3, B, 10 crops')],
    }),
  'resnet-50': () => resnet(50, SEARCH, 3.8, 22.85, 6.71),
  'resnet-101': () => resnet(101, DEEP, 7.6, 21.75, 6.05),
  'resnet-152': () => resnet(152, [3, 8, 36, 3], 11.3, 21.43, 5.71),
  'plain-18': () => plain([2, 2, 2, 2], 18, 27.94),
  'plain-34': () => plain([3, 4, 6, 3], 34, 28.54),
  'resnetv2-50': resnetv2,
  'resnext-50-32x4d': () => resnext(SEARCH, 32, 4, 22.2),
  'resnext-101-32x4d': () => resnext(DEEP, 32, 4, 21.2, 5.6),
  'resnext-101-32x8d': () => resnext(DEEP, 32, 8, 20.69, 5.47),
  'resnext-101-64x4d': () => resnext(DEEP, 64, 4, 20.4, 5.3),
  'wide-resnet-50-2': () =>
    bottleneck(
      SEARCH,
      {
        name: 'Wide ResNet-50-2',
        source: 'Zagoruyko, Komodakis. Wide Residual Networks. 2016. arXiv:1605.07146, section 3.4, table 8',
        note: 'ResNet-50 with twice as many channels in its 3×3 convolutions, layer by layer the net of torchvision.',
        printed: errors(21.9, 5.79, 'table 8'),
      },
      (s) => ({ width: 128 * 2 ** s }),
    ),
  'se-resnet-50': () =>
    bottleneck(
      SEARCH,
      {
        name: 'SE-ResNet-50',
        source: 'Hu, Shen, Sun. Squeeze-and-Excitation Networks. 2017. arXiv:1709.01507, table 1',
        note: 'ResNet-50 with a squeeze-excite of ratio 16 before each sum, layer by layer the net of timm (seresnet50).',
        printed: errors(23.29, 6.62, 'table 2, one crop'),
      },
      () => ({ squeeze: 16 }),
    ),
};
