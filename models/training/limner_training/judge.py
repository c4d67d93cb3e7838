"""Small networks that judge: one tells generated crops from rendered ones, one reads labels off a picture."""

from __future__ import annotations

import math
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .dataset import Batches, open_table
from .device import quick_numbers
from .schema import load_schema
from .sheet import pictures


def _tower(width: int, downs: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    inputs = 3
    for i in range(downs):
        outputs = min(width << i, 160)
        layers += [nn.Conv2d(inputs, outputs, 3, stride=2, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers)


class Detective(nn.Module):
    """`[B, 3, c, c]` displayed crops -> logit that the crop was rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.tower = _tower(24, 4)
        self.head = nn.Linear(160, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.tower(x - 0.5).mean((2, 3)))[:, 0]


class Step(nn.Module):
    """Halves the resolution; two convolutions with a short cut."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False)
        self.second = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(outputs) for _ in range(2))

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.norms[0](self.first(x)))
        return F.relu(x + self.norms[1](self.second(x)))


class Reader(nn.Module):
    """`[B, 3, 128, 128]` displayed portraits -> estimated network inputs `[B, count]`.

    What is where is kept to the end (no pooling over the picture), because pose and face are read from places.
    """

    def __init__(self, count: int, widths: tuple[int, ...] = (32, 64, 128, 192)) -> None:
        super().__init__()
        self.steps = nn.Sequential(*(Step(a, b) for a, b in pairwise((3, *widths))))
        self.narrow = nn.Conv2d(widths[-1], 48, 1)
        self.head = nn.Sequential(nn.Linear(48 * 64, 384), nn.ReLU(), nn.Dropout(0.2), nn.Linear(384, count))

    def forward(self, x: Tensor) -> Tensor:
        return self.head(F.relu(self.narrow(self.steps(x - 0.5))).flatten(1))


def _crops(pictures: Tensor, count: int, side: int, rng: np.random.Generator) -> Tensor:
    chosen = rng.integers(0, len(pictures), count)
    limit = pictures.shape[-1] - side
    out = []
    for i in chosen:
        y, x = rng.integers(limit // 6, max(limit * 5 // 6, 1) + 1, 2)
        crop = pictures[i, :, y : y + side, x : x + side]
        out.append(crop.flip(2) if rng.random() < 0.5 else crop)
    return torch.stack(out)


def two_sample_accuracy(made: Tensor, true: Tensor, steps: int, seed: int = 0) -> float:
    """Accuracy on unseen sitters of a classifier trained to tell `made` from `true`.

    Both `[N, 3, S, S]` displayed pictures of the same sitters; the first 70 % train, the rest test. 0.5 is perfect.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    split = int(len(made) * 0.7)
    side = 96 if made.shape[-1] >= 128 else made.shape[-1] // 2
    model = Detective()
    optimiser = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=1e-3)
    labels = torch.cat([torch.zeros(24), torch.ones(24)])
    for _ in range(steps):
        batch = torch.cat([_crops(made[:split], 24, side, rng), _crops(true[:split], 24, side, rng)])
        loss = F.binary_cross_entropy_with_logits(model(batch), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    model.eval()
    with torch.no_grad():
        fooled = model(_crops(made[split:], 400, side, rng)) < 0
        right = model(_crops(true[split:], 400, side, rng)) > 0
    return float(torch.cat([fooled, right]).float().mean())


def train_reader(data: Path, out: Path, minutes: float, held_out: int, batch: int = 96, threads: int = 2) -> None:
    """Trains a Reader on the rendered sitters of `data` but the first `held_out`, into `out`."""
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    schema = load_schema()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    batches = Batches(schema, held_out, device, apart=False)
    batches.see(open_table(data, 256))
    model = Reader(schema.input_count).to(device, memory_format=torch.channels_last)
    weight = torch.ones(schema.input_count, device=device)
    for item in schema.attributes:
        if item.type == "number":
            weight[item.offset : item.offset + item.count] = 4.0
    optimiser = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=2e-2)
    start, steps = time.monotonic(), 0
    while (share := (time.monotonic() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1.0, (steps + 1) / 100) * 0.5 * (1 + math.cos(math.pi * share)) + 1e-5
        vectors, layers = batches.draw(batch)
        seen = F.avg_pool2d(pictures(layers, schema), 2)
        seen = seen * (0.9 + 0.2 * torch.rand(batch, 1, 1, 1, device=device)) + 0.02 * torch.randn_like(seen)
        with quick_numbers(device):
            read = model(seen.contiguous(memory_format=torch.channels_last))
        loss = ((read.float() - vectors[:, : schema.input_count]).square() * weight).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        steps += 1
        if steps % 200 == 0:
            print(f"reader: step {steps}, loss {float(loss):.4f}", flush=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.cpu().state_dict(), "rows": batches.count, "steps": steps}, out)


def load_reader(path: Path) -> Reader:
    """What `train_reader` saved."""
    model = Reader(load_schema().input_count)
    model.load_state_dict(torch.load(path, map_location="cpu")["model"])
    return model.eval()


def r_squared(estimate: np.ndarray, truth: np.ndarray) -> float:
    """Share of the variance of `truth` that `estimate` explains."""
    spread = float(((truth - truth.mean()) ** 2).sum())
    return 1.0 - float(((estimate - truth) ** 2).sum()) / max(spread, 1e-9)
