"""The one-off preparation's own maths: subdivision, loops, the file the renderer maps."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2] / "models/sitters/prepare"))

import cachefile
import register
import subdivide
import topology

CUBE = np.array([[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]])
CORNERS = np.array([[x, y, z] for z in (-1.0, 1) for x, y in ((-1.0, -1.0), (1, -1), (1, 1), (-1, 1))])


def test_a_subdivided_cube_is_catmull_clarks() -> None:
    weights, quads = subdivide.once(CUBE, 8)
    assert weights.shape == (26, 8)
    assert len(quads) == 24
    assert np.allclose(weights.sum(1), 1)
    fine = weights @ CORNERS
    assert np.allclose(np.abs(fine[:8]), 5 / 9)  # corner rule: (F + 2R) / 3 for valence three
    assert np.allclose(np.sort(np.abs(fine[8:20]), 1)[:, ::-1], [[0.75, 0.75, 0]])  # edge points
    area = np.cross(fine[quads[:, 2]] - fine[quads[:, 0]], fine[quads[:, 3]] - fine[quads[:, 1]])
    assert ((area * fine[quads].mean(1)).sum(1) > 0).all()  # all still face outwards


def test_held_borders_stay() -> None:
    weights, _ = subdivide.once(np.array([[0, 1, 2, 3]]), 4, hold_border=True)
    assert np.allclose(weights.toarray()[:4], np.eye(4))


def test_the_border_of_a_patch_is_one_loop() -> None:
    grid = np.arange(16).reshape(4, 4)
    quads = np.array([[grid[i, j], grid[i, j + 1], grid[i + 1, j + 1], grid[i + 1, j]] for i in range(3) for j in range(3)])
    inside = np.zeros(9, bool)
    inside[4] = True
    assert sorted(topology.border_loop(quads, inside)) == sorted(quads[4])


def test_a_similarity_is_found_again() -> None:
    points = np.random.default_rng(0).normal(size=(12, 3))
    turn = np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1.0]])
    matrix, offset = register.similarity(points, points @ (2.5 * turn).T + [1, 2, 3])
    assert np.allclose(matrix, 2.5 * turn)
    assert np.allclose(offset, [1, 2, 3])


def test_the_file_holds_what_was_put_in(tmp_path: Path) -> None:
    data = np.arange(6, dtype=np.float32).reshape(2, 3)
    cachefile.write(tmp_path / "body.bin", {"first": np.zeros(5, np.uint8), "data": data})
    raw = (tmp_path / "body.bin").read_bytes()
    assert raw[:8] == b"LIMNBODY"
    assert struct.unpack_from("<II", raw, 8) == (cachefile.VERSION, 2)
    name, kind, dimensions, rows, columns, _, _, offset = struct.unpack_from("<32sII3IIQ", raw, 16 + 64)
    assert name.rstrip(b"\0") == b"data"
    assert (kind, dimensions, rows, columns, offset % 64) == (0, 2, 2, 3, 0)
    assert np.array_equal(np.frombuffer(raw, np.float32, 6, offset), data.ravel())
    assert [p.name for p in tmp_path.iterdir()] == ["body.bin"]
