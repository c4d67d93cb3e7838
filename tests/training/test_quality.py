"""Foresight learns which portraits fail, is kept in a checkpoint, and is written as the core reads it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from limner_training.dataset import open_table, pack
from limner_training.network import SIZES, Generator
from limner_training.quality import Foresight, _learnt, face_psnr, keep_quality, kept_quality, train_quality
from limner_training.schema import Schema


def test_faces_are_compared_and_nothing_else(schema: Schema) -> None:
    film = torch.zeros(1, schema.channel_count, 32, 32)
    film[:, schema.layer_slice("alpha")] = 1
    skin = schema.layer_slice("regions").start + schema.regions.index("skin")
    film[:, skin, :, :16] = 1
    made = film.clone()
    made[:, schema.layer_slice("rgb"), :, 16:] = 1
    assert float(face_psnr(made, film, schema)) > 70
    made[:, schema.layer_slice("rgb")] = 0.01  # the root of it is 0.1
    assert abs(float(face_psnr(made, film, schema)) - 20) < 0.1


def test_it_learns_what_the_numbers_tell() -> None:
    torch.manual_seed(1)
    vectors = torch.rand(800, 12) * 2 - 1
    told = 24 - 3 * vectors[:, 0].abs() + vectors[:, 1]
    model = _learnt(vectors[:600], told[:600], inputs=10)
    assert float((model(vectors[600:]) - told[600:]).abs().mean()) < 0.4


def test_it_is_kept_and_described(sitters: Callable[[int], Path], tmp_path: Path, schema: Schema) -> None:
    data = sitters(8)
    pack(data, 64, schema)
    random = np.random.default_rng(0).uniform(-1, 1, (100, schema.vector_count)).astype(np.float32)
    model, known = train_quality(Generator(SIZES["tiny"], schema).eval(), open_table(data, 64), 2, random)
    assert (model.foretold(random) < known["threshold"]).sum() <= 2
    path = tmp_path / "checkpoint.pt"
    torch.save({"step": 3}, path)
    assert kept_quality(path) is None and kept_quality(tmp_path) is None
    keep_quality(path, model, known)
    again, known_again = kept_quality(path) or (Foresight(1), {})
    assert known_again == known and torch.load(path)["step"] == 3
    assert np.array_equal(again.foretold(random), model.foretold(random))
    described = again.described(21.5)
    weights = np.frombuffer(base64.b64decode(str(described["weights"])), "<f4")
    assert described["hidden"] == 8 and len(weights) == 9 * schema.input_count + 17
    assert weights[-1] == model.straight.bias.item()
