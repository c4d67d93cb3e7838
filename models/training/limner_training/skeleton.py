"""The skeleton: a sitter's numbers in, the place of 160 anchors of head and shoulders in the picture out; and another such for what is
worn: points of hair, glasses, collar and earrings (models/sitters/fittings.h), which may be there or not.

Geometry is known exactly and cheaply (models/sitters/anchors.h), so it is learnt from tens of thousands of sitters that were
never rendered, and the generator only has to learn what is painted where. Anchors are splatted into planes as
separable Gaussians, `exp(-k (u - x)^2) exp(-k (v - y)^2)`, which is two small exponentials and one matrix product.
"""

from __future__ import annotations

import json
import math
import struct
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .schema import Schema

VERSION = 1
NUMBERS = 6  # x, y, depth, normal of an anchor
WORN_NUMBERS = 7  # x, y, depth, a direction (hair: along it; else the surface's normal), how much of it is seen
KINDS = {b"LANC": NUMBERS, b"LFIT": WORN_NUMBERS}
MANE, RISE = 144, 199  # hair's points among what is worn: those before the one, and from the other on
LENS = 16  # points around a lens; the two lenses follow the mane
BETWEEN = 2  # more of them between every two, where lines are drawn finely
WORN_MAPS = 5
LANDMARKS = 68
EYES = 4
SLOPE = 0.2
DEPTH_GAIN = 8.0  # metres to about unit size


@dataclass(frozen=True)
class AnchorFile:
    """`inputs` f32 `[rows, V]` (noise last) and `anchors` f32 `[rows, A, 6]`, or `[rows, A, 7]` of what is worn."""

    inputs: np.ndarray
    anchors: np.ndarray


def read_anchors(path: Path) -> AnchorFile:
    """Reads what `./limner sitters --anchors` or `--fittings` wrote; ValueError with a sentence when it is not that."""
    with path.open("rb") as stream:
        head = stream.read(20)
    if len(head) < 20 or head[:4] not in KINDS:
        raise ValueError(f"{path.name} is not a file of anchors. Make it with ./limner sitters --anchors.")
    numbers = KINDS[head[:4]]
    version, inputs, anchors, rows = struct.unpack("<4I", head[4:])
    width = inputs + anchors * numbers
    if version != VERSION or path.stat().st_size != 20 + 4 * rows * width:
        raise ValueError(f"{path.name} is cut short or of another version. Make it again.")
    table = np.memmap(path, np.float32, "r", 20, (rows, width))
    return AnchorFile(table[:, :inputs], np.array(table[:, inputs:]).reshape(rows, anchors, numbers))


class OverBasis(nn.Module):
    """A perceptron that tells amounts of points' main variations (src/generator/perceptron.h)."""

    def __init__(self, inputs: int, outputs: int, hidden: int, rank: int) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(inputs, hidden),
            nn.LeakyReLU(SLOPE),
            nn.Linear(hidden, hidden),
            nn.LeakyReLU(SLOPE),
            nn.Linear(hidden, rank),
        )
        self.straight = nn.Linear(inputs, rank, bias=False)
        self.basis = nn.Parameter(torch.randn(rank, outputs) * 0.02)
        self.mean = nn.Parameter(torch.zeros(outputs))
        nn.init.zeros_(self.straight.weight)

    def amounts(self, named: Tensor) -> Tensor:
        """`[B, inputs] -> [B, rank]`."""
        return self.net(named) + self.straight(named)

    def told(self, named: Tensor) -> Tensor:
        """`[B, inputs] -> [B, outputs]`."""
        return self.amounts(named) @ self.basis + self.mean

    def start_from(self, points: np.ndarray, more: int = 0, iterations: int = 3) -> None:
        """Mean and principal directions of known points `[rows, …]`, scaled to unit coefficients; `more` than are kept are looked for."""
        flat = torch.from_numpy(points.reshape(len(points), -1)).float()
        mean, count = flat.mean(0), len(self.basis)
        _, values, directions = torch.svd_lowrank(flat - mean, count + more, niter=iterations)
        with torch.no_grad():
            self.mean.copy_(mean)
            self.basis.copy_((directions * (values / math.sqrt(len(flat)))).t()[:count])


