import { errors, imagenet, NetBuilder, printed } from './builder';

/** LeCun et al. 1998, figure 2, as it is commonly built today. */
const lenet5 = () =>
  new NetBuilder([28, 28, 1])
    .convRelu('conv1', { filters: 6, kernel: 5, padding: 2 })
    .add('pool1', 'max-pool', { kernel: 2, stride: 2 })
    .convRelu('conv2', { filters: 16, kernel: 5, padding: 'valid' })
    .add('pool2', 'max-pool', { kernel: 2, stride: 2 })
    .add('flatten', 'flatten')
    .add('fc1', 'dense', { units: 120 })
    .relu('fc1-relu')
    .add('fc2', 'dense', { units: 84 })
    .relu('fc2-relu')
    .add('fc3', 'dense', { units: 10 })
    .add('output', 'output', { classes: 10 })
    .document({
      name: 'LeNet-5',
      source:
        'LeCun, Bottou, Bengio, Haffner. Gradient-Based Learning Applied to Document Recognition. ' +
        'Proc. IEEE 1998, section II-B',
      note:
        'As commonly built today: ReLU in place of the scaled tanh, max pooling in place of trained ' +
        'averages, the second convolution sees all 6 maps, and a softmax in place of the RBF units. 28×28 ' +
        'with 2 pixels of padding stands for the 32×32 of the paper.',
      printed: [
        printed('parameters, as printed', 60_000, 'section II-B, of the net of 1998'),
        printed('test error %', 0.95, 'section III-B, on MNIST without distortions'),
      ],
      training: { rate: 0.05, schedule: { type: 'cosine', warmup: 0.1 } },
    });

const pool = { kernel: 3, stride: 2 };
/** fc6 to fc8 with ReLU; dropout before or after each hidden one. */
function classifier(net: NetBuilder, dropout: 'before' | 'after'): NetBuilder {
  net.add('flatten', 'flatten');
  for (const fc of ['fc6', 'fc7']) {
    if (dropout === 'before') net.add(`${fc}-dropout`, 'dropout', { rate: 0.5 });
    net.add(fc, 'dense', { units: 4096 }).relu(`${fc}-relu`);
    if (dropout === 'after') net.add(`${fc}-dropout`, 'dropout', { rate: 0.5 });
  }
  return net.add('fc8', 'dense', { units: 1000 }).add('output', 'output', { classes: 1000 });
}
const training = imagenet(0.02, 128, { weightDecay: 5e-4 });

const ALEXNET_2012 =
  'Krizhevsky, Sutskever, Hinton. ImageNet Classification with Deep Convolutional Neural Networks. NIPS 2012';

function alexnet() {
  const net = new NetBuilder([224, 224, 3])
    .convRelu('conv1', { filters: 64, kernel: 11, stride: 4, padding: 2 })
    .add('pool1', 'max-pool', pool)
    .convRelu('conv2', { filters: 192, kernel: 5, padding: 2 })
    .add('pool2', 'max-pool', pool)
    .convRelu('conv3', { filters: 384, padding: 1 })
    .convRelu('conv4', { filters: 256, padding: 1 })
    .convRelu('conv5', { filters: 256, padding: 1 })
    .add('pool5', 'max-pool', pool);
  return classifier(net, 'before').document({
    name: 'AlexNet (one tower, 2014)',
    source:
      'Krizhevsky. One Weird Trick for Parallelizing Convolutional Neural Networks. 2014. arXiv:1404.5997',
    note:
      'The version for one device that libraries carry (torchvision, alexnet): without groups and without local ' +
      'response norm, with 64 and 192 filters in the first two layers.',
    printed: errors(43.48, 20.93, 'torchvision’s weights, one crop'),
    training,
  });
}

