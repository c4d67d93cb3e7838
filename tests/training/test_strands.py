"""Hair is taken apart into what can be learnt and statistics."""

from __future__ import annotations

import numpy as np
import pytest
from limner_training.schema import Schema
from limner_training.strands import taken_apart

SIDE = 128


def combed(angle: float, schema: Schema, contrast: float = 0.3) -> np.ndarray:
    """Layers `[24, S, S]` of a round of hair on skin, striped along `angle` (x right, y down)."""
    yy, xx = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    across = -np.sin(angle) * xx + np.cos(angle) * yy
    random = np.random.default_rng(0)
    stripes = np.interp(across, np.arange(-2 * SIDE, 2 * SIDE), random.normal(size=4 * SIDE))
    hair = ((xx - SIDE / 2) ** 2 + (yy - SIDE / 2) ** 2 < (SIDE * 0.35) ** 2).astype(np.float32)
    layers = np.zeros((schema.rendered_count, SIDE, SIDE), np.float32)
    root = 0.4 + hair * (np.clip(1 + contrast * stripes, 0, 2) * 0.3 - 0.4)
    layers[schema.layer_slice("rgb")] = root.astype(np.float32) ** 2
    layers[schema.layer_slice("alpha")] = 1
    regions = layers[schema.layer_slice("regions")]
    regions[schema.regions.index("hair")], regions[schema.regions.index("skin")] = hair, 1 - hair
    return layers


@pytest.mark.parametrize("degrees", [0, 30, 90, 135])
def test_it_says_how_strands_run_and_how_strongly_they_show(degrees: int, schema: Schema) -> None:
    apart = taken_apart(combed(np.radians(degrees), schema), schema)
    middle = apart[4:, SIDE // 2, SIDE // 2]
    told = np.degrees(np.arctan2(middle[1], middle[0])) / 2
    assert abs((told - degrees + 90) % 180 - 90) < 6
    assert np.hypot(*middle[:2]) > 0.7
    assert 0.1 < middle[2] < 0.4
    assert taken_apart(combed(0, schema, 0.05), schema)[6, SIDE // 2, SIDE // 2] < 0.3 * middle[2]


def test_what_is_left_is_smooth_in_hair_and_as_it_was_in_clothes(schema: Schema) -> None:
    layers = combed(0.5, schema)
    regions = layers[schema.layer_slice("regions")]
    regions[schema.regions.index("clothes")] = regions[schema.regions.index("skin")]
    regions[schema.regions.index("skin")] = 0
    layers[:3, :, : SIDE // 16] *= np.random.default_rng(1).uniform(0.5, 1.5, (3, SIDE, SIDE // 16)).astype(np.float32)
    apart = taken_apart(layers, schema)
    inside = slice(SIDE // 2 - 16, SIDE // 2 + 16)
    before, after = layers[0, inside, inside], apart[0, inside, inside]
    assert np.diff(np.sqrt(after), axis=0).std() < 0.25 * np.diff(np.sqrt(before), axis=0).std()
    assert abs(np.sqrt(after).mean() - np.sqrt(before).mean()) < 0.01
    assert np.abs(apart[:3, :, : SIDE // 16] - layers[:3, :, : SIDE // 16]).max() < 1e-4


def test_skin_loses_its_grain_and_keeps_its_lines(schema: Schema) -> None:
    layers = np.zeros((schema.rendered_count, SIDE, SIDE), np.float32)
    layers[schema.layer_slice("alpha")] = 1
    layers[schema.layer_slice("regions")][schema.regions.index("skin")] = 1
    root = np.full((3, SIDE, SIDE), 0.5, np.float32)
    root[:, SIDE // 2 :] *= 1 + 0.05 * np.random.default_rng(1).normal(size=(SIDE // 2, SIDE)).astype(np.float32)
    root[:, SIDE // 4 : SIDE // 4 + 2] = 0.42  # a wrinkle
    layers[schema.layer_slice("rgb")] = root**2
    left = np.sqrt(taken_apart(layers, schema)[:3])
    assert left[:, SIDE // 2 + 8 : -8].std() < 0.3 * root[:, SIDE // 2 + 8 : -8].std()
    assert abs(left[:, SIDE // 2 + 8 : -8].mean() - root[:, SIDE // 2 + 8 : -8].mean()) < 0.003
    assert left[:, SIDE // 4, 8:-8].max() < 0.45
