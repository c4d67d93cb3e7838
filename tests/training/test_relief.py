"""What a generator misses on skin is learnt spot by spot of the head, and drawn where those spots are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import bowl
from limner_training.bust import MAPS, RELIEF, Draughtsman
from limner_training.dataset import pack
from limner_training.export import pack_weights, write_pack
from limner_training.network import Generator
from limner_training.relief import FEW, HIGH, LOW, SPOTS, Charts, chart, learn, learn_relief, missing
from limner_training.schema import Schema
from limner_training.skeleton import OverBasis
from limner_training.train import average_with, generator_of
from test_generator import with_bust


def test_the_chart_goes_around_the_head_without_a_seam() -> None:
    angles = torch.linspace(-2.2, 2.2, 400)
    rest = torch.stack([0.09 * torch.sin(angles), 0 * angles, 0.09 * torch.cos(angles) - 0.08], 1)
    row, column = chart(rest)
    assert bool((column[1:] > column[:-1]).all()) and float((column[1:] - column[:-1]).max()) < 1.5
    assert float(column.min()) > 0 and float(column.max()) < RELIEF[1] - 1
    assert torch.allclose(row, torch.full_like(row, -LOW / (HIGH - LOW) * RELIEF[0] - 0.5))
    assert float(column[0] + column[-1]) == pytest.approx(RELIEF[1] - 1, abs=1e-3)


def test_spots_that_are_seldom_seen_are_hardly_believed() -> None:
    charts = Charts.empty(np.zeros((2, 1), np.float32))
    often, once = torch.tensor([[0.0, 0.0, 0.02]]), torch.tensor([[0.05, 0.0, 0.0]])
    charts.put(0, often.expand(240, 3), torch.full((240, 3), 0.3), torch.full((240,), 0.5))
    charts.put(1, once, torch.tensor([[0.3, 0.3, 5.0]]), torch.ones(1))
    charts.put(1, torch.cat([once, torch.tensor([[0.0, 1.0, 0.0]])]), torch.tensor([[0.3, 0.3, 5.0], [1.0, 1.0, 1.0]]), torch.ones(2))
    relief = charts.mean().view(*RELIEF, 3)

    def at(place: torch.Tensor) -> torch.Tensor:
        row, column = chart(place[0])
        return relief[int(row.round()), int(column.round())]

    assert torch.allclose(at(often), torch.full((3,), 0.3 * 120 / (120 + FEW)), atol=1e-4)
    assert torch.allclose(at(once), torch.tensor([0.3, 0.3, 1.0]) / (1 + FEW), atol=1e-4)
    assert float(charts.counts.sum()) == 121  # what is on no head has no say
    assert charts.squares[0] == pytest.approx(240 * 0.5 * 3 * 0.09, rel=1e-4)


def told_by_first(schema: Schema, mean: torch.Tensor, each: torch.Tensor) -> OverBasis:
    """A relief `mean + each * first input`."""
    told = OverBasis(schema.input_count, 3 * SPOTS, 4, 2).requires_grad_(False)
    for weight in [*told.net.parameters(), told.basis]:
        weight.zero_()
    told.straight.weight[0, 0] = 1
    told.basis[0] = each.flatten()
    told.mean.copy_(mean.flatten())
    return told


@pytest.mark.parametrize("first", [0.0, 0.5, -1.0])
def test_the_page_draws_the_relief_where_its_spots_are(schema: Schema, first: float) -> None:
    bust = bowl(schema)
    wave = torch.sin(torch.arange(RELIEF[1]) * 0.1)[None, :, None] * torch.tensor([0.4, 0.2, -0.2]) + 0.02 * torch.cos(torch.arange(RELIEF[0]) * 0.2)[:, None, None]
    bust.relief = told_by_first(schema, wave, 0.8 * wave)
    bust.settle()
    vector = torch.zeros(1, schema.vector_count)
    vector[0, 0] = first
    near, _ = Draughtsman(bust, 64).draw(vector)
    cover = near[0, 0]
    inside = cover == 1
    row, column = chart((near[0, 4:7] / 8).movedim(0, -1)[inside])
    drawn = near[0, MAPS:, inside].t()
    asked = torch.stack([torch.sin((column) * 0.1) * k + 0.02 * torch.cos(row * 0.2) for k in (0.4, 0.2, -0.2)], 1) * (1 + 0.8 * first)
    known = (column > 2) & (column < RELIEF[1] - 3) & (row > 2) & (row < RELIEF[0] - 3)
    assert int(known.sum()) > 500
    assert float((drawn - (torch.exp(asked / 2) - 1))[known].abs().max()) < 0.02
    assert float(near[0, MAPS:, cover == 0].abs().max()) == 0


def test_skin_is_as_much_brighter_as_its_relief_says(schema: Schema) -> None:
    model = with_bust(schema)
    assert model.bust is not None
    vector = torch.zeros(1, schema.vector_count)
    rgb, skin = schema.layer_slice("rgb"), schema.layer_slice("regions").start + schema.regions.index("skin")
    with torch.no_grad():
        before = model(vector)
        model.bust.relief = told_by_first(schema, torch.full((3 * SPOTS,), 0.5), torch.zeros(3 * SPOTS))
        model.draughtsman = None
        near, _ = model.maps(vector)  # type: ignore[misc]
        after = model(vector)
    share = (before[:, skin] / before[:, schema.layer_slice("alpha")][:, 0].clamp_min(1e-3))[:, None]
    brighter = (after[:, rgb] / before[:, rgb].clamp_min(1e-4)).sqrt()
    covered = ((near[:, :1] == 1) & (near[:, MAPS : MAPS + 1] > 0.2)).expand(-1, 3, -1, -1) & (before[:, rgb] > 0.05) & (after[:, rgb] < 3.5)
    assert int(covered.sum()) > 100
    assert torch.equal(after[:, rgb][(near[:, :1] == 0).expand(-1, 3, -1, -1)], before[:, rgb][(near[:, :1] == 0).expand(-1, 3, -1, -1)])
    assert bool((brighter[covered] > 1).all())
    assert float((brighter - 1)[covered].median()) < 1.5 * float(share.max()) * 0.284


def seen(sitters: int, generator: torch.Generator) -> Charts:
    """Of sitters with three numbers, where skin is missing as the first and the square of the second say, but for noise."""
    inputs = torch.randn(sitters, 3, generator=generator) * torch.tensor([1.0, 0.3, 4.0]) + torch.tensor([2.0, 0.0, -3.0])
    charts = Charts.empty(inputs.numpy())
    angles = torch.linspace(-1.2, 1.2, 160)
    rest = torch.stack([0.09 * torch.sin(angles), 0 * angles, 0.09 * torch.cos(angles) - 0.08], 1)
    for row, (first, second, _) in enumerate(inputs.tolist()):
        known = 0.1 + 0.1 * (first - 2) * torch.sin(8 * angles) + second * second * torch.cos(3 * angles)
        charts.put(row, rest, known[:, None] + 0.02 * torch.randn(160, 3, generator=generator), torch.ones(160))
    return charts


def test_what_is_missing_is_told_of_sitters_never_seen() -> None:
    generator = torch.Generator().manual_seed(3)
    told = learn(seen(2000, generator), 3, 12)
    others = seen(200, generator)
    left = others.left(told)
    assert left < 0.1
    mean = OverBasis(3, 3 * SPOTS, 4, 1)
    with torch.no_grad():
        mean.basis.zero_()
        mean.mean.copy_(others.mean())
    assert left < 0.3 * others.left(mean)


def test_what_is_missing_is_learnt_from_those_not_held_out(sitters: Callable[[int], Path], tmp_path: Path, schema: Schema) -> None:
    data = sitters(8)
    pack(data, 64, schema)
    model = with_bust(schema)
    checkpoint, other = tmp_path / "c.pt", tmp_path / "other.pt"
    for path in (checkpoint, other):
        torch.save({"size": asdict(model.size), "average": model.state_dict(), "runs": []}, path)
    told = learn_relief(checkpoint, data, schema, held_out=2, sitters=100, rank=2, epochs=1, threads=1)
    assert told["sitters"] == 6
    state = torch.load(checkpoint)
    learnt = generator_of(state, schema)
    assert state["runs"] == [] and learnt.bust is not None and learnt.bust.relief is not None
    assert torch.equal(state["average"]["bust.relief.basis"], learnt.bust.relief.basis)

    # It goes into a pack and out of it, and into no mean of two networks, of which it would be neither's.
    write_pack(learnt, np.zeros(schema.vector_count, np.float32), tmp_path / "pack", "tiny", "0.0.0")
    again = Generator(learnt.size, schema)
    again.start_like(pack_weights(tmp_path / "pack"))
    assert again.bust is not None and again.bust.relief is not None
    assert torch.allclose(again.bust.relief.basis, learnt.bust.relief.basis, atol=1e-6) and torch.allclose(again.bust.relief.mean, learnt.bust.relief.mean, atol=1e-6)
    average_with(checkpoint, other, schema)
    assert not [name for name in torch.load(checkpoint)["average"] if name.startswith("bust.relief")]


def test_only_what_is_all_skin_in_both_and_on_the_bust_has_a_say(schema: Schema) -> None:
    layers = torch.zeros(schema.channel_count, 4, 4)
    first = schema.layer_slice("regions").start
    skin, lips = first + schema.regions.index("skin"), first + schema.regions.index("lips")
    layers[skin] = 0.4
    layers[lips] = 0.6
    layers[schema.layer_slice("rgb")] = 0.2
    brighter = layers.clone()
    brighter[schema.layer_slice("rgb")] = 0.3
    brighter[schema.layer_slice("rgb"), 3, 3] = 0.6
    brighter[skin, 0, 0] = 0.3
    near = torch.zeros(MAPS + 3, 4, 4)
    near[0] = 1
    near[0, 1, 1] = 0.5
    rest, ratio, count = missing(layers, brighter, near, schema)
    assert rest.shape == ratio.shape == (14, 3)
    assert torch.allclose(ratio[:13], torch.full((13, 3), 0.4009), atol=2e-3)
    assert float(count.mean()) == pytest.approx(1, abs=1e-4) and float(count[13] / count[0]) == pytest.approx(2**0.9, rel=0.01)
