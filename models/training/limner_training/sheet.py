"""Contact sheets of Layers, for people to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from torch import Tensor

from .schema import Schema

BACKDROP = np.array([0.10, 0.11, 0.13], np.float32)


def display(linear: np.ndarray) -> np.ndarray:
    """The house's display curve and sRGB: linear `[..., 3]` to bytes."""
    x = np.maximum(linear, 0)
    x = np.where(x <= 0.7, x, 0.7 + 0.3 * (1 - np.exp(-(x - 0.7) / 0.3)))
    y = np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.maximum(x, 1e-8) ** (1 / 2.4) - 0.055)
    return (np.clip(y, 0, 1) * 255 + 0.5).astype(np.uint8)


def portrait(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """Layers `[24, S, S]` over the plain backdrop, as bytes `[S, S, 3]`."""
    rgb = layers[schema.layer_slice("rgb")].transpose(1, 2, 0)
    alpha = layers[schema.layer_slice("alpha")].transpose(1, 2, 0)
    return display(rgb * alpha + BACKDROP * (1 - alpha))


def save_sheet(rows: list[Tensor], schema: Schema, path: Path) -> None:
    """Writes a sheet: each entry of `rows` is a batch of Layers `[B, 24, S, S]`, drawn as one row of portraits."""
    strips = []
    for batch in rows:
        pictures = [portrait(item, schema) for item in batch.detach().float().cpu().numpy()]
        strips.append(np.concatenate(pictures, 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate(strips, 0)).save(path)
