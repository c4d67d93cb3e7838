"""A small network that reads labels off a picture, to judge whether controls do what they say."""

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
