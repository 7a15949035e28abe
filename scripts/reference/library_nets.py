"""Nets as torchvision and timm define them."""

from __future__ import annotations

from functools import partial

import timm
import torchvision
from torch import nn
from torchvision import models
from torchvision.models import video
from torchvision.models.resnet import Bottleneck, ResNet

from tracing import Net, torch_net

VISION = f'torchvision {torchvision.__version__.split("+")[0]}'
TIMM = f'timm {timm.__version__}'

PICTURE = [224, 224, 3]
WIDE = [299, 299, 3]
CLIP = [16, 112, 112, 3]

# Template id: torchvision's name
VISION_NETS = {
    'alexnet': 'alexnet',
    'vgg-a': 'vgg11',
    'vgg-b': 'vgg13',
    'vgg-d': 'vgg16',
    'vgg-e': 'vgg19',
    'vgg-a-bn': 'vgg11_bn',
    'vgg-b-bn': 'vgg13_bn',
    'vgg-d-bn': 'vgg16_bn',
    'vgg-e-bn': 'vgg19_bn',
    'resnet-18': 'resnet18',
    'resnet-34': 'resnet34',
    'resnet-50': 'resnet50',
    'resnet-101': 'resnet101',
    'resnet-152': 'resnet152',
    'resnext-50-32x4d': 'resnext50_32x4d',
    'resnext-101-32x8d': 'resnext101_32x8d',
    'resnext-101-64x4d': 'resnext101_64x4d',
    'wide-resnet-50-2': 'wide_resnet50_2',
    'densenet-121': 'densenet121',
    'densenet-161': 'densenet161',
    'densenet-169': 'densenet169',
    'densenet-201': 'densenet201',
    'squeezenet-1.0': 'squeezenet1_0',
    'squeezenet-1.1': 'squeezenet1_1',
    'mobilenet-v2': 'mobilenet_v2',
    'efficientnet-b0': 'efficientnet_b0',
    'convnext-tiny': 'convnext_tiny',
}
CLIP_NETS = {'r3d-18': 'r3d_18', 'mc3-18': 'mc3_18', 'r2plus1d-18': 'r2plus1d_18'}
# Template id: timm's name and the input
TIMM_NETS = {
    'inception-v4': ('inception_v4', WIDE),
    'inception-resnet-v2': ('inception_resnet_v2', WIDE),
    'resnetv2-50': ('resnetv2_50', PICTURE),
    'se-resnet-50': ('seresnet50', PICTURE),
    'xception': ('legacy_xception', WIDE),
}


def resnext_101_32x4d() -> nn.Module:
    return ResNet(Bottleneck, [3, 4, 23, 3], groups=32, width_per_group=4)


def inception_v3(aux: bool) -> nn.Module:
    return models.inception_v3(aux_logits=aux, init_weights=False)


def nets() -> dict[str, Net]:
    out = {}
    for id, name in VISION_NETS.items():
        out[id] = torch_net(f'{VISION}, {name}', PICTURE, getattr(models, name))
    for id, name in CLIP_NETS.items():
        out[id] = torch_net(f'{VISION}, {name}', CLIP, getattr(video, name))
    text = f'{VISION}, ResNet(Bottleneck, [3, 4, 23, 3], groups=32, width_per_group=4)'
    out['resnext-101-32x4d'] = torch_net(text, PICTURE, resnext_101_32x4d)
    for id, aux in (('inception-v3', False), ('inception-v3-aux', True)):
        text = f'{VISION}, inception_v3(aux_logits={aux})'
        out[id] = torch_net(text, WIDE, partial(inception_v3, aux), train=aux)
    for id, (name, shape) in TIMM_NETS.items():
        out[id] = torch_net(f'{TIMM}, {name}', shape, partial(timm.create_model, name))
    return out
