"""The relief: how much brighter skin is in renders than a generator paints it, place by place of the average head.

A network of few weights paints what lies smoothly over a face and misses what lies at one spot of it: the folds of an ear, the wing of a
nose, the edge of a lid. Where each pixel is on the average head is known (bust.py), so the mean of what is missing there can be looked up
and put right: a texture that is learnt, as in Thies et al. 2019, with the network as it is. A pack keeps it beside the bust
("model.bust.relief"), and src/generator/bust.cpp draws it as the last maps, which `Shade` multiplies skin by.

Mirrored sitters, whose light is only nearly right, have no say.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .bust import RELIEF
from .dataset import Batches, open_table
from .network import finish
from .schema import Schema
from .train import generator_of, save

AROUND, LOW, HIGH, AXIS = 1.52, -0.15, 0.11, -0.08  # kReliefAround, kReliefLow, kReliefHigh, kReliefAxis
SCALE = 8.0  # kBustScale
FEW = 24.0  # pixels that a spot must be seen in to be half believed
DARK = 3e-3  # of light: below, a ratio is noise
MOST = 1.0  # of a logarithm
SKIN = 0.97
AT_ONCE = 4


def chart(rest: Tensor) -> tuple[Tensor, Tensor]:
    """Row and column, as numbers between spots' middles, of places `[..., 3]` on the average head, in metres."""
    x, y, z = rest[..., 0], rest[..., 1], rest[..., 2] - AXIS
    part = x / (x.abs() + z.abs()).clamp_min(1e-6)
    around = torch.where(z >= 0, part, torch.where(x < 0, -2 - part, 2 - part))
    return (y - LOW) / (HIGH - LOW) * RELIEF[0] - 0.5, (around / AROUND + 1) * (RELIEF[1] / 2) - 0.5


class Reckoning:
    """What is missing so far: sums of logarithms and how many pixels they are of, by spot."""

    def __init__(self) -> None:
        self.sum = torch.zeros(RELIEF[0] * RELIEF[1], 3)
        self.count = torch.zeros(RELIEF[0] * RELIEF[1])

    def add(self, rest: Tensor, missing: Tensor) -> None:
        """`missing [N, 3]`: logarithms of light, at places `rest [N, 3]`."""
        row, column = (part.round().long() for part in chart(rest))
        inside = (row >= 0) & (row < RELIEF[0]) & (column >= 0) & (column < RELIEF[1])
        spot = (row * RELIEF[1] + column)[inside]
        self.sum.index_add_(0, spot, missing[inside].clamp(-MOST, MOST))
        self.count.index_add_(0, spot, torch.ones(len(spot)))

    def relief(self) -> Tensor:
        """`[rows, 3 * columns]`, of a spot seldom seen less."""
        return (self.sum / (self.count + FEW)[:, None]).view(RELIEF[0], 3 * RELIEF[1])


def missing(made: Tensor, known: Tensor, near: Tensor, schema: Schema) -> tuple[Tensor, Tensor]:
    """Places `[N, 3]` of pixels that are all skin in both, and the logarithms `[N, 3]` of what one has of the other's light.

    `made`, `known`: layers `[B, 28, S, S]`; `near`: maps of the busts.
    """
    skin = schema.layer_slice("regions").start + schema.regions.index("skin")
    rgb = schema.layer_slice("rgb")
    cover = near[:, 0]
    sure = (known[:, skin] > SKIN) & (made[:, skin] > SKIN - 0.07) & (cover > 0.99)
    ratio = torch.log(known[:, rgb] + DARK) - torch.log(made[:, rgb] + DARK)
    rest = near[:, 4:7] / (SCALE * cover.clamp_min(1e-3))[:, None]
    return rest.movedim(1, -1)[sure], ratio.movedim(1, -1)[sure]


def learn_relief(checkpoint: Path, data: Path, schema: Schema, held_out: int, sitters: int, threads: int = 2) -> dict[str, float]:
    """Puts the relief of a checkpoint's averaged generator into it, from at most so many sitters of a table that are not held out."""
    torch.set_num_threads(threads)
    state = torch.load(checkpoint, map_location="cpu")
    model = generator_of(state, schema)
    assert model.bust is not None, "what paints without a bust has no relief"
    model.bust.relief.zero_()
    model.draughtsman = None
    batches = Batches(schema, held_out, torch.device("cpu"))
    batches.see(open_table(data, model.size.resolution))
    chosen = batches.train[:: max(1, len(batches.train) // sitters)][:sitters]
    reckoning = Reckoning()
    with torch.no_grad():
        for start in range(0, len(chosen), AT_ONCE):
            some = chosen[start : start + AT_ONCE]
            vectors, layers = batches.rows(some, np.zeros(len(some), bool))
            maps = model.maps(vectors)
            assert maps is not None
            made = finish(tuple(part.float() for part in model.raw(vectors, maps)), schema)  # type: ignore[arg-type]
            reckoning.add(*missing(made, layers, maps[0], schema))
            if start // AT_ONCE % 50 == 49:
                print(f"{start + len(some)} of {len(chosen)} sitters", flush=True)
    relief = reckoning.relief()
    for kept in ("average", "model"):
        if kept in state:
            state[kept]["bust.relief"] = relief.clone()
    save(checkpoint, state)
    told = {"sitters": float(len(chosen)), "strength": round(float(relief.square().mean().sqrt()), 4), "spots_seen": round(float((reckoning.count > FEW).float().mean()), 3)}
    print(json.dumps(told))
    return told
