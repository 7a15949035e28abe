import { imagenet, NetBuilder, printed } from './builder';

type Form = '3d' | '2plus1d' | '2d';
const TRAN =
  'Tran et al. A Closer Look at Spatiotemporal Convolutions for Action Recognition. 2017. arXiv:1711.11248, section 3';
const NOTE = 'Layer by layer the net of torchvision, on clips of 16 frames of 112×112.';

/** `forms` of the four stages. */
function video(name: string, forms: readonly Form[], top1: number, top5: number) {
  const net = new NetBuilder([16, 112, 112, 3]);
  const conv = (id: string, filters: number, kernel: number[], stride: number[]) => {
    const padding = kernel.map((k) => (k - 1) / 2);
    net.add(id, 'conv3d', { filters, kernel, stride, padding, bias: false }).bnRelu(id);
  };
  if (forms[0] === '2plus1d') {
    conv('conv1-space', 45, [1, 7, 7], [1, 2, 2]);
    conv('conv1-time', 64, [3, 1, 1], [1, 1, 1]);
  } else conv('conv1', 64, [3, 7, 7], [1, 2, 2]);
  forms.forEach((form, s) => {
    const params = { filters: 64 * 2 ** s, form, stride: 1 };
    net.stage(`stage${s + 1}`, 'video-residual', 2, params, s > 0 ? { stride: 2 } : {});
  });
  return net.head(400).document({
    name,
    source: TRAN,
    note: NOTE,
    printed: [
      printed('top-1 error %', top1, 'torchvision’s weights, on Kinetics-400'),
      printed('top-5 error %', top5, 'torchvision’s weights, on Kinetics-400'),
    ],
    training: imagenet(0.64, 4, {
      epochs: 45,
      schedule: { type: 'step', warmup: 10, every: 10, factor: 0.1 },
    }),
  });
}

export const videos = {
  'r3d-18': () => video('R3D-18', ['3d', '3d', '3d', '3d'], 36.8, 16.52),
  'mc3-18': () => video('MC3-18', ['3d', '2d', '2d', '2d'], 36.04, 15.87),
  'r2plus1d-18': () => video('R(2+1)D-18', ['2plus1d', '2plus1d', '2plus1d', '2plus1d'], 32.54, 13.83),
};
