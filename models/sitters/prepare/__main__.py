"""Prepares the sitters' body once: `python3 models/sitters/prepare --assets DIR --out FILE`. About ten seconds."""

from __future__ import annotations

import argparse
import sys
import zipfile
from pathlib import Path

import cachefile
import cape
import facekit
import makehuman
import mouthparts
import numpy as np
import register
import subdivide
import topology
from facekit import FaceKit
from makehuman import Base, Floats, Target
from register import Registration
from scipy.spatial import cKDTree

METRES = 0.1  # a decimetre
MODES = 40
INPUTS = ("makehuman/3dobjs/base.obj", "makehuman/targets.npz", "ict-facekit/facekit.npz",
          "ict-facekit/generic_neutral_mesh.obj", "ict-facekit/vertex_indices.json")
FLIP = np.array([-1.0, 1.0, 1.0])


def _f32(a: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(a, np.float32)


def _u32(a: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(a, np.uint32)


def _names(names: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _target_sections(targets: dict[str, Target]) -> dict[str, np.ndarray]:
    unused = ("-baby", "-child", "expr/")
    kept = {n: t for n, t in sorted(targets.items()) if not any(u in n for u in unused)}
    sizes = [len(t.indices) for t in kept.values()]
    return {
        "target_names": _names(list(kept)),
        "target_first": _u32(np.concatenate([[0], np.cumsum(sizes)])),
        "target_index": _u32(np.concatenate([t.indices for t in kept.values()])),
        "target_delta": _f32(np.concatenate([t.deltas for t in kept.values()]) * METRES),
    }


def _shape_sections(kit: FaceKit, base: Base, registration: Registration) -> dict[str, np.ndarray]:
    """Scan identity and expression as MakeHuman offsets; identity and the pairs of expressions made mirror-true."""
    mirror = makehuman.mirror_map(base)

    def mirrored(offsets: Floats) -> Floats:
        return offsets[mirror] * FLIP

    def identity(offsets: Floats) -> Floats:
        offsets = offsets - offsets[:6706].mean(0) * 0.9  # mostly where the scan stood, not its shape
        moved = register.transfer(registration, offsets)
        for mine, theirs in ((makehuman.LEFT_EYE, facekit.LEFT_EYEBALL), (makehuman.RIGHT_EYE, facekit.RIGHT_EYEBALL)):
            moved[mine] = registration.linear @ offsets[theirs].mean(0)
        return (moved + mirrored(moved)) / 2

    modes = np.stack([identity(m.astype(np.float64)) for m in kit.identity[:MODES]])
    scan = (registration.similar - registration.warped) @ np.linalg.inv(registration.linear).T
    average = identity(scan)

    raw = {n: register.transfer(registration, e.astype(np.float64))
           for n, e in zip(kit.expression_names, kit.expression, strict=True) if not n.startswith("Pupil")}
    eyes = slice(makehuman.LEFT_EYE.start, makehuman.RIGHT_EYE.stop)
    expressions = {}
    for name, offsets in raw.items():
        twin = {"_L": "_R", "_R": "_L"}.get(name[-2:])
        other = {"jawLeft": "jawRight", "jawRight": "jawLeft", "mouthLeft": "mouthRight", "mouthRight": "mouthLeft"}.get(
            name, name[:-2] + twin if twin else name)
        expressions[name] = (offsets + mirrored(raw[other])) / 2
        expressions[name][eyes] = 0
    everything = np.concatenate([modes, average[None], np.stack(list(expressions.values()))])
    touched = np.where(np.abs(everything).max((0, 2)) > 1e-5)[0]
    return {
        "shape_vertex": _u32(touched),
        "identity": _f32(modes[:, touched] * METRES),
        "scan_average": _f32(average[touched] * METRES),
        "expression_names": _names(list(expressions)),
        "expression": _f32(np.stack(list(expressions.values()))[:, touched] * METRES),
    }


def _surface_sections(kit: FaceKit, base: Base, targets: dict[str, Target], registration: Registration) -> dict[str, np.ndarray]:
    """The cage's quads, two levels of subdivision, texture seams, and what is painted per fine vertex."""
    shape = makehuman.average_adult(base, targets)
    keep = topology.kept_quads(base, shape)
    quads, uv_quads = base.quads[keep], base.uv_quads[keep]
    charts = topology.charts(base)
    used, cage = np.unique(quads, return_inverse=True)
    uv_used, uv_cage = np.unique(uv_quads, return_inverse=True)
    fine_quads, fine_uv_quads = cage.reshape(-1, 4), uv_cage.reshape(-1, 4)
    level = [subdivide.once(fine_quads, len(used))]
    level.append(subdivide.once(level[0][1], level[0][0].shape[0]))
    weights, fine_quads = level[1][0] @ level[0][0], level[1][1]
    uv_level = [subdivide.once(fine_uv_quads, len(uv_used), hold_border=True)]
    uv_level.append(subdivide.once(uv_level[0][1], uv_level[0][0].shape[0], hold_border=True))
    fine_uv_quads = uv_level[1][1]
    uvs = uv_level[1][0] @ (uv_level[0][0] @ base.uvs[uv_used])

    of = np.zeros(len(uvs), np.int64)
    of[fine_uv_quads.ravel()] = fine_quads.ravel()
    fine = weights @ shape[used]
    normals = makehuman.vertex_normals(fine, fine_quads)
    mouth_quad = np.repeat(charts["mouth"][keep], 16)
    lid_quad = np.repeat((topology.behind_lids(base, "left", 2) | topology.behind_lids(base, "right", 2))[keep], 16)

    marks = registration.warped[kit.landmarks]
    marks = (marks + marks[_landmark_mirror()] * FLIP) / 2
    outside = np.unique(fine_quads[~mouth_quad & ~lid_quad])
    landmark = outside[cKDTree(fine[outside]).query(marks)[1]]

    sections = {
        "cage_quad": _u32(quads),
        "fine_first": _u32(weights.indptr),
        "fine_index": _u32(used[weights.indices]),
        "fine_weight": _f32(weights.data),
        "fine_quad": _u32(fine_quads),
        "split_of": _u32(of),
        "split_uv": _f32(uvs),
        "split_quad": _u32(fine_uv_quads),
        "quad_in_mouth": mouth_quad.astype(np.uint8),
        "fine_lips": _f32(topology.lip_mask(fine, marks[48:60])),
        "fine_thickness": _f32(topology.thickness(fine, normals) * METRES),
        "landmark": _u32(landmark),
    }
    ear, mirror = topology.ear(targets), makehuman.mirror_map(base)
    root = topology.ear_roots(ear, base.quads)
    sections |= {"ear_left": _u32(ear), "ear_right": _u32(mirror[ear]), "ear_root_left": _u32(root), "ear_root_right": _u32(mirror[root])}
    upper, lower = topology.lip_contact(fine, normals, sections["fine_lips"], _members(~mouth_quad, fine_quads, len(fine)), marks)
    sections |= {"lip_upper": _u32(upper), "lip_lower": _u32(lower)} | _seal_sections(fine, upper, lower, marks)
    vertices, shares, azimuth = cape.build(fine, fine_quads[~mouth_quad])
    sections |= {"cape_vertex": _u32(vertices), "cape_weight": _f32(shares), "cape_azimuth": _f32(azimuth),
                 "cape_step": _f32(cape.STEPS * METRES)}
    for side in ("left", "right"):
        sections |= _lid_sections(base, shape, keep, fine, fine_quads, side)
    return sections


def _members(chosen: np.ndarray, quads: np.ndarray, count: int) -> np.ndarray:
    mask = np.zeros(count, bool)
    mask[quads[chosen]] = True
    return mask


def _seal_sections(fine: Floats, upper: np.ndarray, lower: np.ndarray, marks: Floats) -> dict[str, np.ndarray]:
    """Which vertices follow the lips' contact line when a gap is closed: positive for the upper lip, negative for the lower."""
    line = np.concatenate([upper, lower])
    away = cKDTree(fine[line]).query(fine)[0]
    weight = np.clip(1 - away / 0.09, 0, 1)
    weight = weight * weight * (3 - 2 * weight)
    to_upper, to_lower = cKDTree(fine[upper]).query(fine)[0], cKDTree(fine[lower]).query(fine)[0]
    middle = np.interp(np.abs(fine[:, 0]), np.abs(marks[[62, 63, 64], 0]), (marks[[62, 63, 64], 1] + marks[[66, 65, 64], 1]) / 2)
    above = np.where(np.abs(to_upper - to_lower) > 0.004, to_upper < to_lower, fine[:, 1] > middle)
    vertex = np.where(weight > 1e-3)[0]
    return {"seal_vertex": _u32(vertex), "seal_weight": _f32(np.where(above, weight, -weight)[vertex])}


def _lid_sections(base: Base, shape: Floats, keep: np.ndarray, fine: Floats, fine_quads: np.ndarray, side: str) -> dict[str, np.ndarray]:
    left = side == "left"
    behind = topology.behind_lids(base, side, 2)
    inside = np.repeat(behind[keep], 16)
    loop = topology.border_loop(fine_quads, inside)
    upper, lower = topology.lid_margins(loop, fine if left else fine * FLIP)
    strength, depth = _lid_strength(fine, fine_quads, inside, loop, fine[upper], fine[lower], left)
    vertex = np.where(strength > 1e-3)[0]
    cage = shape[: makehuman.SKIN]
    ring = topology.border_loop(base.quads, behind)
    cage_strength, _ = _lid_strength(cage, base.quads, behind, ring, fine[upper], fine[lower], left)
    return {
        f"lid_{side}_upper": _u32(upper), f"lid_{side}_lower": _u32(lower),
        f"lid_{side}_vertex": _u32(vertex), f"lid_{side}_weight": _f32(strength[vertex]), f"lid_{side}_depth": _f32(depth[vertex]),
        f"lid_{side}_side": _above_margin(fine, fine[upper], fine[lower], left)[vertex].astype(np.uint8),
        f"lid_{side}_cage_weight": _f32(cage_strength),
        f"lid_{side}_cage_side": _above_margin(cage, fine[upper], fine[lower], left).astype(np.uint8),
    }


def _lid_strength(points: Floats, quads: np.ndarray, inside: np.ndarray, loop: np.ndarray, upper: Floats, lower: Floats,
                  left: bool) -> tuple[Floats, Floats]:
    """How much a vertex follows its lid's margin (1 on and behind it, fading over the lid), and how deep it lies behind it, 0..1."""
    away = cKDTree(points[loop]).query(points)[0]
    above = _above_margin(points, upper, lower, left)
    ramp = np.clip(1 - away / np.where(above, 0.15, 0.09), 0, 1)
    strength = ramp * ramp * (3 - 2 * ramp)
    hidden = _members(inside, quads, len(points))
    hidden[loop] = False
    depth = np.zeros(len(points))
    depth[hidden] = np.clip(away[hidden] / 0.012, 0.05, 1)
    strength[hidden] = np.clip(1.4 - away[hidden] / 0.1, 0, 1)
    strength[loop] = 1
    return strength, depth


def _above_margin(points: Floats, upper: Floats, lower: Floats, left: bool) -> np.ndarray:
    sign = 1 if left else -1
    x = points[:, 0] * sign
    up = np.interp(x, upper[:, 0] * sign, upper[:, 1])
    low = np.interp(x, lower[:, 0] * sign, lower[:, 1])
    return points[:, 1] > (up + low) / 2


def _landmark_mirror() -> np.ndarray:
    pairs = {8: 8, **{i: 16 - i for i in range(17)}, **{i: 43 - i for i in range(17, 27)}, **{i: i for i in range(27, 31)},
             **{i: 66 - i for i in range(31, 36)}, 36: 45, 37: 44, 38: 43, 39: 42, 40: 47, 41: 46, 42: 39, 43: 38, 44: 37,
             45: 36, 46: 41, 47: 40, **{i: 102 - i for i in range(48, 55)}, 55: 59, 56: 58, 57: 57, 58: 56, 59: 55,
             **{i: 124 - i for i in range(60, 65)}, 65: 67, 66: 66, 67: 65}
    return np.array([pairs[i] for i in range(68)])


def prepare(assets: Path) -> dict[str, np.ndarray]:
    """Everything the renderer needs of the assets' geometry, as named arrays in metres."""
    base = makehuman.load_base(assets / INPUTS[0])
    targets = makehuman.load_targets(assets / INPUTS[1])
    kit = facekit.load(assets / "ict-facekit")
    registration = register.register(kit, base, targets)
    print(f"ICT's skin lies {registration.residual * 100:.2f} mm from MakeHuman's on average")
    parts = mouthparts.build(kit, registration)
    lining = register.mouth_lining(base)
    average = makehuman.average_adult(base, targets)
    base.positions[lining] += mouthparts.room_for_teeth(parts, average[lining])
    joints = ["neck", "head", "jaw", "l-eye", "r-eye", "mouth", "spine-1", "l-shoulder", "r-shoulder"]
    sections = {
        "input_bytes": _u32(np.array([(assets / p).stat().st_size for p in INPUTS])),
        "base": _f32(base.positions * METRES),
        "average": _f32(makehuman.average_adult(base, targets) * METRES),
        "joints": _u32(np.stack([np.resize(base.joints[j], 8) for j in joints])),
        "mouth_position": _f32(parts.positions * METRES), "mouth_quad": _u32(parts.quads),
        "mouth_kind": parts.kind.astype(np.uint8), "mouth_jaw": _f32(parts.jaw),
        "jaw_motion": _f32(np.stack([parts.hinge * METRES, parts.axis, parts.slide * METRES])),
    }
    sections |= _target_sections(targets)
    sections |= _shape_sections(kit, base, registration)
    sections |= _surface_sections(kit, base, targets, registration)
    return sections


def main() -> int:
    """Exit 0, or 2 with a sentence about what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    missing = [p for p in INPUTS if not (asked.assets / p).is_file()]
    if missing:
        print(f"These assets are missing under {asked.assets}: {', '.join(missing)}.", file=sys.stderr)
        return 2
    try:
        sections = prepare(asked.assets)
    except (ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as problem:
        print(f"The assets under {asked.assets} cannot be read ({problem}); fetch them again.", file=sys.stderr)
        return 2
    try:
        cachefile.write(asked.out, sections)
    except OSError as problem:
        print(f"{asked.out} cannot be written: {problem.strerror}.", file=sys.stderr)
        return 2
    print(f"{asked.out}: {sum(s.nbytes for s in sections.values()) / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
