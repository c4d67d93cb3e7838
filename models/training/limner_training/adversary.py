"""The discriminator that makes pictures crisp once the supervised losses have settled them.

A residual discriminator after StyleGAN2 (Karras et al. 2020) that gives its opinion at two scales, patch by patch (Isola et al.
2017), each with a projection of the labels (Miyato & Koyama 2018); the non-saturating logistic loss with R1 (Mescheder et al. 2018)
applied lazily; and feature matching (Wang et al. 2018): the pictures come in pairs, so its own features are a perceptual
distance that needs no network trained on anybody's photographs. It looks at pictures under random mixes of the studio lights,
so what it asks of colour it asks of `transfer` too.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .schema import Schema

SLOPE = 0.2
FINE = 4.0  # what is finer than 5 pixels is shown once more, larger: it is what there is to judge
R1_EVERY = 16
R1_WEIGHT = 1.0


def seen(rgb: Tensor, alpha: Tensor, share: Tensor, gains: Tensor) -> Tensor:
    """What the discriminator looks at: `[B, 4, S, S]`, square root of premultiplied rgb, and alpha, in -1..1.

    `share` `[B, L, S, S]` is each light's part of the colour, `gains` `[B, L]` what it is multiplied by.
    """
    mix = (share * gains[:, :, None, None]).sum(1, keepdim=True)
    lit = (rgb.clamp_min(0) * alpha * mix + 1e-4).sqrt()
    return torch.cat([lit, alpha], 1) * 2 - 1


def random_gains(count: int, lights: int, device: torch.device) -> Tensor:
    """`[count, lights]`: half of the pictures as they were lit, half under another mix."""
    other = torch.rand(count, lights, device=device).square() * 3.0
    keep = (torch.rand(count, 1, device=device) < 0.5).float()
    return keep + (1 - keep) * other


class Stage(nn.Module):
    """Halves the resolution: two convolutions and a short cut."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inputs, inputs, 3, padding=1)
        self.second = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.short = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = F.leaky_relu(self.first(x), SLOPE)
        y = F.leaky_relu(self.second(F.avg_pool2d(y, 2)), SLOPE)
        return (y + self.short(F.avg_pool2d(x, 2))) * 0.7


class Opinion(nn.Module):
    """Features and labels -> a logit for every patch."""

    def __init__(self, inputs: int, labels: int) -> None:
        super().__init__()
        self.plain = nn.Conv2d(inputs, 1, 1)
        self.project = nn.Linear(labels, inputs)
        nn.init.zeros_(self.project.weight)

    def forward(self, x: Tensor, labels: Tensor) -> Tensor:
        match = (x * self.project(labels)[:, :, None, None]).sum(1, keepdim=True) * x.shape[1] ** -0.5
        return self.plain(x) + match


class Discriminator(nn.Module):
    """`(pictures [B, 4, S, S], labels [B, V], gains [B, L]) -> (patch logits at each scale, features of every stage)`."""

    def __init__(self, schema: Schema, widths: tuple[int, ...] = (24, 48, 96, 128)) -> None:
        super().__init__()
        self.start = nn.Conv2d(8, widths[0], 3, padding=1)
        self.stages = nn.ModuleList(Stage(a, b) for a, b in pairwise(widths))
        labels = schema.input_count + len(schema.lights)
        self.speaking = (1, 2)
        self.opinions = nn.ModuleList(Opinion(widths[i + 1], labels) for i in self.speaking)
        # PyTorch's own start lets signals shrink from layer to layer until it sees nothing; He et al. 2015 keep them.
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, a=SLOPE)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)

    def forward(self, x: Tensor, labels: Tensor, gains: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        told = torch.cat([labels, gains], 1)
        x = F.leaky_relu(self.start(torch.cat([x, FINE * (x - F.avg_pool2d(x, 5, 1, 2))], 1)), SLOPE)
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return [say(features[i], told).float() for i, say in zip(self.speaking, self.opinions, strict=True)], features


def _doubt(logits: list[Tensor], sign: float) -> Tensor:
    return torch.stack([F.softplus(sign * x).mean() for x in logits]).mean()


def discriminator_loss(model: Discriminator, real: Tensor, fake: Tensor, labels: Tensor, gains: Tensor) -> Tensor:
    """Logistic loss of the discriminator."""
    on_real, _ = model(real, labels, gains)
    on_fake, _ = model(fake.detach(), labels, gains)
    return _doubt(on_real, -1) + _doubt(on_fake, 1)


def smoothness_loss(model: Discriminator, real: Tensor, labels: Tensor, gains: Tensor) -> Tensor:
    """R1 on the real pictures, weighted for every `R1_EVERY`th step."""
    real = real.detach().requires_grad_(True)
    logits, _ = model(real, labels, gains)
    whole = torch.stack([x.mean((1, 2, 3)) for x in logits]).sum()
    (slope,) = torch.autograd.grad(whole, real, create_graph=True)
    return 0.5 * R1_WEIGHT * R1_EVERY * slope.square().sum((1, 2, 3)).mean()


def generator_losses(model: Discriminator, real: Tensor, fake: Tensor, labels: Tensor, gains: Tensor) -> dict[str, Tensor]:
    """What the generator pays: to be believed, and to look alike to the discriminator."""
    with torch.no_grad():
        _, true = model(real, labels, gains)
    logits, made = model(fake, labels, gains)
    apart = []
    for a, b in zip(made[1:], true[1:], strict=True):
        a, b = F.normalize(a.float(), dim=1), F.normalize(b.float(), dim=1)
        apart.append((a - b).square().sum(1).mean())
    return {"believed": _doubt(logits, -1), "features": torch.stack(apart).mean()}
