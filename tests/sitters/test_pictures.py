"""Rendered sitters against their labels: what a number says is what is seen, and nothing else changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "models" / "training"))

from limner_training.schema import load_schema  # noqa: E402
from limner_training.sitfile import SitFile, read_sit  # noqa: E402
from limner_training.skeleton import read_anchors  # noqa: E402

PROGRAM = PROJECT / "build/native/limner_sitters"
ASSETS = Path(os.environ.get("LIMNER_ASSETS", PROJECT.parent / "shared/assets"))
SIDE = 96
REGIONS = load_schema().regions

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists() or not (ASSETS / "makehuman").exists(), reason="the renderer or its assets are not here"
)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The program's answer."""
    return subprocess.run([str(PROGRAM), *words], cwd=PROJECT, capture_output=True, text=True, check=False)


class Studio:
    """One sitter with all values known; `paint(age=62)` is the same sitter with that one value changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        done = run("--count", "1", "--seed", "studio", "--size", "64", "--out", str(folder / "own"), "--preview")
        assert done.returncode == 0, done.stderr
        self.values = json.loads((folder / "own/000000.json").read_text())["values"]
        plain = {"hair.style": "crop", "hair.grey": 0, "glasses.style": "none", "beard.style": "none", "makeup.lips": 0}
        plain |= {name: 0 for name in self.values if name.startswith("expression.")}
        plain |= {"pose.yaw": 0, "pose.pitch": 0, "pose.roll": 0, "gaze.x": 0, "gaze.y": 0, "beard.shadow": 0}
        self.values |= plain
        self.made = 0

    def paint(self, **changes: float | str) -> SitFile:
        """Renders; `pose__yaw=20` stands for the attribute pose.yaw."""
        values = self.values | {name.replace("__", "."): value for name, value in changes.items()}
        sets = [word for name, value in values.items() for word in ("--set", f"{name}={_text(value)}")]
        out = self.folder / f"{self.made:03d}"
        self.made += 1
        done = run("--count", "1", "--seed", "studio", "--size", str(SIDE), "--out", str(out), *sets)
        assert done.returncode == 0, done.stderr
        return read_sit(out / "000000.sit")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Shared by all tests of this file."""
    return Studio(tmp_path_factory.mktemp("studio"))


def region(sit: SitFile, name: str) -> np.ndarray:
    """Where this region fills the pixel."""
    return sit.planes["regions"][REGIONS.index(name)] > 200


def lit(sit: SitFile) -> np.ndarray:
    """The canonical picture, linear `[3, S, S]`."""
    return sum(plane.astype(np.float32) for name, plane in sit.planes.items() if name.startswith("light."))


def lightness(sit: SitFile, name: str) -> tuple[float, float]:
    """Median CIELAB L* and b* of a region's albedo."""
    srgb = sit.planes["albedo"][:, region(sit, name)].astype(np.float64) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    _, y, z = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    fy, fz = np.cbrt(y), np.cbrt(z / 1.089)
    return float(np.median(116 * fy - 16)), float(np.median(200 * (fy - fz)))


def test_skin_darkens_with_its_tone(studio: Studio) -> None:
    angles = []
    for tone in (1, 4, 7, 10):
        light, yellow = lightness(studio.paint(skin__tone=tone), "skin")
        angles.append(float(np.degrees(np.arctan2(light - 50, yellow))))  # individual typology angle
    assert angles == sorted(angles, reverse=True)
    assert angles[0] > 41 and angles[-1] < 0


def test_hair_darkens_with_its_melanin(studio: Studio) -> None:
    fair, dark = (lightness(studio.paint(hair__melanin=m), "hair")[0] for m in (0.1, 0.9))
    assert fair > dark + 15


def test_the_head_turns_and_the_mouth_opens_as_told(studio: Studio) -> None:
    def landmarks(**changes: float) -> np.ndarray:
        return np.array(studio.paint(**changes).header["landmarks"])

    still, left, right = landmarks(), landmarks(pose__yaw=-25), landmarks(pose__yaw=25)
    nose = [float(points[30, 0] - points[[36, 45], 0].mean()) for points in (left, still, right)]
    assert nose[0] < nose[1] - 3 and nose[2] > nose[1] + 3
    up = landmarks(pose__pitch=15)
    assert up[30, 1] - up[[36, 45], 1].mean() < still[30, 1] - still[[36, 45], 1].mean() - 1
    wide = landmarks(expression__jaw_open=0.8)
    assert wide[66, 1] - wide[62, 1] > still[66, 1] - still[62, 1] + 3
    smile = landmarks(expression__smile=1.0)
    assert smile[54, 0] - smile[48, 0] > still[54, 0] - still[48, 0] + 2


