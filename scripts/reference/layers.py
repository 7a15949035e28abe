"""Writes <template id>.json: the layers with weights that a template's reference implementation executes.

    python -m venv ENV && ENV/bin/pip install -r requirements.txt
    ENV/bin/python layers.py            # all
    ENV/bin/python layers.py resnet-50  # these

The PyTorch nets are built on the meta device: no weights are made or loaded, nothing is computed.
A layer is [name, type, shape channels last without the batch axis, trainable parameters]. The types:

    conv    also depthwise, 3-D, and a dense layer at each position of a map; a separable one is two
    norm    batch and layer normalization
    dense   also a 1x1 convolution of a 1x1 map
    scale   a learned factor for each channel

MACs: conv and dense only, one picture. Not trainable: running means and variances.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from tracing import Net, Trace

GROUPS = ('library_nets', 'paper_nets', 'cifar_nets', 'keras_nets')
HERE = Path(__file__).parent


def text_of(net: Net, trace: Trace) -> str:
    """The JSON text, one layer a line, so that a difference between two versions stays small."""
    params = {'trainable': trace.trainable, 'nonTrainable': trace.non_trainable}
    layers = [json.dumps([x.name, x.type, x.shape, x.trainable]) for x in trace.layers]
    lines = [
        '{',
        f'  "implementation": {json.dumps(net.implementation)},',
        f'  "input": {json.dumps(net.input)},',
        f'  "params": {{ {json.dumps(params)[1:-1]} }},',
        f'  "macs": {trace.macs},',
        '  "layers": [',
        ',\n'.join(f'    {layer}' for layer in layers),
        '  ]',
        '}',
    ]
    return '\n'.join(lines) + '\n'


def main(wanted: list[str]) -> None:
    known = {}
    for group in GROUPS:
        known |= importlib.import_module(group).nets()
    unknown = set(wanted) - set(known)
    if unknown:
        sys.exit(f'No template is called {", ".join(sorted(unknown))}. Known: {", ".join(sorted(known))}')
    for id in wanted or known:
        trace = known[id].trace()
        (HERE / f'{id}.json').write_text(text_of(known[id], trace))
        print(id, trace.trainable, trace.non_trainable, trace.macs, sep='\t', flush=True)


if __name__ == '__main__':
    main(sys.argv[1:])
