"""Hair's texture: what is compared along strands and across them."""

from __future__ import annotations

import numpy as np
from limner_training.texture import compare, turned
from scipy.ndimage import gaussian_filter1d, rotate

SIZE = 128


def strands(angle: float, strength: float, grain: float, seed: int) -> np.ndarray:
    """Luma of hair that runs at `angle` degrees: noise drawn out along it, and noise that is not."""
    chance = np.random.default_rng(seed)
    lines = gaussian_filter1d(chance.standard_normal((2 * SIZE, 2 * SIZE)), 12, axis=0)
    lines = rotate(lines / lines.std(), angle, reshape=False, order=1)[SIZE // 2 : -SIZE // 2, SIZE // 2 : -SIZE // 2]
    return np.exp(-1.5 + strength * lines + grain * chance.standard_normal((SIZE, SIZE)))


def ratios(made: np.ndarray, hair: np.ndarray | None = None) -> dict[str, object]:
    everywhere = np.ones((SIZE, SIZE), bool) if hair is None else hair
    return compare([(strands(0, 0.2, 0.05, 0), made, everywhere)])


def test_the_same_hair_is_the_same_whichever_way_it_runs() -> None:
    for angle in (0, 35, 90):
        seen = ratios(strands(angle, 0.2, 0.05, 1))
        # Turned by less than a right angle, the finest octave is softer: here twice, once by the test.
        assert all(0.75 < x < 1.25 for x in (*seen["strands"][angle == 35 :], seen["crossing"])), (angle, seen)


def test_cables_are_told_from_grain() -> None:
    cables, grainy = ratios(strands(0, 0.4, 0.05, 1)), ratios(strands(0, 0.2, 0.1, 1))
    assert all(1.7 < x < 2.3 for x in cables["strands"])
    assert cables["crossing"] < 1.3
    assert grainy["crossing"] > 1.6
    assert cables["one_way"][1] > cables["one_way"][0] > grainy["one_way"][1]


def test_only_squares_of_hair_count() -> None:
    hair = np.zeros((SIZE, SIZE), bool)
    assert ratios(strands(0, 0.2, 0.05, 1), hair)["squares"] == 0
    hair[:64] = True
    assert 0 < ratios(strands(0, 0.2, 0.05, 1), hair)["squares"] < ratios(strands(0, 0.2, 0.05, 1))["squares"]


def test_a_spectrum_has_no_more_than_was_there() -> None:
    even, one_way = turned(np.zeros((32, 32)))
    assert float(even.sum()) == 0
    assert one_way == 0
