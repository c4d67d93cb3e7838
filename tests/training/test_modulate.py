"""The quick way of scaling channels says what the plain one says, and so do its gradients."""

from __future__ import annotations

import pytest
import torch
from limner_training.modulate import scaled, turned
from torch import Tensor


def _through(x: Tensor, numbers: list[Tensor], weight: Tensor) -> list[Tensor]:
    x, (s, d, shift) = x.clone().requires_grad_(), [n.clone().requires_grad_() for n in numbers]
    y = turned(scaled(x, s), d, shift)
    (y.float() * weight).sum().backward()
    return [y, *(t.grad for t in (x, s, d, shift) if t.grad is not None)]


@pytest.mark.parametrize("shape", [(2, 24, 32, 32), (3, 5, 8, 16)])
def test_quick_and_plain_say_the_same(shape: tuple[int, int, int, int]) -> None:
    torch.manual_seed(0)
    x = torch.randn(shape).bfloat16().contiguous(memory_format=torch.channels_last)
    numbers = [torch.randn(shape[:2]) for _ in range(3)]
    weight = torch.randn(shape)
    quick, plain = _through(x, numbers, weight), _through(x.float(), numbers, weight)
    assert len(quick) == len(plain) == 5
    for a, b in zip(quick, plain, strict=True):
        assert a.shape == b.shape
        assert float((a.float() - b).norm() / b.norm()) < 0.03  # bf16 has three digits
