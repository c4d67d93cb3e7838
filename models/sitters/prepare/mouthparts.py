"""ICT's teeth, gums and tongue, seated behind the MakeHuman lips."""

from __future__ import annotations

from dataclasses import dataclass

import facekit
import makehuman
import numpy as np
from facekit import FaceKit
from makehuman import Floats, Ints
from register import Registration, similarity
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

FIRST, LAST = facekit.GUMS_AND_TONGUE.start, facekit.LOWER_TEETH.stop
UPPER, LOWER, SOFT = 0, 1, 2


@dataclass
class MouthParts:
    """Positions on the average adult; `jaw` is how much of the jaw's motion a vertex takes part in."""

    positions: Floats  # [4412+2977, 3] decimetres
    quads: Ints  # [q, 4]
    kind: Ints  # [q] UPPER or LOWER teeth, SOFT gums and tongue
    jaw: Floats  # [n] 0..1
    hinge: Floats  # [3] a point on the jaw's axis, decimetres
    axis: Floats  # [3] rotation vector of the lower teeth at jawOpen = 1, radians
    slide: Floats  # [3] decimetres, what is left after the rotation about the hinge


def build(kit: FaceKit, registration: Registration) -> MouthParts:
    """One similarity takes all of it from ICT's lips to MakeHuman's, so that no tooth is bent."""
    lips = kit.landmarks[[31, 33, 35, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 62, 64, 66, 8]]
    matrix, offset = similarity(kit.neutral[lips], registration.warped[lips])
    part = np.arange(FIRST, LAST)
    positions = kit.neutral[part] @ matrix.T + offset
    open_jaw = kit.expression[kit.expression_names.index("jawOpen")].astype(np.float64) @ matrix.T

    lower = np.arange(facekit.LOWER_TEETH.start, facekit.LOWER_TEETH.stop) - FIRST
    moved = positions[lower] + open_jaw[part][lower]
    turn, shift = _rigid(positions[lower], moved)
    axis = _rotation_vector(turn)
    # The hinge: the point in the plane across the axis that the rotation leaves in place.
    system = np.eye(3) - turn + np.outer(axis, axis) / max(float(axis @ axis), 1e-12)
    unit = axis / np.linalg.norm(axis)
    slide = unit * float(unit @ shift)
    hinge = np.linalg.solve(system, shift - slide)
    full = (positions - hinge) @ turn.T + hinge + slide - positions
    jaw = np.clip((open_jaw[part] * full).sum(1) / np.maximum((full * full).sum(1), 1e-9), 0, 1)

    for teeth, up in ((facekit.UPPER_TEETH, 1.0), (facekit.LOWER_TEETH, -1.0)):
        _close_ranks(positions, kit.faces, teeth, up)
    quads = kit.faces[((kit.faces >= FIRST) & (kit.faces < LAST)).all(1)] - FIRST
    first = quads[:, 0] + FIRST
    kind = np.where(first < facekit.UPPER_TEETH.start, SOFT, np.where(first < facekit.LOWER_TEETH.start, UPPER, LOWER))
    return MouthParts(positions, quads, kind, jaw, hinge, axis, slide)


def _close_ranks(positions: Floats, faces: Ints, teeth: slice, up: float) -> None:
    """Widens every crown towards its gum, so that neighbours meet there as they do in life."""
    inside = faces[((faces >= teeth.start) & (faces < teeth.stop)).all(1)] - FIRST
    links = np.vstack([inside[:, [0, k]] for k in (1, 2, 3)])
    graph = coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), (len(positions), len(positions)))
    _, label = connected_components(graph, directed=False)
    for tooth in np.unique(label[teeth.start - FIRST : teeth.stop - FIRST]):
        own = np.where(label == tooth)[0]
        middle = positions[own].mean(0)
        outward = np.array([middle[0], 0.0, 1.2 * (middle[2] - 0.9)])
        along = np.cross(outward / np.linalg.norm(outward), [0.0, 1.0, 0.0])
        height = (positions[own, 1] - positions[own, 1].min()) / np.ptp(positions[own, 1])
        to_gum = np.clip((height if up > 0 else 1 - height) / 0.55, 0, 1)
        reach = (positions[own] - middle) @ along
        positions[own] += np.outer(reach * (0.04 + 0.34 * to_gum), along)


def room_for_teeth(parts: MouthParts, lining: Floats) -> Floats:
    """How far the mouth's lining [n, 3] must give way to lie 1.2 mm outside gums and teeth. The lips' own edge stays."""
    normals = makehuman.vertex_normals(parts.positions, parts.quads)
    away, near = cKDTree(parts.positions).query(lining, k=8)
    outward = ((lining[:, None] - parts.positions[near]) * normals[near]).sum(-1).mean(1)
    direction = normals[near].mean(1)
    direction /= np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-9)
    direction[:, 2] = np.minimum(direction[:, 2], 0.2)
    push = np.where(away[:, 0] < 0.2, np.clip(0.012 - outward, 0, 0.06), 0)
    return direction * push[:, None]


def _rigid(source: Floats, destination: Floats) -> tuple[Floats, Floats]:
    ms, md = source.mean(0), destination.mean(0)
    u, _, vt = np.linalg.svd((destination - md).T @ (source - ms))
    turn = u @ np.diag([1.0, 1.0, np.linalg.det(u @ vt)]) @ vt
    return turn, md - turn @ ms


def _rotation_vector(turn: Floats) -> Floats:
    angle = np.arccos(np.clip((np.trace(turn) - 1) / 2, -1, 1))
    skew = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
    return skew / (2 * max(float(np.sin(angle)), 1e-9)) * angle
