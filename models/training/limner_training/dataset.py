"""Rendered sitters as one memory-mapped table of bytes, and batches of it.

A row is one sitter: its 24 rendered planes of Layers, in the order of the schema, and 8 more of what strands.py makes of them: colour
and matte without strands, and the strands' statistics. One byte a value (`encode_layers`), so that an epoch streams from the page
cache. Rows are appended as the renderer finishes files; training can start before it ends.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .schema import Schema
from .sitfile import SitFile, SitFileError, read_sit
from .strands import hair_of, taken_apart

RGB_MAX = 4.0  # radiance of byte 255; bytes are square roots
DEPTH_RANGE = 0.25  # metres: depth -0.25 .. 0.25 to bytes
PACKED_AT_ONCE = 64
HELD = "held"  # the folder, beside the sitters to learn from, of those that are never learnt from
NEARBY, CLOSE = 9, 5  # pixels: see `Batches._mirrored`


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
    """Float32 Layers `[24, size, size]` of a rendered sitter in even light (see docs/ARCHITECTURE.md), whatever light it was rendered in."""
    alpha = shrink(sit.planes["alpha"], size) / 255.0
    lights = np.stack(
        [
            shrink(sit.planes[f"light.{name}"], size) * (even / gain)
            for name, even, gain in zip(schema.lights, schema.even, sit.header["gains"], strict=True)
        ]
    )
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
    return np.concatenate([parts[name] for name, _ in schema.layers if name in parts]).astype(np.float32)


def row_of(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """Rendered Layers `[24, S, S]` as a row of the table, u8 `[32, S, S]`."""
    apart = taken_apart(layers, schema)
    whole = np.concatenate([apart[:4], layers[4:], apart[4:]])
    encoded = encode_layers(whole, schema)
    return np.concatenate([encode_layers(layers, schema), encoded[:4], encoded[schema.layer_slice("strands")]])


def encode_layers(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """Float Layers, with or without strands, to bytes, same shape."""
    out = np.empty(layers.shape, np.uint8)
    for name, _ in schema.layers:
        part = schema.layer_slice(name)
        x = layers[part]
        if len(x) == 0:
            continue
        if name == "rgb":
            y = np.sqrt(np.clip(x / RGB_MAX, 0, 1))
        elif name == "normal":
            y = x * 0.5 + 0.5
        elif name == "depth":
            y = x / (2 * DEPTH_RANGE) + 0.5
        elif name == "strands":
            y = np.concatenate([x[:2] * 0.5 + 0.5, np.sqrt(np.clip(x[2:], 0, 1))])
        else:
            y = x
        out[part] = np.clip(y * 255.0 + 0.5, 0, 255).astype(np.uint8)
    return out


def decode_layers(rows: Tensor, schema: Schema) -> Tensor:
    """Bytes of Layers `[B, C, S, S]` to floats; C is 24 or, with strands, 28."""
    x = rows.float() * (1.0 / 255.0)
    rgb, normal, depth = (schema.layer_slice(n) for n in ("rgb", "normal", "depth"))
    x[:, rgb] = x[:, rgb].square() * RGB_MAX
    x[:, normal] = x[:, normal] * 2 - 1
    x[:, depth] = (x[:, depth] - 0.5) * (2 * DEPTH_RANGE)
    if x.shape[1] > schema.rendered_count:
        start = schema.layer_slice("strands").start
        x[:, start : start + 2] = x[:, start : start + 2] * 2 - 1
        x[:, start + 2 :] = x[:, start + 2 :].square()
    return x


def rendered(rows: Tensor, schema: Schema) -> Tensor:
    """Rows `[B, 32, S, S]` as they were rendered: float Layers `[B, 24, S, S]`."""
    return decode_layers(rows[:, : schema.rendered_count], schema)


def film(rows: np.ndarray, schema: Schema) -> Tensor:
    """Rows `[B, 32, S, S]` as the network is asked for them, hair and skin taken apart: float Layers `[B, 28, S, S]`."""
    count = schema.rendered_count
    return decode_layers(torch.from_numpy(rows[:, [*range(count, count + 4), *range(4, count), *range(count + 4, count + 8)]]), schema)


@dataclass
class Table:
    """The packed sitters: `rows` u8 `[capacity, 32, S, S]` (the first `count` are filled), `inputs` f32 `[count, V]`."""

    rows: np.ndarray
    inputs: np.ndarray
    names: list[str]

    @property
    def count(self) -> int:
        return len(self.names)

    @property
    def size(self) -> int:
        return int(self.rows.shape[-1])

    def split(self, held_out: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows that are held out, in order, and all other rows.

        Held out are the sitters numbered below `held_out`, and all that lie in the folder `HELD`. By number and not by row:
        rows come in the order in which they were rendered.
        """
        paths = [Path(name) for name in self.names]
        kept = np.array([int(path.stem) < held_out or path.parts[0] == HELD for path in paths], bool)
        order = np.argsort([int(path.stem) for path in paths], kind="stable")
        return order[kept[order]], order[~kept[order]]


