"""Contact sheets of Layers, for people to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from .schema import Schema

BACKDROP = (0.10, 0.11, 0.13)


def display(linear: Tensor) -> Tensor:
    """The house's display curve and sRGB: linear to 0..1, any shape."""
    x = linear.clamp_min(0)
    x = torch.where(x <= 0.7, x, 0.7 + 0.3 * (1 - torch.exp(-(x - 0.7) / 0.3)))
    y = torch.where(x <= 0.0031308, 12.92 * x, 1.055 * x.clamp_min(1e-8) ** (1 / 2.4) - 0.055)
    return y.clamp(0, 1)


def undisplayed(shown: Tensor) -> Tensor:
    """`display` the other way; what was brighter than paper is as bright as can be told."""
    x = torch.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)
    return torch.where(x <= 0.7, x, 0.7 - 0.3 * torch.log((1 - (x - 0.7) / 0.3).clamp_min(0.004)))


def in_studio(layers: Tensor, schema: Schema) -> Tensor:
    """Layers `[B, C, S, S]` in the even light of training -> the same as the studio lights them, which is how they are shown."""
    colour, light = schema.layer_slice("rgb"), schema.layer_slice("transfer")
    share = layers[:, light] * torch.tensor(schema.studio_gains(), device=layers.device).view(1, -1, 1, 1)
    total = share.sum(1, keepdim=True)
    return torch.cat([layers[:, colour] * total, layers[:, colour.stop : light.start], share / total, layers[:, light.stop :]], 1)


def pictures(layers: Tensor, schema: Schema) -> Tensor:
    """Layers `[B, C, S, S]` over the plain backdrop as displayed, `[B, 3, S, S]` in 0..1."""
    rgb, alpha = layers[:, schema.layer_slice("rgb")], layers[:, schema.layer_slice("alpha")]
    backdrop = torch.tensor(BACKDROP, device=layers.device)[None, :, None, None]
    return display(rgb * alpha + backdrop * (1 - alpha))


def portrait(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """Layers `[C, S, S]` over the plain backdrop, as bytes `[S, S, 3]`."""
    picture = pictures(torch.from_numpy(layers)[None], schema)[0]
    return (picture * 255 + 0.5).byte().permute(1, 2, 0).numpy()


def save_sheet(rows: list[Tensor], schema: Schema, path: Path) -> None:
    """Writes a sheet: each entry of `rows` is a batch of Layers `[B, C, S, S]`, drawn as one row of portraits."""
    strips = []
    for batch in rows:
        pictures = [portrait(item, schema) for item in batch.detach().float().cpu().numpy()]
        strips.append(np.concatenate(pictures, 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate(strips, 0)).save(path)


SWEEP_STEPS, SWEEPS_BESIDE, SWEEP_GAP = 5, 3, 2  # of `./limner sitters --sweep all`


def save_sweeps(sheet: Path, schema: Schema, path: Path, side: int = 72) -> None:
    """Writes the sheet of `./limner sitters --sweep all` once more, small, with the name and both ends of each number over it."""
    numbers = [a for a in schema.attributes if a.type == "number"]
    source = Image.open(sheet).convert("RGB")
    across = SWEEP_STEPS * SWEEPS_BESIDE
    cell = (source.width + SWEEP_GAP) // across  # a picture and the gap after it
    if source.height + SWEEP_GAP < -(-len(numbers) // SWEEPS_BESIDE) * cell:
        raise SystemExit(f"{sheet} does not hold a sweep of each of {len(numbers)} numbers.")
    head, apart = 15, 10
    width, height = SWEEP_STEPS * side + apart, side + head + 6
    out = Image.new("RGB", (SWEEPS_BESIDE * width - apart, -(-len(numbers) // SWEEPS_BESIDE) * height), (24, 24, 26))
    draw = ImageDraw.Draw(out)
    for i, number in enumerate(numbers):
        row, column = divmod(i, SWEEPS_BESIDE)
        left, top = column * SWEEP_STEPS * cell, row * cell
        strip = source.crop((left, top, left + SWEEP_STEPS * cell - SWEEP_GAP, top + cell - SWEEP_GAP)).resize((SWEEP_STEPS * side, side), Image.Resampling.LANCZOS)
        out.paste(strip, (column * width, row * height + head))
        draw.text((column * width + 2, row * height + 2), f"{number.id}   {number.low:g} .. {number.high:g}", fill=(205, 205, 210))
    path.parent.mkdir(parents=True, exist_ok=True)
    out.save(path, quality=80)
