"""ICT-FaceKit (Li et al., "Learning Formation of Physically-Based Face Attributes", CVPR 2020): shapes in about 1 cm units."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from makehuman import Floats, Ints

# Vertex ranges of the light model, by its own documentation and materials.
FACE = slice(0, 9409)
SKIN = slice(0, 11248)  # face, head and neck
MOUTH_SOCKET = slice(11248, 13294)
GUMS_AND_TONGUE = slice(14062, 17039)
UPPER_TEETH = slice(17039, 19247)
LOWER_TEETH = slice(19247, 21451)
LEFT_EYEBALL = slice(21451, 23021)
RIGHT_EYEBALL = slice(23021, 24591)


@dataclass
class FaceKit:
    """Neutral shape, offsets from it, and faces (triangles repeat their last vertex)."""

    neutral: Floats  # [26719, 3]
    identity: np.ndarray  # [100, 26719, 3] float16
    expression: np.ndarray  # [57, 26719, 3] float16
    expression_names: list[str]
    faces: Ints  # [26384, 4]
    landmarks: Ints  # [68] iBUG order


def load(folder: Path) -> FaceKit:
    """Reads facekit.npz, the generic mesh's faces and the landmark list."""
    with np.load(folder / "facekit.npz") as packed:
        neutral = packed["neutral"].astype(np.float64)
        identity, expression = packed["identity"], packed["expression"]
        names = [str(n) for n in packed["expression_names"]]
    faces = []
    with (folder / "generic_neutral_mesh.obj").open(errors="ignore") as text:
        for line in text:
            if line.startswith("f "):
                corner = [int(x.split("/")[0]) - 1 for x in line.split()[1:5]]
                faces.append(corner if len(corner) == 4 else [*corner, corner[-1]])
    landmarks = json.loads((folder / "vertex_indices.json").read_text())["idx_to_landmark_verts"]
    return FaceKit(neutral, identity, expression, names, np.array(faces), np.array(landmarks))