class Skeleton(OverBasis):
    """`vector [B, V] -> anchors [B, A, numbers]`; a perceptron over a basis of the anchors' main variations.

    With `told`, it is also given the places of so many anchors of another skeleton `[B, told, 6]`: what is worn sits on a head
    that is known better.
    """

    def __init__(self, inputs: int, anchors: int, hidden: int = 224, rank: int = 112, numbers: int = NUMBERS, told: int = 0) -> None:
        super().__init__(inputs + 2 * told, anchors * numbers, hidden, rank)
        self.numbers = numbers
        self.anchors = anchors
        self.inputs = inputs
        self.rest = nn.Parameter(torch.zeros(told, 2), requires_grad=False)

    def forward(self, vector: Tensor, head: Tensor | None = None) -> Tensor:
        named = vector[:, : self.inputs]
        if head is not None:
            places = (head[:, :, :2] - self.rest) * 5.0
            named = torch.cat([named, places.reshape(-1, self.rest.numel())], 1)
        return self.told(named).view(-1, self.anchors, self.numbers)


def _skeleton(schema: Schema, anchors: int, numbers: int, told: int) -> Skeleton:
    hidden, rank = (256, 128) if numbers == WORN_NUMBERS else (224, 112)
    return Skeleton(schema.input_count, anchors, hidden, rank, numbers, told)


def _errors(made: Tensor, known: Tensor) -> dict[str, float]:
    """How far points `[rows, A, numbers]` are from where they are, in pixels of 256."""
    off = (made - known)[..., :2].norm(dim=-1) * 128
    if known.shape[2] == WORN_NUMBERS:
        there = known[..., 6] > 0.5
        return {
            "hair_px": round(float(_hair(off)[_hair(there)].mean()), 4),
            "other_px": round(float(off[:, MANE:RISE][there[:, MANE:RISE]].mean()), 4),
            "taken_for_seen": round(float(((made[..., 6] > 0.5) != there).float().mean()), 4),
        }
    return {
        "landmarks_px": round(float(off[:, :LANDMARKS].mean()), 4),
        "eyes_px": round(float(off[:, -EYES:].mean()), 4),
        "all_px": round(float(off.mean()), 4),
        "worst_1_percent_px": round(float(torch.quantile(off[:, :LANDMARKS].flatten(), 0.99)), 4),
    }


