"""What a generator misses on skin is learnt spot by spot of the head, and drawn where those spots are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
import torch
from conftest import bowl
from limner_training.bust import MAPS, RELIEF, Draughtsman
from limner_training.dataset import pack
from limner_training.relief import FEW, HIGH, LOW, Reckoning, chart, learn_relief, missing
from limner_training.schema import Schema
from limner_training.train import generator_of
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
    reckoning = Reckoning()
    often, once = torch.tensor([[0.0, 0.0, 0.02]]), torch.tensor([[0.05, 0.0, 0.0]])
    reckoning.add(often.expand(240, 3), torch.full((240, 3), 0.3))
    reckoning.add(once, torch.tensor([[0.3, 0.3, 5.0]]))
    reckoning.add(torch.tensor([[0.0, 1.0, 0.0]]), torch.ones(1, 3))  # on no head
    relief = reckoning.relief().view(*RELIEF, 3)

    def at(place: torch.Tensor) -> torch.Tensor:
        row, column = chart(place[0])
        return relief[int(row.round()), int(column.round())]

    assert torch.allclose(at(often), torch.full((3,), 0.3 * 240 / (240 + FEW)))
    assert torch.allclose(at(once), torch.tensor([0.3, 0.3, 1.0]) / (1 + FEW))
    assert float(reckoning.count.sum()) == 241


def test_the_page_draws_the_relief_where_its_spots_are(schema: Schema) -> None:
    bust = bowl(schema)
    wave = torch.sin(torch.arange(RELIEF[1]) * 0.1)[None, :, None] * torch.tensor([0.8, 0.4, -0.4]) + 0.02 * torch.cos(torch.arange(RELIEF[0]) * 0.2)[:, None, None]
    bust.relief.copy_(wave.reshape(RELIEF[0], -1))
    bust.settle()
    near, _ = Draughtsman(bust, 64).draw(torch.zeros(1, schema.vector_count))
    cover = near[0, 0]
    inside = cover == 1
    row, column = chart((near[0, 4:7] / 8).movedim(0, -1)[inside])
    drawn = near[0, MAPS:, inside].t()
    asked = torch.stack([torch.sin((column) * 0.1) * k + 0.02 * torch.cos(row * 0.2) for k in (0.8, 0.4, -0.4)], 1)
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
        model.bust.relief.fill_(0.5)
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


def test_what_is_missing_is_learnt_from_those_not_held_out(sitters: Callable[[int], Path], tmp_path: Path, schema: Schema) -> None:
    data = sitters(8)
    pack(data, 64, schema)
    model = with_bust(schema)
    checkpoint = tmp_path / "c.pt"
    torch.save({"size": asdict(model.size), "average": model.state_dict(), "runs": []}, checkpoint)
    told = learn_relief(checkpoint, data, schema, held_out=2, sitters=100, threads=1)
    assert told["sitters"] == 6
    state = torch.load(checkpoint)
    assert state["runs"] == [] and torch.equal(state["average"]["bust.relief"], generator_of(state, schema).bust.relief)  # type: ignore[union-attr]

    # Only what is all skin in both, and on the bust, has a say.
    layers = torch.zeros(1, schema.channel_count, 4, 4)
    skin = schema.layer_slice("regions").start + schema.regions.index("skin")
    layers[:, skin] = 1
    layers[:, schema.layer_slice("rgb")] = 0.2
    brighter = layers.clone()
    brighter[:, schema.layer_slice("rgb")] = 0.3
    brighter[0, skin, 0, 0] = 0.5
    near = torch.zeros(1, MAPS + 3, 4, 4)
    near[:, 0] = 1
    near[0, 0, 1, 1] = 0.5
    rest, ratio = missing(layers, brighter, near, schema)
    assert rest.shape == ratio.shape == (14, 3)
    assert torch.allclose(ratio, torch.full((14, 3), 0.4009), atol=2e-3)
