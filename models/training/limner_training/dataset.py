"""Rendered sitters as one memory-mapped table of bytes, and batches of it.

A row is one sitter: its 24 planes of Layers, in the order of the schema, one byte a value (`encode_layers`), so that an
epoch streams from the page cache. Rows are appended as the renderer finishes files; training can start before it ends.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .schema import Schema
from .sitfile import SitFile, SitFileError, read_sit

RGB_MAX = 4.0  # radiance of byte 255; bytes are square roots
DEPTH_RANGE = 0.25  # metres: depth -0.25 .. 0.25 to bytes


def shrink(plane: np.ndarray, size: int) -> np.ndarray:
    """Box filter `[c, S, S]` down to `size`, S a multiple of it."""
    c, side, _ = plane.shape
    k = side // size
    if k * size != side:
        raise ValueError(f"cannot shrink {side} to {size}")
    if k == 1:
        return plane.astype(np.float32)
    return plane.astype(np.float32).reshape(c, size, k, size, k).mean((2, 4))


def layers_of(sit: SitFile, schema: Schema, size: int) -> np.ndarray:
    """Float32 Layers `[24, size, size]` of a rendered sitter (see docs/ARCHITECTURE.md)."""
    alpha = shrink(sit.planes["alpha"], size) / 255.0
    lights = np.stack([shrink(sit.planes[f"light.{name}"], size) for name in schema.lights])
    total = lights.sum(0)
    cover = np.maximum(alpha, 1e-3)
    rgb = np.where(alpha > 0.004, total / cover, 0.0)
    luma = np.array([0.2126, 0.7152, 0.0722], np.float32)[None, :, None, None]
    share = (lights * luma).sum(1)
    share = share / np.maximum(share.sum(0, keepdims=True), 1e-6)
    share[:, alpha[0] <= 0.004] = 1.0 / len(schema.lights)
    normal = shrink(sit.planes["normal"], size) / 127.5 - 1.0
    normal /= np.maximum(np.linalg.norm(normal, axis=0, keepdims=True), 1e-3)
    parts = {
        "rgb": rgb,
        "alpha": alpha,
        "normal": normal,
        "depth": shrink(sit.planes["depth"], size),
        "regions": shrink(sit.planes["regions"], size) / 255.0,
        "transfer": share,
    }
    return np.concatenate([parts[name] for name, _ in schema.layers]).astype(np.float32)


def encode_layers(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """Float Layers to bytes, same shape."""
    out = np.empty(layers.shape, np.uint8)
    for name, _ in schema.layers:
        part = schema.layer_slice(name)
        x = layers[part]
        if name == "rgb":
            y = np.sqrt(np.clip(x / RGB_MAX, 0, 1))
        elif name == "normal":
            y = x * 0.5 + 0.5
        elif name == "depth":
            y = x / (2 * DEPTH_RANGE) + 0.5
        else:
            y = x
        out[part] = np.clip(y * 255.0 + 0.5, 0, 255).astype(np.uint8)
    return out


def decode_layers(rows: Tensor, schema: Schema) -> Tensor:
    """Bytes `[B, 24, S, S]` to float Layers."""
    x = rows.float() * (1.0 / 255.0)
    rgb, normal, depth = (schema.layer_slice(n) for n in ("rgb", "normal", "depth"))
    x[:, rgb] = x[:, rgb].square() * RGB_MAX
    x[:, normal] = x[:, normal] * 2 - 1
    x[:, depth] = (x[:, depth] - 0.5) * (2 * DEPTH_RANGE)
    return x


@dataclass
class Table:
    """The packed sitters: `rows` u8 `[capacity, 24, S, S]` (the first `count` are filled), `inputs` f32 `[count, V]`."""

    rows: np.memmap
    inputs: np.ndarray
    names: list[str]

    @property
    def count(self) -> int:
        return len(self.names)

    @property
    def size(self) -> int:
        return int(self.rows.shape[-1])


def _table_path(folder: Path, size: int) -> Path:
    return folder / f"table-{size}"


def open_table(folder: Path, size: int) -> Table:
    """Opens what `pack` has written so far."""
    base = _table_path(folder, size)
    index = json.loads((base / "index.json").read_text())
    shape = (int(index["capacity"]), int(index["channels"]), size, size)
    rows = np.memmap(base / "rows.u8", np.uint8, "r", shape=shape)
    names = list(index["names"])
    inputs = np.fromfile(base / "inputs.f32", np.float32).reshape(-1, int(index["inputs"]))[: len(names)]
    return Table(rows, inputs, names)


def pack(folder: Path, size: int, schema: Schema, capacity: int = 12000) -> int:
    """Appends every `.sit` of the folder that the table does not hold yet. Returns how many rows were added."""
    base = _table_path(folder, size)
    base.mkdir(parents=True, exist_ok=True)
    index_path = base / "index.json"
    channels = schema.channel_count
    index = {"capacity": capacity, "channels": channels, "inputs": schema.vector_count, "names": []}
    if index_path.exists():
        index = json.loads(index_path.read_text())
        if index["inputs"] != schema.vector_count or index["channels"] != channels:
            raise SystemExit(f"{base} was packed with another schema. Delete it and pack again.")
    names: list[str] = list(index["names"])
    known = set(names)
    shape = (int(index["capacity"]), channels, size, size)
    rows_path = base / "rows.u8"
    rows = np.memmap(rows_path, np.uint8, "r+" if rows_path.exists() else "w+", shape=shape)
    wanted = frozenset({"alpha", "normal", "depth", "regions"} | {f"light.{n}" for n in schema.lights})
    added = 0
    broken: list[str] = []
    with (base / "inputs.f32").open("ab") as stream:
        stream.truncate(len(names) * schema.vector_count * 4)
        for path in sorted(folder.rglob("*.sit")):
            name = str(path.relative_to(folder))
            if name in known or len(names) >= shape[0]:
                continue
            try:
                sit = read_sit(path, wanted)
            except SitFileError as error:
                broken.append(str(error))
                continue
            vector = np.asarray(sit.header["input"], np.float32)
            if vector.size != schema.vector_count:
                raise SystemExit(f"{path.name} was rendered with another schema. Render the set again.")
            rows[len(names)] = encode_layers(layers_of(sit, schema, size), schema)
            stream.write(vector.tobytes())
            names.append(name)
            added += 1
    if broken:
        print("\n".join([*broken[:3], f"{len(broken)} files could not be read."]))
    rows.flush()
    index["names"] = names
    partial = index_path.with_suffix(".part")
    partial.write_text(json.dumps(index))
    partial.rename(index_path)
    return added


class Batches:
    """Random batches of a table; half of them mirrored, noise drawn afresh.

    A batch is `(vectors [B, V], layers [B, 24, S, S])` on `device`.
    """

    def __init__(self, table: Table, schema: Schema, held_out: int, device: torch.device, seed: int = 0) -> None:
        self.table = table
        self.schema = schema
        self.device = device
        self.random = np.random.default_rng(seed)
        self.train = np.arange(held_out, table.count)
        self.signs = torch.from_numpy(schema.mirror_signs())
        channels = np.arange(schema.channel_count)
        lights = schema.layer_slice("transfer")
        channels[lights] = lights.start + np.array(schema.mirror_lights())
        self.mirror_channels = torch.from_numpy(channels)

    def rows(self, chosen: np.ndarray, mirror: np.ndarray) -> tuple[Tensor, Tensor]:
        """The given rows, mirrored where `mirror` is true."""
        pixels = torch.from_numpy(np.stack([self.table.rows[i] for i in chosen])).to(self.device)
        vectors = torch.from_numpy(self.table.inputs[chosen].copy())
        layers = decode_layers(pixels, self.schema)
        flags = torch.from_numpy(mirror)
        if mirror.any():
            flipped = layers[flags][:, self.mirror_channels.to(self.device)].flip(3)
            flipped[:, self.schema.layer_slice("normal").start] *= -1
            layers[flags] = flipped
            vectors[flags] *= self.signs
        return vectors.to(self.device), layers

    def draw(self, count: int) -> tuple[Tensor, Tensor]:
        """A random training batch."""
        chosen = self.random.choice(self.train, count)
        vectors, layers = self.rows(chosen, self.random.random(count) < 0.5)
        # A sitter's own noise would only tell the sitters apart.
        noise = self.random.standard_normal((count, self.schema.noise_count), np.float32)
        vectors[:, self.schema.input_count :] = torch.from_numpy(noise).to(vectors.device)
        return vectors, layers
