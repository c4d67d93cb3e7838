"""The reader reads off Layers what they show, and does not make up what they do not."""

from __future__ import annotations

import numpy as np
import torch
from limner_training.judge import EYES, MOUTH, Reader, r_squared
from limner_training.schema import Schema
from limner_training.skeleton import Skeleton
from torch import Tensor

SIDE = 64


def portraits(vectors: np.ndarray, schema: Schema) -> Tensor:
    """Discs of skin whose lightness is the first number and whose mouth is as wide as the second says; of the third they show nothing."""
    layers = torch.zeros(len(vectors), schema.channel_count, SIDE, SIDE)
    step = torch.linspace(-1, 1, SIDE)
    y, x = step[:, None], step[None, :]
    skin = (x * x + y * y < 0.6).float()
    regions = schema.layer_slice("regions").start
    for layer, (light, wide, *_) in zip(layers, vectors, strict=True):
        lips = ((x.abs() < 0.25 + 0.15 * wide) & ((y - 0.25).abs() < 0.08)).float()
        layer[schema.layer_slice("rgb")] = (0.4 + 0.2 * float(light)) * (1 - 0.5 * lips)
        layer[schema.layer_slice("alpha")] = skin
        layer[schema.layer_slice("normal")][2] = 1
        layer[regions + schema.regions.index("skin")] = skin - lips
        layer[regions + schema.regions.index("lips")] = lips
    return layers


def test_it_reads_what_is_shown_and_nothing_else(schema: Schema) -> None:
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    vectors = np.zeros((260, schema.vector_count), np.float32)
    vectors[:, :3] = rng.uniform(-1, 1, (260, 3))
    skeleton = Skeleton(schema.input_count, 80)
    with torch.no_grad():
        places = skeleton.mean.view(80, 6)
        places[EYES, 1], places[MOUTH, 1] = -0.25, 0.25
    layers = portraits(vectors, schema)
    reader = Reader(lambda: layers[:200].split(16), vectors[:200], skeleton, schema)
    read = reader.read(layers[200:])
    assert read.shape == (60, schema.input_count)
    assert r_squared(read[:, 0], vectors[200:, 0]) > 0.97
    assert r_squared(read[:, 1], vectors[200:, 1]) > 0.9
    assert abs(r_squared(read[:, 2], vectors[200:, 2])) < 0.3