def _table_path(folder: Path, size: int) -> Path:
    return folder / f"table-{size}"


def open_table(folder: Path, size: int) -> Table:
    """Opens what `pack` has written so far."""
    base = _table_path(folder, size)
    index = json.loads((base / "index.json").read_text())
    shape = (int(index["capacity"]), int(index["channels"]), size, size)
    rows = np.memmap(base / "rows.u8", np.uint8, "r", shape=shape)
    names = list(index["names"])
    width = int(index["inputs"])
    # Another process may be appending: the index says how much is whole.
    inputs = np.fromfile(base / "inputs.f32", np.float32, len(names) * width).reshape(len(names), width)
    return Table(rows, inputs, names)


def _encoded(path: Path, size: int, schema: Schema) -> tuple[np.ndarray, np.ndarray] | str:
    """A file as a row of bytes and its inputs, or the sentence that says why not."""
    wanted = frozenset({"alpha", "normal", "depth", "regions"} | {f"light.{n}" for n in schema.lights})
    try:
        sit = read_sit(path, wanted)
    except SitFileError as error:
        return str(error)
    vector = np.asarray(sit.header["input"], np.float32)
    torch.set_num_threads(1)
    return row_of(layers_of(sit, schema, size), schema), vector


def _all_encoded(paths: list[Path], size: int, schema: Schema, workers: int) -> Iterator[tuple[np.ndarray, np.ndarray] | str]:
    work = partial(_encoded, size=size, schema=schema)
    if workers <= 1:
        yield from map(work, paths)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(work, paths, chunksize=4)


def pack(folder: Path, size: int, schema: Schema, capacity: int = 12000, workers: int = 1) -> int:
    """Appends every `.sit` of the folder that the table does not hold yet. Returns how many rows were added.

    The index is written every `PACKED_AT_ONCE` rows, so that training sees them while the rest is read. One process appends at a time;
    another one waits, and then has less to do.
    """
    base = _table_path(folder, size)
    base.mkdir(parents=True, exist_ok=True)
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _append(folder, base, size, schema, capacity, workers)


def _append(folder: Path, base: Path, size: int, schema: Schema, capacity: int, workers: int) -> int:
    index_path = base / "index.json"
    channels = schema.channel_count + 4
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
    found = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.sit"))}
    fresh = [name for name in found if name not in known][: shape[0] - len(names)]
    added = 0
    broken: list[str] = []

    def write_index() -> None:
        rows.flush()
        index["names"] = names
        partial_index = index_path.with_suffix(".part")
        partial_index.write_text(json.dumps(index))
        partial_index.rename(index_path)

    with (base / "inputs.f32").open("ab") as stream:
        stream.truncate(len(names) * schema.vector_count * 4)
        for name, made in zip(fresh, _all_encoded([found[n] for n in fresh], size, schema, workers), strict=True):
            if isinstance(made, str):
                broken.append(made)
                continue
            row, vector = made
            if vector.size != schema.vector_count:
                raise SystemExit(f"{name} was rendered with another schema. Render the set again.")
            rows[len(names)] = row
            stream.write(vector.tobytes())
            names.append(name)
            added += 1
            if added % PACKED_AT_ONCE == 0:
                stream.flush()
                write_index()
    if broken:
        print("\n".join([*broken[:3], f"{len(broken)} files could not be read."]))
    write_index()
    return added


def at_side(layers: Tensor, side: int, schema: Schema) -> Tensor:
    """Layers `[B, C, S, S]` at a smaller `side` that divides S; colour is averaged by how much of the sitter it shows."""
    k = layers.shape[-1] // side
    if k == 1:
        return layers
    rgb, alpha, normal = (schema.layer_slice(n) for n in ("rgb", "alpha", "normal"))
    cover = layers[:, alpha]
    small = F.avg_pool2d(layers, k)
    small[:, rgb] = F.avg_pool2d(layers[:, rgb] * cover, k) / small[:, alpha].clamp_min(1e-3)
    small[:, normal] = F.normalize(small[:, normal], dim=1)
    return small