const lrn = { radius: 2, bias: 2, alpha: 1e-4, beta: 0.75 };
function alexnet2012() {
  const net = new NetBuilder([227, 227, 3])
    .convRelu('conv1', { filters: 96, kernel: 11, stride: 4, padding: 'valid' })
    .add('norm1', 'lrn', lrn)
    .add('pool1', 'max-pool', pool)
    .convRelu('conv2', { filters: 256, kernel: 5, padding: 2, groups: 2 })
    .add('norm2', 'lrn', lrn)
    .add('pool2', 'max-pool', pool)
    .convRelu('conv3', { filters: 384, padding: 1 })
    .convRelu('conv4', { filters: 384, padding: 1, groups: 2 })
    .convRelu('conv5', { filters: 256, padding: 1, groups: 2 })
    .add('pool5', 'max-pool', pool);
  return classifier(net, 'after').document({
    name: 'AlexNet (2012)',
    source: `${ALEXNET_2012}, section 3.5`,
    note:
      'The two GPUs of the paper are the two groups of conv 2, 4 and 5. The paper writes an input of 224×224, with ' +
      'which its own sizes do not come out: 227×227 gives the 55×55 maps. Its 253,440 neurons of the first layer are ' +
      '290,400 = 55·55·96 then; the other layers agree.',
    printed: [
      printed('parameters, as printed', 60_000_000, 'abstract: 60 million'),
      printed('neurons, as printed', 650_000, 'abstract'),
      ...errors(40.7, 18.2, 'table 2, 1 CNN'),
    ],
    training,
  });
}

function zfnet() {
  const net = new NetBuilder([224, 224, 3])
    .convRelu('conv1', { filters: 96, kernel: 7, stride: 2, padding: 1 })
    .add('pool1', 'max-pool', { ...pool, padding: 1 })
    .add('norm1', 'lrn', { radius: 2, bias: 1, alpha: 1e-4, beta: 0.75 })
    .convRelu('conv2', { filters: 256, kernel: 5, stride: 2, padding: 'valid' })
    .add('pool2', 'max-pool', { ...pool, padding: 1 })
    .add('norm2', 'lrn', { radius: 2, bias: 1, alpha: 1e-4, beta: 0.75 })
    .convRelu('conv3', { filters: 384, padding: 1 })
    .convRelu('conv4', { filters: 384, padding: 1 })
    .convRelu('conv5', { filters: 256, padding: 1 })
    .add('pool5', 'max-pool', pool);
  return classifier(net, 'after').document({
    name: 'ZFNet',
    source:
      'Zeiler, Fergus. Visualizing and Understanding Convolutional Networks. 2013. arXiv:1311.2901, figure 3',
    note:
      'AlexNet on one device, with 7×7 of stride 2 first where AlexNet has 11×11 of stride 4. A local response norm ' +
      'stands for the contrast norm of the figure.',
    printed: errors(38.4, 16.5, 'table 2, 1 convnet as in figure 3'),
    training,
  });
}

function nin() {
  const net = new NetBuilder([227, 227, 3]);
  const stage = (n: number, filters: number, params: object, last = filters) => {
    net.convRelu(`conv${n}`, { filters, ...params });
    net.convRelu(`cccp${n}-1`, { filters, kernel: 1 });
    net.convRelu(`cccp${n}-2`, { filters: last, kernel: 1 });
  };
  const up = { ...pool, ceil: true };
  stage(1, 96, { kernel: 11, stride: 4, padding: 'valid' });
  net.add('pool1', 'max-pool', up);
  stage(2, 256, { kernel: 5, padding: 2 });
  net.add('pool2', 'max-pool', up);
  stage(3, 384, { kernel: 3, padding: 1 });
  net.add('pool3', 'max-pool', up).add('dropout', 'dropout', { rate: 0.5 });
  stage(4, 1024, { kernel: 3, padding: 1 }, 1000);
  net.add('pool4', 'global-avg-pool').add('output', 'output', { classes: 1000 });
  return net.document({
    name: 'Network in Network',
    source:
      'Lin, Chen, Yan. Network In Network. 2013. arXiv:1312.4400, section 3; as its authors’ net for ImageNet',
    note:
      'Two 1×1 convolutions after each large one are a small net at every pixel, and the mean of each of the 1000 last ' +
      'maps is the score of a class: no dense layer.',
    training: { ...training, rate: 0.005 },
  });
}

export const classics = { 'lenet-5': lenet5, alexnet, 'alexnet-2012': alexnet2012, zfnet, nin };
