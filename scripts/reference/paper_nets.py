"""ImageNet and MNIST nets as their papers print them, defined here because no library carries them so."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from torch import cat, nn
from torch.nn import functional

from tracing import Net, torch_net

PICTURE = [224, 224, 3]
CAFFE_PICTURE = [227, 227, 3]


class Conv(nn.Conv2d):
    """A convolution and its ReLU."""

    def forward(self, x):
        return functional.relu(super().forward(x))


def conv(cin: int, cout: int, kernel: int, stride: int = 1, padding: int = 0, groups: int = 1) -> Conv:
    return Conv(cin, cout, kernel, stride, padding, groups=groups)


def chain(parts: dict[str, nn.Module]) -> nn.Sequential:
    return nn.Sequential(OrderedDict(parts))


def classifier(cin: int) -> dict[str, nn.Module]:
    """Two layers of 4096 with dropout, then the classes: AlexNet, ZFNet, VGG."""
    six = {'flat': nn.Flatten(), 'fc6': nn.Linear(cin, 4096), 'relu6': nn.ReLU(), 'drop6': nn.Dropout(0.5)}
    seven = {'fc7': nn.Linear(4096, 4096), 'relu7': nn.ReLU(), 'drop7': nn.Dropout(0.5)}
    return six | seven | {'fc8': nn.Linear(4096, 1000)}


def alexnet_2012() -> nn.Module:
    """Krizhevsky 2012, section 3.5: two towers, which meet at conv3 and at the dense layers."""
    lrn = partial(nn.LocalResponseNorm, 5, 1e-4, 0.75, 2.0)
    first = {'conv1': conv(3, 96, 11, 4), 'lrn1': lrn(), 'pool1': nn.MaxPool2d(3, 2)}
    second = {'conv2': conv(96, 256, 5, 1, 2, groups=2), 'lrn2': lrn(), 'pool2': nn.MaxPool2d(3, 2)}
    third = {
        'conv3': conv(256, 384, 3, 1, 1),
        'conv4': conv(384, 384, 3, 1, 1, groups=2),
        'conv5': conv(384, 256, 3, 1, 1, groups=2),
        'pool5': nn.MaxPool2d(3, 2),
    }
    return chain(first | second | third | classifier(6 * 6 * 256))


def zfnet() -> nn.Module:
    """Zeiler and Fergus 2013, figure 3; its contrast normalization has no weights, LRN stands for it."""
    first = {'conv1': conv(3, 96, 7, 2, 1), 'pool1': nn.MaxPool2d(3, 2, 1), 'lrn1': nn.LocalResponseNorm(5)}
    second = {'conv2': conv(96, 256, 5, 2), 'pool2': nn.MaxPool2d(3, 2, 1), 'lrn2': nn.LocalResponseNorm(5)}
    third = {
        'conv3': conv(256, 384, 3, 1, 1),
        'conv4': conv(384, 384, 3, 1, 1),
        'conv5': conv(384, 256, 3, 1, 1),
        'pool5': nn.MaxPool2d(3, 2),
    }
    return chain(first | second | third | classifier(6 * 6 * 256))


def vgg(*stages: tuple[tuple[int, int], ...], lrn: bool = False) -> nn.Module:
    """Simonyan and Zisserman 2014, table 1: a stage is its convolutions as (kernel, filters)."""
    parts = {}
    cin = 3
    for s, stage in enumerate(stages, 1):
        for c, (kernel, cout) in enumerate(stage, 1):
            parts[f'conv{s}_{c}'] = conv(cin, cout, kernel, 1, kernel // 2)
            cin = cout
        if lrn and s == 1:
            parts['lrn'] = nn.LocalResponseNorm(5, 1e-4, 0.75, 2.0)
        parts[f'pool{s}'] = nn.MaxPool2d(2, 2)
    return chain(parts | classifier(7 * 7 * 512))


def vgg_a_lrn() -> nn.Module:
    a, b, c, d = ((3, filters) for filters in (64, 128, 256, 512))
    return vgg((a,), (b,), (c, c), (d, d), (d, d), lrn=True)


def vgg_c() -> nn.Module:
    """The third convolution of stages 3, 4 and 5 is 1x1."""
    a, b, c, d = ((3, filters) for filters in (64, 128, 256, 512))
    return vgg((a, a), (b, b), (c, c, (1, 256)), (d, d, (1, 512)), (d, d, (1, 512)))


def nin() -> nn.Module:
    """Lin 2013, the ImageNet net that the authors gave to Caffe's model zoo; its pools round up."""
    parts = {}
    stages = ((3, 96, 11, 4, 0), (96, 256, 5, 1, 2), (256, 384, 3, 1, 1), (384, 1024, 3, 1, 1))
    for s, (cin, cout, kernel, stride, padding) in enumerate(stages, 1):
        parts[f'conv{s}'] = conv(cin, cout, kernel, stride, padding)
        parts[f'cccp{2 * s - 1}'] = conv(cout, cout, 1)
        parts[f'cccp{2 * s}'] = conv(cout, 1000 if s == 4 else cout, 1)
        if s < 4:
            parts[f'pool{s}'] = nn.MaxPool2d(3, 2, ceil_mode=True)
        if s == 3:
            parts['drop'] = nn.Dropout(0.5)
    return chain(parts | {'pool4': nn.AdaptiveAvgPool2d(1), 'flat': nn.Flatten()})


