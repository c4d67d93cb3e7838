"""The relief: how much brighter a sitter's skin is in renders than a generator paints it, place by place of the average head.

A network of few weights paints what lies smoothly over a face and misses what lies at one spot of it: the folds of an ear, the wing of a
nose, the edge of a lid. Where each pixel is on the average head is known (bust.py), so what is missing there can be told by spot and put
right: a texture that is learnt, as in Thies et al. 2019, with the network as it is. What is missing depends on who it is: a perceptron
tells from the sitter's numbers how much of each of its few main variations, the mean beside them, as skeletons are told (skeleton.py). A
pack keeps it beside the bust ("model.bust.relief.*"), and src/generator/bust.cpp draws it as the last maps, which `Shade` multiplies skin
and lips by.

Mirrored sitters, whose light is only nearly right, have no say.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .bust import RELIEF
from .dataset import Batches, open_table
from .network import SHADED, Generator, finish
from .schema import Schema
from .skeleton import OverBasis
from .train import generator_of, save

AROUND, LOW, HIGH, AXIS = 1.52, -0.15, 0.11, -0.08  # kReliefAround, kReliefLow, kReliefHigh, kReliefAxis
SCALE = 8.0  # kBustScale
SPOTS = RELIEF[0] * RELIEF[1]
FEW = 24.0  # pixels that a spot must be seen in to be half believed
DARK = 3e-3  # of light: below, a ratio is noise
MOST = 1.0  # of a logarithm
SKIN = 0.97
ROOT = 0.9  # a pixel counts by its light to this power, as its error is seen
LUMA = (0.2126, 0.7152, 0.0722)
COUNTS = (0.03, 4.0)  # at least and at most, where the mean of its picture is 1
EVENLY, WEIGHTS = 1e-4, (0.1, 4.0)
AT_ONCE = 4
HIDDEN, BATCH = 128, 64
PACE, DECAY, DROPPED = 3e-3, 3e-2, 0.1
LEAST_SPREAD = 0.05  # of an input that hardly ever varies


def chart(rest: Tensor) -> tuple[Tensor, Tensor]:
    """Row and column, as numbers between spots' middles, of places `[..., 3]` on the average head, in metres."""
    x, y, z = rest[..., 0], rest[..., 1], rest[..., 2] - AXIS
    part = x / (x.abs() + z.abs()).clamp_min(1e-6)
    around = torch.where(z >= 0, part, torch.where(x < 0, -2 - part, 2 - part))
    return (y - LOW) / (HIGH - LOW) * RELIEF[0] - 0.5, (around / AROUND + 1) * (RELIEF[1] / 2) - 0.5


