"""A card tells of every run that led to its pack, and the next run reads that back."""

from __future__ import annotations

from pathlib import Path

from limner_training.card import _runs, runs_of


def test_runs_are_read_back(tmp_path: Path) -> None:
    runs = [
        {"device": "cuda", "sitters": 4043, "pictures": 539232, "step": 14832, "seconds": 504.0},
        {"device": "cpu", "sitters": 757, "pictures": 13092, "step": 3273, "seconds": 3240.0},
    ]
    assert runs_of(tmp_path) == []
    (tmp_path / "CARD.md").write_text("# A card\n\n| group | sitters |\n|---|---|\n\n" + _runs(runs) + "\n")
    assert runs_of(tmp_path) == runs
