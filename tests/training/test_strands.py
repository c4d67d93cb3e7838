"""Hair is taken apart into what can be learnt and statistics, and drawn from them again."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from limner_training.schema import Schema
from limner_training.strands import drawn, sharpened, taken_apart

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


def whole(layers: np.ndarray, schema: Schema) -> torch.Tensor:
    """Layers `[1, 28, S, S]`, taken apart."""
    apart = taken_apart(layers, schema)
    return torch.from_numpy(np.concatenate([apart[:4], layers[4:], apart[4:]]))[None]


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


def test_strands_drawn_have_the_statistics_they_were_drawn_from(schema: Schema) -> None:
    layers = combed(np.radians(60), schema)
    asked = whole(layers, schema)
    got = drawn(asked, schema)
    outside = torch.from_numpy(layers[schema.regions.index("hair") + schema.layer_slice("regions").start] == 0)
    pores = got[0, :3, outside].sqrt() / asked[0, :3, outside].sqrt() - 1
    assert 0.004 < float(pores.std()) < 0.02 and abs(float(pores.mean())) < 0.002
    again = taken_apart(got[0, : schema.rendered_count].numpy(), schema)[4:, SIDE // 2, SIDE // 2]
    told = np.degrees(np.arctan2(again[1], again[0])) / 2
    assert abs((told - 60 + 90) % 180 - 90) < 15
    assert 0.4 < again[2] / float(asked[0, 26, SIDE // 2, SIDE // 2]) < 2.0
    assert torch.equal(drawn(asked, schema), got)
    assert not torch.equal(drawn(asked, schema, 1), got)


def test_what_is_soft_is_sharpened_and_hair_less(schema: Schema) -> None:
    """Both sides of a soft edge move apart, as far as they differ; a plain surface stays."""
    layers = torch.zeros(1, schema.channel_count, SIDE, SIDE)
    ramp = (torch.arange(SIDE) - SIDE / 2 + 0.5).sigmoid()
    layers[:, schema.layer_slice("rgb")] = (0.3 + 0.3 * ramp).square().expand(SIDE, SIDE)
    layers[:, schema.layer_slice("alpha")] = 1
    eyes, hair = layers.clone(), layers.clone()
    eyes[:, schema.layer_slice("regions").start + schema.regions.index("eyes")] = 1
    hair[:, schema.layer_slice("regions").start + schema.regions.index("hair")] = 1
    before = layers[0, 0, SIDE // 2].sqrt()
    moved = {name: sharpened(given, schema)[0, 0, SIDE // 2].sqrt() - before for name, given in (("eyes", eyes), ("hair", hair))}
    edge = slice(SIDE // 2 - 6, SIDE // 2)
    assert float(moved["eyes"][edge].min()) < -0.001
    assert float(moved["eyes"][SIDE // 2 : SIDE // 2 + 6].max()) > 0.001
    assert float(moved["hair"].abs().max()) < 0.5 * float(moved["eyes"].abs().max())
    assert float(moved["eyes"][:8].abs().max()) < 1e-4


def test_hair_upon_skin_is_strands_and_not_fog(schema: Schema) -> None:
    """Where hair passes into skin over some pixels, what is shown is the one or the other."""
    layers = torch.zeros(1, schema.channel_count, SIDE, SIDE)
    share = ((torch.arange(SIDE) - SIDE / 2) / 10 + 0.5).clamp(0, 1).expand(SIDE, SIDE)
    regions = layers[:, schema.layer_slice("regions")]
    regions[:, schema.regions.index("hair")] = share
    regions[:, schema.regions.index("skin")] = 1 - share
    layers[:, schema.layer_slice("rgb")] = 0.5 - 0.45 * share
    layers[:, schema.layer_slice("alpha")] = 1
    layers[:, schema.layer_slice("strands").start] = -share  # upright
    layers[:, schema.layer_slice("strands").start + 3] = share
    got = drawn(layers, schema)[0, 0]
    between = [((image > 0.15) & (image < 0.4)).float().mean() for image in (layers[0, 0], got)]
    assert float(between[1]) < 0.6 * float(between[0])
    assert abs(float(got[:, : SIDE // 2 - 12].mean()) - 0.5) < 0.02
