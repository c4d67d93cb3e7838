"""Fetching the assets, from a mirror on this disk: what is right is kept, what is not is named, and nothing is written half."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "models/sitters/prepare"))

import fetch
import makehuman

ASSETS = Path(os.environ.get("LIMNER_ASSETS") or Path(__file__).parents[3] / "shared/assets")
NEUTRAL = "# by somebody\nv 1 2 10.6387\nv 0 -1.5 3\nv 0 0 0\nv 9 9 9\nf 1/1 2/2 3/3\n"
IDENTITY = [NEUTRAL.replace("10.6387", "10.6388"), NEUTRAL.replace("-1.5", "-1.25")]
SMILE = NEUTRAL.replace("v 1 2", "v 1.5 2")
NOSE = {"big": "# a target\n3 0 .125 0\n7 -.5 0 1\n", "small": "3 0 -.125 0\n"}


@pytest.fixture
def world(tmp_path: Path) -> dict[str, Any]:
    """A mirror with a handful of files, and pins of them."""
    files = {
        "atlases/skin.png": b"a picture",
        "kit/neutral.obj": NEUTRAL.encode(),
        "kit/identity000.obj": IDENTITY[0].encode(),
        "kit/identity001.obj": IDENTITY[1].encode(),
        "kit/smile.obj": SMILE.encode(),
        **{f"human/nose/{name}.target": text.encode() for name, text in NOSE.items()},
    }
    for name, body in files.items():
        path = tmp_path / "mirror" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    targets = {f"nose/{name}": fetch.parse_target(text.encode()) for name, text in NOSE.items()}
    neutral = fetch.parse_vertices(NEUTRAL.encode(), 3)
    offsets = [(fetch.parse_vertices(text.encode(), 3) - neutral).astype(np.float16) for text in [*IDENTITY, SMILE]]
    source = {"url": (tmp_path / "mirror").as_uri() + "/{revision}/{path}", "revisions": ["gone", "atlases"]}
    pins = {
        "sources": {"atlases": source, "kit": source | {"revisions": ["kit"]}, "human": source | {"revisions": ["human"]}},
        "files": [{"to": "skins/skin.png", "source": "atlases", "path": "skin.png", "sha256": [fetch.sha256(b"another"), fetch.sha256(b"a picture")]}],
        "targets": {"to": "targets.npz", "source": "human",
                    "folders": {"nose": {"path": "nose", "names": sorted(NOSE), "sha256": fetch.folder_sha256("nose", sorted(NOSE), targets)}}},
        "shapes": {"to": "kit.npz", "source": "kit", "neutral": "neutral.obj", "vertices": 3,
                   "neutral_sha256": fetch.sha256(neutral.astype("<f4").tobytes()),
                   "identity": {"path": "identity{:03d}.obj", "count": 2, "sha256": fetch.shapes_sha256(np.stack(offsets[:2]))},
                   "expression": {"path": "{}.obj", "names": ["smile"], "sha256": fetch.shapes_sha256(np.stack(offsets[2:]))}},
    }
    (tmp_path / "pins.json").write_text(json.dumps(pins))
    return {"mirror": tmp_path / "mirror", "to": tmp_path / "assets", "pins": tmp_path / "pins.json"}


def run(world: dict[str, Any], *words: str, mirror: bool = True) -> int:
    """The command, as a visitor gives it."""
    where = ["--mirror", str(world["mirror"])] if mirror else []
    return fetch.main(["--to", str(world["to"]), "--pins", str(world["pins"]), *where, *words])


def parts(world: dict[str, Any]) -> list[Path]:
    """What was left half."""
    return list(world["to"].rglob("*.part"))


def test_everything_is_fetched_packed_and_then_left_alone(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(world) == 0
    assert "All 3 assets" in capsys.readouterr().out
    targets = makehuman.load_targets(world["to"] / "targets.npz")
    assert sorted(targets) == ["nose/big", "nose/small"]
    assert targets["nose/big"].indices.tolist() == [3, 7]
    assert targets["nose/big"].deltas.tolist() == [[0, 0.125, 0], [-0.5, 0, 1]]
    with np.load(world["to"] / "kit.npz") as kit:
        assert kit["neutral"].dtype == np.float32
        assert kit["identity"].dtype == np.float16
        assert kit["identity"][1].tolist() == [[0, 0, 0], [0, 0.25, 0], [0, 0, 0]]
        assert kit["identity"][0, 0, 2] == np.float16(0.0001)  # the difference is taken before it is rounded
        assert kit["expression_names"].tolist() == ["smile"]
    before = {p: p.stat().st_mtime_ns for p in world["to"].rglob("*.*")}
    world["mirror"].rename(world["mirror"].with_name("gone"))
    assert run(world) == 0  # nothing is asked for again
    assert run(world, "--check") == 0
    assert before == {p: p.stat().st_mtime_ns for p in world["to"].rglob("*.*")}


def test_revisions_are_tried_one_after_another(world: dict[str, Any]) -> None:
    assert run(world, mirror=False) == 0


def test_other_bytes_are_refused_and_named(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    (world["mirror"] / "atlases/skin.png").write_bytes(b"something else")
    (world["mirror"] / "human/nose/small.target").write_text("3 0 -.126 0\n")
    (world["mirror"] / "kit/smile.obj").write_text("v 1 2 3\n")
    assert run(world) == 1
    told = capsys.readouterr().err
    assert "skins/skin.png: " in told
    assert "is not the file that was expected" in told
    assert "targets.npz: the targets of nose are not those that were expected" in told
    assert "kit.npz: a shape has only 1 of 3 vertices" in told
    assert "3 of 3 assets are missing" in told
    assert not [p for p in world["to"].rglob("*") if p.is_file()]


def test_what_is_missing_upstream_is_named_and_the_rest_is_kept(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    (world["mirror"] / "kit/identity001.obj").unlink()
    assert run(world) == 1
    told = capsys.readouterr().err
    assert "kit.npz: " in told
    assert "identity001.obj cannot be read" in told
    assert "1 of 3 assets are missing" in told
    assert (world["to"] / "targets.npz").is_file()
    assert (world["to"] / "skins/skin.png").read_bytes() == b"a picture"
    assert not parts(world)


def test_damaged_assets_are_seen_and_fetched_again(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(world) == 0
    for name in ("skins/skin.png", "targets.npz", "kit.npz"):
        path = world["to"] / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert run(world, "--check") == 1
    told = capsys.readouterr().err
    for name in ("skins/skin.png", "targets.npz", "kit.npz"):
        assert f"{name}: is another file, or cut short" in told
    assert run(world) == 0
    assert run(world, "--check") == 0


def test_a_folder_that_cannot_be_written_is_a_sentence(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    world["to"].write_text("a file where the folder should be")
    assert run(world) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_host_that_cannot_be_reached_is_waited_for_once(world: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.time, "sleep", lambda _: None)
    assert run(world, "--mirror", "http://127.0.0.1:9", mirror=False) == 1
    assert "127.0.0.1:9 cannot be reached" in capsys.readouterr().err


def test_these_assets_are_the_pinned_ones() -> None:
    if not (ASSETS / "makehuman/targets.npz").is_file():
        pytest.skip("the assets are not here")
    assert fetch.main(["--to", str(ASSETS), "--check"]) == 0
