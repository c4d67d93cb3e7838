"""Small networks that judge: one tells generated crops from rendered ones, one reads labels off a picture."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F


def _tower(width: int, downs: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    inputs = 3
    for i in range(downs):
        outputs = min(width << i, 160)
        layers += [nn.Conv2d(inputs, outputs, 3, stride=2, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers)


class Detective(nn.Module):
    """`[B, 3, c, c]` displayed crops -> logit that the crop was rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.tower = _tower(24, 4)
        self.head = nn.Linear(160, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.tower(x - 0.5).mean((2, 3)))[:, 0]


class Reader(nn.Module):
    """`[B, 3, 128, 128]` displayed portraits -> estimated network inputs `[B, count]`."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.tower = _tower(24, 4)
        self.head = nn.Sequential(nn.Linear(160 * 64, 192), nn.ReLU(), nn.Dropout(0.2), nn.Linear(192, count))

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.tower(x - 0.5).flatten(1))


def _crops(pictures: Tensor, count: int, side: int, rng: np.random.Generator) -> Tensor:
    chosen = rng.integers(0, len(pictures), count)
    limit = pictures.shape[-1] - side
    out = []
    for i in chosen:
        y, x = rng.integers(limit // 6, max(limit * 5 // 6, 1) + 1, 2)
        crop = pictures[i, :, y : y + side, x : x + side]
        out.append(crop.flip(2) if rng.random() < 0.5 else crop)
    return torch.stack(out)


def two_sample_accuracy(made: Tensor, true: Tensor, steps: int, seed: int = 0) -> float:
    """Accuracy on unseen sitters of a classifier trained to tell `made` from `true`.

    Both `[N, 3, S, S]` displayed pictures of the same sitters; the first 70 % train, the rest test. 0.5 is perfect.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    split = int(len(made) * 0.7)
    side = 96 if made.shape[-1] >= 128 else made.shape[-1] // 2
    model = Detective()
    optimiser = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=1e-3)
    labels = torch.cat([torch.zeros(24), torch.ones(24)])
    for _ in range(steps):
        batch = torch.cat([_crops(made[:split], 24, side, rng), _crops(true[:split], 24, side, rng)])
        loss = F.binary_cross_entropy_with_logits(model(batch), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    model.eval()
    with torch.no_grad():
        fooled = model(_crops(made[split:], 400, side, rng)) < 0
        right = model(_crops(true[split:], 400, side, rng)) > 0
    return float(torch.cat([fooled, right]).float().mean())


def train_reader(pictures: Tensor, labels: Tensor, steps: int, seed: int = 0) -> Reader:
    """Trains a Reader on rendered pictures `[N, 3, 128, 128]` and their inputs `[N, count]`."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = Reader(labels.shape[1])
    optimiser = torch.optim.AdamW(model.parameters(), 1.5e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.5e-3, total_steps=steps)
    for _ in range(steps):
        chosen = torch.from_numpy(rng.integers(0, len(pictures), 48))
        batch = pictures[chosen].float() / 255.0
        batch = batch * float(rng.uniform(0.9, 1.1)) + 0.01 * torch.randn_like(batch)
        loss = F.mse_loss(model(batch), labels[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return model.eval()


def r_squared(estimate: np.ndarray, truth: np.ndarray) -> float:
    """Share of the variance of `truth` that `estimate` explains."""
    spread = float(((truth - truth.mean()) ** 2).sum())
    return 1.0 - float(((estimate - truth) ** 2).sum()) / max(spread, 1e-9)
