"""The network learns, resumes, and says the same thing once exported."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from conftest import PROJECT, bowl
from limner_training.bust import MAPS, RELIEF_MAPS
from limner_training.cost import check_export, macs
from limner_training.export import Exported, as_packed, in_even_bytes, inputs_of, pack_weights, write_pack
from limner_training.network import HARMONICS, SHADE_PACE, SIZES, Generator, Shade, Tint
from limner_training.schema import Schema
from limner_training.sheet import in_studio
from limner_training.train import Settings, Trainer, average_with, load_generator


def test_the_shipped_size_keeps_its_budget(schema: Schema) -> None:
    model = Generator(SIZES["portrait"], schema)
    assert macs(model, torch.zeros(1, schema.vector_count)) <= 3e9
    pack = json.loads((PROJECT / "models" / "portrait" / "pack.json").read_text())
    assert max(file["bytes"] for file in pack["files"]) <= 6e6


def test_layers_keep_their_promises(schema: Schema) -> None:
    torch.manual_seed(0)
    with torch.no_grad():
        layers = Generator(SIZES["tiny"], schema).eval()(torch.randn(2, schema.vector_count))
    alpha = layers[:, schema.layer_slice("alpha")]
    assert float(layers[:, schema.layer_slice("rgb")].min()) >= 0
    assert torch.allclose(layers[:, schema.layer_slice("regions")].sum(1, keepdim=True), alpha, atol=1e-5)
    assert torch.allclose(layers[:, schema.layer_slice("transfer")].sum(1), torch.ones(()), atol=1e-5)


def test_what_leaves_a_pack_is_lit_as_the_studio_is(schema: Schema) -> None:
    torch.manual_seed(0)
    exported = Exported(Generator(SIZES["tiny"], schema)).eval()
    sitter, noise = torch.randn(1, schema.input_count), torch.randn(1, schema.noise_count)
    with torch.no_grad():
        even, layers = exported.model(torch.cat([sitter, noise], 1)), exported(sitter, noise)
    share = even[:, schema.layer_slice("transfer")] * torch.tensor(schema.gains).view(1, -1, 1, 1) / torch.tensor(schema.even).view(1, -1, 1, 1)
    rgb = even[:, schema.layer_slice("rgb")]
    assert torch.allclose(layers[:, schema.layer_slice("rgb")], rgb * share.sum(1, keepdim=True), atol=1e-5)
    assert torch.allclose(layers, in_studio(even, schema), atol=1e-6)
    assert torch.allclose(layers[:, schema.layer_slice("transfer")].sum(1), torch.ones(()), atol=1e-5)


def test_a_region_is_tinted_and_nothing_else() -> None:
    tint = Tint(style=4, regions=3)
    share = torch.zeros(1, 3, 8, 8)
    share[:, 0, :, :4], share[:, 1, :, 4:] = 1, 1
    sharp, w = torch.randn(1, 4, 16, 16), torch.ones(1, 4)
    assert torch.allclose(tint(sharp, w, share), sharp, atol=1e-6)
    with torch.no_grad():
        tint.colour.bias.view(3, 3)[:, 1] = torch.tensor([0.5, 0.0, -0.5])
    tinted = tint(sharp, w, share)
    assert torch.allclose(tinted[:, :, :, :7], sharp[:, :, :, :7], atol=1e-6)
    assert torch.allclose(tinted[:, 0, :, 9:] + 1, (sharp[:, 0, :, 9:] + 1) * 1.5, atol=1e-5)
    assert torch.allclose(tinted[:, 2, :, 9:] + 1, (sharp[:, 2, :, 9:] + 1) * 0.5, atol=1e-5)
    assert torch.allclose(tinted[:, 3], sharp[:, 3])


def test_skin_is_shaded_by_the_maps_and_nothing_else() -> None:
    shade = Shade(style=4, regions=[0])
    share = torch.zeros(1, 3, 8, 8)
    share[:, 0, :, :4], share[:, 1, :, 4:] = 1, 1
    near = torch.zeros(1, MAPS + RELIEF_MAPS, 16, 16)
    near[:, 0], near[:, 1], near[:, 7] = 1, 0.5, 0.6
    sharp, w = torch.randn(1, 4, 16, 16), torch.ones(1, 4)
    assert torch.allclose(shade(sharp, w, share, near), sharp, atol=1e-6)
    with torch.no_grad():
        shade.amount.bias.view(3, HARMONICS)[0, 1] = 1.0 / SHADE_PACE  # red grows to the right
    shaded = shade(sharp, w, share, near)
    assert torch.allclose(shaded[:, 0, :, :7] + 1, (sharp[:, 0, :, :7] + 1) * 1.5, atol=1e-5)
    assert torch.allclose(shaded[:, 1:, :, :7], sharp[:, 1:, :, :7], atol=1e-6)
    assert torch.allclose(shaded[:, :, :, 9:], sharp[:, :, :, 9:], atol=1e-6)
    near[:, MAPS + 2] = 0.25  # the relief of blue
    shaded = shade(sharp, w, share, near)
    assert torch.allclose(shaded[:, 2, :, :7] + 1, (sharp[:, 2, :, :7] + 1) * 1.25, atol=1e-5)
    assert torch.allclose(shaded[:, :, :, 9:], sharp[:, :, :, 9:], atol=1e-6)


def test_training_lowers_the_loss_and_resumes(sitters: Callable[[int], Path], tmp_path: Path, schema: Schema) -> None:
    settings = Settings(data=sitters(12), out=tmp_path / "out", size="tiny", batch=4, held_out=2, threads=1)
    trainer = Trainer(settings)
    first = float(trainer.step(2e-3, 64).sum())
    for _ in range(40):
        last = float(trainer.step(2e-3, 64).sum())
    assert last < 0.7 * first
    trainer.save()
    again = Trainer(settings)
    assert again.progress.step == trainer.progress.step
    model = load_generator(again.checkpoint, schema)
    assert model(torch.zeros(1, schema.vector_count)).shape == (1, schema.channel_count, 64, 64)


def test_the_mean_of_two_generators_lies_half_way(tmp_path: Path, schema: Schema) -> None:
    paths = [tmp_path / "a.pt", tmp_path / "b.pt"]
    for seed, path in enumerate(paths):
        torch.manual_seed(seed)
        state = Generator(SIZES["tiny"], schema).state_dict()
        torch.save({"size": asdict(SIZES["tiny"]), "average": state, "judge": {}}, path)
    a, b = (load_generator(path, schema).state_dict() for path in paths)
    average_with(*paths, schema)
    for name, weight in load_generator(paths[0], schema).state_dict().items():
        half = 0.5 * (a[name] + b[name]) if weight.is_floating_point() else a[name]
        torch.testing.assert_close(weight, half)
    assert "judge" in torch.load(paths[0])


def with_bust(schema: Schema) -> Generator:
    """A tiny generator that paints by maps of a bust, which is a bowl that bulges with the first input."""
    torch.manual_seed(0)
    model = Generator(replace(SIZES["tiny"], bust=(64, 98)), schema).eval()
    assert model.bust is not None
    model.bust.load_state_dict(bowl(schema).state_dict())
    for weight in (model.shade.amount.weight, model.shade.amount.bias):  # type: ignore[union-attr]
        torch.nn.init.normal_(weight, std=0.05)
    return model


@pytest.mark.parametrize("bust", [False, True])
def test_the_pack_is_whole_and_plain(tmp_path: Path, schema: Schema, bust: bool) -> None:
    torch.manual_seed(0)
    model = with_bust(schema) if bust else Generator(SIZES["tiny"], schema).eval()
    golden = np.zeros(schema.vector_count, np.float32)
    written, layers = write_pack(model, golden, tmp_path, "tiny", "0.0.0")
    described = json.loads((tmp_path / "pack.json").read_text())
    assert described == written
    differences = check_export(tmp_path, inputs_of(model, golden), layers)
    assert differences["fp32"] < 1e-3 and differences["fp16"] < 5e-2
    assert described["outputs"][0]["shape"] == [1, schema.channel_count, 64, 64]
    plain = {
        *("Add", "AveragePool", "Cast", "Clip", "Concat", "Conv", "DepthToSpace", "Cos", "Div", "Exp", "Gemm"),
        *("LeakyRelu", "MatMul", "Mul", "Neg", "Pow", "Reciprocal", "ReduceSum", "Reshape", "Resize", "Sigmoid", "Sin"),
        *("Slice", "Softmax", "Split", "Sqrt", "Sub", "Transpose", "Unsqueeze"),
    }
    for entry in described["files"]:
        path = tmp_path / entry["name"]
        assert path.stat().st_size == entry["bytes"]
        assert {node.op_type for node in onnx.load(str(path)).graph.node} <= plain


@pytest.mark.parametrize("bust", [False, True])
def test_a_pack_gives_its_weights_back(tmp_path: Path, schema: Schema, bust: bool) -> None:
    torch.manual_seed(0)
    model = with_bust(schema) if bust else Generator(SIZES["tiny"], schema).eval()
    write_pack(model, np.zeros(schema.vector_count, np.float32), tmp_path, "tiny", "0.0.0")
    again = Generator(model.size, schema).eval()
    weights = pack_weights(tmp_path)
    assert again.start_like(weights) == len(weights) > 60  # what is still all ones or zeros is not written twice
    vector = torch.randn(1, schema.vector_count)
    with torch.no_grad():
        off = (again(vector) - model(vector)).abs()  # weights are kept as bytes or in half precision
        assert float(off.mean()) < 0.003 and float((off > 0.05).float().mean()) < 1e-3
        model.draughtsman = None
        assert torch.equal(as_packed(model)(vector), again(vector))


def test_bytes_keep_small_numbers_beside_large_ones() -> None:
    torch.manual_seed(0)
    x = torch.randn(40, 30) * torch.logspace(-2, 2, 30)[None] * torch.logspace(-1, 1, 40)[:, None]
    rounded, row, column = in_even_bytes(x)
    assert rounded.dtype == torch.int8 and row.shape == (40, 1) and column.shape == (1, 30)
    off = (rounded.float() * row * column - x).square().mean(0).sqrt() / x.square().mean(0).sqrt()
    assert float(off.max()) < 0.02
    planes = torch.randn(1, 2, 8, 8)
    rounded, row, column = in_even_bytes(planes)
    assert float((rounded.float() * row * column - planes).abs().max()) < 0.02


def test_a_discriminator_looks_on(sitters: Callable[[int], Path], tmp_path: Path, schema: Schema) -> None:
    settings = Settings(data=sitters(8), out=tmp_path / "out", size="tiny", batch=2, held_out=2, threads=1, adversarial=0.5)
    trainer = Trainer(settings)
    before = [p.clone() for p in trainer.judge.parameters()]
    trainer.step(2e-3, 64, judged=True)
    losses = dict(zip(trainer.names, trainer.step(2e-3, 64, judged=True).tolist(), strict=True))
    assert {"believed", "features", "judge"} <= losses.keys()
    assert all(np.isfinite(v) for v in losses.values())
    assert trainer.balance["believed"] > 0
    assert any(not torch.equal(a, b) for a, b in zip(before, trainer.judge.parameters(), strict=True))
    trainer.keep_settled()
    load_generator(tmp_path / "out" / "tiny-settled.pt", schema)
    trainer.save()
    again = Trainer(settings)
    assert again.progress.judged == 2  # so that what was put aside is not written over
    assert again.balance == trainer.balance


def test_a_network_that_grew_guides_and_planes_starts_as_it_was(schema: Schema) -> None:
    torch.manual_seed(0)
    model = Generator(SIZES["tiny"], schema).eval()
    state = model.state_dict()
    younger = {}
    for name, value in state.items():
        if name.startswith("worn"):
            continue
        if ".guide." in name and name.endswith("weight"):
            value = value[:, :-5]
        if name.startswith("planes."):
            value = value[: schema.rendered_count]
        younger[name] = value
    other = Generator(SIZES["tiny"], schema).eval()
    assert other.start_like(younger) == len(younger)
    assert float(other.blocks[0].guide.weight[:, -5:].abs().max()) == 0
    assert float(other.planes[0].weight[schema.rendered_count :].abs().max()) == 0
    assert torch.equal(other.planes[0].weight[: schema.rendered_count], model.planes[0].weight[: schema.rendered_count])