def lenet_5() -> nn.Module:
    """LeCun 1998 as it is built today: full connections between maps, pools without weights."""
    maps = {'c1': nn.Conv2d(1, 6, 5, padding=2), 'tanh1': nn.Tanh(), 's2': nn.AvgPool2d(2)}
    maps |= {'c3': nn.Conv2d(6, 16, 5), 'tanh3': nn.Tanh(), 's4': nn.AvgPool2d(2), 'flat': nn.Flatten()}
    dense = {'c5': nn.Linear(5 * 5 * 16, 120), 'tanh5': nn.Tanh(), 'f6': nn.Linear(120, 84)}
    return chain(maps | dense | {'tanh6': nn.Tanh(), 'output': nn.Linear(84, 10)})


class Branches(nn.ModuleDict):
    """Branches from one map, run in their order, side by side in the result."""

    def forward(self, x):
        return cat([branch(x) for branch in self.values()], 1)


def inception(cin: int, one: int, reduce3: int, three: int, reduce5: int, five: int, pool: int) -> nn.Module:
    """Szegedy 2014, figure 2b; the numbers are a line of table 1."""
    return Branches(
        {
            '1x1': conv(cin, one, 1),
            '3x3': chain({'reduce': conv(cin, reduce3, 1), 'conv': conv(reduce3, three, 3, 1, 1)}),
            '5x5': chain({'reduce': conv(cin, reduce5, 1), 'conv': conv(reduce5, five, 5, 1, 2)}),
            'pool': chain({'pool': nn.MaxPool2d(3, 1, 1), 'conv': conv(cin, pool, 1)}),
        }
    )


GOOGLENET = {  # Szegedy 2014, table 1
    '3a': (192, 64, 96, 128, 16, 32, 32),
    '3b': (256, 128, 128, 192, 32, 96, 64),
    '4a': (480, 192, 96, 208, 16, 48, 64),
    '4b': (512, 160, 112, 224, 24, 64, 64),
    '4c': (512, 128, 128, 256, 24, 64, 64),
    '4d': (512, 112, 144, 288, 32, 64, 64),
    '4e': (528, 256, 160, 320, 32, 128, 128),
    '5a': (832, 256, 160, 320, 32, 128, 128),
    '5b': (832, 384, 192, 384, 48, 128, 128),
}


class GoogLeNet(nn.Module):
    """Szegedy 2014, table 1 and figure 3; an auxiliary head runs as soon as its map is there."""

    def __init__(self, aux: bool):
        super().__init__()
        lrn = partial(nn.LocalResponseNorm, 5)
        pool = partial(nn.MaxPool2d, 3, 2, ceil_mode=True)
        parts = {'conv1': conv(3, 64, 7, 2, 3), 'pool1': pool(), 'lrn1': lrn()}
        parts |= {'reduce2': conv(64, 64, 1), 'conv2': conv(64, 192, 3, 1, 1), 'lrn2': lrn(), 'pool2': pool()}
        for name, widths in GOOGLENET.items():
            if name in ('4a', '5a'):
                parts[f'pool{name[0]}'] = pool()
            parts[name] = inception(*widths)
        last = {'flat': nn.Flatten(), 'drop': nn.Dropout(0.4), 'fc': nn.Linear(1024, 1000)}
        self.body = chain(parts | {'pool6': nn.AdaptiveAvgPool2d(1)} | last)
        self.aux = nn.ModuleDict({'4a': self.head(512), '4d': self.head(528)} if aux else {})

    @staticmethod
    def head(cin: int) -> nn.Module:
        parts = {'pool': nn.AvgPool2d(5, 3), 'conv': conv(cin, 128, 1), 'flat': nn.Flatten()}
        parts |= {'fc1': nn.Linear(4 * 4 * 128, 1024), 'relu': nn.ReLU(), 'drop': nn.Dropout(0.7)}
        return chain(parts | {'fc2': nn.Linear(1024, 1000)})

    def forward(self, x):
        out = []
        for name, part in self.body.named_children():
            x = part(x)
            if name in self.aux:
                out.append(self.aux[name](x))
        return [x, *out]


