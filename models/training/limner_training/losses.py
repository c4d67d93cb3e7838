"""What makes a generated portrait wrong, as numbers.

All but the adversarial terms are supervised: every training picture has the numbers it was rendered from, so the network
is asked for that very picture. Colour is compared as the square root of premultiplied radiance (close to what is seen), pixel by pixel,
by gradient and by structure tensor (Förstner and Gülch 1987) at three scales, in the even light of training, and under random mixes
of the lights and the studio's own, half and half. Hair is
asked for without its strands, and strands as their statistics (strands.py).
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional as F

from .network import SHARP, Raw, finish_alpha, finish_depth, finish_normal, finish_regions, finish_rgb, parts, strands_told
from .schema import Schema
from .strands import hair_of

TEXTURE = (4.0, 2.0, 1.0)  # weight of the structure of pixels, of pairs, of fours
CHEQUER = 8.0

# Weight of a pixel by region. Eyes, brows, the inside of the mouth and glasses are drawn over by the finish; skin and lips are what is seen.
REGION_WEIGHT = {"skin": 2.2, "lips": 4.5, "eyes": 2.5, "brows_lashes": 2.0, "mouth": 2.5}


def _seen(rgb: Tensor, alpha: Tensor) -> Tensor:
    return (rgb.clamp_min(0) * alpha + 1e-4).sqrt()


def _gradients(x: Tensor) -> tuple[Tensor, Tensor]:
    return x[..., :, 1:] - x[..., :, :-1], x[..., 1:, :] - x[..., :-1, :]


def _gradient_loss(a: Tensor, b: Tensor, weight: Tensor, scales: int = 3) -> Tensor:
    total = a.new_zeros(())
    for _ in range(scales):
        for u, v, w in zip(_gradients(a), _gradients(b), (weight[..., :, 1:], weight[..., 1:, :]), strict=True):
            total = total + ((u - v).abs() * w).mean()
        a, b, weight = F.avg_pool2d(a, 2), F.avg_pool2d(b, 2), F.avg_pool2d(weight, 2)
    return total


def _structure(luma: Tensor) -> Tensor:
    """Local structure tensor of `[B, 1, S, S]` as `[B, 3, S/4, S/4]`, in the units of a gradient."""
    right, down = luma[..., 1:, 1:] - luma[..., 1:, :-1], luma[..., 1:, 1:] - luma[..., :-1, 1:]
    products = torch.cat([right * right, down * down, right * down], 1)
    mean = F.avg_pool2d(F.pad(products, (1, 0, 1, 0)), 8, stride=4, padding=2)
    return mean.sign() * (mean.abs() + 1e-5).sqrt()


def _chequer(luma: Tensor) -> Tensor:
    """How strongly neighbours alternate around here, `[B, 1, S/4, S/4]`: what no strand does, and pixel shuffle is tempted to."""
    pattern = luma[..., 1:, 1:] - luma[..., 1:, :-1] - luma[..., :-1, 1:] + luma[..., :-1, :-1]
    return F.avg_pool2d(F.pad(pattern.abs(), (1, 0, 1, 0)), 8, stride=4, padding=2)


def _texture(luma: Tensor, true: Tensor) -> Tensor:
    """How far two pictures' structure is apart, in pixels, in pairs and in fours."""
    total = (_chequer(luma) - _chequer(true)).abs().mean() * CHEQUER
    for weight in TEXTURE:
        total = total + (_structure(luma) - _structure(true)).abs().mean() * weight
        luma, true = F.avg_pool2d(luma, 2), F.avg_pool2d(true, 2)
    return total


def pixel_weight(layers: Tensor, schema: Schema) -> Tensor:
    """`[B, 1, S, S]`: 1 on hair, clothes and backdrop, more on what makes a face."""
    regions = layers[:, schema.layer_slice("regions")]
    boost = regions * _region_gains(schema, layers.device)
    return 1.0 + boost.sum(1, keepdim=True)


@lru_cache(maxsize=4)
def _region_gains(schema: Schema, device: torch.device) -> Tensor:
    gains = [REGION_WEIGHT.get(name, 1.0) - 1.0 for name in schema.regions]
    return torch.tensor(gains, device=device)[None, :, None, None]


@lru_cache(maxsize=4)
def _studio_gains(schema: Schema, device: torch.device) -> Tensor:
    return torch.tensor(schema.studio_gains(), device=device).view(1, -1, 1, 1)


def supervised(raw: Raw, true: Tensor, schema: Schema) -> dict[str, Tensor]:
    """Losses of raw planes against rendered Layers `[B, 28, S, S]` taken apart; each a scalar, already weighted.

    Colour and alpha are compared at full size; everything else, which is smooth, at half size.
    """
    sharp, smooth = parts(raw[0].float(), schema), parts(raw[1].float(), schema, SHARP)
    known = parts(true, schema)
    weight = pixel_weight(true, schema)
    alpha, alpha_true = finish_alpha(sharp["alpha"]), known["alpha"]
    rgb = finish_rgb(sharp["rgb"])
    seen, seen_true = _seen(rgb, alpha_true), _seen(known["rgb"], alpha_true)
    luma, luma_true = seen.mean(1, keepdim=True), seen_true.mean(1, keepdim=True)
    coarse = (F.avg_pool2d(seen, 4) - F.avg_pool2d(seen_true, 4)).abs() * F.avg_pool2d(weight, 4)
    losses = {
        "rgb": 4.0 * ((seen - seen_true).abs() * weight).mean(),
        "coarse": 2.0 * coarse.mean(),
        "edges": 4.0 * _gradient_loss(seen, seen_true, weight),
        "texture": _texture(luma, luma_true),
        "alpha": 4.0 * (alpha - alpha_true).abs().mean() + 2.0 * _gradient_loss(alpha, alpha_true, weight),
    }
    half = F.avg_pool2d(true, 2)
    known, weight = parts(half, schema), F.avg_pool2d(weight, 2)
    alpha, alpha_true, rgb = F.avg_pool2d(alpha, 2), known["alpha"], F.avg_pool2d(rgb, 2)
    hair = hair_of(half, schema)
    apart = strands_told(smooth["strands"]) - known["strands"]
    share = torch.softmax(smooth["transfer"], 1)
    gains = torch.rand(share.shape[0], len(schema.lights), 1, 1, device=share.device) ** 2 * 3.0
    gains[::2] = _studio_gains(schema, share.device)
    lit = rgb * (share * gains).sum(1, keepdim=True)
    lit_true = known["rgb"] * (known["transfer"] * gains).sum(1, keepdim=True)
    cover = alpha_true / (alpha_true.mean() + 1e-3)
    return losses | {
        "lit": 1.5 * ((_seen(lit, alpha_true) - _seen(lit_true, alpha_true)).abs() * weight).mean(),
        "normal": 0.3 * ((finish_normal(smooth["normal"]) - known["normal"]).abs() * cover).mean(),
        "depth": 6.0 * ((finish_depth(smooth["depth"]) - known["depth"]).abs() * cover).mean(),
        "regions": 1.5 * ((finish_regions(smooth["regions"], alpha) - known["regions"]).abs() * weight).mean(),
        "transfer": 1.5 * ((share - known["transfer"]).abs() * cover).mean(),
        "strands": ((apart[:, :2].square() + 6.0 * apart[:, 2:].abs()) * hair).mean(),
    }
