"""The skeleton learns where things are, and refuses files that are not anchors."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import torch
from limner_training.network import SIZES, Generator
from limner_training.schema import Schema
from limner_training.skeleton import (
    LENS,
    MANE,
    Rims,
    Splat,
    WornSplat,
    load_skeleton,
    read_anchors,
    rim_count,
    train_skeleton,
)

ANCHORS = 80
POINTS = 210


def write_anchors(path: Path, rows: int, schema: Schema) -> np.ndarray:
    """Anchors that move with the first two inputs."""
    rng = np.random.default_rng(0)
    inputs = rng.uniform(-1, 1, (rows, schema.vector_count)).astype(np.float32)
    inputs[:, 2:] *= 0.05  # the rest says little, so that few rows are enough
    anchors = np.zeros((rows, ANCHORS, 6), np.float32)
    anchors[:, :, 0] = np.linspace(-0.8, 0.8, ANCHORS)[None] + 0.2 * inputs[:, :1]
    anchors[:, :, 1] = 0.3 * np.sin(2 * inputs[:, 1:2])
    anchors[:, :, 5] = 1
    head = b"LANC" + struct.pack("<4I", 1, schema.vector_count, ANCHORS, rows)
    path.write_bytes(head + np.concatenate([inputs, anchors.reshape(rows, -1)], 1).tobytes())
    return anchors


def test_it_learns_and_is_read_back(tmp_path: Path, schema: Schema) -> None:
    write_anchors(tmp_path / "a.bin", 1500, schema)
    result = train_skeleton(tmp_path / "a.bin", tmp_path / "skeleton.pt", schema, 0.3)
    assert result["all_px"] < 4  # of 256; a picture that knows nothing is off by 19
    model = load_skeleton(tmp_path / "skeleton.pt", schema)
    assert model(torch.zeros(2, schema.vector_count)).shape == (2, ANCHORS, 6)
    known = {f"skeleton.{name}": value for name, value in model.state_dict().items()}
    further = train_skeleton(tmp_path / "a.bin", tmp_path / "further.pt", schema, 0.05, known=known)
    assert further["all_px"] < 1.2 * result["all_px"]


def write_worn(path: Path, rows: int, schema: Schema) -> None:
    """Points that move with the first input and are there where the second is positive."""
    rng = np.random.default_rng(0)
    inputs = rng.uniform(-1, 1, (rows, schema.vector_count)).astype(np.float32)
    inputs[:, 2:] *= 0.05
    points = np.zeros((rows, POINTS, 7), np.float32)
    points[:, :, 0] = np.linspace(-0.8, 0.8, POINTS)[None] + 0.2 * inputs[:, :1]
    points[:, :, 4] = 1
    points[:, :, 6] = inputs[:, 1:2] > 0
    head = b"LFIT" + struct.pack("<4I", 1, schema.vector_count, POINTS, rows)
    path.write_bytes(head + np.concatenate([inputs, points.reshape(rows, -1)], 1).tobytes())


def test_it_learns_what_is_worn_and_whether_it_is_there(tmp_path: Path, schema: Schema) -> None:
    write_anchors(tmp_path / "a.bin", 300, schema)
    train_skeleton(tmp_path / "a.bin", tmp_path / "skeleton.pt", schema, 0.05)
    write_worn(tmp_path / "w.bin", 1500, schema)
    with pytest.raises(SystemExit, match="--on"):
        train_skeleton(tmp_path / "w.bin", tmp_path / "worn.pt", schema, 0.05)
    result = train_skeleton(tmp_path / "w.bin", tmp_path / "worn.pt", schema, 0.3, on=tmp_path / "skeleton.pt")
    assert result["hair_px"] < 4 and result["other_px"] < 4 and result["taken_for_seen"] < 0.1
    nobody = torch.zeros(2, schema.vector_count)
    points = load_skeleton(tmp_path / "worn.pt", schema)(nobody, load_skeleton(tmp_path / "skeleton.pt", schema)(nobody))
    assert points.shape == (2, POINTS, 7)


def test_what_is_not_there_is_not_drawn() -> None:
    splat = WornSplat(POINTS, 16, 2, 0.1)
    points = torch.zeros(2, POINTS, 7)
    points[0, :, 6] = 1
    features, maps = splat(points)
    assert float(features[0].abs().max()) > 0 and float(features[1].abs().max()) == 0
    assert float(maps[0, 0].max()) > 0 and float(maps[1].abs().max()) == 0


def test_rims_are_closed_lines_through_their_points() -> None:
    turn = torch.linspace(0, 2 * np.pi, LENS + 1)[:-1]
    points = torch.zeros(1, POINTS, 7)
    for lens in range(2):
        there = slice(MANE + lens * LENS, MANE + (lens + 1) * LENS)
        points[0, there, 0], points[0, there, 1], points[0, there, 6] = lens + turn.cos(), turn.sin(), 1
    more = Rims(POINTS)(points)
    assert torch.equal(more[:, :POINTS], points)
    added = more[0, POINTS:]
    assert len(added) == rim_count(POINTS) == 4 * LENS
    assert torch.allclose(added[:, 6], torch.ones(len(added)))
    for lens in range(2):
        part = added[lens * 2 * LENS : (lens + 1) * 2 * LENS]
        assert float(((part[:, 0] - lens).square() + part[:, 1].square()).sqrt().sub(1).abs().max()) < 0.01
    assert rim_count(12) == 0


def test_what_is_no_file_of_anchors_gets_a_sentence(tmp_path: Path, schema: Schema) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"hello")
    with pytest.raises(ValueError, match="not a file of anchors"):
        read_anchors(path)
    write_anchors(path, 4, schema)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match="cut short"):
        read_anchors(path)


def test_an_anchor_is_drawn_where_it_is() -> None:
    splat = Splat(1, 32, 2, 0.1)
    rest = torch.tensor([[0.1, 0.2]])
    _, maps = splat(torch.tensor([[[0.5, -0.25, 0.01, 0.0, 0.0, 1.0]]]), rest)
    row, column = divmod(int(maps[0, 0].argmax()), 32)
    assert (column, row) in {(23, 11), (24, 11), (23, 12), (24, 12)}
    # Where there is an anchor, the way to the resting face is known.
    assert torch.allclose(maps[0, 5:7, 12, 24], rest[0] - torch.tensor([0.5, -0.25]), atol=0.02)


def test_the_generator_moves_with_its_skeleton(schema: Schema) -> None:
    torch.manual_seed(0)
    model = Generator(SIZES["tiny"], schema).eval()
    moved = Generator(SIZES["tiny"], schema).eval()
    moved.load_state_dict(model.state_dict())
    with torch.no_grad():
        moved.skeleton.mean.view(-1, 6)[:, 0] += 0.3
        vector = torch.zeros(1, schema.vector_count)
        assert (model(vector) - moved(vector)).abs().max() > 1e-3
