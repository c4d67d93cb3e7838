"""Lays the ICT head over the MakeHuman head, so that shapes of one can be carried to the other.

Similarity on landmarks, then a thin-plate spline (Bookstein 1989), then a few rounds of point-to-plane closest
points (Chen and Medioni 1992) with displacements smoothed by ever narrower Gaussians.
"""

from __future__ import annotations

from dataclasses import dataclass

import facekit
import makehuman
import numpy as np
from facekit import FaceKit
from makehuman import Base, Floats, Ints, Target
from scipy.interpolate import RBFInterpolator
from scipy.spatial import cKDTree

FLIP = np.array([-1.0, 1.0, 1.0])


@dataclass
class Registration:
    """`linear` @ ICT vector = decimetres; `warped` is the ICT head lying on the MakeHuman head."""

    linear: Floats  # [3, 3] rotation times scale
    similar: Floats  # [26719, 3] ICT neutral after the similarity alone
    warped: Floats  # [26719, 3]
    neighbours: Ints  # [19158, 4] ICT vertices each MakeHuman vertex follows
    weights: Floats  # [19158, 4], each row sums to the transfer's strength there (0 off the head)
    residual: float  # mean distance of the ICT skin to the MakeHuman skin, decimetres


def _extreme(points: Floats, axis: int, sign: float) -> Floats:
    return points[np.argmax(sign * points[:, axis])]


def _landmark_pairs(kit: FaceKit, shape: Floats, targets: dict[str, Target], normals: Floats) -> tuple[Floats, Floats]:
    skin = shape[: makehuman.SKIN]
    eye = shape[makehuman.LEFT_EYE].mean(0)
    lashes = shape[makehuman.LEFT_LASHES]
    outer, inner = _extreme(lashes, 0, 1), _extreme(lashes, 0, -1)
    midline = skin[(np.abs(skin[:, 0]) < 0.03) & (skin[:, 2] > 0.5) & (normals[: makehuman.SKIN, 2] > -0.2)]
    nose = _extreme(midline[(midline[:, 1] < eye[1]) & (midline[:, 1] > eye[1] - 1.3)], 2, 1)
    puller = targets["expr/mouth-corner-puller"]
    on_left = (puller.indices < makehuman.SKIN) & (shape[puller.indices, 0] > 0)
    corner = shape[puller.indices[on_left][np.argmax(np.linalg.norm(puller.deltas[on_left], axis=1))]]
    chin = _extreme(midline[(midline[:, 1] < corner[1] - 0.25) & (midline[:, 1] > corner[1] - 1.0)], 2, 1)
    ear = _extreme(skin[np.abs(skin[:, 1] - eye[1]) < 0.8], 0, 1)
    destination = [eye, eye * FLIP, outer, outer * FLIP, inner, inner * FLIP, nose, corner, corner * FLIP, chin, ear, ear * FLIP]

    mark = kit.neutral[kit.landmarks]
    face = kit.neutral[facekit.FACE]
    kit_eye = kit.neutral[facekit.LEFT_EYEBALL].mean(0)
    eyes = mark[[36, 39, 42, 45]]
    eyes = eyes[np.argsort(eyes[:, 0])]
    mouth = mark[[48, 54]]
    mouth = mouth[np.argsort(mouth[:, 0])]
    kit_ear = _extreme(face[np.abs(face[:, 1] - kit_eye[1]) < 7.2], 0, 1)
    kit_mid = face[(np.abs(face[:, 0]) < 0.15) & (face[:, 1] < mark[57][1] - 0.6)]
    kit_chin = _extreme(kit_mid, 2, 1)
    source = [kit_eye, kit_eye * FLIP, eyes[3], eyes[0], eyes[2], eyes[1], mark[30], mouth[1], mouth[0], kit_chin, kit_ear, kit_ear * FLIP]
    return np.array(source), np.array(destination)


def similarity(source: Floats, destination: Floats) -> tuple[Floats, Floats]:
    """Umeyama (1991): matrix and offset with destination ~ matrix @ source + offset."""
    ms, md = source.mean(0), destination.mean(0)
    u, s, vt = np.linalg.svd((destination - md).T @ (source - ms))
    turn = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    matrix = u @ turn @ vt * ((s * np.diag(turn)).sum() / ((source - ms) ** 2).sum())
    return matrix, md - matrix @ ms


