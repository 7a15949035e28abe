"""CIFAR-10 nets of residual and dense connections, after their papers and their authors' published code."""

from __future__ import annotations

from functools import partial

import torch
from torch import nn
from torch.nn import functional

from paper_nets import chain
from tracing import Net, torch_net

PICTURE = [32, 32, 3]
UNITS = ('original', 'bn-after-add', 'relu-before-add', 'relu-only-preact', 'full-preact')
# (kernel, input channels, output channels, stride, groups)
Convolution = tuple[int, int, int, int, int]


def conv(kernel: int, cin: int, cout: int, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(cin, cout, kernel, stride, kernel // 2, groups=groups, bias=False)


def basic(cin: int, cout: int, stride: int) -> list[Convolution]:
    return [(3, cin, cout, stride, 1), (3, cout, cout, 1, 1)]


def bottleneck(cin: int, cout: int, stride: int) -> list[Convolution]:
    """With the stride in the first convolution, as in the authors' resnet-1k-layers."""
    width = cout // 4
    return [(1, cin, width, stride, 1), (3, width, width, 1, 1), (1, width, cout, 1, 1)]


def aggregated(groups: int, width: int, cin: int, cout: int, stride: int) -> list[Convolution]:
    """Xie 2016, figure 3c; `width` is the channels of a path at the first stage."""
    inner = groups * width * (cout // 256)
    return [(1, cin, inner, 1, 1), (3, inner, inner, stride, groups), (1, inner, cout, 1, 1)]


class Pad(nn.Module):
    """Shortcut A of He 2015: every stride-th position, new channels are zero."""

    def __init__(self, cin: int, cout: int, stride: int):
        super().__init__()
        self.extra, self.stride = cout - cin, stride

    def forward(self, x):
        return functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.extra))


class Unit(nn.Module):
    """One of the five units of He 2016, figure 4. `shortcut`: 'none' (plain net), 'pad' (A) or 'project' (B).

    A pre-activation goes before the split into branch and shortcut in the first unit of the net (the paper's
    appendix) and where the shortcut is a projection (the authors' code); else only the branch has it.
    """

    def __init__(self, unit: str, shortcut: str, convolutions: list[Convolution], first: bool):
        super().__init__()
        _, cin, _, _, _ = convolutions[0]
        _, _, cout, _, _ = convolutions[-1]
        stride = max(c[3] for c in convolutions)
        changes = stride > 1 or cin != cout
        project = changes and shortcut == 'project'
        self.plain = shortcut == 'none'
        self.shared = first or project
        self.early = project and unit in ('full-preact', 'relu-only-preact')
        before = {'full-preact': ['bn', 'relu'], 'relu-only-preact': ['relu']}.get(unit, [])
        self.before = chain({name: self.activation(name, cin) for name in before})
        self.branch = self.make_branch(unit, convolutions)
        self.shortcut = nn.Identity()
        if project:
            parts = {'conv': conv(1, cin, cout, stride)}
            if unit not in ('full-preact', 'bn-after-add'):
                parts['bn'] = nn.BatchNorm2d(cout)
            self.shortcut = chain(parts)
        elif changes and not self.plain:
            self.shortcut = Pad(cin, cout, stride)
        after = {'original': ['relu'], 'bn-after-add': ['bn', 'relu']}.get(unit, [])
        self.after = chain({name: self.activation(name, cout) for name in after})

    @staticmethod
    def activation(name: str, channels: int) -> nn.Module:
        return nn.BatchNorm2d(channels) if name == 'bn' else nn.ReLU()

    @staticmethod
    def make_branch(unit: str, convolutions: list[Convolution]) -> nn.Module:
        """Convolutions, a norm and a ReLU between them; what follows the last depends on the unit."""
        parts = {}
        for i, (kernel, cin, cout, stride, groups) in enumerate(convolutions, 1):
            last = i == len(convolutions)
            parts[f'conv{i}'] = conv(kernel, cin, cout, stride, groups)
            if not last or unit not in ('full-preact', 'bn-after-add'):
                parts[f'bn{i}'] = nn.BatchNorm2d(cout)
            if not last or unit == 'relu-before-add':
                parts[f'relu{i}'] = nn.ReLU()
        return chain(parts)

    def forward(self, x):
        y = self.before(x)
        if self.shared:
            x = y
        if self.early:  # the pre-activated map is ready before the branch, and so is its projection
            short = self.shortcut(x)
            return self.after(self.branch(y) + short)
        y = self.branch(y)
        return self.after(y if self.plain else y + self.shortcut(x))


def residual(unit: str, shortcut: str, block, count: int, widths: tuple, stem: int = 16) -> nn.Module:
    """Three stages of `count` units over maps of 32x32, 16x16 and 8x8, then the mean and ten classes."""
    parts = {'conv': conv(3, 3, stem)}
    if unit != 'full-preact':  # its first unit begins with the norm
        parts['bn'] = nn.BatchNorm2d(stem)
    if unit in ('original', 'bn-after-add', 'relu-before-add'):
        parts['relu'] = nn.ReLU()
    cin = stem
    for s, cout in enumerate(widths, 1):
        for u in range(1, count + 1):
            convolutions = block(cin, cout, 2 if s > 1 and u == 1 else 1)
            parts[f'stage{s}_unit{u}'] = Unit(unit, shortcut, convolutions, s == u == 1)
            cin = cout
    if unit == 'full-preact':
        parts['last_bn'] = nn.BatchNorm2d(cin)
    if unit.endswith('preact'):
        parts['last_relu'] = nn.ReLU()
    return chain(parts | {'pool': nn.AdaptiveAvgPool2d(1), 'flat': nn.Flatten(), 'fc': nn.Linear(cin, 10)})


def plain_imagenet(counts: tuple[int, ...]) -> nn.Module:
    """He 2015, table 1 without shortcuts: figure 3, middle."""
    parts = {'conv': nn.Conv2d(3, 64, 7, 2, 3, bias=False), 'bn': nn.BatchNorm2d(64), 'relu': nn.ReLU()}
    parts['pool1'] = nn.MaxPool2d(3, 2, 1)
    cin = 64
    for s, (count, cout) in enumerate(zip(counts, (64, 128, 256, 512)), 1):
        for u in range(1, count + 1):
            convolutions = basic(cin, cout, 2 if s > 1 and u == 1 else 1)
            parts[f'stage{s}_unit{u}'] = Unit('original', 'none', convolutions, s == u == 1)
            cin = cout
    return chain(parts | {'pool': nn.AdaptiveAvgPool2d(1), 'flat': nn.Flatten(), 'fc': nn.Linear(cin, 1000)})


class Dense(nn.Module):
    """A layer of Huang 2016: its input, then its growth; a bottleneck is four times as wide as the growth."""

    def __init__(self, cin: int, growth: int, compact: bool):
        super().__init__()
        parts = {'bn1': nn.BatchNorm2d(cin), 'relu1': nn.ReLU()}
        if compact:
            wide = 4 * growth
            parts |= {'conv1': conv(1, cin, wide), 'bn2': nn.BatchNorm2d(wide), 'relu2': nn.ReLU()}
            parts['conv2'] = conv(3, wide, growth)
        else:
            parts['conv1'] = conv(3, cin, growth)
        self.layer = chain(parts)

    def forward(self, x):
        return torch.cat([x, self.layer(x)], 1)


def densenet(depth: int, growth: int, compact: bool) -> nn.Module:
    """Huang 2016, section 3: first 16 filters, or 2k with bottleneck and compression by half."""
    count = (depth - 4) // (6 if compact else 3)
    cin = 2 * growth if compact else 16
    parts = {'conv': conv(3, 3, cin)}
    for b in (1, 2, 3):
        for i in range(1, count + 1):
            parts[f'block{b}_layer{i}'] = Dense(cin, growth, compact)
            cin += growth
        if b < 3:
            cout = cin // 2 if compact else cin
            transition = {'bn': nn.BatchNorm2d(cin), 'relu': nn.ReLU(), 'conv': conv(1, cin, cout)}
            parts[f'transition{b}'] = chain(transition | {'pool': nn.AvgPool2d(2)})
            cin = cout
    parts |= {'bn': nn.BatchNorm2d(cin), 'relu': nn.ReLU(), 'pool': nn.AdaptiveAvgPool2d(1)}
    return chain(parts | {'flat': nn.Flatten(), 'fc': nn.Linear(cin, 10)})


class Highway(nn.Module):
    """Srivastava 2015, equation 3: T(x) H(x) + (1 - T(x)) x; biases, that of the gate begins at -2."""

    def __init__(self, channels: int):
        super().__init__()
        self.h = nn.Conv2d(channels, channels, 3, padding=1)
        self.t = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        h = torch.relu(self.h(x))
        t = torch.sigmoid(self.t(x))
        return t * h + (1 - t) * x


def highway_19() -> nn.Module:
    """19 layers with weights, a highway layer counts as one; dropout before each stage and the last."""
    parts = {}
    cin, layer = 3, 0
    for stage, (cout, count) in enumerate(((32, 4), (80, 5), (128, 5)), 1):
        parts[f'drop{stage}'] = nn.Dropout(0.2)
        parts[f'conv{(layer := layer + 1)}'] = nn.Conv2d(cin, cout, 3, padding=1)
        parts[f'relu{layer}'] = nn.ReLU()
        for _ in range(count):
            parts[f'conv{(layer := layer + 1)}'] = Highway(cout)
        if stage < 3:
            parts[f'pool{stage}'] = nn.MaxPool2d(2)
        cin = cout
    parts |= {'conv18': nn.Conv2d(cin, 100, 1), 'relu18': nn.ReLU(), 'pool3': nn.AvgPool2d(8)}
    return chain(parts | {'drop4': nn.Dropout(0.2), 'flat': nn.Flatten(), 'fc': nn.Linear(100, 10)})


def residual_nets() -> dict[str, tuple]:
    """Template id: text, then what `residual` takes."""
    narrow, wide = (16, 32, 64), (64, 128, 256)
    out = {}
    for depth in (20, 56):
        text = 'arXiv 1512.03385, section 4.2'
        out[f'plain-{depth}'] = (text, 'original', 'none', basic, (depth - 2) // 6, narrow)
    for depth in (20, 32, 44, 56, 110, 1202):
        text = 'arXiv 1512.03385, section 4.2, shortcut A'
        out[f'resnet-{depth}'] = (text, 'original', 'pad', basic, (depth - 2) // 6, narrow)
    projection = 'arXiv 1603.05027, projections as in resnet-1k-layers'
    out['preact-resnet-110'] = (projection, 'full-preact', 'project', basic, 18, narrow)
    for depth in (164, 1001):
        net = (projection, 'full-preact', 'project', bottleneck, (depth - 2) // 9, wide)
        out[f'preact-resnet-{depth}'] = net
    for unit in UNITS:
        text = f'arXiv 1603.05027, figure 4, {unit}'
        out[f'resnet-110-{unit}'] = (f'{text}, shortcut A', unit, 'pad', basic, 18, narrow)
        out[f'resnet-164-{unit}'] = (f'{text}, projections', unit, 'project', bottleneck, 18, wide)
    text = 'arXiv 1605.07146, wide-residual-networks'
    out['wide-resnet-28-10'] = (text, 'full-preact', 'project', basic, 4, (160, 320, 640))
    for groups in (8, 16):
        net = ('original', 'project', partial(aggregated, groups, 64), 3, (256, 512, 1024), 64)
        out[f'resnext-29-{groups}x64d'] = ('arXiv 1611.05431, section 5.3, shortcut B', *net)
    return out


def nets() -> dict[str, Net]:
    own = 'own definition'
    out = {}
    for id, (text, *net) in residual_nets().items():
        out[id] = torch_net(f'{own}: {text}', PICTURE, partial(residual, *net))
    for id, counts in (('plain-18', (2, 2, 2, 2)), ('plain-34', (3, 4, 6, 3))):
        text = f'{own}: arXiv 1512.03385, table 1, without shortcuts'
        out[id] = torch_net(text, [224, 224, 3], partial(plain_imagenet, counts))
    dense = {'40-12': (40, 12, False), 'bc-100-12': (100, 12, True), 'bc-190-40': (190, 40, True)}
    for id, net in dense.items():
        text = f'{own}: arXiv 1608.06993, section 3'
        out[f'densenet-{id}'] = torch_net(text, PICTURE, partial(densenet, *net))
    text = f'{own}: arXiv 1507.06228, table 2, 19 layers, as the authors\' Caffe net cifar10-19layers'
    out['highway-19'] = torch_net(text, PICTURE, highway_19)
    return out
