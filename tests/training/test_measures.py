"""What is measured on Layers themselves."""

from __future__ import annotations

import numpy as np
from limner_training.measures import detail, hair_seen
from limner_training.schema import Schema

SIDE = 64


def hanging(schema: Schema, rows: int, light: float) -> np.ndarray:
    """Somebody who is all hair down to a row, and all skin below."""
    layers = np.zeros((schema.channel_count, SIDE, SIDE), np.float32)
    layers[schema.layer_slice("alpha")] = 1
    layers[schema.layer_slice("rgb")] = light
    regions = layers[schema.layer_slice("regions")]
    regions[schema.regions.index("hair"), :rows] = 1
    regions[schema.regions.index("skin"), rows:] = 1
    return layers


def test_hair_ends_where_it_ends_and_has_its_own_colour(schema: Schema) -> None:
    short, long = hair_seen(hanging(schema, 16, 0.1), schema), hair_seen(hanging(schema, 48, 0.4), schema)
    assert abs(short[0] - 16 / SIDE) < 1.5 / SIDE
    assert abs(long[0] - 48 / SIDE) < 1.5 / SIDE
    assert (long[1:] > short[1:] + 0.1).all()
    mixed = hanging(schema, 16, 0.1)
    mixed[schema.layer_slice("rgb"), 16:] = 1  # skin's colour is not hair's
    assert np.allclose(hair_seen(mixed, schema), short)
    assert np.isnan(hair_seen(hanging(schema, 0, 0.1), schema)).all()


def test_detail_is_told_by_how_wide_it_is() -> None:
    rng = np.random.default_rng(1)
    mask, flat = np.ones((SIDE, SIDE), np.float32), np.full((SIDE, SIDE, 3), 0.5, np.float32)
    fine = flat + 0.05 * rng.standard_normal((SIDE, SIDE, 1)).astype(np.float32)
    wide = flat + 0.05 * np.sin(np.arange(SIDE) * (2 * np.pi / 12))[None, :, None].astype(np.float32)
    assert detail(flat, mask).max() < 1e-3
    assert detail(fine, mask)[0] > 3 * detail(fine, mask)[2]
    assert detail(wide, mask)[2] > 3 * detail(wide, mask)[0]
    assert np.allclose(detail(0.5 * fine, mask), detail(fine, mask), rtol=1e-3)
    assert np.isnan(detail(fine, np.zeros((SIDE, SIDE), np.float32))).all()
