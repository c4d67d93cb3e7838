"""The generator: a sitter's numbers in, Layers out.

A style-modulated decoder after StyleGAN2 (Karras et al. 2020): every convolution's input channels are scaled by
the style and its output demodulated by the weights' expected norm, written as Mul, Conv, Mul so that a batch shares one
plain convolution and the exported graph has nothing but Conv, Gemm, Mul, Add, Resize and DepthToSpace. Because all that
determines a training picture is in the input, there is no latent to invert and no per-pixel noise.

Shapes: input `[B, vector_count]`, output `[B, 24, S, S]` in the order and units of docs/ARCHITECTURE.md, "Layers".
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .schema import Schema, load_schema

SLOPE = 0.2
FIRST_PLANES = 1  # the first block whose features are read out


@dataclass(frozen=True)
class Size:
    """Widths of the decoder; `blocks[i]` are the channels at resolution `base << i`."""

    base: int = 8
    blocks: tuple[int, ...] = (168, 168, 152, 96, 48)
    detail: int = 16
    style: int = 232
    rank: int = 24

    @property
    def resolution(self) -> int:
        """Side of the output: the last block, doubled by the head."""
        return self.base << len(self.blocks)


SIZES: dict[str, Size] = {
    "portrait": Size(),
    "tiny": Size(blocks=(32, 32, 24), detail=8, style=48, rank=4),
}


def _twice(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


class Modulated(nn.Module):
    """3x3 convolution modulated by the style, with bias and leaky ReLU."""

    def __init__(self, inputs: int, outputs: int, style: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3))
        self.gain = (inputs * 9) ** -0.5
        self.scale = nn.Linear(style, inputs)
        self.shift = nn.Linear(style, outputs)
        nn.init.normal_(self.scale.weight, std=style**-0.5 * 0.3)
        nn.init.ones_(self.scale.bias)
        nn.init.normal_(self.shift.weight, std=style**-0.5 * 0.1)
        nn.init.zeros_(self.shift.bias)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        s = self.scale(w)
        weight = self.weight * self.gain
        energy = weight.float().pow(2).sum((2, 3))  # [out, in]
        d = torch.rsqrt(s.float().pow(2) @ energy.t() + 1e-6)
        x = F.conv2d(x * s[:, :, None, None].to(x.dtype), weight.to(x.dtype), padding=1)
        x = x * d[:, :, None, None].to(x.dtype) + self.shift(w)[:, :, None, None].to(x.dtype)
        return F.leaky_relu(x, SLOPE) * 1.4


class Block(nn.Module):
    """Doubles the resolution (but for the first), then two modulated convolutions with a short cut."""

    def __init__(self, inputs: int, outputs: int, style: int, up: bool) -> None:
        super().__init__()
        self.up = up
        self.narrow = nn.Conv2d(inputs, outputs, 1) if up else None
        self.first = Modulated(outputs, outputs, style)
        self.second = Modulated(outputs, outputs, style)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        if self.narrow is not None:
            x = _twice(self.narrow(x))
        y = self.second(self.first(x, w), w)
        return (x + y) * 0.7


class Head(nn.Module):
    """Features and planes at half resolution -> the 24 raw planes at full resolution."""

    def __init__(self, inputs: int, detail: int, planes: int, style: int) -> None:
        super().__init__()
        self.spread = nn.Conv2d(inputs, detail * 4, 1)
        self.mix = nn.Conv2d(detail, detail, 3, padding=1)
        self.fine = nn.Conv2d(detail, planes, 1)
        self.tone = nn.Linear(style, detail)
        nn.init.zeros_(self.fine.weight)
        nn.init.zeros_(self.tone.weight)
        nn.init.ones_(self.tone.bias)

    def forward(self, x: Tensor, planes: Tensor, w: Tensor) -> Tensor:
        d = F.leaky_relu(F.pixel_shuffle(self.spread(x), 2), SLOPE)
        d = d * self.tone(w)[:, :, None, None].to(d.dtype)
        d = d + F.leaky_relu(self.mix(d), SLOPE)
        return _twice(planes) + self.fine(d)


def finish_rgb(raw: Tensor) -> Tensor:
    """Raw colour planes to linear radiance, 0..4."""
    return (raw * 0.5 + 0.5).clamp(0, 2).square()


def finish_alpha(raw: Tensor) -> Tensor:
    """Raw matte to coverage, 0..1."""
    return torch.sigmoid(raw * 2)


def finish(raw: Tensor, schema: Schema) -> Tensor:
    """Raw planes to Layers: ranges and sums as promised in docs/ARCHITECTURE.md. Keeps the order of planes."""
    part = {name: raw[:, schema.layer_slice(name)] for name, _ in schema.layers}
    alpha = finish_alpha(part["alpha"])
    normal = part["normal"] / (part["normal"].pow(2).sum(1, keepdim=True) + 1e-4).sqrt()
    regions = torch.softmax(part["regions"] * 2, 1) * alpha
    transfer = torch.softmax(part["transfer"], 1)
    return torch.cat([finish_rgb(part["rgb"]), alpha, normal, part["depth"] * 0.1, regions, transfer], 1)


class Generator(nn.Module):
    """The whole decoder. `raw` is what the losses see, `forward` gives finished Layers."""

    def __init__(self, size: Size, schema: Schema | None = None) -> None:
        super().__init__()
        self.size = size
        self.schema = schema or load_schema()
        first = size.blocks[0]
        self.mapping = nn.Sequential(
            nn.Linear(self.schema.vector_count, size.style),
            nn.LeakyReLU(SLOPE),
            nn.Linear(size.style, size.style),
            nn.LeakyReLU(SLOPE),
        )
        self.constant = nn.Parameter(torch.randn(1, first, size.base, size.base))
        self.basis = nn.Parameter(torch.randn(size.rank, first * size.base * size.base) * 0.5)
        self.where = nn.Linear(size.style, size.rank)
        blocks = []
        for i, width in enumerate(size.blocks):
            blocks.append(Block(size.blocks[max(i - 1, 0)], width, size.style, up=i > 0))
        self.blocks = nn.ModuleList(blocks)
        planes = self.schema.channel_count
        self.planes = nn.ModuleList(nn.Conv2d(width, planes, 1) for width in size.blocks[FIRST_PLANES:])
        self.head = Head(size.blocks[-1], size.detail, planes, size.style)

    def raw(self, vector: Tensor, side: int | None = None) -> Tensor:
        """Raw planes [B, 24, side, side], every resolution adding to the one below (as StyleGAN2's skips).

        `side` may be that of an inner block from `base << FIRST_PLANES` on: training starts there, where a picture
        costs little.
        """
        side = side or self.size.resolution
        w = self.mapping(vector)
        start = self.where(w) @ self.basis.to(w.dtype)
        x = self.constant.to(w.dtype) + start.view(-1, *self.constant.shape[1:])
        x = x.contiguous(memory_format=torch.channels_last)
        planes: Tensor | None = None
        for i, block in enumerate(self.blocks):
            x = block(x, w)
            if i >= FIRST_PLANES:
                here = self.planes[i - FIRST_PLANES](x)
                planes = here if planes is None else _twice(planes) + here
                if self.size.base << i == side:
                    return planes
        assert planes is not None
        return self.head(x, planes, w)

    def forward(self, vector: Tensor) -> Tensor:
        return finish(self.raw(vector).float(), self.schema)

    def describe(self) -> dict[str, object]:
        """The sizes, for checkpoints and the card."""
        return asdict(self.size)
