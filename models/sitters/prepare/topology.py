"""What the base mesh's faces mean: lips, lid margins, ears, and which of them can be seen above the chest."""

from __future__ import annotations

import makehuman
import numpy as np
from makehuman import Base, Floats, Ints, Target
from scipy.interpolate import splev, splprep
from scipy.spatial import cKDTree

BELOW_EYES = 5.0  # decimetres of body kept below the eyes
BESIDE = 2.9  # and to each side of the middle


def charts(base: Base) -> dict[str, np.ndarray]:
    """Masks over the skin's quads, by their place in the texture atlas."""
    uv = base.uvs[base.uv_quads]

    def within(u0: float, u1: float, v0: float, v1: float) -> np.ndarray:
        return ((uv[..., 0] > u0) & (uv[..., 0] < u1) & (uv[..., 1] > v0) & (uv[..., 1] < v1)).all(1)

    return {
        "mouth": within(0.75, 0.93, 0.0, 0.14),
        "right_socket": within(0.0, 0.08, 0.54, 0.64),
        "left_socket": within(0.08, 0.156, 0.54, 0.64),
    }


def behind_lids(base: Base, side: str, rings: int) -> np.ndarray:
    """Quads of an eye's socket and of so many rings towards its lids' edge. The lids are modelled deep: the second ring is
    where the eyeball touches them."""
    inside = charts(base)[f"{side}_socket"].copy()
    for _ in range(rings):
        inside |= np.isin(base.quads, base.quads[inside]).any(1)
    return inside


def kept_quads(base: Base, shape: Floats) -> np.ndarray:
    """Quads above the chest, less those behind the eyeballs' surface."""
    centre = shape[base.quads].mean(1)
    eye = shape[makehuman.LEFT_EYE].mean(0)
    keep = (centre[:, 1] > eye[1] - BELOW_EYES) & (np.abs(centre[:, 0]) < BESIDE)
    return keep & ~behind_lids(base, "left", 1) & ~behind_lids(base, "right", 1)


def border_loop(quads: Ints, inside: np.ndarray) -> Ints:
    """The vertices between quads inside and outside a mask, in order around it (it must be one loop)."""

    def edges(q: Ints) -> set[tuple[int, int]]:
        return {(int(a), int(b)) for row in q for a, b in zip(row, np.roll(row, -1), strict=True)}

    outer = edges(quads[~inside])
    following = {a: b for a, b in edges(quads[inside]) if (b, a) in outer}
    start = min(following)
    loop = [start]
    while (after := following[loop[-1]]) != start:
        loop.append(after)
    if len(loop) != len(following):
        raise ValueError("the border is not one loop")
    return np.array(loop)


def lid_margins(loop: Ints, shape: Floats) -> tuple[Ints, Ints]:
    """Upper and lower lid margin of the left eye, both from the inner to the outer corner."""
    points = shape[loop]
    inner, outer = int(np.argmin(points[:, 0])), int(np.argmax(points[:, 0]))

    def walk(a: int, b: int) -> Ints:
        return np.roll(loop, -a)[: (b - a) % len(loop) + 1]

    one, other = walk(inner, outer), walk(outer, inner)[::-1]
    return (one, other) if shape[one, 1].mean() > shape[other, 1].mean() else (other, one)


def lip_mask(points: Floats, outline: Floats) -> Floats:
    """1 inside the vermilion border given by its twelve outline points [12, 3], soft over 1 mm. [n]"""
    closed = np.vstack([outline, outline[:1]])
    spline, _ = splprep(closed.T, s=0, per=True)
    curve = np.array(splev(np.linspace(0, 1, 256, endpoint=False), spline)).T
    a, b = curve[:, :2], np.roll(curve[:, :2], -1, axis=0)
    near = (np.abs(points[:, 0]) < 0.4) & (points[:, 2] > curve[:, 2].min() - 0.15)
    near &= (points[:, 1] > curve[:, 1].min() - 0.1) & (points[:, 1] < curve[:, 1].max() + 0.1)
    mask = np.zeros(len(points))
    p = points[near, None, :2]
    crossing = (a[:, 1] > p[..., 1]) != (b[:, 1] > p[..., 1])
    x = a[:, 0] + (p[..., 1] - a[:, 1]) / np.where(crossing, b[:, 1] - a[:, 1], 1) * (b[:, 0] - a[:, 0])
    inside = (crossing & (p[..., 0] < x)).sum(1) % 2 == 1
    distance = cKDTree(curve[:, :2]).query(points[near, :2])[0] * np.where(inside, 1, -1)
    mask[near] = np.clip(0.5 + distance / 0.012, 0, 1)
    return mask


def thickness(points: Floats, normals: Floats) -> Floats:
    """How far the far side of the flesh is, where it is nearer than 25 mm (decimetres); ears, nostrils, lips. [n]"""
    tree = cKDTree(points)
    through = np.full(len(points), 0.25)
    for start in range(0, len(points), 4000):
        own = slice(start, start + 4000)
        away, near = tree.query(points[own], k=500, distance_upper_bound=0.12)
        near = np.minimum(near, len(points) - 1)
        step = points[near] - points[own, None]
        inward = -np.einsum("nkc,nc->nk", step, normals[own]) > 0.75 * np.maximum(away, 1e-9)
        facing = np.einsum("nkc,nc->nk", normals[near], normals[own]) < -0.3
        nearest = np.where(inward & facing & np.isfinite(away), away, np.inf).min(1)
        through[own] = np.minimum(nearest, 0.25)
    return through


def ear(targets: dict[str, Target]) -> Ints:
    """Skin vertices of the left ear: those that stick out when it does."""
    moved = targets["ears/l-ear-wing-incr"]
    far = np.linalg.norm(moved.deltas, axis=1)
    return np.unique(moved.indices[(moved.indices < makehuman.SKIN) & (far > 0.1 * far.max())])


def ear_roots(ear_vertices: Ints, quads: Ints) -> Ints:
    """Where the ear grows from the head: ear vertices whose quads have other vertices too."""
    belongs = np.isin(quads, ear_vertices)
    edge = belongs.any(1) & ~belongs.all(1)
    return np.intersect1d(quads[edge], ear_vertices)


def lip_contact(points: Floats, normals: Floats, mask: Floats, outside: np.ndarray, marks: Floats) -> tuple[Ints, Ints]:
    """Fine vertices along the line where the lips meet: those of the upper lip that look down, of the lower that look up."""
    middle = np.interp(np.abs(points[:, 0]), np.abs(marks[[62, 63, 64], 0]), (marks[[62, 63, 64], 1] + marks[[66, 65, 64], 1]) / 2)
    near = outside & (mask > 0.3) & (np.abs(points[:, 1] - middle) < 0.035) & (np.abs(points[:, 0]) < abs(marks[64, 0]) * 1.02)
    return np.where(near & (normals[:, 1] < -0.6))[0], np.where(near & (normals[:, 1] > 0.6))[0]
