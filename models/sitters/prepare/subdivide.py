"""Catmull-Clark subdivision (1978) as sparse weights, so that a posed cage becomes a smooth skin by one product."""

from __future__ import annotations

import numpy as np
from makehuman import Ints
from scipy.sparse import coo_matrix, csr_matrix, diags, vstack


def once(quads: Ints, count: int, hold_border: bool = False) -> tuple[csr_matrix, Ints]:
    """Weights [fine, count] and fine quads (four children a quad, child k at corner k, starting with that corner).

    Borders are creases; `hold_border` keeps their vertices where they are (texture charts).
    """
    faces = len(quads)
    ends = np.stack([quads, np.roll(quads, -1, axis=1)], -1).reshape(-1, 2)
    edges, edge_of = np.unique(np.sort(ends, 1), axis=0, return_inverse=True)
    edge_of = edge_of.reshape(faces, 4)
    uses = np.bincount(edge_of.ravel(), minlength=len(edges))
    border_edge = uses == 1

    face_points = _matrix(np.repeat(np.arange(faces), 4), quads.ravel(), 0.25, (faces, count))
    middles = _matrix(np.repeat(np.arange(len(edges)), 2), edges.ravel(), 0.5, (len(edges), count))
    around_edge = _matrix(edge_of.ravel(), np.repeat(np.arange(faces), 4), 0.5, (len(edges), faces)) @ face_points
    inner = diags((~border_edge).astype(float))
    edge_points = inner @ (0.5 * middles + 0.5 * around_edge) + diags(border_edge.astype(float)) @ middles

    valence = np.bincount(edges.ravel(), minlength=count).astype(float)
    face_count = np.bincount(quads.ravel(), minlength=count).astype(float)
    per_face = _matrix(quads.ravel(), np.repeat(np.arange(faces), 4), 1.0, (count, faces))
    per_edge = _matrix(edges.ravel(), np.repeat(np.arange(len(edges)), 2), 1.0, (count, len(edges)))
    n = np.maximum(valence, 1)
    mean_face = diags(1 / np.maximum(face_count, 1)) @ per_face @ face_points
    mean_edge = diags(1 / n) @ per_edge @ middles
    own = diags(np.ones(count))
    smooth = diags(1 / n) @ mean_face + diags(2 / n) @ mean_edge + diags((n - 3) / n) @ own

    on_border = np.zeros(count, bool)
    on_border[edges[border_edge].ravel()] = True
    if hold_border:
        border = own
    else:
        along = per_edge @ diags(border_edge.astype(float)) @ middles
        border = 0.5 * own + 0.25 * along
    corner_points = diags((~on_border).astype(float)) @ smooth + diags(on_border.astype(float)) @ border

    weights = vstack([corner_points, edge_points, face_points]).tocsr()
    first_edge, first_face = count, count + len(edges)
    before = np.roll(edge_of, 1, axis=1)
    centre = np.repeat(first_face + np.arange(faces), 4).reshape(faces, 4)
    children = np.stack([quads, first_edge + edge_of, centre, first_edge + before], -1)
    return weights, children.reshape(-1, 4)


def _matrix(rows: Ints, columns: Ints, value: float, shape: tuple[int, int]) -> csr_matrix:
    return coo_matrix((np.full(len(rows), value), (rows, columns)), shape).tocsr()
