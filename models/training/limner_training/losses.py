"""What makes a generated portrait wrong, as numbers.

All but the adversarial terms are supervised: every training picture has the numbers it was rendered from, so the network
is asked for that very picture. Colour is compared as the square root of premultiplied radiance (close to what is seen), pixel by pixel,
by gradient at three scales (edges, strands), and under random mixes of the studio lights.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from .schema import Schema

# Weight of a pixel by region, so that the few pixels of the eyes count: order of schema.regions.
REGION_WEIGHT = {"eyes": 6.0, "brows_lashes": 3.0, "lips": 3.0, "mouth": 3.0, "glasses": 2.5}


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


def pixel_weight(layers: Tensor, schema: Schema) -> Tensor:
    """`[B, 1, S, S]`: 1 on skin, hair and backdrop, more on the small things that make a face."""
    regions = layers[:, schema.layer_slice("regions")]
    gains = [REGION_WEIGHT.get(name, 1.0) - 1.0 for name in schema.regions]
    boost = regions * torch.tensor(gains, device=layers.device)[None, :, None, None]
    return 1.0 + boost.sum(1, keepdim=True)


def supervised(made: Tensor, true: Tensor, schema: Schema) -> dict[str, Tensor]:
    """Losses of finished Layers against rendered ones, both `[B, 24, S, S]`; each a scalar, already weighted."""
    part = schema.layer_slice
    alpha, alpha_true = made[:, part("alpha")], true[:, part("alpha")]
    rgb, rgb_true = made[:, part("rgb")], true[:, part("rgb")]
    weight = pixel_weight(true, schema)
    seen, seen_true = _seen(rgb, alpha_true), _seen(rgb_true, alpha_true)
    gains = torch.rand(made.shape[0], len(schema.lights), 1, 1, device=made.device) ** 2 * 3.0
    lit = rgb * (made[:, part("transfer")] * gains).sum(1, keepdim=True)
    lit_true = rgb_true * (true[:, part("transfer")] * gains).sum(1, keepdim=True)
    shares = true[:, part("transfer")]
    regions, regions_true = made[:, part("regions")], true[:, part("regions")]
    cover = alpha_true / (alpha_true.mean() + 1e-3)
    return {
        "rgb": 4.0 * ((seen - seen_true).abs() * weight).mean(),
        "edges": 4.0 * _gradient_loss(seen, seen_true, weight),
        "lit": 1.5 * ((_seen(lit, alpha_true) - _seen(lit_true, alpha_true)).abs() * weight).mean(),
        "alpha": 2.0 * (alpha - alpha_true).abs().mean() + 2.0 * _gradient_loss(alpha, alpha_true, weight),
        "normal": 0.3 * ((made[:, part("normal")] - true[:, part("normal")]).abs() * cover).mean(),
        "depth": 6.0 * ((made[:, part("depth")] - true[:, part("depth")]).abs() * cover).mean(),
        "regions": 1.5 * ((regions - regions_true).abs() * weight).mean(),
        "transfer": 1.5 * ((made[:, part("transfer")] - shares).abs() * cover).mean(),
    }