@dataclass
class Charts:
    """What is missing of so many sitters `[N, …]`: sums of logarithms of light over the pixels of a spot, and how much these count."""

    inputs: np.ndarray  # f32 [N, inputs]
    sums: np.ndarray  # f16 [N, SPOTS, 3]
    counts: np.ndarray  # f16 [N, SPOTS]
    squares: np.ndarray  # f32 [N]: of all pixels' logarithms, as they count
    weights: np.ndarray  # f32 [N]: what a sitter counts

    @staticmethod
    def empty(inputs: np.ndarray) -> Charts:
        n = len(inputs)
        return Charts(inputs, np.zeros((n, SPOTS, 3), np.float16), np.zeros((n, SPOTS), np.float16), np.zeros(n, np.float32), np.ones(n, np.float32))

    def put(self, row: int, rest: Tensor, missing: Tensor, counts: Tensor) -> None:
        """`missing [N, 3]`: logarithms of light of one sitter at places `rest [N, 3]`; `counts [N]`."""
        at_row, column = (part.round().long() for part in chart(rest))
        inside = (at_row >= 0) & (at_row < RELIEF[0]) & (column >= 0) & (column < RELIEF[1])
        spot = (at_row * RELIEF[1] + column)[inside]
        value, count = missing[inside].clamp(-MOST, MOST), counts[inside]
        self.sums[row] = torch.zeros(SPOTS, 3).index_add_(0, spot, value * count[:, None]).numpy()
        self.counts[row] = torch.zeros(SPOTS).index_add_(0, spot, count).numpy()
        self.squares[row] = float((count[:, None] * value.square()).sum())

    def some(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs, sums and counts `[B, SPOTS, 1]` of rows, as f32, times weights."""
        chosen = rows.numpy()
        inputs, weights = torch.from_numpy(self.inputs[chosen]), torch.from_numpy(self.weights[chosen])[:, None, None]
        return inputs, torch.from_numpy(self.sums[chosen]).float() * weights, torch.from_numpy(self.counts[chosen]).float()[:, :, None] * weights

    def even(self) -> None:
        """Weighs sitters so that those of whom most is missing, pixel by pixel, do not decide for all."""
        each = self.squares / (self.counts.astype(np.float32).sum(1) + 1)
        self.weights = np.clip(np.sqrt(np.median(each) / (each + EVENLY)), *WEIGHTS).astype(np.float32)

    def mean(self) -> Tensor:
        """`[SPOTS * 3]`, of a spot seldom seen less."""
        total, count = torch.zeros(SPOTS, 3), torch.zeros(SPOTS, 1)
        for rows in torch.arange(len(self.inputs)).split(256):
            _, sums, counts = self.some(rows)
            total += sums.sum(0)
            count += counts.sum(0)
        return (total / (count + FEW)).flatten()

    def left(self, told: OverBasis) -> float:
        """What share of the squares is left when what is `told` is put right."""
        less = 0.0
        with torch.no_grad():
            for rows in torch.arange(len(self.inputs)).split(64):
                inputs, sums, counts = self.some(rows)
                relief = told.told(inputs).view_as(sums)
                less += float((counts * relief.square() - 2 * sums * relief).sum())
        return 1 + less / self.total()

    def total(self) -> float:
        """All squares."""
        return float((self.squares * self.weights).sum()) + 1e-9


def missing(made: Tensor, known: Tensor, near: Tensor, schema: Schema) -> tuple[Tensor, Tensor, Tensor]:
    """Of one sitter, places `[N, 3]` of pixels that are all skin or lips in both, the logarithms `[N, 3]` of what one has of the other's
    light, and how much each counts `[N]`.

    `made`, `known`: layers `[28, S, S]`; `near`: maps of its bust.
    """
    first = schema.layer_slice("regions").start
    shaded = [first + schema.regions.index(name) for name in SHADED]
    rgb = schema.layer_slice("rgb")
    cover = near[0]
    sure = (known[shaded].sum(0) > SKIN) & (made[shaded].sum(0) > SKIN - 0.07) & (cover > 0.99)
    ratio = torch.log(known[rgb] + DARK) - torch.log(made[rgb] + DARK)
    rest = near[4:7] / (SCALE * cover.clamp_min(1e-3))
    count = ((known[rgb][:, sure].t() @ torch.tensor(LUMA)).clamp_min(0) + DARK) ** ROOT
    return rest[:, sure].t(), ratio[:, sure].t(), (count / count.mean()).clamp(*COUNTS)


def survey(model: Generator, batches: Batches, chosen: np.ndarray) -> Charts:
    """Charts of what a generator without relief misses of the chosen rows of a table."""
    assert batches.table is not None
    charts = Charts.empty(batches.table.inputs[chosen][:, : model.schema.input_count])
    with torch.no_grad():
        for start in range(0, len(chosen), AT_ONCE):
            some = chosen[start : start + AT_ONCE]
            vectors, layers = batches.rows(some, np.zeros(len(some), bool))
            maps = model.maps(vectors)
            assert maps is not None
            made = finish(tuple(part.float() for part in model.raw(vectors, maps)), model.schema)  # type: ignore[arg-type]
            for i in range(len(some)):
                charts.put(start + i, *missing(made[i], layers[i], maps[0][i], model.schema))
            if start // AT_ONCE % 50 == 49:
                print(f"{start + len(some)} of {len(chosen)} sitters", flush=True)
    return charts


def learn(charts: Charts, rank: int, epochs: int) -> OverBasis:
    """The perceptron that puts most of it right: squares of what is left of a pixel's logarithm are least."""
    torch.manual_seed(1)
    charts.even()
    known = torch.from_numpy(charts.inputs)
    middle, spread = known.mean(0), known.std(0).clamp_min(LEAST_SPREAD)
    told = OverBasis(known.shape[1], 3 * SPOTS, HIDDEN, rank)
    with torch.no_grad():
        told.mean.copy_(charts.mean())
        told.basis.mul_(0.5)
    groups = [
        {"params": [*told.net.parameters(), told.straight.weight], "weight_decay": DECAY},
        {"params": [told.basis], "weight_decay": 0.0},
        {"params": [told.mean], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=PACE)
    steps = epochs * math.ceil(len(known) / BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, [PACE, 0.3 * PACE, 0.05 * PACE], total_steps=steps, pct_start=0.1)
    pixels = float(charts.counts[:256].astype(np.float32).sum(1).mean()) + 1
    for epoch in range(epochs):
        lost = 0.0
        for rows in torch.randperm(len(known)).split(BATCH):
            inputs, sums, counts = charts.some(rows)
            relief = told.told(F.dropout((inputs - middle) / spread, DROPPED)).view_as(sums)
            loss = (counts * relief.square() - 2 * sums * relief).sum() / len(rows) + FEW / len(known) * told.basis.square().sum()
            optimiser.zero_grad()
            (loss * (100 / pixels)).backward()
            optimiser.step()
            pace.step()
            lost += float(loss.detach()) * len(rows)
        print(f"epoch {epoch + 1}: {1 + lost / charts.total():.4f} left", flush=True)
    with torch.no_grad():  # what it is told is as it comes
        told.mean.sub_((told.straight.weight @ (middle / spread)) @ told.basis)
        told.straight.weight.div_(spread)
        told.net[0].bias.sub_(told.net[0].weight @ (middle / spread))  # type: ignore[operator]
        told.net[0].weight.div_(spread)  # type: ignore[operator]
    return told


def learn_relief(
    checkpoint: Path, data: Path, schema: Schema, held_out: int, sitters: int, rank: int, epochs: int, threads: int = 2
) -> dict[str, float]:
    """Puts the relief of a checkpoint's averaged generator into it, from at most so many sitters of a table that are not held out; those
    that are tell how much of what is missing is left."""
    torch.set_num_threads(threads)
    state = torch.load(checkpoint, map_location="cpu")
    model = generator_of(state, schema)
    assert model.bust is not None, "what paints without a bust has no relief"
    model.bust.relief = None
    model.draughtsman = None
    batches = Batches(schema, held_out, torch.device("cpu"))
    batches.see(open_table(data, model.size.resolution))
    held = survey(model, batches, batches.held)
    charts = survey(model, batches, batches.train[:: max(1, len(batches.train) // sitters)][:sitters])
    model.bust.relief = learn(charts, rank, epochs).requires_grad_(False)
    model.bust.settle()
    weights = {f"bust.relief.{name}": value for name, value in model.bust.relief.state_dict().items()}
    for kept in ("average", "model"):
        if kept in state:
            others = {name: value for name, value in state[kept].items() if not name.startswith("bust.relief")}
            state[kept] = others | {name: value.clone() for name, value in weights.items()}
    save(checkpoint, state)
    told = {"sitters": len(charts.inputs), "left_of_held_out": round(held.left(model.bust.relief), 4)}
    print(json.dumps(told))
    return told
