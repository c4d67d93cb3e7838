"""Reader of `.sit`, the renderer's file of one sitter (layout: models/sitters/output.h)."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"LSIT"
VERSION = 1


class SitFileError(ValueError):
    """The file is not a whole, readable `.sit`; the message names the file and what is wrong."""


@dataclass(frozen=True)
class SitFile:
    """Header and planes of one rendered sitter; every plane is `[channels, size, size]`."""

    header: dict[str, Any]
    planes: dict[str, np.ndarray]

    @property
    def size(self) -> int:
        return int(self.header["size"])


def _unpack(data: bytes, kind: str, channels: int, size: int) -> np.ndarray:
    raw = np.frombuffer(zlib.decompress(data), np.uint8)
    count = channels * size * size
    if kind == "f16":
        if raw.size != 2 * count:
            raise ValueError("a plane has the wrong length")
        words = raw[:count].astype(np.uint16) | (raw[count:].astype(np.uint16) << 8)
        return words.view(np.float16).reshape(channels, size, size)
    if kind == "u8":
        if raw.size != count:
            raise ValueError("a plane has the wrong length")
        return raw.reshape(channels, size, size)
    raise ValueError(f"unknown plane type {kind!r}")


def read_sit(path: Path, only: frozenset[str] | None = None) -> SitFile:
    """Reads a file whole, or only the named planes."""
    data = path.read_bytes()
    try:
        if data[:4] != MAGIC:
            raise ValueError("it does not start with LSIT")
        version, length = struct.unpack_from("<II", data, 4)
        if version != VERSION:
            raise ValueError(f"its version is {version}, not {VERSION}")
        header = json.loads(data[12 : 12 + length])
        size = int(header["size"])
        planes: dict[str, np.ndarray] = {}
        for plane in header["planes"]:
            if only is not None and plane["name"] not in only:
                continue
            start = 12 + length + int(plane["offset"])  # offsets count from the end of the JSON
            block = data[start : start + int(plane["bytes"])]
            planes[plane["name"]] = _unpack(block, plane["type"], int(plane["channels"]), size)
    except (ValueError, KeyError, struct.error, zlib.error) as error:
        raise SitFileError(f"{path.name} cannot be read: {error}. Delete it and render it again.") from error
    return SitFile(header, planes)
