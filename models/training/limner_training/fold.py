"""Makes a traced graph small: what depends on no input is worked out, once, here.

The tracer writes every shape as a computation (two thirds of its nodes), and casts float32 to float32. What is left reads as
arithmetic on the sitter's numbers with static shapes. Weights are not touched and keep their names, so that a pack can be
trained on (`export.pack_weights`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, mapping, numpy_helper

Constant = np.ndarray


def _slice(x: Constant, starts: Constant, ends: Constant, axes: Constant, steps: Constant) -> Constant:
    cuts = [slice(None)] * x.ndim
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        cuts[int(axis)] = slice(int(start), int(end), int(step))
    return x[tuple(cuts)]


ARITHMETIC: dict[str, Callable[..., Constant]] = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Mul": lambda a, b: a * b,
    "Div": lambda a, b: a // b if a.dtype.kind == "i" else a / b,
    "Neg": lambda a: -a,
    "Unsqueeze": lambda x, axes: np.expand_dims(x, tuple(int(i) for i in axes)),
    "Reshape": lambda x, shape: x.reshape([int(n) for n in shape]),
    "Slice": _slice,
}


def _worked_out(node: onnx.NodeProto, inputs: list[Constant]) -> Constant | None:
    """What a node makes of constants; None for operators that are left to the run."""
    given = {a.name: helper.get_attribute_value(a) for a in node.attribute}
    if node.op_type == "Constant":
        return numpy_helper.to_array(given["value"])
    if node.op_type == "Cast":
        return inputs[0].astype(mapping.TENSOR_TYPE_TO_NP_TYPE[given["to"]])
    if node.op_type == "Concat":
        return np.concatenate(inputs, given["axis"])
    if node.op_type in ARITHMETIC:
        return np.asarray(ARITHMETIC[node.op_type](*inputs)).astype(inputs[0].dtype)
    return None


def fold(model: onnx.ModelProto) -> None:
    """Shortens the graph of a float32 model in place; it computes what it computed."""
    graph = model.graph
    weights = {t.name: t for t in graph.initializer}
    known: dict[str, Constant] = {}
    same: dict[str, str] = {}
    turned: dict[str, str] = {}  # transposed weights
    left = []
    for node in graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = same.get(name, name)
        if all(name in known for name in node.input):
            value = _worked_out(node, [known[name] for name in node.input])
            if value is not None:
                known[node.output[0]] = value
                continue
        no_cast = node.op_type == "Cast" and helper.get_attribute_value(node.attribute[0]) == TensorProto.FLOAT
        if no_cast and node.input[0] in weights:  # bytes stay bytes until they are loaded
            no_cast = weights[node.input[0]].data_type != TensorProto.INT8
        if node.op_type == "Identity" or no_cast:
            same[node.output[0]] = node.input[0]
        elif node.op_type == "Transpose" and node.input[0] in weights and len(weights[node.input[0]].dims) == 2:
            turned[node.output[0]] = node.input[0]
        elif node.op_type == "MatMul" and node.input[1] in turned:
            left.append(helper.make_node("Gemm", [node.input[0], turned[node.input[1]]], list(node.output), transB=1))
        else:
            left.append(node)
    wanted = {value.name for value in graph.output}
    kept = []
    for node in reversed(left):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    used = [weight for name, weight in weights.items() if name in wanted]
    used += [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in known.items() if name in wanted]
    del graph.initializer[:]
    graph.initializer.extend(used)