def train_skeleton(
    data: Path, out: Path, schema: Schema, minutes: float, threads: int = 1, on: Path | None = None, known: dict[str, Tensor] | None = None
) -> dict[str, float]:
    """Learns the skeleton from a file of anchors into `out`; returns its errors on rows kept out, in pixels of 256.

    What is worn is learnt `on` a skeleton of anchors. `known`: the weights of a generator whose skeleton is taken further.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    file = read_anchors(data)
    if file.inputs.shape[1] != schema.vector_count:
        raise SystemExit(f"{data.name} was made with another schema. Make it again.")
    kept = min(512, len(file.inputs) // 10)
    vectors = torch.from_numpy(np.ascontiguousarray(file.inputs))
    truth = torch.from_numpy(file.anchors)
    worn = truth.shape[2] == WORN_NUMBERS
    if worn != (on is not None):
        raise SystemExit("What is worn is learnt --on a skeleton of anchors, and anchors without one.")
    head = None
    if on is not None:
        below = load_skeleton(on, schema)
        with torch.no_grad():
            head = below(vectors)
    model = _skeleton(schema, truth.shape[1], truth.shape[2], 0 if head is None else head.shape[1])
    if head is not None:
        model.rest.copy_(head[:, :, :2].mean(0))

    def made_of(rows: Tensor | slice) -> Tensor:
        return model(vectors[rows], None if head is None else head[rows])

    if known is None:
        model.start_from(file.anchors[kept : kept + 6000])
    else:
        part = "worn." if worn else "skeleton."
        model.load_state_dict({"rest": model.rest} | {name.removeprefix(part): value for name, value in known.items() if name.startswith(part)})
    with torch.no_grad():
        before = _errors(made_of(slice(kept)), truth[:kept])
    weight = torch.tensor([1.0, 1.0, 2.0, 0.1, 0.1, 0.1, 0.3] if worn else [1.0, 1.0, 2.0, 0.03, 0.03, 0.03])
    optimiser = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], 2e-3)
    start = time.monotonic()
    step = 0
    generator = torch.Generator().manual_seed(1)
    while (share := (time.monotonic() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 2.5e-3 * min(1.0, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * share)) + 1e-5
        rows = torch.randint(kept, len(vectors), (256,), generator=generator)
        error = (made_of(rows) - truth[rows]) * weight
        if worn:  # where a thing would be that is not there matters little
            error = torch.cat([error[..., :6] * (0.05 + truth[rows][..., 6:]), error[..., 6:]], 2)
        loss = F.smooth_l1_loss(error, torch.zeros_like(error), beta=0.01)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        step += 1
    with torch.no_grad():
        result = {"rows": float(len(vectors) - kept), "steps": float(step), **_errors(made_of(slice(kept)), truth[:kept])}
    if known is not None:
        print("before: " + json.dumps(before))
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".part")
    torch.save({"model": model.state_dict(), "anchors": truth.shape[1], "numbers": truth.shape[2], "told": len(model.rest), "result": result}, partial)
    partial.rename(out)
    print(json.dumps(result))
    return result


def load_skeleton(path: Path, schema: Schema) -> Skeleton:
    """What `train_skeleton` saved."""
    state = torch.load(path, map_location="cpu")
    model = _skeleton(schema, int(state["anchors"]), int(state.get("numbers", NUMBERS)), int(state.get("told", 0)))
    model.load_state_dict({"rest": model.rest, **state["model"]})
    return model


def _hair(points: Tensor, dim: int = 1) -> Tensor:
    """Of what is worn, hair."""
    count = points.shape[dim]
    kept = [points.narrow(dim, 0, min(MANE, count))]
    if count > RISE:
        kept.append(points.narrow(dim, RISE, count - RISE))
    return torch.cat(kept, dim)


def rim_count(points: int) -> int:
    """How many points `Rims` adds."""
    return 2 * LENS * BETWEEN if points >= MANE + 2 * LENS else 0


class Rims(nn.Module):
    """What is worn `[B, P, 7]` with more points on the rims of glasses, between those known (Catmull and Rom 1974)."""

    def __init__(self, points: int) -> None:
        super().__init__()
        weights = torch.zeros(rim_count(points), 2 * LENS)
        for k in range(len(weights)):
            lens, place = divmod(k, LENS * BETWEEN)
            i, part = divmod(place, BETWEEN)
            t = (part + 1) / (BETWEEN + 1)
            curve = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            for j, weight in enumerate(curve):
                weights[k, lens * LENS + (i + j - 1) % LENS] += weight / 2
        self.register_buffer("weights", weights, persistent=False)

    def forward(self, points: Tensor) -> Tensor:
        if len(self.weights) == 0:
            return points
        return torch.cat([points, self.weights @ points[:, MANE : MANE + 2 * LENS]], 1)


class Splat(nn.Module):
    """Anchors as planes of one resolution.

    `forward(anchors [B, A, 6], rest [A, 2])` gives `(features [B, K, S, S], maps [B, 7, S, S])`. Features are learnt
    vectors spread around their anchors. Maps are what anchors know, interpolated (Shepard 1968): presence, depth,
    normal, and the way from here to the same spot of the face at rest, which ties texture to skin.
    """

    def __init__(self, anchors: int, side: int, features: int, reach: float) -> None:
        super().__init__()
        self.side = side
        self.features = nn.Parameter(torch.randn(features, anchors) * 0.5)
        self.sharpness = nn.Parameter(torch.full((anchors,), math.log(0.5 / reach**2)))
        self.register_buffer("centres", (torch.arange(side).float() + 0.5) * (2 / side) - 1)

    def _reach(self, anchors: Tensor) -> tuple[Tensor, Tensor]:
        """How much of every anchor arrives in each column `[B, A, S]` and row `[B, S, A]`."""
        k = self.sharpness.exp()[None, :, None]
        across = torch.exp(-(self.centres - anchors[:, :, 0:1]).square() * k)
        down = torch.exp(-(self.centres - anchors[:, :, 1:2]).square() * k) * self._seen(anchors)
        return across, down.transpose(1, 2)

    def _seen(self, anchors: Tensor) -> Tensor:
        """How much of each anchor `[B, A, 1]` faces the camera."""
        return torch.sigmoid(anchors[:, :, 5:6] * 8)

    def _spread(self, values: Tensor, across: Tensor, down: Tensor) -> Tensor:
        """`values [B or 1, K, A]` summed over anchors by their reach: `[B, K, S, S]`."""
        batch, side, count = down.shape
        rows = (values[:, :, None, :] * down[:, None, :, :]).reshape(batch, -1, count)
        return torch.bmm(rows, across).view(batch, -1, side, side)

    def features_only(self, anchors: Tensor) -> Tensor:
        """Features without maps."""
        return self._learnt(*self._reach(anchors))

    def _learnt(self, across: Tensor, down: Tensor) -> Tensor:
        quick = torch.is_autocast_cpu_enabled() or torch.is_autocast_enabled()
        kind = torch.bfloat16 if quick else torch.float32
        return self._spread(self.features[None].to(kind), across.to(kind), down.to(kind))

    def forward(self, anchors: Tensor, rest: Tensor) -> tuple[Tensor, Tensor]:
        across, down = self._reach(anchors)
        known = [torch.ones_like(anchors[:, :, 0:1]), anchors[:, :, 2:3] * DEPTH_GAIN, anchors[:, :, 3:6]]
        known.append(rest[None] - anchors[:, :, 0:2])
        with torch.autocast(anchors.device.type, enabled=False):
            maps = self._spread(torch.cat(known, 2).transpose(1, 2), across, down)
            maps = maps / (maps[:, :1] + 0.02)
        return self._learnt(across, down), maps


class WornSplat(Splat):
    """The same of what is worn: `forward(points [B, P, 7])` gives `(features [B, K, S, S], maps [B, 5, S, S])`.

    Maps are of hair alone: presence, depth, and the direction in which it runs.
    """

    def _seen(self, anchors: Tensor) -> Tensor:
        return anchors[:, :, 6:7].clamp(0, 1)

    def forward(self, points: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        across, down = self._reach(points)
        hair = _hair(points)
        known = torch.cat([torch.ones_like(hair[:, :, 0:1]), hair[:, :, 2:3] * DEPTH_GAIN, hair[:, :, 3:6]], 2)
        with torch.autocast(points.device.type, enabled=False):
            maps = self._spread(known.transpose(1, 2), _hair(across), _hair(down, 2))
            maps = torch.cat([maps[:, :1].clamp(0, 4), maps[:, 1:] / (maps[:, :1] + 0.02)], 1)
        return self._learnt(across, down), maps


def waves(maps: Tensor, centres: Tensor, frequencies: tuple[int, ...]) -> Tensor:
    """Sines and cosines of the place on the resting face `[B, 4 F, S, S]`, where there is one."""
    place_x = maps[:, 5:6] + centres[None, None, None, :]
    place_y = maps[:, 6:7] + centres[None, None, :, None]
    place = torch.cat([place_x, place_y], 1)
    angles = torch.cat([place * (math.pi * f) for f in frequencies], 1)
    return torch.cat([torch.sin(angles), torch.cos(angles)], 1) * maps[:, :1]
