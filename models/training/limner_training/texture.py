"""Hair at a picture's own size, beside renders: how much it varies across its strands and along them.

`./limner eval --only hair --large FOLDER` takes sitters rendered larger than a network paints (`./limner sitters --bare --size 512`), has the
same people painted and finished at that size, and compares both where both have hair. Squares of `SIDE` pixels are turned until the
hair runs upright, by the structure tensor of each picture, and their spectra added up, of logarithms of luma.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter, rotate

from .dataset import layers_of
from .finished import Finisher
from .network import Generator
from .sheet import in_studio, undisplayed
from .sitfile import read_sit

SIDE, INNER = 32, 22  # pixels of a square, and of what is left of it when it has been turned
SURE = 0.9  # share of hair
DARK = 0.004  # luma, added before logarithms are taken
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
# Waves to a square, from the longest: those that are longer than it along the hair are strands; shorter than four pixels, what crosses them.
STRAND, CROSSING = 1, INNER // 4
ACROSS = (INNER // 2 + 1, INNER // 4, INNER // 8, 1)  # octaves from the finest


def turned(luma: np.ndarray) -> tuple[np.ndarray, float]:
    """Logarithms of a square `[SIDE, SIDE]` -> its spectrum `[INNER // 2 + 1, INNER // 2 + 1]` (along hair, across it), and how much
    all of it runs one way, 0..1."""
    down, right = np.gradient(gaussian_filter(luma, 1))
    both, apart, whole = 2 * (right * down).mean(), (right**2 - down**2).mean(), (right**2 + down**2).mean()
    edge = (SIDE - INNER) // 2
    upright = rotate(luma, float(np.degrees(0.5 * np.arctan2(both, apart))), reshape=False, order=1, mode="reflect")[edge:-edge, edge:-edge]
    window = np.hanning(INNER)[:, None] * np.hanning(INNER)
    power = np.abs(np.fft.fft2((upright - upright.mean()) * window)) ** 2
    half = INNER // 2 + 1
    return power[:half, :half] + power[-np.arange(half)][:, :half], float(np.hypot(both, apart) / max(float(whole), 1e-9))


def compare(pairs: list[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> dict[str, object]:
    """(luma of a render `[S, S]`, of the same sitter painted, which pixels are hair in both) -> what is painted in parts of what is rendered:
    `strands`, across them, octaves from the finest; `crossing`, what changes along them within four pixels; and `one_way` of both, renders first."""
    spectra = np.zeros((2, INNER // 2 + 1, INNER // 2 + 1))
    one_way, squares = np.zeros(2), 0
    for *lumas, hair in pairs:
        logs = [np.log(luma + DARK) for luma in lumas]
        for y in range(0, hair.shape[0] - SIDE, SIDE // 2):
            for x in range(0, hair.shape[1] - SIDE, SIDE // 2):
                if not hair[y : y + SIDE, x : x + SIDE].all():
                    continue
                squares += 1
                for k in range(2):
                    spectrum, way = turned(logs[k][y : y + SIDE, x : x + SIDE])
                    spectra[k] += spectrum
                    one_way[k] += way

    def ratio(along: slice, across: slice) -> float:
        rendered, made = (float(s[along, across].sum()) for s in spectra)
        return round((made / max(rendered, 1e-12)) ** 0.5, 3)

    octaves = zip(ACROSS[1:], ACROSS[:-1], strict=True)
    return {
        "squares": squares,
        "strands": [ratio(slice(0, STRAND + 1), slice(a, b)) for a, b in octaves],
        "crossing": ratio(slice(CROSSING, None), slice(None)),
        "one_way": [round(float(x) / max(squares, 1), 3) for x in one_way],
    }


def weigh_hair(model: Generator, folder: Path) -> dict[str, object]:
    """Sitters of `folder`, rendered at one size, a multiple of the network's -> see `compare`."""
    schema = model.schema
    planes = frozenset({"alpha", "normal", "depth", "regions"} | {f"light.{name}" for name in schema.lights})
    core: Finisher | None = None
    pairs = []
    for path in sorted(folder.glob("*.sit")):
        sit = read_sit(path, planes)
        size = sit.planes["alpha"].shape[-1]
        if core is None:
            core = Finisher(model, size)
        render = in_studio(torch.from_numpy(layers_of(sit, schema, size))[None], schema)[0].numpy()
        vector = torch.tensor(sit.header["input"], dtype=torch.float32)[None]
        with torch.no_grad():
            painted = in_studio(model(vector), schema)[0]
        picture = torch.from_numpy(core.picture(painted.numpy(), vector[0].numpy()))[..., :3].float() / 255
        plane = schema.layer_slice("regions").start + schema.regions.index("hair")
        times = size // model.size.resolution
        hair = np.minimum(render[plane], painted[plane].numpy().repeat(times, 0).repeat(times, 1)) > SURE
        rgb = schema.layer_slice("rgb")
        pairs.append((np.tensordot(LUMA, render[rgb], 1), undisplayed(picture).numpy() @ LUMA, hair))
    return compare(pairs)
