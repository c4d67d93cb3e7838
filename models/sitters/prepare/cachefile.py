"""The prepared body as one file that the renderer maps.

Layout, little endian: b"LIMNBODY", u32 version, u32 section count; then per section 64 bytes: name (32, zero padded),
u32 type (0 float32, 1 uint32, 2 uint8), u32 dimensions, u32[3] shape (1 where unused), u32 zero, u64 offset;
then the sections' data, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

import numpy as np

MAGIC = b"LIMNBODY"
VERSION = 3
_TYPES = {"float32": 0, "uint32": 1, "uint8": 2}


def write(path: Path, sections: dict[str, np.ndarray]) -> None:
    """Writes all sections beside `path` and renames: an interrupted run leaves nothing half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    offset = _aligned(16 + 64 * len(sections))
    table, offsets = [], []
    for name, data in sections.items():
        shape = [*data.shape, 1, 1, 1][:3]
        table.append(struct.pack("<32sII3IIQ", name.encode(), _TYPES[str(data.dtype)], data.ndim, *shape, 0, offset))
        offsets.append(offset)
        offset = _aligned(offset + data.nbytes)
    with draft.open("wb") as out:
        out.write(MAGIC + struct.pack("<II", VERSION, len(sections)) + b"".join(table))
        for start, data in zip(offsets, sections.values(), strict=True):
            out.seek(start)
            out.write(np.ascontiguousarray(data).tobytes())
        out.truncate(offset)
    draft.replace(path)


def _aligned(offset: int) -> int:
    return (offset + 63) // 64 * 64
