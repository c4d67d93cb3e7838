"""Reads a sitter's numbers off Layers, to judge whether controls do what they say.

Kernel ridge regression (Saunders et al. 1998), learnt in seconds from rendered sitters, in several looks: the first, at the whole picture,
also tells where eyes and mouth are; the others are at the face, upright and of one size, at its mouth, and at how rough it is. What
serves a number best, of a few kernels
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
FACE, REACH = 48, 1.35  # of a face, and how far it reaches from its middle, in distances from eyes to mouth
LIPS, LIPS_REACH = 32, 0.5  # of a mouth
EYES, MOUTH = slice(36, 48), slice(48, 68)  # among the landmarks
SEEN_IN_FACE = ("eyes", "lips", "mouth")  # regions that these looks are also told of
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
        self.face, self.lips, self.grain, self.colours = (_Even(part) for part in (*self._parts(face), wholes[-1:]))
        self.ridge = _Ridge(self._looks(wholes, face), known[:, : schema.input_count])

    def read(self, layers: Tensor) -> np.ndarray:
        """The numbers of each of `layers`."""
        whole = self._whole(layers)
        face = self._face(layers, self.finder.read([self.whole.of(whole)]))
        return self.ridge.read(self._looks(whole, face)).numpy()

    @staticmethod
    def _together(batches: Iterable[list[Tensor]]) -> list[Tensor]:
        return [torch.cat(kind) for kind in zip(*batches, strict=True)]

    @staticmethod
    def _parts(face: list[Tensor]) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
        """What `_face` gives: the face, the mouth, grain."""
        return face[:4], face[4:7], face[7:]

    def _looks(self, whole: list[Tensor], face: list[Tensor]) -> list[Tensor]:
        near, mouth, rough = self._parts(face)
        a, b, lips, grain, colours = self.whole.of(whole), self.face.of(near), self.lips.of(mouth), self.grain.of(rough), self.colours.of(whole[-1:])
        told = [[a, b], [b], [b, 3 * colours], [colours], [b, lips], [b, grain], [a, b, lips, grain]]
        return [torch.cat(parts, 1) for parts in told]

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
        """Of faces whose eyes and mouth are at `places` `[B, 4]`: colour, normals, depth and some regions; the same but depth of the
        mouth; and how rough the face is, in pixels and in pairs."""
        eyes, mouth = places[:, :2], places[:, 2:]
        some = self._layer(layers, "regions")[:, [self.schema.regions.index(name) for name in SEEN_IN_FACE]]
        colour, normal = self._planes(layers)
        kinds = (colour, normal, self._layer(layers, "depth"), some)

        def seen(planes: Tensor, middle: Tensor, reach: float, side: int) -> Tensor:
            down = (mouth - eyes) * reach  # half of the side of what is looked at
            across = torch.stack([down[:, 1], -down[:, 0]], 1)
            step = torch.linspace(-1, 1, side)
            grid = middle[:, None, None] + step[None, None, :, None] * across[:, None, None] + step[None, :, None, None] * down[:, None, None]
            return F.grid_sample(planes, grid, mode="bilinear", padding_mode="border", align_corners=False)

        soft = F.avg_pool2d(torch.cat(kinds, 1), 3, 1, 1)
        widths = [kind.shape[1] for kind in kinds]
        face = seen(soft, (eyes + mouth) / 2, REACH, FACE).split(widths, 1)
        lips = seen(torch.cat([colour, normal, some], 1), mouth, LIPS_REACH, LIPS).split([widths[0], widths[1], widths[3]], 1)
        luma, rough = colour.mean(1, keepdim=True), []
        for _ in range(2):
            right, below = luma[..., :-1, 1:] - luma[..., :-1, :-1], luma[..., 1:, :-1] - luma[..., :-1, :-1]
            energy = F.avg_pool2d(F.pad(torch.cat([right.square(), below.square()], 1), (0, 1, 0, 1)), 9, 4, 4)
            rough.append(seen((energy + 1e-6).sqrt(), (eyes + mouth) / 2, REACH, FACE // 2))
            luma = F.avg_pool2d(luma, 2)
        return [part.flatten(1) for part in (*face, *lips, *rough)]


def r_squared(estimate: np.ndarray, truth: np.ndarray) -> float:
    """Share of the variance of `truth` that `estimate` explains."""
    spread = float(((truth - truth.mean()) ** 2).sum())
    return 1.0 - float(((estimate - truth) ** 2).sum()) / max(spread, 1e-9)
