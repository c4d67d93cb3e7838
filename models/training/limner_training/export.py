"""A trained generator as a pack: ONNX files, pack.json, golden thumbnail.

Two files hold the same weights, of what is large as bytes and else as fp16: `<name>.fp16.onnx` computes in fp16 (WebGPU with shader-f16), `<name>.fp32.onnx`
casts the weights up once at load and computes in fp32 (everything else). A page downloads one of them.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import math
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from .bust import from_bytes, in_bytes
from .cost import macs
from .fold import fold
from .network import SLOPE, Generator, Modulated
from .schema import Schema, load_schema
from .sheet import in_studio

OPSET = 16
GOLDEN_SIDE = 16
SMALLEST_HALVED = 64  # values; fewer are not worth it
SMALLEST_IN_BYTES = 4096
WEIGHT = "model."  # how the names of weights begin in an exported graph
HALF = ".half"
BYTE = 128.0
SCALES = (".scale", ".columns")  # of what is kept as ".byte"


class Folded(nn.Module):
    """A `Modulated` with its gain and demodulation energy made constants, its weights bytes.

    What the bytes of an output are multiplied by is left to the demodulation; inputs are made as much smaller as bytes are larger
    than weights, so that half precision holds the sums.
    """

    def __init__(self, source: Modulated) -> None:
        super().__init__()
        rounded, rows = in_bytes((source.weight.detach() * source.gain).flatten(1))
        self.register_buffer("weight", rounded.view_as(source.weight))
        self.register_buffer("rows", rows * BYTE)
        weight = rounded.float() * rows[:, None]
        self.register_buffer("energy", weight.view_as(source.weight).pow(2).sum((2, 3)).t().contiguous())
        self.scale = source.scale
        self.shift = source.shift

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        s = self.scale(w)
        d = 1.4 / torch.sqrt((s * s) @ self.energy + 1e-4) * self.rows
        x = F.conv2d(x * (s * (1 / BYTE))[:, :, None, None], self.weight.float(), padding=1)
        x = x * d[:, :, None, None] + self.shift(w)[:, :, None, None] * 1.4
        return F.leaky_relu(x, SLOPE)


class Exported(nn.Module):
    """`(sitter [1, N], noise [1, M], bust [1, 11, S, S], lit [1, 9, S/2, S/2]) -> layers [1, 28, S, S]`, ready to trace; without the
    last two where it paints without.

    The network learns in even light; what leaves a pack is lit as the studio is.
    """

    def __init__(self, model: Generator) -> None:
        super().__init__()
        self.model = copy.deepcopy(model)
        for module in list(self.model.modules()):
            for name, child in list(module.named_children()):
                if isinstance(child, Modulated):
                    setattr(module, name, Folded(child))
        # A pack keeps its weights in fewer bits: the network it holds is this rounded one.
        with torch.no_grad():
            for name, kept in [*self.model.named_parameters(WEIGHT[:-1]), *self.model.named_buffers(WEIGHT[:-1])]:
                if not kept.is_floating_point():
                    continue
                if _kept_in_bytes(name, tuple(kept.shape)):
                    rounded, row, column = in_even_bytes(kept)
                    kept.copy_(rounded.float() * row * column)
                elif kept.numel() >= SMALLEST_HALVED:
                    kept.copy_(kept.clamp(-65504, 65504).half())

    def forward(self, sitter: Tensor, noise: Tensor, bust: Tensor | None = None, lit: Tensor | None = None) -> Tensor:
        layers = self.model(torch.cat([sitter, noise], 1), None if bust is None or lit is None else (bust, lit))
        return in_studio(layers, self.model.schema)


def inputs_of(model: Generator, vector: np.ndarray) -> dict[str, np.ndarray]:
    """What the exported network is given for `vector [V]`, by name and in order."""
    row = vector.astype(np.float32)[None]
    named = model.schema.input_count
    maps = model.maps(torch.from_numpy(row))
    inputs = {"sitter": row[:, :named], "noise": row[:, named:]}
    return inputs if maps is None else inputs | {"bust": maps[0].numpy(), "lit": maps[1].numpy()}


def _trace(model: Generator, schema: Schema, path: Path) -> Exported:
    exported = Exported(model).eval()
    inputs = inputs_of(model, np.zeros(schema.vector_count, np.float32))
    torch.onnx.export(
        exported,
        tuple(torch.from_numpy(value) for value in inputs.values()),
        str(path),
        input_names=list(inputs),
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


def _kept_in_bytes(name: str, shape: tuple[int, ...]) -> bool:
    """Large matrices, but for the skeleton's basis, whose rounding alone would move eyes by a seventh of a pixel."""
    if not name.startswith(WEIGHT) or math.prod(shape) < SMALLEST_IN_BYTES or name.endswith((".energy", "skeleton.basis")):
        return False
    return len(shape) == 2 or name == WEIGHT + "noise"