def conv_bn(cin: int, cout: int, kernel: int, stride: int = 1, padding: int = 0) -> nn.Sequential:
    convolution = nn.Conv2d(cin, cout, kernel, stride, padding, bias=False)
    return chain({'conv': convolution, 'bn': nn.BatchNorm2d(cout), 'relu': nn.ReLU()})


def bn_inception(
    cin: int, one: int, three: tuple, double: tuple, pool: int, stride: int
) -> tuple[nn.Module, int]:
    """A module and its output channels. With stride 2: no 1x1 branch, the pool passes its input on."""
    (r, a), (d, b) = three, double
    parts = {'1x1': conv_bn(cin, one, 1)} if one else {}
    parts['3x3'] = chain({'reduce': conv_bn(cin, r, 1), 'conv': conv_bn(r, a, 3, stride, 1)})
    parts['double3x3'] = chain(
        {'reduce': conv_bn(cin, d, 1), 'conv1': conv_bn(d, b, 3, 1, 1), 'conv2': conv_bn(b, b, 3, stride, 1)}
    )
    if stride == 2:
        parts['pool'] = nn.MaxPool2d(3, 2, ceil_mode=True)
        return Branches(parts), a + b + cin
    kind = nn.MaxPool2d if pool < 0 else nn.AvgPool2d
    parts['pool'] = chain({'pool': kind(3, 1, 1), 'conv': conv_bn(cin, abs(pool), 1)})
    return Branches(parts), one + a + b + abs(pool)


# Ioffe and Szegedy 2015, figure 5, in the numbers of the net that everybody shares (bninception):
# 1x1, (3x3 reduce, 3x3), (double 3x3 reduce, double 3x3), pool projection (negative: maximum pool), stride
BN_INCEPTION = {
    '3a': (64, (64, 64), (64, 96), 32, 1),
    '3b': (64, (64, 96), (64, 96), 64, 1),
    '3c': (0, (128, 160), (64, 96), 0, 2),
    '4a': (224, (64, 96), (96, 128), 128, 1),
    '4b': (192, (96, 128), (96, 128), 128, 1),
    '4c': (160, (128, 160), (128, 160), 128, 1),
    '4d': (96, (128, 192), (160, 192), 128, 1),
    '4e': (0, (128, 192), (192, 256), 0, 2),
    '5a': (352, (192, 320), (160, 224), 128, 1),
    '5b': (352, (192, 320), (192, 224), -128, 1),
}


def inception_v2() -> nn.Module:
    pool = partial(nn.MaxPool2d, 3, 2, ceil_mode=True)
    parts = {'conv1': conv_bn(3, 64, 7, 2, 3), 'pool1': pool()}
    parts |= {'reduce2': conv_bn(64, 64, 1), 'conv2': conv_bn(64, 192, 3, 1, 1), 'pool2': pool()}
    cin = 192
    for name, line in BN_INCEPTION.items():
        parts[name], cin = bn_inception(cin, *line)
    return chain(parts | {'pool': nn.AdaptiveAvgPool2d(1), 'flat': nn.Flatten(), 'fc': nn.Linear(cin, 1000)})


def nets() -> dict[str, Net]:
    own = 'own definition'
    bn = f'{own}: arXiv 1502.03167, figure 5, as pretrainedmodels\' bninception, without biases before norms'
    vgg = f'{own}: arXiv 1409.1556, table 1'
    google = f'{own}: arXiv 1409.4842, table 1'
    return {
        'alexnet-2012': torch_net(f'{own}: Krizhevsky 2012, two towers', CAFFE_PICTURE, alexnet_2012),
        'zfnet': torch_net(f'{own}: arXiv 1311.2901, figure 3', PICTURE, zfnet),
        'vgg-a-lrn': torch_net(f'{vgg}, column A-LRN', PICTURE, vgg_a_lrn),
        'vgg-c': torch_net(f'{vgg}, column C', PICTURE, vgg_c),
        'nin': torch_net(f'{own}: arXiv 1312.4400, ImageNet net of the Caffe model zoo', CAFFE_PICTURE, nin),
        'lenet-5': torch_net(f'{own}: LeCun 1998, full connections', [28, 28, 1], lenet_5),
        'googlenet': torch_net(google, PICTURE, partial(GoogLeNet, False)),
        'googlenet-aux': torch_net(f'{google}, with both auxiliary heads', PICTURE, partial(GoogLeNet, True)),
        'inception-v2': torch_net(bn, PICTURE, inception_v2),
    }
