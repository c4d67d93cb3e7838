"""Reads a sitter's numbers off Layers, to judge whether controls do what they say.

Kernel ridge regression (Saunders et al. 1998), learnt in seconds from rendered sitters, in two looks: the first, at the whole picture,
also tells where eyes and mouth are; the second is at the face, upright and of one size. What serves a number best, of a few kernels
and strengths of ridge, is chosen by leaving out one sitter at a time (in closed form: Allen 1974).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .schema import Schema
from .skeleton import Skeleton

SMALL = 32  # side of the first look
FACE, REACH = 48, 1.35  # of the second, and how far it reaches from its middle, in distances from eyes to mouth
EYES, MOUTH = slice(36, 48), slice(48, 68)  # among the landmarks
SEEN_IN_FACE = ("eyes", "lips", "mouth")  # regions that the second look is also told of
RIDGES = (1e-3, 1e-2, 1e-1, 1.0, 10.0)  # shares of the kernel's mean eigenvalue
WIDTHS = (0.0, 0.1, 0.3)  # of the kernel: 0 is linear, else the exponent at the mean distance


class _Even:
    """Features of several kinds, each of unit variance in all."""

    def __init__(self, kinds: list[Tensor]) -> None:
        self.means = [kind.mean(0) for kind in kinds]
        self.scales = [float((kind - mean).var(0).sum() + 1e-9) ** -0.5 for kind, mean in zip(kinds, self.means, strict=True)]

    def of(self, kinds: list[Tensor]) -> Tensor:
        return torch.cat([(kind - mean) * scale for kind, mean, scale in zip(kinds, self.means, self.scales, strict=True)], 1)


def _kernel(a: Tensor, b: Tensor, width: float, spread: float) -> Tensor:
    return a @ b.t() if width == 0 else torch.exp(-width / spread * torch.cdist(a, b).square())


class _Ridge:
    """Looks `[N, D]`, several of the same rows -> numbers `[N, M]`, each by the look, kernel and ridge that serve it best.

    `left_out`: the same as told without the row itself.
    """

    def __init__(self, looks: list[Tensor], numbers: Tensor) -> None:
        self.looks = looks
        self.spreads = [float(torch.cdist(look[:256], look).square().mean()) for look in looks]
        self.mean = numbers.mean(0)
        wanted = (numbers - self.mean).double()
        best = wanted.square().mean(0)  # of who always tells the mean
        self.left_out = self.mean.expand_as(numbers).clone()
        self.weights: dict[tuple[int, float], Tensor] = {}
        for i, look in enumerate(looks):
            for width in WIDTHS:
                values, vectors = torch.linalg.eigh(_kernel(look, look, width, self.spreads[i]).double())
                turned = vectors.t() @ wanted
                for ridge in RIDGES:
                    strength = ridge * values.mean()
                    weights = vectors @ (turned / (values + strength)[:, None])
                    off = weights / (vectors.square() / (values + strength)).sum(1, keepdim=True)
                    better = off.square().mean(0) < best
                    best = torch.where(better, off.square().mean(0), best)
                    self.left_out[:, better] = (numbers.double() - off)[:, better].float()
                    for known in self.weights.values():
                        known[:, better] = 0
                    self.weights.setdefault((i, width), torch.zeros_like(numbers))[:, better] = weights[:, better].float()

    def read(self, looks: list[Tensor]) -> Tensor:
        told = self.mean.expand(len(looks[0]), -1)
        for (i, width), weights in self.weights.items():
            told = told + _kernel(looks[i], self.looks[i], width, self.spreads[i]) @ weights
        return told


class Reader:
    """Layers `[B, C, S, S]`, C at least 24 -> estimated network inputs `[B, V]`, without noise."""

    def __init__(self, batches: Callable[[], Iterable[Tensor]], vectors: np.ndarray, skeleton: Skeleton, schema: Schema) -> None:
        """`batches()`: Layers of rendered sitters, in any number of batches, of whom `vectors` `[N, V]` are the numbers."""
        self.schema = schema
        known = torch.from_numpy(np.ascontiguousarray(vectors))
        with torch.no_grad():
            anchors = skeleton(known)[..., :2]
        places = torch.cat([anchors[:, EYES].mean(1), anchors[:, MOUTH].mean(1)], 1)
        wholes = self._together(self._whole(layers) for layers in batches())
        self.whole = _Even(wholes)
        self.finder = _Ridge([self.whole.of(wholes)], places)
        faces, start = [], 0
        for layers in batches():
            faces.append(self._face(layers, self.finder.left_out[start : start + len(layers)]))
            start += len(layers)
        face = self._together(faces)
        self.face, self.colours = _Even(face), _Even(wholes[-1:])
        self.ridge = _Ridge(self._looks(wholes, face), known[:, : schema.input_count])

    def read(self, layers: Tensor) -> np.ndarray:
        """The numbers of each of `layers`."""
        whole = self._whole(layers)
        face = self._face(layers, self.finder.read([self.whole.of(whole)]))
        return self.ridge.read(self._looks(whole, face)).numpy()

    @staticmethod
    def _together(batches: Iterable[list[Tensor]]) -> list[Tensor]:
        return [torch.cat(kind) for kind in zip(*batches, strict=True)]

    def _looks(self, whole: list[Tensor], face: list[Tensor]) -> list[Tensor]:
        a, b, colours = self.whole.of(whole), self.face.of(face), self.colours.of(whole[-1:])
        return [torch.cat([a, b], 1), b, torch.cat([b, 3 * colours], 1), colours]

    def _layer(self, layers: Tensor, name: str) -> Tensor:
        return layers[:, self.schema.layer_slice(name)]

    def _planes(self, layers: Tensor) -> tuple[Tensor, Tensor]:
        alpha = self._layer(layers, "alpha")
        return (self._layer(layers, "rgb").clamp_min(0) * alpha).sqrt(), self._layer(layers, "normal") * alpha

    def _whole(self, layers: Tensor) -> list[Tensor]:
        """Colour, normals and regions, small; and of each region its size and place, its colour, and how that varies."""
        colour, normal = self._planes(layers)
        regions = self._layer(layers, "regions")
        size = regions.mean((2, 3))
        step = torch.linspace(-1, 1, regions.shape[-1])
        here = torch.stack([step[None, :].expand_as(regions[0, 0]), step[:, None].expand_as(regions[0, 0])])
        seen = torch.cat([colour, colour.mean(1, keepdim=True).square(), here.expand(len(colour), -1, -1, -1)], 1)
        mean = torch.einsum("brhw,bchw->brc", regions, seen) / (regions.sum((2, 3))[..., None] + 8)
        varied = (mean[..., 3] - mean[..., :3].mean(-1).square()).clamp_min(0).sqrt()
        told = torch.cat([size.sqrt(), mean[..., [0, 1, 2, 4, 5]].flatten(1), varied], 1)
        return [*(F.adaptive_avg_pool2d(p, SMALL).flatten(1) for p in (colour, normal, regions)), told]

    def _face(self, layers: Tensor, places: Tensor) -> list[Tensor]:
        """Colour, normals, depth and some regions of faces whose eyes and mouth are at `places` `[B, 4]`."""
        eyes, mouth = places[:, :2], places[:, 2:]
        down = (mouth - eyes) * REACH  # half of the side of what is looked at
        across = torch.stack([down[:, 1], -down[:, 0]], 1)
        step = torch.linspace(-1, 1, FACE)
        grid = (eyes + mouth)[:, None, None] / 2 + step[None, None, :, None] * across[:, None, None] + step[None, :, None, None] * down[:, None, None]
        some = self._layer(layers, "regions")[:, [self.schema.regions.index(name) for name in SEEN_IN_FACE]]
        kinds = (*self._planes(layers), self._layer(layers, "depth"), some)
        soft = F.avg_pool2d(torch.cat(kinds, 1), 3, 1, 1)
        seen = F.grid_sample(soft, grid, mode="bilinear", padding_mode="border", align_corners=False)
        return [part.flatten(1) for part in seen.split([kind.shape[1] for kind in kinds], 1)]


def r_squared(estimate: np.ndarray, truth: np.ndarray) -> float:
    """Share of the variance of `truth` that `estimate` explains."""
    spread = float(((truth - truth.mean()) ** 2).sum())
    return 1.0 - float(((estimate - truth) ** 2).sum()) / max(spread, 1e-9)
