"""What makes a generated portrait wrong, as numbers.

All but the adversarial terms are supervised: every training picture has the numbers it was rendered from, so the network
is asked for that very picture. Colour is compared as the square root of premultiplied radiance (close to what is seen), pixel by pixel,
by gradient at three scales (edges, strands), and under random mixes of the studio lights.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from .network import finish, finish_alpha, finish_rgb
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


def supervised(raw: Tensor, true: Tensor, schema: Schema) -> dict[str, Tensor]:
    """Losses of raw planes against rendered Layers, both `[B, 24, S, S]`; each a scalar, already weighted.

    Colour and alpha are compared at full size; everything else, which is smooth, at half size: it would
    otherwise cost more than the network.
    """
    part = schema.layer_slice
    weight = pixel_weight(true, schema)
    alpha, alpha_true = finish_alpha(raw[:, part("alpha")].float()), true[:, part("alpha")]
    seen = _seen(finish_rgb(raw[:, part("rgb")].float()), alpha_true)
    seen_true = _seen(true[:, part("rgb")], alpha_true)
    losses = {
        "rgb": 4.0 * ((seen - seen_true).abs() * weight).mean(),
        "edges": 4.0 * _gradient_loss(seen, seen_true, weight),
        "alpha": 2.0 * (alpha - alpha_true).abs().mean() + 2.0 * _gradient_loss(alpha, alpha_true, weight),
    }
    made, true, weight = finish(F.avg_pool2d(raw, 2).float(), schema), F.avg_pool2d(true, 2), F.avg_pool2d(weight, 2)
    alpha_true = true[:, part("alpha")]
    gains = torch.rand(made.shape[0], len(schema.lights), 1, 1, device=made.device) ** 2 * 3.0
    lit = made[:, part("rgb")] * (made[:, part("transfer")] * gains).sum(1, keepdim=True)
    lit_true = true[:, part("rgb")] * (true[:, part("transfer")] * gains).sum(1, keepdim=True)
    cover = alpha_true / (alpha_true.mean() + 1e-3)
    return losses | {
        "lit": 1.5 * ((_seen(lit, alpha_true) - _seen(lit_true, alpha_true)).abs() * weight).mean(),
        "normal": 0.3 * ((made[:, part("normal")] - true[:, part("normal")]).abs() * cover).mean(),
        "depth": 6.0 * ((made[:, part("depth")] - true[:, part("depth")]).abs() * cover).mean(),
        "regions": 1.5 * ((made[:, part("regions")] - true[:, part("regions")]).abs() * weight).mean(),
        "transfer": 1.5 * ((made[:, part("transfer")] - true[:, part("transfer")]).abs() * cover).mean(),
    }
