"""The bust learns shapes, keeps them as bytes, and its maps come from the page's own code."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import bowl
from limner_training.bust import EXTRAS, Bust, Draughtsman, bust_of, in_bytes, load_bust, read_busts, train_bust
from limner_training.schema import Schema

VERTICES = 60


def write_busts(path: Path, rows: int, schema: Schema) -> np.ndarray:
    """Shapes that move with the first two inputs, by centimetres."""
    rng = np.random.default_rng(0)
    inputs = rng.uniform(-1, 1, (rows, schema.vector_count)).astype(np.float32)
    inputs[:, 2:] *= 0.05
    rest = rng.uniform(-0.1, 0.1, (VERTICES, 3)).astype(np.float32)
    points = np.zeros((rows, VERTICES + EXTRAS, 3), np.float32)
    points[:, :VERTICES] = rest
    points[:, :, 0] += 0.01 * inputs[:, :1] * np.linspace(-1, 1, VERTICES + EXTRAS)
    points[:, :, 1] += 0.01 * np.maximum(inputs[:, 1:2], 0)
    corners = rng.integers(0, VERTICES, (7, 3)).astype(np.uint32)
    head = b"LBST" + struct.pack("<5I", 1, schema.vector_count, VERTICES, 7, rows)
    path.write_bytes(head + corners.tobytes() + rest.tobytes() + np.concatenate([inputs, points.reshape(rows, -1)], 1).tobytes())
    return points


def test_it_learns_and_is_read_back(tmp_path: Path, schema: Schema) -> None:
    points = write_busts(tmp_path / "b.bin", 1500, schema)
    result = train_bust(tmp_path / "b.bin", tmp_path / "bust.pt", schema, 0.2, threads=1)
    assert result["all_mm"] < 1.5  # a shape that knows nothing is off by 4
    file, bust = read_busts(tmp_path / "b.bin"), load_bust(tmp_path / "bust.pt")
    made = bust(torch.from_numpy(file.inputs[:100]))
    assert float((made - torch.from_numpy(points[:100])).norm(dim=-1).mean()) < 1.5e-3
    assert np.array_equal(bust.corners.numpy(), file.corners) and np.allclose(bust.rest.numpy(), file.rest)


def test_bytes_are_close_and_settled_weights_are_bytes_already() -> None:
    torch.manual_seed(0)
    x = torch.randn(5, 40)
    rounded, scale = in_bytes(x)
    assert rounded.dtype == torch.int8
    assert float((rounded.float() * scale[:, None] - x).abs().max()) < 0.02
    bust = Bust(6, 60, 4, hidden=4, rank=3)
    torch.nn.init.normal_(bust.basis)
    bust.settle()
    kept = {name: value.clone() for name, value in bust.state_dict().items()}
    bust.settle()
    assert all(torch.allclose(value, kept[name], atol=1e-6) for name, value in bust.state_dict().items())
    again = bust_of({f"bust.{name}": value for name, value in kept.items()} | {"other": x})
    assert again is not None and torch.equal(again.basis, kept["basis"])
    assert bust_of({"other": x}) is None


def test_what_is_no_file_of_busts_gets_a_sentence(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "b.bin"
    path.write_bytes(b"hello")
    with pytest.raises(ValueError, match="not a file of busts"):
        read_busts(path)
    write_busts(path, 4, schema)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match="cut short"):
        read_busts(path)


def test_maps_are_of_the_shape_that_the_numbers_tell(schema: Schema) -> None:
    draughtsman = Draughtsman(bowl(schema), 64)
    vectors = torch.zeros(40, schema.vector_count)  # more than fit into a pipe at once
    vectors[1::2, schema.attribute("pose.yaw").offset] = 0.8
    vectors[0, 0] = 1.0
    near, lit = draughtsman.draw(vectors)
    assert near.shape == (40, 11, 64, 64) and lit.shape == (40, 9, 32, 32)
    assert float(near[:, 0].max()) == 1.0 and float(near[:, 0].min()) == 0.0
    assert torch.equal(near[2], near[4]) and torch.equal(near[1], near[3])
    assert float(near[1, 1].sum()) > float(near[2, 1].sum()) + 10  # who turns to the right faces right
    assert float(lit[0, 0].max()) > float(lit[2, 0].max()) + 0.1  # what bulges is nearer
