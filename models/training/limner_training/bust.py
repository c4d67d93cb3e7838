"""The bust: a sitter's numbers in, head, neck and shoulders as a mesh out; and maps of it, by which the generator paints.

Shapes are known exactly and cheaply (models/sitters/bust.h), so they are learnt from tens of thousands of sitters that were never
rendered. A pose is not learnt at all: it turns and sees the mesh as the renderer does, in the page's own code (src/generator/bust.h),
which also draws the maps, here as there (`Draughtsman`).
"""

from __future__ import annotations

import json
import math
import struct
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from .asked import Asked
from .schema import Schema
from .skeleton import OverBasis

VERSION = 1
MAPS, RELIEF_MAPS, LIT_MAPS = 8, 3, 9  # kBustMaps is the sum of the first two, kLitMaps
RELIEF = (152, 168)  # kReliefRows, kReliefColumns
EXTRAS = 4  # points after the vertices
HIDDEN, RANK = 192, 112
Maps = tuple[Tensor, Tensor]  # [B, 11, S, S] and [B, 9, S/2, S/2]
AT_ONCE = 16  # vectors that fit into a pipe


@dataclass(frozen=True)
class BustFile:
    """`inputs` f32 `[rows, V]` (noise last), `points` f32 `[rows, M + 4, 3]` in metres, `corners` `[T, 3]`, `rest` f32 `[M, 3]`."""

    inputs: np.ndarray
    points: np.ndarray
    corners: np.ndarray
    rest: np.ndarray


def read_busts(path: Path) -> BustFile:
    """Reads what `./limner sitters --busts` wrote; ValueError with a sentence when it is not that."""
    with path.open("rb") as stream:
        head = stream.read(24)
    if len(head) < 24 or head[:4] != b"LBST":
        raise ValueError(f"{path.name} is not a file of busts. Make it with ./limner sitters --busts.")
    version, inputs, vertices, triangles, rows = struct.unpack("<5I", head[4:])
    width = inputs + 3 * (vertices + EXTRAS)
    start = 24 + 12 * (triangles + vertices)
    if version != VERSION or path.stat().st_size != start + 4 * rows * width:
        raise ValueError(f"{path.name} is cut short or of another version. Make it again.")
    corners = np.fromfile(path, np.uint32, 3 * triangles, offset=24).reshape(triangles, 3)
    rest = np.fromfile(path, np.float32, 3 * vertices, offset=24 + 12 * triangles).reshape(vertices, 3)
    table = np.memmap(path, np.float32, "r", start, (rows, width))
    return BustFile(np.array(table[:, :inputs]), np.array(table[:, inputs:]).reshape(rows, -1, 3), corners, rest)


def in_bytes(x: Tensor) -> tuple[Tensor, Tensor]:
    """int8 `[rows, …]` and the f32 `[rows]`, or of what has one dimension `[1]`, that they are multiplied by."""
    scale = (x.abs().flatten(min(1, x.dim() - 1)).amax(-1) / 127).clamp_min(1e-12).view(-1)
    return (x / _along(scale, x)).round().clamp(-127, 127).to(torch.int8), scale


def from_bytes(rounded: Tensor, scale: Tensor) -> Tensor:
    """What `in_bytes` stands for."""
    return rounded.float() * _along(scale, rounded)


def _along(scale: Tensor, x: Tensor) -> Tensor:
    return scale.view(-1, *[1] * (x.dim() - 1))


class Bust(OverBasis):
    """`vector [B, V] -> points [B, M + 4, 3]` in metres: a perceptron over a basis of the shapes' main variations.

    Its weights are kept as bytes once `settle` was called, which is how a pack has them; `corners` and `rest` are the mesh's; `relief`
    is what relief.py learns, where it has.
    """

    relief: OverBasis | None

    def __init__(self, inputs: int, vertices: int, triangles: int, hidden: int = HIDDEN, rank: int = RANK) -> None:
        super().__init__(inputs, 3 * (vertices + EXTRAS), hidden, rank)
        self.inputs = inputs
        nn.init.zeros_(self.basis)
        self.register_buffer("corners", torch.zeros(triangles, 3))
        self.register_buffer("rest", torch.zeros(vertices, 3))
        self.relief = None

    def forward(self, vector: Tensor) -> Tensor:
        return self.told(vector[:, : self.inputs]).view(len(vector), -1, 3)

    def _load_from_state_dict(self, state_dict: dict[str, Tensor], prefix: str, *others: object) -> None:
        state_dict.pop(prefix + "relief", None)  # the same one for all sitters, of older checkpoints
        basis = state_dict.get(prefix + "relief.basis")
        if basis is None:
            self.relief = None
        elif self.relief is None or self.relief.basis.shape != basis.shape:
            self.relief = OverBasis(self.inputs, basis.shape[1], len(state_dict[prefix + "relief.net.0.weight"]), len(basis)).requires_grad_(False)
        super()._load_from_state_dict(state_dict, prefix, *others)

    def settle(self) -> None:
        """Rounds the weights to what a pack keeps."""
        with torch.no_grad():
            for name, value in self.state_dict().items():
                if _in_bytes(name):
                    rounded, scale = in_bytes(value)
                    value.copy_(from_bytes(rounded, scale))

    def initialisers(self, prefix: str) -> list[onnx.TensorProto]:
        """The weights as a pack's ONNX file has them."""
        tensors = []
        for name, value in self.state_dict().items():
            if _in_bytes(name):
                rounded, scale = in_bytes(value)
                tensors.append(numpy_helper.from_array(rounded.numpy(), prefix + name + ".byte"))
                tensors.append(numpy_helper.from_array(scale.numpy(), prefix + name + ".scale"))
            elif name in ("corners", "rest"):  # vertices are fewer than 2048, so halves hold their numbers
                tensors.append(numpy_helper.from_array(value.half().numpy(), prefix + name))
            else:
                tensors.append(numpy_helper.from_array(value.numpy(), prefix + name))
        return tensors


