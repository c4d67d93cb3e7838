"""The panel of judges knows alike pictures from different ones, and says so when it knows nothing."""

from __future__ import annotations

import numpy as np
import torch
from limner_training.two_sample import Opinion, Verdict, deal, told, two_sample
from torch import Tensor
from torch.nn import functional as F


def pictures(count: int, grain: float) -> tuple[Tensor, Tensor]:
    """Smooth blobs, twice: the same sitters with grain of their own; the second one's has strength 0.1, the first one's `grain`."""
    torch.manual_seed(1)
    smooth = F.interpolate(torch.rand(count, 3, 4, 4), (48, 48), mode="bicubic", align_corners=False) * 0.6 + 0.2
    made, true = (smooth + strength * torch.randn_like(smooth) for strength in (grain, 0.1))
    return made.clamp(0, 1), true.clamp(0, 1)


def verdict(made: Tensor, true: Tensor, seed: int = 0) -> Verdict:
    return two_sample(made, true, seed, judges=3, steps=100)


def test_different_pictures_are_told_apart_whatever_the_seed() -> None:
    made, true = pictures(30, 0.03)
    for seed in (0, 1):
        said = verdict(made, true, seed)
        assert said.learnt
        assert all(opinion.finished for opinion in said.opinions)
        assert said.accuracy > 0.95


def test_where_half_the_pictures_are_alike_three_of_four_answers_are_right() -> None:
    made, true = pictures(48, 0.03)
    made[::2] = true[::2]
    said = [verdict(made, true, seed).accuracy for seed in (0, 1)]
    assert all(0.65 < accuracy < 0.85 for accuracy in said)
    assert abs(said[1] - said[0]) < 0.08


def test_judges_that_were_cut_short_say_so() -> None:
    said = Verdict([Opinion(0.9, accuracy, 1000, accuracy > 0.7) for accuracy in (0.6, 0.7, 0.8)])
    assert told(said.described()) == "0.7, median of 3 judges, 0.6 to 0.8; 2 were still learning, so it may be more"


def test_the_same_pictures_teach_nothing() -> None:
    said = verdict(*pictures(30, 0.1))
    assert not said.learnt
    assert abs(said.accuracy - 0.5) < 0.1
    assert told(said.described()).startswith("the judge learnt nothing")


def test_every_sitter_is_tested_once_and_never_by_a_judge_that_knows_it() -> None:
    dealt = list(deal(23, 5, np.random.default_rng(0)))
    for roles in dealt:
        assert sorted(np.concatenate(roles)) == list(range(23))
    assert sorted(np.concatenate([test for _, _, test in dealt])) == list(range(23))