def test_one_attribute_changes_its_own_region(studio: Studio) -> None:
    before = studio.paint(eyes__pigment=0.1)
    after = studio.paint(eyes__pigment=0.95)
    moved = np.abs(lit(before) - lit(after)).max(0)
    eyes = before.planes["regions"][REGIONS.index("eyes")] > 0
    assert moved[eyes].max() > 0.03
    assert moved[~eyes].max() < 0.01
    blue = studio.paint(clothes__hue=220, clothes__saturation=0.7)
    red = studio.paint(clothes__hue=0, clothes__saturation=0.7)
    moved = np.abs(lit(blue) - lit(red)).max(0)
    face = region(blue, "eyes") | region(blue, "lips") | region(blue, "hair")
    assert moved[region(blue, "clothes")].mean() > 0.02
    assert moved[face].mean() < 0.004  # cloth throws a little of its colour


def test_layers_agree_with_each_other(studio: Studio) -> None:
    sit = studio.paint()
    regions = sit.planes["regions"].astype(int).sum(0)
    assert np.abs(regions - sit.planes["alpha"][0]).max() == 0
    normal = sit.planes["normal"].astype(np.float32)[:, region(sit, "skin")] / 127.5 - 1
    assert np.abs(np.linalg.norm(normal, axis=0) - 1).max() < 0.35  # a mean of a pixel's normals
    assert float(lit(sit).min()) >= 0


def test_chance_is_small_and_told() -> None:
    said = run("--noise", "--count", "2", "--size", "96").stdout
    noise = {line.split()[2].rstrip(":"): float(line.split()[3]) for line in said.splitlines()}
    assert 0 < noise["skin"] < 6
    assert 0 < noise["hair"] < 12


def test_same_seed_same_bytes_and_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    words = ("--count", "3", "--seed", "again", "--size", "64", "--out")
    assert run(*words, str(tmp_path / "a")).returncode == 0
    assert run(*words, str(tmp_path / "b"), "--threads", "1").returncode == 0
    files = [f"{i:06d}.sit" for i in range(3)]
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    kept = (tmp_path / "a" / files[0]).stat().st_mtime_ns
    (tmp_path / "a" / files[1]).unlink()
    assert run(*words, str(tmp_path / "a")).returncode == 0
    assert (tmp_path / "a" / files[0]).stat().st_mtime_ns == kept
    assert (tmp_path / "a" / files[1]).read_bytes() == (tmp_path / "b" / files[1]).read_bytes()
    assert not list((tmp_path / "a").glob("*.part"))


def test_bare_sitters_wear_nothing_and_some_are_turned(tmp_path: Path) -> None:
    def inputs(name: str, *words: str) -> np.ndarray:
        assert run("--count", "40", "--seed", "worn", "--anchors", str(tmp_path / name), *words).returncode == 0
        return read_anchors(tmp_path / name).inputs

    schema = load_schema()
    plain, bare = inputs("plain"), inputs("bare", "--bare", "--set", "age=40")
    for name in ("makeup.lips", "brows.thickness", "beard.shadow", "age"):
        at = schema.attribute(name).offset
        assert len(set(plain[:, at])) > 1 and len(set(bare[:, at])) == 1, name
    turned = (inputs("turned", "--turned", "50") != plain).sum(1)
    assert 5 < (turned == 0).sum() < 35
    assert 2 < turned[turned > 0].mean() < 40  # what follows from a turned number changes with it


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--count", "1", "--out", "x", "--set", "age=200"], "age"),
        (["--count", "1", "--out", "x", "--set", "wings=2"], "no attribute 'wings'"),
        (["--count", "1", "--out", "x", "--assets", "/nowhere"], "/nowhere"),
        (["--count", "-3", "--out", "x"], "whole number"),
        (["--count", "1", "--out", "/proc/limner"], "cannot be made"),
    ],
)
def test_what_cannot_be_gets_a_sentence(words: list[str], sentence: str) -> None:
    done = run(*words)
    assert done.returncode in (1, 2)
    assert sentence in done.stderr
    assert done.stderr.strip().endswith(".")
