"""Makes the training package importable and writes small `.sit` files for its tests."""

from __future__ import annotations

import json
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "models" / "training"))

import torch  # noqa: E402
from limner_training.bust import Bust  # noqa: E402
from limner_training.schema import Schema, load_schema  # noqa: E402


def _half(array: np.ndarray) -> bytes:
    words = array.astype(np.float16).view(np.uint16).ravel()
    return zlib.compress((words & 255).astype(np.uint8).tobytes() + (words >> 8).astype(np.uint8).tobytes(), 1)


def _bytes(array: np.ndarray) -> bytes:
    return zlib.compress(array.astype(np.uint8).tobytes(), 1)


def write_disc(path: Path, vector: np.ndarray, schema: Schema, size: int = 64) -> None:
    """A `.sit` of a lit disc whose centre and brightness follow the first two inputs."""
    yy, xx = np.mgrid[0:size, 0:size] / size
    inside = ((xx - 0.5 - 0.2 * vector[0]) ** 2 + (yy - 0.5) ** 2 < 0.06).astype(np.float32)
    planes: list[tuple[str, str, int, bytes]] = []
    for k, light in enumerate(schema.lights):
        level = (0.05 + 0.02 * k) * (1 + 0.5 * vector[1])
        planes.append((f"light.{light}", "f16", 3, _half(np.stack([inside * level] * 3))))
    planes.append(("alpha", "u8", 1, _bytes(inside * 255)))
    planes.append(("normal", "u8", 3, _bytes(np.stack([inside * 0 + 160, inside * 0 + 128, inside * 0 + 240]))))
    planes.append(("depth", "f16", 1, _half(inside * 0.05)))
    regions = np.zeros((len(schema.regions), size, size))
    regions[0] = inside * 255
    planes.append(("regions", "u8", len(schema.regions), _bytes(regions)))
    start = 0
    described = []
    for name, kind, channels, data in planes:
        described.append({"name": name, "type": kind, "channels": channels, "offset": start, "bytes": len(data)})
        start += len(data)
    header = json.dumps({"size": size, "schema": 1, "gains": schema.gains, "input": [float(v) for v in vector], "planes": described}).encode()
    path.write_bytes(b"LSIT" + struct.pack("<II", 1, len(header)) + header + b"".join(p[3] for p in planes))


def bowl(schema: Schema) -> Bust:
    """A bust of 8 by 8 vertices that bulges with the first input."""
    across, up = torch.meshgrid(torch.linspace(-0.1, 0.1, 8), torch.linspace(-0.1, 0.1, 8), indexing="xy")
    place = torch.stack([across, up, 0.05 - 4 * (across.square() + up.square())], 2).view(64, 3)
    cells = [(8 * j + i, 8 * j + i + 1, 8 * j + i + 9, 8 * j + i + 8) for j in range(7) for i in range(7)]
    bust = Bust(schema.input_count, 64, 98)
    bulge = torch.zeros(68, 3)
    bulge[:64, 2] = 0.02
    extras = torch.tensor([[0.0, -0.12, -0.05], [0.0, -0.05, 0.0], [0.03, 0.0, 0.0], [-0.03, 0.0, 0.0]])
    with torch.no_grad():
        for weight in bust.net.parameters():
            weight.zero_()
        bust.straight.weight[0, 0] = 1.0
        bust.basis[0] = bulge.flatten()
        bust.mean.copy_(torch.cat([place, extras]).flatten())
        bust.rest.copy_(place)
        bust.corners.copy_(torch.tensor([c for a, b, d, e in cells for c in ((a, b, d), (a, d, e))], dtype=torch.float32))
    bust.settle()
    return bust


@pytest.fixture
def schema() -> Schema:
    """The project's schema."""
    return load_schema()


@pytest.fixture
def sitters(tmp_path: Path, schema: Schema) -> Callable[[int], Path]:
    """Makes a folder of n disc sitters."""

    def make(count: int) -> Path:
        rng = np.random.default_rng(0)
        for i in range(count):
            write_disc(tmp_path / f"{i:06d}.sit", rng.uniform(-1, 1, schema.vector_count).astype(np.float32), schema)
        return tmp_path

    return make
