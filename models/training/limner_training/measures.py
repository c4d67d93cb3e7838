"""Distances between generated and rendered Layers; all inputs float `[24, S, S]` arrays, all results plain numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.ndimage import binary_erosion, gaussian_filter

from .schema import Schema
from .sheet import portrait


def shown(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """The portrait as displayed, float `[S, S, 3]` in 0..1."""
    return portrait(layers, schema).astype(np.float32) / 255.0


def psnr(a: np.ndarray, b: np.ndarray, mask: np.ndarray) -> float:
    """PSNR in dB of displayed pictures within a soft mask `[S, S]`; nan where the mask is empty."""
    weight = float(mask.sum())
    if weight < 4:
        return float("nan")
    error = float((((a - b) ** 2).mean(-1) * mask).sum()) / weight
    return float(-10 * np.log10(max(error, 1e-10)))


def ssim(a: np.ndarray, b: np.ndarray, mask: np.ndarray) -> float:
    """SSIM (Wang et al. 2004, sigma 1.5) of luma within a soft mask; nan where the mask is empty."""
    if float(mask.sum()) < 4:
        return float("nan")
    luma = np.array([0.2126, 0.7152, 0.0722], np.float32)
    x, y = a @ luma, b @ luma

    def blur(v: np.ndarray) -> np.ndarray:
        return gaussian_filter(v, 1.5)

    mx, my = blur(x), blur(y)
    vx, vy, vxy = blur(x * x) - mx * mx, blur(y * y) - my * my, blur(x * y) - mx * my
    c1, c2 = 0.01**2, 0.03**2
    value = ((2 * mx * my + c1) * (2 * vxy + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2))
    return float((value * mask).sum() / mask.sum())


OCTAVES = (0.7, 1.4, 2.8)  # pixels: what a Gaussian of one of these takes away and that of the one before leaves
DEEP = 3  # pixels from a region's outline, which would be the greatest detail of all


def detail(picture: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """How much detail there is within a soft mask `[S, S]`, by octaves from the finest: standard deviation of luma over its mean; nan where
    the mask has no inside."""
    inside = binary_erosion(mask > 0.9, iterations=DEEP)
    if inside.sum() < 200:
        return np.full(len(OCTAVES), np.nan)
    luma = picture @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    softer = [luma, *(gaussian_filter(luma, sigma) for sigma in OCTAVES)]
    bands = [float((a - b)[inside].std()) for a, b in pairwise(softer)]
    return np.array(bands) / max(float(luma[inside].mean()), 1e-3)


def region_iou(a: np.ndarray, b: np.ndarray) -> list[float]:
    """IoU of each region (`[8, S, S]` weights, thresholded at one half); nan where the truth is empty."""
    values = []
    for made, true in zip(a > 0.5, b > 0.5, strict=True):
        union = np.logical_or(made, true).sum()
        values.append(float(np.logical_and(made, true).sum() / union) if true.sum() >= 4 else float("nan"))
    return values


def normal_angle_deg(a: np.ndarray, b: np.ndarray, alpha: np.ndarray) -> float:
    """Mean angle in degrees between unit normals `[3, S, S]` where the sitter is."""
    cosine = np.clip((a * b).sum(0), -1, 1)
    return float((np.degrees(np.arccos(cosine)) * alpha).sum() / max(alpha.sum(), 1.0))


def relit(layers: np.ndarray, gains: np.ndarray, schema: Schema) -> np.ndarray:
    """Layers with `rgb` lit by other light gains `[8]`."""
    out = layers.copy()
    share = layers[schema.layer_slice("transfer")]
    out[schema.layer_slice("rgb")] *= (share * gains[:, None, None]).sum(0)
    return out


HAIR_TIPS = 0.02  # share of hair that hangs lower than where hair is said to end
LEAST_HAIR = 0.002  # of the picture


def hair_seen(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """`[4]`: how far down hair reaches, 0 the picture's top .. 1 its bottom, and its mean colour as displayed; nan without hair."""
    hair = layers[schema.layer_slice("regions")][schema.regions.index("hair")]
    if float(hair.mean()) < LEAST_HAIR:
        return np.full(4, np.nan)
    down = np.cumsum(hair.sum(1)) / hair.sum()
    end = np.searchsorted(down, 1 - HAIR_TIPS) / len(down)
    colour = (shown(layers, schema) * hair[..., None]).sum((0, 1)) / hair.sum()
    return np.array([end, *colour])


def fidelity(made: np.ndarray, true: np.ndarray, schema: Schema, rng: np.random.Generator) -> dict[str, float]:
    """All measures of one held-out sitter."""
    regions = true[schema.layer_slice("regions")]
    masks = {name: regions[i] for i, name in enumerate(schema.regions)}
    a, b = shown(made, schema), shown(true, schema)
    alpha = true[schema.layer_slice("alpha")][0]
    gains = rng.random(len(schema.lights)).astype(np.float32) ** 2 * 3
    lit_a, lit_b = shown(relit(made, gains, schema), schema), shown(relit(true, gains, schema), schema)
    result = {
        "alpha_mae": float(np.abs(made[schema.layer_slice("alpha")][0] - alpha).mean()),
        "normal_deg": normal_angle_deg(made[schema.layer_slice("normal")], true[schema.layer_slice("normal")], alpha),
        "relight_psnr": psnr(lit_a, lit_b, alpha),
        "psnr": psnr(a, b, alpha),
        "ssim": ssim(a, b, alpha),
    }
    for name in ("skin", "hair", "eyes", "lips", "clothes"):
        result[f"psnr_{name}"] = psnr(a, b, masks[name])
        result[f"ssim_{name}"] = ssim(a, b, masks[name])
    for name, value in zip(schema.regions, region_iou(made[schema.layer_slice("regions")], regions), strict=True):
        result[f"iou_{name}"] = value
    return result
