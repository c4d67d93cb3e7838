"""How well a portrait will come out, foretold from its sitter's numbers: what re-rolls a failed picture before it is painted.

A generator's pictures follow from their numbers, so whether one fails follows from them too. Every rendered sitter is generated from its
labels and compared with its render; a small perceptron learns to foretell, from the numbers alone, the PSNR in dB of the face: skin,
eyes, lips and mouth, as the square root of light, at half the side (what is finer than that is drawn by the finish, or nobody's to know).
Portraits foretold less than the pack's threshold are not shown to those who asked for anybody.
"""

from __future__ import annotations

import base64
import math
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .dataset import Table, film
from .network import SLOPE, Generator
from .schema import Schema

FACE = ("skin", "eyes", "lips", "mouth", "brows_lashes")
REJECTED = 0.01  # share of random recipes below the threshold


def _seen(layers: Tensor, schema: Schema) -> Tensor:
    return F.avg_pool2d((layers[:, schema.layer_slice("rgb")] * layers[:, schema.layer_slice("alpha")]).clamp_min(0).sqrt(), 2)


def face_psnr(made: Tensor, true: Tensor, schema: Schema) -> Tensor:
    """`[B]`: PSNR in dB of the faces of Layers `[B, C, S, S]` against those of renders."""
    regions = true[:, schema.layer_slice("regions")]
    face = F.avg_pool2d(torch.stack([regions[:, schema.regions.index(name)] for name in FACE], 1).sum(1, keepdim=True), 2)
    error = ((_seen(made, schema) - _seen(true, schema)).square().mean(1, keepdim=True) * face).sum((1, 2, 3))
    return -10 * torch.log10(error / face.sum((1, 2, 3)).clamp_min(1) + 1e-8)


def table_psnr(model: Generator, table: Table, rows: np.ndarray, batch: int = 8) -> np.ndarray:
    """`face_psnr` of the given rows, generated from their labels."""
    found = []
    for i in range(0, len(rows), batch):
        some = rows[i : i + batch]
        true = film(np.stack([table.rows[k] for k in some]), model.schema)
        with torch.no_grad():
            found.append(face_psnr(model(torch.from_numpy(table.inputs[some])), true, model.schema))
    return torch.cat(found).numpy()


class Foresight(nn.Module):
    """Numbers of a sitter, without noise, `[B, N]` -> PSNR in dB `[B]`: a perceptron, and beside it what is linear in them."""

    def __init__(self, inputs: int, hidden: int = 8) -> None:
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.out = nn.Linear(hidden, 1, bias=False)
        self.straight = nn.Linear(inputs, 1)

    def forward(self, x: Tensor) -> Tensor:
        x = x[:, : self.hidden.in_features]
        return (self.out(F.leaky_relu(self.hidden(x), SLOPE)) + self.straight(x))[:, 0]

    def foretold(self, vectors: np.ndarray) -> np.ndarray:
        """The same of rows `[N, V]`."""
        with torch.no_grad():
            return self(torch.from_numpy(np.ascontiguousarray(vectors))).numpy()

    def described(self, threshold: float) -> dict[str, object]:
        """As pack.json has it (src/generator/quality.h)."""
        parts = (self.hidden.weight, self.hidden.bias, self.out.weight, self.straight.weight, self.straight.bias)
        weights = torch.cat([part.detach().flatten() for part in parts]).numpy().astype("<f4")
        return {"threshold": threshold, "hidden": self.hidden.out_features, "weights": base64.b64encode(weights.tobytes()).decode()}


def _learnt(vectors: Tensor, told: Tensor, inputs: int, steps: int = 1200) -> Foresight:
    torch.manual_seed(0)
    model = Foresight(inputs)
    with torch.no_grad():
        model.straight.weight.zero_()
        model.straight.bias.fill_(float(told.mean()))
    optimiser = torch.optim.AdamW(model.parameters(), 8e-3, weight_decay=0.3)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 8e-3 * 0.5 * (1 + math.cos(math.pi * step / steps))
        some = torch.randint(len(vectors), (min(256, len(vectors)),))
        loss = F.smooth_l1_loss(model(vectors[some]), told[some])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return model


def train_quality(generator: Generator, table: Table, held_out: int, random: np.ndarray) -> tuple[Foresight, dict[str, Any]]:
    """Learns on the sitters that are not held out, and puts the threshold where `REJECTED` of the numbers `random` `[N, V]` fall below
    it. Returns also what is known of it: on held-out sitters, which neither it nor the generator has seen."""
    held, others = table.split(held_out)
    psnr = table_psnr(generator, table, np.concatenate([others, held]))
    model = _learnt(torch.from_numpy(table.inputs[others]), torch.from_numpy(psnr[: len(others)]), generator.schema.input_count)
    true, told = psnr[len(others) :], model.foretold(table.inputs[held])
    threshold = float(np.quantile(model.foretold(random), REJECTED))
    worst = np.argsort(told)[: max(len(told) // 20, 1)]
    return model, {
        "threshold": round(threshold, 2),
        "sitters": len(others),
        "correlation": round(float(np.corrcoef(true, told)[0, 1]), 3),
        "held_out_db": round(float(true.mean()), 2),
        "worst_foretold_db": round(float(true[worst].mean()), 2),
        "worst_db": round(float(np.sort(true)[: len(worst)].mean()), 2),
    }


def keep_quality(path: Path, model: Foresight, known: dict[str, Any]) -> None:
    """Puts what was learnt, and what is known of it, into a checkpoint of the generator."""
    state = torch.load(path, map_location="cpu") | {"quality": {"known": known, "weights": model.state_dict()}}
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    partial.rename(path)


def kept_quality(path: Path) -> tuple[Foresight, dict[str, Any]] | None:
    """What `keep_quality` put there; None from a checkpoint that has none, or from a pack's folder."""
    kept = None if path.is_dir() else torch.load(path, map_location="cpu").get("quality")
    if kept is None:
        return None
    hidden, inputs = kept["weights"]["hidden.weight"].shape
    model = Foresight(inputs, hidden)
    model.load_state_dict(kept["weights"])
    return model, kept["known"]
