"""MakeHuman's base mesh and morph targets (decimetres, Y up, +Z towards the viewer, +X the character's left)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SKIN = 13380  # vertices 0..SKIN-1 are the body's skin; helpers (eyes, lashes, teeth, joints …) follow
LEFT_EYE = slice(14598, 14670)
RIGHT_EYE = slice(14670, 14742)
LEFT_LASHES = slice(14742, 14867)


@dataclass
class Base:
    """The base mesh: `quads` and `uv_quads` are its skin faces in the same order."""

    positions: Floats  # [19158, 3]
    uvs: Floats  # [21334, 2]
    quads: Ints  # [13378, 4]
    uv_quads: Ints  # [13378, 4]
    joints: dict[str, Ints]  # name -> vertices whose mean is the joint


@dataclass
class Target:
    """A morph: vertices and how far each moves at weight 1."""

    indices: NDArray[np.int32]
    deltas: NDArray[np.float32]


def load_base(path: Path) -> Base:
    """Reads base.obj; faces of group `body` are the skin, groups `joint-*` mark joints."""
    positions: list[list[float]] = []
    uvs: list[list[float]] = []
    quads: list[list[int]] = []
    uv_quads: list[list[int]] = []
    joints: dict[str, set[int]] = {}
    group = ""
    for line in path.read_text(errors="ignore").splitlines():
        word = line.split()
        if not word:
            continue
        if word[0] == "v":
            positions.append([float(x) for x in word[1:4]])
        elif word[0] == "vt":
            uvs.append([float(x) for x in word[1:3]])
        elif word[0] == "g":
            group = word[1]
        elif word[0] == "f":
            corners = [x.split("/") for x in word[1:]]
            vertices = [int(c[0]) - 1 for c in corners]
            if group == "body":
                quads.append(vertices)
                uv_quads.append([int(c[1]) - 1 for c in corners])
            elif group.startswith("joint-"):
                joints.setdefault(group[6:], set()).update(vertices)
    return Base(
        np.array(positions),
        np.array(uvs),
        np.array(quads),
        np.array(uv_quads),
        {name: np.array(sorted(v)) for name, v in joints.items()},
    )


def load_targets(path: Path) -> dict[str, Target]:
    """Reads targets.npz: one Target a name."""
    with np.load(path) as packed:
        offsets = packed["offsets"]
        indices, deltas = packed["indices"], packed["deltas"]
        return {
            str(name): Target(indices[offsets[i] : offsets[i + 1]], deltas[offsets[i] : offsets[i + 1]])
            for i, name in enumerate(packed["names"])
        }


def average_adult(base: Base, targets: dict[str, Target]) -> Floats:
    """A 25-year-old between all macro shapes: what the scans are registered to. [19158, 3]"""
    shape = base.positions.copy()
    for gender in ("female", "male"):
        for ancestry in ("african", "asian", "caucasian"):
            _add(shape, targets[f"macro/{ancestry}-{gender}-young"], 1 / 6)
        _add(shape, targets[f"macro/universal-{gender}-young-averagemuscle-averageweight"], 0.5)
    return shape


def _add(shape: Floats, target: Target, weight: float) -> None:
    shape[target.indices] += weight * target.deltas


def mirror_map(base: Base) -> Ints:
    """For each vertex the vertex at its mirror image (x -> -x). [19158]"""
    tree = cKDTree(base.positions[:SKIN])
    flipped = base.positions * np.array([-1, 1, 1])
    mirror = np.arange(len(base.positions))
    mirror[:SKIN] = tree.query(flipped[:SKIN])[1]
    tree = cKDTree(base.positions[SKIN:])
    mirror[SKIN:] = SKIN + tree.query(flipped[SKIN:])[1]
    return mirror


def vertex_normals(positions: Floats, quads: Ints) -> Floats:
    """Area-weighted unit normals; zero where a vertex has no face."""
    corners = positions[quads]
    face = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normals = np.zeros_like(positions)
    for k in range(4):
        np.add.at(normals, quads[:, k], face)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
