"""What is painted is finished by the core itself, by the numbers it was painted of."""

from __future__ import annotations

import torch
from limner_training.finished import Finisher
from limner_training.network import SIZES, Generator
from limner_training.schema import Schema
from limner_training.sheet import display, undisplayed


def painted(side: int, schema: Schema) -> torch.Tensor:
    """Layers `[1, 28, S, S]` of a round of skin."""
    layers = torch.zeros(1, schema.channel_count, side, side)
    step = torch.linspace(-1, 1, side)
    inside = ((step[None].square() + step[:, None].square()) < 0.6).float()
    layers[:, schema.layer_slice("rgb")] = 0.3
    layers[:, schema.layer_slice("alpha")] = inside
    layers[:, schema.layer_slice("normal").stop - 1] = 1
    layers[:, schema.layer_slice("regions").start + schema.regions.index("skin")] = inside
    layers[:, schema.layer_slice("transfer")] = 1 / len(schema.lights)
    return layers


def test_the_core_finishes_what_is_painted_by_its_numbers(schema: Schema) -> None:
    core = Finisher(Generator(SIZES["tiny"], schema))
    side, plain = core.side, torch.zeros(3, schema.vector_count)
    for vector in plain:
        vector[: schema.input_count] = -1
    plain[1, schema.attribute("skin.wrinkles").offset] = 1
    layers = painted(side, schema).expand(3, -1, -1, -1)
    got = core.finish(layers, plain)
    colour, alpha = schema.layer_slice("rgb"), schema.layer_slice("alpha")
    middle = slice(side * 3 // 8, side * 5 // 8)
    assert abs(float(got[0, colour, middle, middle].mean()) - 0.3) < 0.03
    assert float((got[:, alpha] - layers[:, alpha]).abs().mean()) < 0.02
    moved = (got[:, colour, middle, middle] - got[:1, colour, middle, middle]).abs().mean((1, 2, 3))
    assert float(moved[1]) > 2 * float(moved[2])  # a rough skin is more than what is chance in pores
    others = torch.ones(schema.channel_count, dtype=torch.bool)
    others[colour], others[alpha] = False, False
    assert torch.equal(got[:, others], layers[:, others])


def test_the_display_curve_is_undone(schema: Schema) -> None:
    light = torch.linspace(0, 1.5, 200)
    assert float((undisplayed(display(light)) - light).abs().max()) < 1e-3
