"""Contact sheets of Layers, for people to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from .schema import Schema

BACKDROP = (0.10, 0.11, 0.13)


def display(linear: Tensor) -> Tensor:
    """The house's display curve and sRGB: linear to 0..1, any shape."""
    x = linear.clamp_min(0)
    x = torch.where(x <= 0.7, x, 0.7 + 0.3 * (1 - torch.exp(-(x - 0.7) / 0.3)))
    y = torch.where(x <= 0.0031308, 12.92 * x, 1.055 * x.clamp_min(1e-8) ** (1 / 2.4) - 0.055)
    return y.clamp(0, 1)


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
