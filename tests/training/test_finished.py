"""What is painted is finished by the core itself, by the numbers it was painted of."""

from __future__ import annotations

import torch
from conftest import PROJECT
from limner_training.finished import Finisher
from limner_training.network import SIZES, Generator
from limner_training.schema import Schema
from limner_training.sheet import display, undisplayed
from limner_training.train import load_generator


def painted(side: int, schema: Schema, region: str = "skin") -> torch.Tensor:
    """Layers `[1, 28, S, S]` of a grey round of some region."""
    layers = torch.zeros(1, schema.channel_count, side, side)
    step = torch.linspace(-1, 1, side)
    inside = ((step[None].square() + step[:, None].square()) < 0.6).float()
    layers[:, schema.layer_slice("rgb")] = 0.3
    layers[:, schema.layer_slice("alpha")] = inside
    layers[:, schema.layer_slice("normal").stop - 1] = 1
    layers[:, schema.layer_slice("regions").start + schema.regions.index(region)] = inside
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


def test_angles_come_round(schema: Schema) -> None:
    """Cloth is dyed as its numbers say, in any hue, which they tell as cosine and sine."""
    core = Finisher(load_generator(PROJECT / "models" / "portrait", schema))  # which knows where cloth is
    vectors = torch.zeros(3, schema.vector_count)
    vectors[:, schema.attribute("clothes.saturation").offset] = 1
    hues = torch.tensor([25.0, 145.0, 265.0]).deg2rad()  # OKLCH: red, green, blue
    at = schema.attribute("clothes.hue").offset
    vectors[:, at], vectors[:, at + 1] = hues.cos(), hues.sin()
    got = core.finish(painted(core.side, schema, "clothes").expand(3, -1, -1, -1), vectors)
    middle = slice(core.side * 3 // 8, core.side * 5 // 8)
    colour = got[:, schema.layer_slice("rgb"), middle, middle].mean((2, 3))
    assert colour.argmax(1).tolist() == [0, 1, 2]


def test_the_display_curve_is_undone(schema: Schema) -> None:
    light = torch.linspace(0, 1.5, 200)
    assert float((undisplayed(display(light)) - light).abs().max()) < 1e-3
