"""What the machine at hand is good at."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import torch


def quick_numbers(device: torch.device) -> torch.autocast:
    """Where convolutions may be worked out in bf16: on a GPU, and on a processor that multiplies such numbers itself.

    On others they are taken apart and put together again, which makes a step half as long again as one in fp32.
    """
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type != "cpu" or _multiplies_bf16())


@lru_cache(maxsize=1)
def _multiplies_bf16() -> bool:
    cpu = Path("/proc/cpuinfo")
    return not cpu.exists() or bool({"avx512_bf16", "amx_bf16", "bf16"} & set(cpu.read_text().split()))