def register(kit: FaceKit, base: Base, targets: dict[str, Target]) -> Registration:
    """The ICT neutral laid over the average adult."""
    shape = makehuman.average_adult(base, targets)
    normals = makehuman.vertex_normals(shape, base.quads)
    source, destination = _landmark_pairs(kit, shape, targets, normals)
    matrix, offset = similarity(source, destination)
    moved = source @ matrix.T + offset
    similar = kit.neutral @ matrix.T + offset
    spline = RBFInterpolator(moved, destination - moved, kernel="thin_plate_spline", smoothing=0.002)
    warped = similar + spline(similar)

    chin_y = destination[9][1]
    head = np.where(shape[: makehuman.SKIN, 1] > chin_y - 0.6)[0]
    tree = cKDTree(shape[head])
    residual = 0.0
    for width in (0.5, 0.35, 0.25, 0.18, 0.14, 0.12):
        kit_normals = makehuman.vertex_normals(warped, kit.faces)[facekit.SKIN]
        points = warped[facekit.SKIN]
        distance, nearest = tree.query(points)
        hit = head[nearest]
        good = (distance < 0.35) & ((kit_normals * normals[hit]).sum(1) > 0.5)
        gap = ((shape[hit] - points) * normals[hit]).sum(1, keepdims=True)[good] * normals[hit][good]
        residual = float(np.linalg.norm(gap, axis=1).mean())
        away, near = cKDTree(points[good]).query(warped, k=40)
        weight = np.exp(-((away / width) ** 2))
        warped = warped + (gap[near] * weight[..., None]).sum(1) / (weight.sum(1, keepdims=True) + 0.5)

    neighbours, weights = _follow(kit, base, shape, normals, warped, chin_y)
    return Registration(matrix, similar, warped, neighbours, weights, residual)


def _follow(kit: FaceKit, base: Base, shape: Floats, normals: Floats, warped: Floats, chin_y: float) -> tuple[Ints, Floats]:
    """Which ICT vertices each MakeHuman vertex follows. Skin asks for like position and normal, the mouth's lining follows
    ICT's mouth socket, helpers the nearest skin."""
    outside = np.arange(facekit.SKIN.start, facekit.SKIN.stop)
    kit_normals = makehuman.vertex_normals(warped, kit.faces)
    tree = cKDTree(np.hstack([warped[outside], kit_normals[outside] * 0.15]))
    skin = np.arange(makehuman.SKIN)
    away, near = tree.query(np.hstack([shape[skin], normals[skin] * 0.15]), k=4)
    weight = 1 / (away**2 + 1e-4)
    weight /= weight.sum(1, keepdims=True)
    nearest = np.linalg.norm(shape[skin] - warped[outside[near[:, 0]]], axis=1)
    strength = np.clip((0.55 - nearest) / 0.35, 0, 1) * np.clip((shape[skin, 1] - (chin_y - 1.0)) / 0.8, 0, 1)

    both = np.concatenate([outside, np.arange(facekit.MOUTH_SOCKET.start, facekit.MOUTH_SOCKET.stop)])
    lining = mouth_lining(base)
    away_in, near_in = cKDTree(warped[both]).query(shape[lining], k=6)
    weight_in = 1 / (away_in**2 + 4e-4)
    weight_in /= weight_in.sum(1, keepdims=True)

    helpers = np.arange(makehuman.SKIN, len(shape))
    away_h, near_h = cKDTree(warped[outside]).query(shape[helpers], k=4)
    weight_h = 1 / (away_h**2 + 1e-4)
    weight_h /= weight_h.sum(1, keepdims=True)
    strength_h = np.clip((shape[helpers, 1] - (chin_y - 1.0)) / 0.8, 0, 1) * np.clip((1.2 - away_h[:, 0]) / 0.8, 0, 1)

    count = len(shape)
    neighbours = np.zeros((count, 6), np.int64)
    weights = np.zeros((count, 6))
    neighbours[skin, :4], weights[skin, :4] = outside[near], weight * strength[:, None]
    neighbours[helpers, :4], weights[helpers, :4] = outside[near_h], weight_h * strength_h[:, None]
    neighbours[lining], weights[lining] = both[near_in], weight_in
    return neighbours, weights


def mouth_lining(base: Base) -> Ints:
    """Skin vertices strictly inside the mouth: the atlas has a chart of its own for them."""
    inside = _chart(base, 0.75, 0.93, 0.0, 0.14)
    outside = np.unique(base.quads[~inside])
    return np.setdiff1d(np.unique(base.quads[inside]), outside)


def _chart(base: Base, u0: float, u1: float, v0: float, v1: float) -> np.ndarray:
    uv = base.uvs[base.uv_quads]
    return ((uv[..., 0] > u0) & (uv[..., 0] < u1) & (uv[..., 1] > v0) & (uv[..., 1] < v1)).all(1)


def transfer(registration: Registration, offsets: Floats) -> Floats:
    """ICT offsets [26719, 3] as MakeHuman offsets [19158, 3] in decimetres."""
    carried = (offsets[registration.neighbours] * registration.weights[..., None]).sum(1)
    return carried @ registration.linear.T
