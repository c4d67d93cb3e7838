"""A grid over neck, shoulders and chest in polar order around the neck, which garments are cut from.

Each column is the skin's intersection with a half-plane through the neck's axis; s is arc length along it, 0 on the ring where
a collar sits, negative up the neck, positive down over shoulder and chest.
"""

from __future__ import annotations

import numpy as np
from makehuman import Floats, Ints

COLUMNS = 192
AXIS_Z = 0.2  # decimetres; the neck's axis is the line x = 0, z = AXIS_Z
STEPS = np.concatenate([np.arange(-0.62, 0.5, 0.025), np.arange(0.5, 2.45, 0.05)])  # s, decimetres


def ring_height(z: Floats | float) -> Floats | float:
    """Height of the collar's ring on the average adult: from the pit of the neck in front up to the seventh vertebra behind."""
    return 5.64 + (0.69 - z) * 0.38


def build(points: Floats, quads: Ints) -> tuple[Ints, Floats, Floats]:
    """Fine vertices [columns, steps, 4] and their weights; azimuths [columns], 0 in front, towards +X."""
    edges = np.unique(np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2), 1), axis=0)
    diagonal = np.sort(quads[:, [0, 2]], 1)
    edges = np.unique(np.vstack([edges, diagonal]), axis=0)
    triangles = np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    number = {(int(a), int(b)): i for i, (a, b) in enumerate(edges)}
    sides = np.array([[number[tuple(sorted((int(t[k]), int(t[(k + 1) % 3]))))] for k in range(3)] for t in triangles])
    azimuth = (np.arange(COLUMNS) + 0.5) / COLUMNS * 2 * np.pi - np.pi
    pairs = np.zeros((COLUMNS, len(STEPS), 4), np.int64)
    shares = np.zeros((COLUMNS, len(STEPS), 4))
    for c, angle in enumerate(azimuth):
        pairs[c], shares[c] = _column(points, edges, sides, np.array([np.sin(angle), 0, np.cos(angle)]))
    return pairs, shares, azimuth


def _column(points: Floats, edges: Ints, sides: Ints, outward: Floats) -> tuple[Ints, Floats]:
    from_axis = points - np.array([0, 0, AXIS_Z])
    across = from_axis @ np.array([outward[2], 0, -outward[0]]) + 1.7e-6
    a, b = edges[:, 0], edges[:, 1]
    cut = (across[a] < 0) != (across[b] < 0)
    share = np.where(cut, across[a] / np.where(cut, across[a] - across[b], 1), 0)
    place = points[a] + (points[b] - points[a]) * share[:, None]
    cut &= ((place - [0, 0, AXIS_Z]) @ outward > 0.1) & (place[:, 1] < 6.95)
    links: dict[int, list[int]] = {}
    for triangle in sides[cut[sides].sum(1) == 2]:
        one, other = triangle[cut[triangle]]
        links.setdefault(int(one), []).append(int(other))
        links.setdefault(int(other), []).append(int(one))
    crossing = [e for e in links if abs(place[e, 1] - ring_height(place[e, 2])) < 0.2]
    start = min(crossing, key=lambda e: abs(place[e, 1] - ring_height(place[e, 2])) + 0.3 * np.hypot(place[e, 0], place[e, 2] - AXIS_Z))

    def walk(first: int) -> list[int]:
        path, seen = [start, first], {start, first}
        while following := [e for e in links[path[-1]] if e not in seen]:
            path.append(following[0])
            seen.add(following[0])
        return path

    ways = sorted((walk(e) for e in links[start]), key=lambda w: -np.mean(place[w[: 12], 1]))
    path = np.array(ways[0][::-1] + (ways[1][1:] if len(ways) > 1 else []))
    zero = len(ways[0]) - 1
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(place[path], axis=0), axis=1))])
    length -= length[zero]
    # The exact ring crossing, so that columns agree.
    above = place[path, 1] - ring_height(place[path, 2])
    k = int(np.clip(np.searchsorted(-above, 0), 1, len(path) - 1))
    t = above[k - 1] / max(above[k - 1] - above[k], 1e-9)
    length -= length[k - 1] + np.clip(t, 0, 1) * (length[k] - length[k - 1])
    after = np.clip(np.searchsorted(length, STEPS), 1, len(path) - 1)
    t = np.clip((STEPS - length[after - 1]) / np.maximum(length[after] - length[after - 1], 1e-9), 0, 1)
    one, other = path[after - 1], path[after]
    vertices = np.hstack([edges[one], edges[other]])
    weights = np.stack([(1 - share[one]) * (1 - t), share[one] * (1 - t), (1 - share[other]) * t, share[other] * t], 1)
    return vertices, weights