def in_even_bytes(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """int8 like `x`, and the f32 of each row and of each column, shaped to multiply it, so that no large number makes its neighbours coarse."""
    column = torch.ones(1)
    if x.dim() == 2:
        column = (x / x.abs().amax(1, keepdim=True).clamp_min(1e-12)).abs().amax(0, keepdim=True).clamp_min(1e-9)
    rounded, scale = in_bytes(x / column)
    return rounded, scale.view(-1, *[1] * (x.dim() - 1)), column


def store_bytes(model: onnx.ModelProto, source: onnx.ModelProto) -> None:
    """Large matrices of `model` become bytes, as those of `source` round, and the steps that make of them what they were."""
    graph = model.graph
    precise = {tensor.name: tensor for tensor in source.graph.initializer}
    nodes, added = [], []
    for tensor in graph.initializer:
        name = tensor.name
        if name not in precise or not _kept_in_bytes(name, tuple(tensor.dims)):
            continue
        rounded, *scales = in_even_bytes(torch.from_numpy(numpy_helper.to_array(precise[name]).copy()))
        halved = tensor.data_type == TensorProto.FLOAT16
        tensor.CopyFrom(numpy_helper.from_array(rounded.numpy(), name + ".byte"))
        nodes.append(helper.make_node("Cast", [name + ".byte"], [name + ".0"], to=TensorProto.FLOAT))
        for i, (by, scale) in enumerate(zip(SCALES, scales, strict=True)):
            added.append(numpy_helper.from_array(scale.numpy(), name + by))
            nodes.append(helper.make_node("Mul", [f"{name}.{i}", name + by], [f"{name}.{i + 1}"]))
        nodes.append(helper.make_node("Cast", [f"{name}.{len(scales)}"], [name], to=TensorProto.FLOAT16 if halved else TensorProto.FLOAT))
    graph.initializer.extend(added)
    nodes.extend(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large float32 initialisers become fp16 and a Cast: half the bytes, the same fp32 arithmetic."""
    out = onnx.ModelProto()
    out.CopyFrom(model)
    graph = out.graph
    casts = []
    for tensor in graph.initializer:
        array = numpy_helper.to_array(tensor)
        name = tensor.name
        if array.dtype != np.float32 or array.size < SMALLEST_HALVED or _kept_in_bytes(name, array.shape):
            continue
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
        if tensor.name.startswith(WEIGHT):
            name = tensor.name[len(WEIGHT) :].removesuffix(HALF)
            state[name] = torch.from_numpy(numpy_helper.to_array(tensor).astype(np.float32))
    for name in [name for name in state if name.endswith(".byte")]:  # see `store_bytes`, `Bust.initialisers`
        plain = name.removesuffix(".byte")
        state[plain] = from_bytes(state.pop(name), state.pop(plain + ".scale")) * state.pop(plain + ".columns", torch.ones(1))
    for name in [name for name in state if name.endswith(".energy")]:  # see `Folded`
        del state[name]
        own = name.removesuffix("energy")
        weight, rows = state[own + "weight"], state.pop(own + "rows", None)
        if rows is not None:
            weight = weight * (rows / BYTE)[:, None, None, None]
        state[own + "weight"] = weight / (weight.shape[1] * 9) ** -0.5
    return state


def as_packed(model: Generator) -> Generator:
    """The same with its weights rounded as a pack has them."""
    made = copy.deepcopy(model)
    with tempfile.TemporaryDirectory() as folder:
        write_pack(model, np.zeros(model.schema.vector_count, np.float32), Path(folder), "rounded", "0.0.0")
        made.start_like(pack_weights(Path(folder)))
    return made


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
    quality: dict[str, object] | None = None,
) -> tuple[dict[str, object], np.ndarray]:
    """Writes the pack; returns pack.json and the golden sitter's Layers `[28, S, S]` as PyTorch makes them with the pack's weights.

    `golden` is the input vector `[vector_count]` of the sitter whose thumbnail the self-test compares.
    `quality`: what foretells which portraits fail, as `Foresight.described` gives it.
    """
    schema = load_schema()
    folder.mkdir(parents=True, exist_ok=True)
    parameters = sum(p.numel() for p in model.parameters())
    cost = macs(model, torch.zeros(1, schema.vector_count))
    full = folder / f"{name}.full.onnx"
    exported = _trace(model, schema, full)
    graph = onnx.load(str(full))
    full.unlink()
    fold(graph)
    files = []
    for precision, made in (("fp32", store_half(graph)), ("fp16", compute_half(graph))):
        store_bytes(made, graph)
        shorten(made)
        if model.bust is not None:  # no step needs it: the maps are made outside
            made.graph.initializer.extend(model.bust.initialisers(WEIGHT + "bust."))
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
    inputs = inputs_of(model, golden)
    with torch.no_grad():
        layers = exported(*(torch.from_numpy(value) for value in inputs.values()))[0].numpy()
    side = layers.shape[-1]
    described: dict[str, object] = {
        "pack": 1,
        "name": name,
        "version": version,
        "schema": schema.version,
        "licence": "CC0-1.0",
        "inputs": [{"name": input_name, "shape": list(value.shape)} for input_name, value in inputs.items()],
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
