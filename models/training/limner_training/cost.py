"""What a portrait costs: MACs, parameters, bytes and milliseconds beside published generators, in one run."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from .network import Modulated
from .rivals import STYLE, MobileStyleGan, StyleGan2

RUNNER = Path(__file__).resolve().parents[1] / "ort.mjs"


def run_onnx(model: Path, inputs: dict[str, np.ndarray], runs: int) -> dict[str, Any]:
    """Runs `model` with ONNX Runtime on one CPU thread (node, `ort.mjs`): `{"ms": median, "outputs": …}`."""
    node = shutil.which("node")
    if node is None:
        raise SystemExit("node is missing: run ./limner setup.")
    feeds = {name: {"dims": list(v.shape), "data": v.ravel().tolist()} for name, v in inputs.items()}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as stream:
        json.dump(feeds, stream)
        stream.flush()
        command = [node, str(RUNNER), str(model), stream.name, str(runs)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def macs(model: nn.Module, *inputs: Tensor) -> int:
    """Multiply-accumulates of one forward pass (convolutions and matrix products)."""
    total = 0

    def count(module: nn.Module, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
        nonlocal total
        if isinstance(module, nn.Conv2d):
            per_output = module.in_channels // module.groups * module.kernel_size[0] * module.kernel_size[1]
            total += output.numel() * per_output
        elif isinstance(module, nn.Linear):
            total += output.numel() * module.in_features
        elif isinstance(module, Modulated):
            total += output.numel() * module.weight.shape[1] * 9

    hooks = [m.register_forward_hook(count) for m in model.modules()]
    with torch.no_grad():
        model(*inputs)
    for hook in hooks:
        hook.remove()
    return total


def weigh_cost(pack: Path, inputs: dict[str, np.ndarray], runs: int = 8) -> dict[str, Any]:
    """The pack's fp32 file, given `inputs`, beside StyleGAN2 and MobileStyleGAN at 256², random weights; ratios to the pack's."""
    described = json.loads((pack / "pack.json").read_text())
    entry = next(f for f in described["files"] if f["precision"] == "fp32")
    ours = {
        "gmac": round(described["macs"] / 1e9, 3),
        "parameters": described["parameters"],
        "bytes": entry["bytes"],
        "ms": run_onnx(pack / entry["name"], inputs, runs)["ms"],
    }
    result: dict[str, Any] = {"limner": ours}
    z = torch.zeros(1, STYLE)
    with tempfile.TemporaryDirectory() as folder:
        for name, model in (("MobileStyleGAN", MobileStyleGan().eval()), ("StyleGAN2", StyleGan2().eval())):
            path = Path(folder) / f"{name}.onnx"
            torch.onnx.export(model, (z,), str(path), input_names=["z"], output_names=["rgb"], opset_version=16)
            row = {
                "gmac": round(macs(model, z) / 1e9, 3),
                "parameters": sum(p.numel() for p in model.parameters()),
                "bytes": path.stat().st_size,
                "ms": run_onnx(path, {"z": z.numpy()}, runs)["ms"],
            }
            row["ratio"] = {key: round(row[key] / ours[key], 2) for key in ("gmac", "parameters", "bytes", "ms")}
            result[name] = row
    return result


def check_export(pack: Path, inputs: dict[str, np.ndarray], layers: np.ndarray) -> dict[str, float]:
    """Largest differences of the pack's files from `layers` (PyTorch's answer to `inputs`), by precision."""
    described = json.loads((pack / "pack.json").read_text())
    result = {}
    for entry in described["files"]:
        raw = run_onnx(pack / entry["name"], inputs, 1)["outputs"]["layers"]
        got = np.frombuffer(base64.b64decode(raw), np.float32).reshape(layers.shape)
        result[entry["precision"]] = float(np.abs(got - layers).max())
    return result
