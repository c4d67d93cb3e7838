"""A trained generator as a pack: ONNX files, pack.json, golden thumbnail.

Two files hold the same fp16 weights: `<name>.fp16.onnx` computes in fp16 (WebGPU with shader-f16), `<name>.fp32.onnx`
casts the weights up once at load and computes in fp32 (everything else). A page downloads one of them.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from .cost import macs
from .fold import fold
from .network import SLOPE, Generator, Modulated
from .schema import Schema, load_schema

OPSET = 16
GOLDEN_SIDE = 16
SMALLEST_HALVED = 64  # values; fewer are not worth it
WEIGHT = "model."  # how the names of weights begin in an exported graph
HALF = ".half"


class Folded(nn.Module):
    """A `Modulated` with its gain and demodulation energy made constants."""

    def __init__(self, source: Modulated) -> None:
        super().__init__()
        weight = source.weight.detach() * source.gain
        self.register_buffer("weight", weight)
        self.register_buffer("energy", weight.pow(2).sum((2, 3)).t().contiguous())
        self.scale = source.scale
        self.shift = source.shift

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        s = self.scale(w)
        d = 1.4 / torch.sqrt((s * s) @ self.energy + 1e-4)
        x = F.conv2d(x * s[:, :, None, None], self.weight, padding=1)
        x = x * d[:, :, None, None] + self.shift(w)[:, :, None, None] * 1.4
        return F.leaky_relu(x, SLOPE)


class Exported(nn.Module):
    """`(sitter [1, N], noise [1, M]) -> layers [1, 28, S, S]`, ready to trace.

    `gains` `[8]`: today's gain of each studio light over the one the training films were made with. Light is linear, so
    a pack answers to the schema's lights even when its films are older.
    """

    def __init__(self, model: Generator, gains: tuple[float, ...] | None = None) -> None:
        super().__init__()
        self.gains = None if gains is None else torch.tensor(gains).view(1, -1, 1, 1)
        self.model = copy.deepcopy(model)
        for module in list(self.model.modules()):
            for name, child in list(module.named_children()):
                if isinstance(child, Modulated):
                    setattr(module, name, Folded(child))
        # A pack keeps its weights in half precision: the network it holds is this rounded one.
        with torch.no_grad():
            for kept in [*self.model.parameters(), *self.model.buffers()]:
                if kept.numel() >= SMALLEST_HALVED:
                    kept.copy_(kept.clamp(-65504, 65504).half())

    def forward(self, sitter: Tensor, noise: Tensor) -> Tensor:
        layers = self.model(torch.cat([sitter, noise], 1))
        if self.gains is None:
            return layers
        schema = self.model.schema
        light, colour = schema.layer_slice("transfer"), schema.layer_slice("rgb")
        share = layers[:, light] * self.gains
        total = share.sum(1, keepdim=True)
        return torch.cat([layers[:, colour] * total, layers[:, colour.stop : light.start], share / total], 1)


def _trace(model: Generator, schema: Schema, path: Path, gains: tuple[float, ...] | None) -> Exported:
    exported = Exported(model, gains).eval()
    inputs = (torch.zeros(1, schema.input_count), torch.zeros(1, schema.noise_count))
    torch.onnx.export(
        exported,
        inputs,
        str(path),
        input_names=["sitter", "noise"],
        output_names=["layers"],
        opset_version=OPSET,
        do_constant_folding=False,  # it would fold weights too, which then lose their names (`pack_weights`); see `fold`
    )
    return exported


def _keeps_float32(graph: onnx.GraphProto) -> set[str]:
    """Names that the operators demand in float32: the roi and scales of Resize, and what they are made from."""
    names: set[str] = set()
    for node in reversed(graph.node):
        if node.op_type == "Resize":
            names.update(node.input[1:3])
        elif names.intersection(node.output):
            names.update(node.input)
    return names


def _half(array: np.ndarray) -> np.ndarray:
    return np.clip(array, -65504, 65504).astype(np.float16)


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large float32 initialisers become fp16 and a Cast: half the bytes, the same fp32 arithmetic."""
    out = onnx.ModelProto()
    out.CopyFrom(model)
    graph = out.graph
    casts = []
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.size < SMALLEST_HALVED:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(_half(array), name + HALF))
        casts.append(helper.make_node("Cast", [name + HALF], [name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    return out


def compute_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """The whole graph in fp16; inputs and output stay float32."""
    out = onnx.ModelProto()
    out.CopyFrom(model)
    graph = out.graph
    keep = _keeps_float32(graph)
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        if array.dtype == np.float32 and tensor.name not in keep:
            tensor.CopyFrom(numpy_helper.from_array(_half(array), tensor.name))
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.name == "to" and attribute.i == TensorProto.FLOAT and node.output[0] not in keep:
                attribute.i = TensorProto.FLOAT16
            if attribute.type == onnx.AttributeProto.TENSOR and node.output[0] not in keep:
                array = numpy_helper.to_array(attribute.t)
                if array.dtype == np.float32:
                    attribute.t.CopyFrom(numpy_helper.from_array(_half(array)))
    renamed = {}
    before = []
    for value in graph.input:
        renamed[value.name] = value.name + ".half"
        before.append(helper.make_node("Cast", [value.name], [value.name + ".half"], to=TensorProto.FLOAT16))
    result = graph.output[0].name
    for node in graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = renamed.get(name, name)
        for i, name in enumerate(node.output):
            if name == result:
                node.output[i] = result + ".half"
        for i, name in enumerate(node.input):
            if name == result:
                node.input[i] = result + ".half"
    after = helper.make_node("Cast", [result + ".half"], [result], to=TensorProto.FLOAT)
    nodes = before + list(graph.node) + [after]
    del graph.node[:]
    del graph.value_info[:]
    graph.node.extend(nodes)
    return out


def shorten(model: onnx.ModelProto) -> None:
    """Drops the tracer's long names, which weigh as much as a small network; weights keep theirs."""
    graph = model.graph
    kept = {value.name for value in [*graph.input, *graph.output]}
    kept |= {tensor.name for tensor in graph.initializer if tensor.name.startswith(WEIGHT)}
    short: dict[str, str] = {}

    def brief(name: str) -> str:
        if not name or name in kept:
            return name
        return short.setdefault(name, f"t{len(short)}")

    for tensor in graph.initializer:
        tensor.name = brief(tensor.name)
    for node in graph.node:
        node.name = node.doc_string = ""
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                names[i] = brief(name)
    del graph.value_info[:]


def pack_weights(folder: Path) -> dict[str, Tensor]:
    """The weights of a pack under their names in `Generator`, so that training can go on from what was shipped."""
    described = json.loads((folder / "pack.json").read_text())
    entry = next(f for f in described["files"] if f["precision"] == "fp32")
    state = {}
    for tensor in onnx.load(str(folder / entry["name"])).graph.initializer:
        if not tensor.name.startswith(WEIGHT) or ".energy" in tensor.name:
            continue
        name = tensor.name[len(WEIGHT) :].removesuffix(HALF)
        value = torch.from_numpy(numpy_helper.to_array(tensor).astype(np.float32))
        if name.endswith((".first.weight", ".second.weight")):  # see `Folded`
            value = value / (value.shape[1] * 9) ** -0.5
        state[name] = value
    return state


def _thumbnail(layers: np.ndarray, schema: Schema) -> np.ndarray:
    """`[GOLDEN_SIDE, GOLDEN_SIDE, 3]` bytes: box-filtered premultiplied rgb, square root, clipped to 1."""
    rgb = layers[schema.layer_slice("rgb")] * layers[schema.layer_slice("alpha")]
    k = rgb.shape[-1] // GOLDEN_SIDE
    small = rgb.reshape(3, GOLDEN_SIDE, k, GOLDEN_SIDE, k).mean((2, 4))
    return (np.sqrt(np.clip(small, 0, 1)) * 255 + 0.5).astype(np.uint8).transpose(1, 2, 0)


def write_pack(
    model: Generator,
    golden: np.ndarray,
    folder: Path,
    name: str,
    version: str,
    gains: tuple[float, ...] | None = None,
    quality: dict[str, object] | None = None,
) -> tuple[dict[str, object], np.ndarray]:
    """Writes the pack; returns pack.json and the golden sitter's Layers `[28, S, S]` as PyTorch makes them with the pack's weights.

    `golden` is the input vector `[vector_count]` of the sitter whose thumbnail the self-test compares. `gains`: see `Exported`.
    `quality`: what foretells which portraits fail, as `Foresight.described` gives it.
    """
    schema = load_schema()
    folder.mkdir(parents=True, exist_ok=True)
    parameters = sum(p.numel() for p in model.parameters())
    cost = macs(model, torch.zeros(1, schema.vector_count))
    full = folder / f"{name}.full.onnx"
    exported = _trace(model, schema, full, gains)
    graph = onnx.load(str(full))
    full.unlink()
    fold(graph)
    files = []
    for precision, made in (("fp32", store_half(graph)), ("fp16", compute_half(graph))):
        shorten(made)
        onnx.checker.check_model(made)
        data = made.SerializeToString()
        (folder / f"{name}.{precision}.onnx").write_bytes(data)
        files.append(
            {
                "name": f"{name}.{precision}.onnx",
                "precision": precision,
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        )
    vector = torch.from_numpy(golden.astype(np.float32))[None]
    with torch.no_grad():
        layers = exported(vector[:, : schema.input_count], vector[:, schema.input_count :])[0].numpy()
    side = layers.shape[-1]
    described: dict[str, object] = {
        "pack": 1,
        "name": name,
        "version": version,
        "schema": schema.version,
        "licence": "CC0-1.0",
        "inputs": [
            {"name": "sitter", "shape": [1, schema.input_count]},
            {"name": "noise", "shape": [1, schema.noise_count]},
        ],
        "outputs": [{"name": "layers", "shape": [1, schema.channel_count, side, side]}],
        "files": files,
        "parameters": parameters,
        "macs": cost,
        "golden": {
            "input": [round(float(x), 6) for x in golden],
            "size": GOLDEN_SIDE,
            "rgb": base64.b64encode(_thumbnail(layers, schema).tobytes()).decode(),
            "tolerance": {"webgpu": 10, "wasm": 4},
        },
    }
    if quality is not None:
        described["quality"] = quality
    (folder / "pack.json").write_text(json.dumps(described, indent=1) + "\n")
    return described, layers