class Batches:
    """Random batches of a table; half of them mirrored, noise drawn afresh.

    A batch is `(vectors [B, V], layers [B, 28, S, S])` on `device`, hair taken apart, or `[B, 24, S, S]` as
    rendered where `apart` is false. A GPU keeps its own copy of the rows, which `see` extends.
    """

    def __init__(self, schema: Schema, held_out: int, device: torch.device, seed: int = 0, apart: bool = True) -> None:
        self.schema = schema
        self.device = device
        self.held_out = held_out
        self.random = np.random.default_rng(seed)
        self.signs = torch.from_numpy(schema.mirror_signs()).to(device)
        channels = np.arange(schema.channel_count if apart else schema.rendered_count)
        lights = schema.layer_slice("transfer")
        channels[lights] = lights.start + np.array(schema.mirror_lights())
        self.mirror_channels = torch.from_numpy(channels).to(device)
        self.mirror_gains = torch.tensor(schema.mirror_gains(), device=device)[None, :, None, None]
        film = schema.rendered_count
        self.chosen_planes = np.array([*range(film, film + 4), *range(4, film), *range(film + 4, film + 8)] if apart else range(film))
        self.negated = [schema.layer_slice("normal").start] + ([schema.layer_slice("strands").start + 1] if apart else [])
        self.held = self.train = np.zeros(0, np.int64)
        self.table: Table | None = None
        self.store: Tensor | None = None
        self.copied = 0

    @property
    def count(self) -> int:
        """Rows seen so far, those held out included."""
        return 0 if self.table is None else self.table.count

    def see(self, table: Table) -> None:
        """Goes on with what `table` holds by now."""
        self.table = table
        self.held, self.train = table.split(self.held_out)
        self.inputs = torch.from_numpy(table.inputs).to(self.device)
        if self.device.type == "cpu":
            return
        if self.store is None:
            self.store = torch.empty(table.rows.shape, dtype=torch.uint8, device=self.device)
        for start in range(self.copied, table.count, 64):
            stop = min(start + 64, table.count)
            self.store[start:stop] = torch.from_numpy(np.array(table.rows[start:stop])).to(self.device)
        self.copied = table.count

    def rows(self, chosen: np.ndarray, mirror: np.ndarray) -> tuple[Tensor, Tensor]:
        """The given rows, mirrored where `mirror` is true."""
        assert self.table is not None
        picked = torch.from_numpy(chosen).to(self.device)
        if self.store is None:
            pixels = torch.from_numpy(np.stack([self.table.rows[i][self.chosen_planes] for i in chosen]))
        else:
            pixels = self.store[picked][:, torch.from_numpy(self.chosen_planes)]
        vectors = self.inputs[picked]
        layers = decode_layers(pixels, self.schema)
        turned = torch.from_numpy(np.flatnonzero(mirror)).to(self.device)
        layers[turned] = self._mirrored(layers[turned])
        vectors[turned] *= self.signs
        return vectors, layers

    def _mirrored(self, layers: Tensor) -> Tensor:
        """The mirrored sitters, under the lights of the studio: those are not mirrored, and no number tells of them.

        What was taken apart gets no strands of its shadows back, nor the glitter of skin: there, the light is its mean around here.
        """
        flipped = layers[:, self.mirror_channels].flip(3)
        for negated in self.negated:
            flipped[:, negated] *= -1
        rgb, transfer = (self.schema.layer_slice(n) for n in ("rgb", "transfer"))
        lit = flipped[:, transfer] * self.mirror_gains
        total = lit.sum(1, keepdim=True)
        relit = total
        if flipped.shape[1] > self.schema.rendered_count:
            skin = self.schema.layer_slice("regions").start + self.schema.regions.index("skin")
            for share, near in ((hair_of(flipped, self.schema), NEARBY), (flipped[:, skin][:, None], CLOSE)):
                wide = partial(F.avg_pool2d, kernel_size=near, stride=1, padding=near // 2)
                relit = relit + share * (wide(wide(total * share)) / wide(wide(share)).clamp_min(1e-3) - total)
        flipped[:, rgb] = (flipped[:, rgb] * relit).clamp_max(RGB_MAX)
        flipped[:, transfer] = lit / total.clamp_min(1e-6)
        return flipped

    def draw(self, count: int) -> tuple[Tensor, Tensor]:
        """A random training batch."""
        chosen = self.random.choice(self.train, count)
        vectors, layers = self.rows(chosen, self.random.random(count) < 0.5)
        # A sitter's own noise would only tell the sitters apart.
        noise = self.random.standard_normal((count, self.schema.noise_count), np.float32)
        vectors[:, self.schema.input_count :] = torch.from_numpy(noise).to(self.device)
        return vectors, layers