def _in_bytes(name: str) -> bool:
    return name.endswith(("basis", ".weight")) or name == "relief.mean"


def bust_of(weights: dict[str, Tensor]) -> Bust | None:
    """The bust among the weights of a generator ("bust.basis" …); None if there is none."""
    own = {name.removeprefix("bust."): value for name, value in weights.items() if name.startswith("bust.")}
    if not own:
        return None
    hidden, inputs = own["net.0.weight"].shape
    bust = Bust(inputs, len(own["rest"]), len(own["corners"]), hidden, len(own["basis"]))
    bust.load_state_dict(own)
    return bust


class Draughtsman:
    """Draws maps of a bust, by the page's own code (models/training/bust_maps.cpp)."""

    def __init__(self, bust: Bust, side: int) -> None:
        self.side = side
        self.tool = Asked("bust_maps", bust.initialisers("model.bust."), side)

    def draw(self, vectors: Tensor) -> Maps:
        """Maps of `vectors [B, V]`, f32 on the CPU."""
        near = (MAPS + RELIEF_MAPS, self.side, self.side)
        lit = (LIT_MAPS, self.side // 2, self.side // 2)
        out = np.empty((len(vectors), math.prod(near) + math.prod(lit)), np.float32)
        numbers = vectors.detach().float().cpu().contiguous().numpy()
        for i in range(0, len(numbers), AT_ONCE):
            some = numbers[i : i + AT_ONCE]
            self.tool.ask(some)
            self.tool.answer(out[i : i + len(some)])
        parts = torch.from_numpy(out).split([math.prod(near), math.prod(lit)], 1)
        return parts[0].reshape(-1, *near), parts[1].reshape(-1, *lit)


def _errors(made: Tensor, known: Tensor) -> dict[str, float]:
    """How far points are from where they are, in millimetres: a pixel of 256 is about one."""
    off = (made - known).norm(dim=-1) * 1000
    return {
        "landmarks_mm": round(float(off[:, :68].mean()), 4),
        "all_mm": round(float(off.mean()), 4),
        "worst_1_percent_mm": round(float(torch.quantile(off.flatten()[::7], 0.99)), 4),
    }


def train_bust(data: Path, out: Path, schema: Schema, minutes: float, threads: int = 2) -> dict[str, float]:
    """Learns the bust from a file of busts into `out`; returns its errors, as bytes, on rows kept out."""
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    file = read_busts(data)
    if file.inputs.shape[1] != schema.vector_count:
        raise SystemExit(f"{data.name} was made with another schema. Make it again.")
    kept = min(512, len(file.inputs) // 10)
    model = Bust(schema.input_count, len(file.rest), len(file.corners))
    model.corners.copy_(torch.from_numpy(file.corners.astype(np.float32)))
    model.rest.copy_(torch.from_numpy(file.rest))
    model.start_from(file.points[kept : kept + 6000], more=32, iterations=4)
    vectors, truth = torch.from_numpy(file.inputs), torch.from_numpy(file.points)
    # Coefficients first, which are few; what they leave is beyond the basis.
    with torch.no_grad():
        size = model.basis.square().sum(1).clamp_min(1e-12)
        wanted = ((truth.flatten(1) - model.mean) @ model.basis.t()) / size
        rebuilt = (wanted[:kept] @ model.basis + model.mean).view(kept, -1, 3)
    print(json.dumps({"basis alone": _errors(rebuilt, truth[:kept])}), flush=True)
    weight = size.sqrt() / size.sqrt().max()
    learnt = [*model.net.parameters(), *model.straight.parameters()]
    optimiser = torch.optim.Adam(learnt, 2e-3)
    start = time.monotonic()
    step = 0
    generator = torch.Generator().manual_seed(1)
    while (share := (time.monotonic() - start) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1.0, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * share)) + 1e-6
        rows = torch.randint(kept, len(vectors), (256,), generator=generator)
        named = vectors[rows, : schema.input_count]
        off = (model.amounts(named) - wanted[rows]) * weight
        loss = off.square().sum(1).mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        step += 1
    model.settle()
    with torch.no_grad():
        result = {"rows": float(len(vectors) - kept), "steps": float(step), **_errors(model(vectors[:kept]), truth[:kept])}
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_suffix(".part")
    torch.save({f"bust.{name}": value for name, value in model.state_dict().items()}, partial)
    partial.rename(out)
    print(json.dumps(result))
    return result


def load_bust(path: Path) -> Bust:
    """What `train_bust` saved."""
    bust = bust_of(torch.load(path, map_location="cpu"))
    if bust is None:
        raise SystemExit(f"{path.name} holds no bust. Make it with ./limner train bust.")
    return bust
