"""The discriminator that makes pictures crisp once the supervised losses have settled them.

A patch discriminator (Isola et al. 2017) on displayed colour and alpha, with a projection of the labels (Miyato & Koyama
2018), R1 (Mescheder et al. 2018) applied lazily, and feature matching (Wang et al. 2018): the pictures come in pairs, so its own
features are a perceptual distance that needs no network trained on anybody's photographs.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def seen(rgb: Tensor, alpha: Tensor) -> Tensor:
    """What the discriminator looks at: `[B, 4, S, S]`, square root of premultiplied rgb, and alpha, in -1..1."""
    rgb = (rgb.clamp_min(0) * alpha + 1e-4).sqrt()
    return torch.cat([rgb, alpha], 1) * 2 - 1


class Discriminator(nn.Module):
    """`(pictures [B, 4, S, S], labels [B, V]) -> (patch logits, features of every stage)`."""

    def __init__(self, labels: int, widths: tuple[int, ...] = (24, 48, 96, 128)) -> None:
        super().__init__()
        stages = []
        inputs = 4
        for width in widths:
            stages.append(nn.Conv2d(inputs, width, 4, stride=2, padding=1))
            inputs = width
        self.stages = nn.ModuleList(stages)
        self.patch = nn.Conv2d(inputs, 1, 3, padding=1)
        self.project = nn.Linear(labels, inputs)

    def forward(self, x: Tensor, labels: Tensor) -> tuple[Tensor, list[Tensor]]:
        features = []
        for stage in self.stages:
            x = F.leaky_relu(stage(x), 0.2)
            features.append(x)
        match = (x * self.project(labels)[:, :, None, None]).mean(1, keepdim=True)
        return self.patch(x) + match, features


def discriminator_loss(model: Discriminator, real: Tensor, fake: Tensor, labels: Tensor, penalise: bool) -> Tensor:
    """Hinge loss of the discriminator; with `penalise`, R1 on the real pictures, weighted for every 16th step."""
    if penalise:
        real = real.detach().requires_grad_(True)
    on_real, _ = model(real, labels)
    on_fake, _ = model(fake.detach(), labels)
    loss = F.relu(1 - on_real).mean() + F.relu(1 + on_fake).mean()
    if penalise:
        (slope,) = torch.autograd.grad(on_real.sum(), real, create_graph=True)
        loss = loss + 16 * 0.05 * slope.square().sum((1, 2, 3)).mean() / on_real[0].numel()
    return loss


def generator_losses(model: Discriminator, real: Tensor, fake: Tensor, labels: Tensor) -> dict[str, Tensor]:
    """What the generator pays: to be believed, and to look alike to the discriminator."""
    with torch.no_grad():
        _, true = model(real, labels)
    logits, made = model(fake, labels)
    match = torch.stack([(a - b).abs().mean() for a, b in zip(made, true, strict=True)]).mean()
    return {"believed": -logits.mean(), "features": match}
