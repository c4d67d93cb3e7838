"""Scaling, and scaling with shift and leaky ReLU, of every channel of a picture by its own number.

What `x * s[:, :, None, None]` says. On a CPU, with channels last, that multiplies by short runs of numbers, and its gradients by those of s
are slower still: half of a training step. Here rows of the picture are multiplied by rows of repeated numbers, and the gradients by s
are the diagonal of a matrix product, which the processor's matrix units do in passing (and add up in fp32).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

SLOPE = 0.2


def _rows(x: Tensor) -> Tensor:
    """`[B, C, H, W]` with channels last as `[B, H, W C]`; no copy."""
    b, c, h, w = x.shape
    return x.permute(0, 2, 3, 1).reshape(b, h, w * c)


def _tiled(s: Tensor, width: int) -> Tensor:
    """`[B, C]` -> `[B, 1, width C]`, to go with `_rows`."""
    b, c = s.shape
    return s[:, None, :].expand(b, width, c).reshape(b, 1, width * c)


def _picture(rows: Tensor, like: Tensor) -> Tensor:
    b, c, h, w = like.shape
    return rows.view(b, h, w, c).permute(0, 3, 1, 2)


def _pixels(x: Tensor) -> Tensor:
    b, c, h, w = x.shape
    return x.permute(0, 2, 3, 1).reshape(b, h * w, c)


def _dots(a: Tensor, b: Tensor) -> Tensor:
    """Sum over pixels of the product, `[B, C]`."""
    return torch.bmm(_pixels(a).transpose(1, 2), _pixels(b)).diagonal(dim1=1, dim2=2)


class _Scaled(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, s: Tensor) -> Tensor:
        ctx.save_for_backward(x, s)
        return _picture(_rows(x) * _tiled(s, x.shape[3]), x)

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> tuple[Tensor | None, Tensor]:  # type: ignore[override]
        x, s = ctx.saved_tensors
        g = g.contiguous(memory_format=torch.channels_last)
        by_x = _picture(_rows(g) * _tiled(s, x.shape[3]), x) if ctx.needs_input_grad[0] else None
        return by_x, _dots(g, x)


class _Turned(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, d: Tensor, shift: Tensor) -> Tensor:
        rows = torch.addcmul(_tiled(shift, x.shape[3]), _rows(x), _tiled(d, x.shape[3]))
        y = _picture(F.leaky_relu_(rows, SLOPE), x)
        ctx.save_for_backward(x, d, y)
        return y

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> tuple[Tensor, Tensor, Tensor]:  # type: ignore[override]
        x, d, y = ctx.saved_tensors
        g = g.contiguous(memory_format=torch.channels_last)
        g = torch.ops.aten.leaky_relu_backward(g, y, SLOPE, True)
        one = g.new_ones(len(g), 1, g.shape[2] * g.shape[3])
        by_x = _picture(_rows(g) * _tiled(d, x.shape[3]), x)
        return by_x, _dots(g, x), torch.bmm(one, _pixels(g))[:, 0]


def _quick(x: Tensor) -> bool:
    return x.device.type == "cpu" and x.requires_grad and x.dtype == torch.bfloat16 and x.is_contiguous(memory_format=torch.channels_last)


def scaled(x: Tensor, s: Tensor) -> Tensor:
    """`[B, C, H, W]` times `[B, C]`."""
    s = s.to(x.dtype)
    return _Scaled.apply(x, s) if _quick(x) else x * s[:, :, None, None]


def turned(x: Tensor, d: Tensor, shift: Tensor) -> Tensor:
    """Leaky ReLU of `x` times `d` plus `shift`, each `[B, C]`."""
    d, shift = d.to(x.dtype), shift.to(x.dtype)
    if _quick(x):
        return _Turned.apply(x, d, shift)
    return F.leaky_relu(torch.addcmul(shift[:, :, None, None], x, d[:, :, None, None]), SLOPE)
