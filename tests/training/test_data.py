"""From a rendered file to a batch: nothing is lost, moved or mirrored wrongly."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from limner_training.dataset import (
    Batches,
    Table,
    at_side,
    decode_layers,
    encode_layers,
    layers_of,
    open_table,
    pack,
    rendered,
    row_of,
)
from limner_training.schema import Schema
from limner_training.sheet import in_studio
from limner_training.sitfile import SitFile, SitFileError, read_sit


def test_a_rendered_file_becomes_layers_that_add_up(sitters: Callable[[int], Path], schema: Schema) -> None:
    sit = read_sit(sitters(1) / "000000.sit")
    layers = layers_of(sit, schema, 64)
    total = sum(sit.planes[f"light.{name}"].astype(np.float32) for name in schema.lights)
    alpha = layers[schema.layer_slice("alpha")]
    shown = in_studio(torch.from_numpy(layers)[None], schema)[0].numpy()
    assert np.allclose(shown[schema.layer_slice("rgb")] * alpha, total, atol=1e-3)
    assert np.allclose(shown[schema.layer_slice("transfer")].sum(0), 1, atol=1e-4)
    assert np.allclose(layers[schema.layer_slice("transfer")].sum(0), 1, atol=1e-4)
    assert np.allclose(layers[schema.layer_slice("regions")].sum(0), alpha[0], atol=0.01)


def test_layers_are_in_even_light_whatever_light_was_rendered(sitters: Callable[[int], Path], schema: Schema) -> None:
    sit = read_sit(sitters(1) / "000000.sit")
    before = layers_of(sit, schema, 64)
    brighter = {f"light.{name}": sit.planes[f"light.{name}"] * np.float32(2) for name in schema.lights}
    header = sit.header | {"gains": [2 * gain for gain in sit.header["gains"]]}
    again = layers_of(SitFile(header, sit.planes | brighter), schema, 64)
    assert np.allclose(again, before, atol=1e-5)


def test_bytes_keep_layers_within_a_step(sitters: Callable[[int], Path], schema: Schema) -> None:
    layers = layers_of(read_sit(sitters(1) / "000000.sit"), schema, 32)
    again = decode_layers(torch.from_numpy(encode_layers(layers, schema))[None], schema)[0].numpy()
    assert np.abs(again - layers).max() < 0.02


def test_a_row_keeps_the_render_beside_what_it_is_taken_apart_into(sitters: Callable[[int], Path], schema: Schema) -> None:
    layers = layers_of(read_sit(sitters(1) / "000000.sit"), schema, 32)
    row = torch.from_numpy(row_of(layers, schema))[None]
    assert row.shape[1] == schema.channel_count + 4
    assert np.abs(rendered(row, schema)[0].numpy() - layers).max() < 0.02


def unit_lights(layers: torch.Tensor, schema: Schema) -> torch.Tensor:
    """Luminance that each light gives at unit gain, `[B, lights, S, S]`."""
    gains = torch.tensor(schema.even)[None, :, None, None]
    luma = layers[:, schema.layer_slice("rgb")].mean(1, keepdim=True)
    return luma * layers[:, schema.layer_slice("transfer")] / gains


def test_a_mirrored_batch_is_the_mirrored_sitter(sitters: Callable[[int], Path], schema: Schema) -> None:
    folder = sitters(3)
    assert pack(folder, 32, schema, capacity=8) == 3
    assert pack(folder, 32, schema, capacity=8) == 0
    batches = Batches(schema, 0, torch.device("cpu"))
    batches.see(open_table(folder, 32))
    chosen = np.array([1])
    plain_v, plain = batches.rows(chosen, np.array([False]))
    turned_v, turned = batches.rows(chosen, np.array([True]))
    yaw = schema.attribute("pose.yaw").offset
    assert turned_v[0, yaw] == -plain_v[0, yaw]
    run = schema.layer_slice("strands").start + 1
    assert torch.allclose(turned[:, run].flip(2), -plain[:, run])
    assert torch.allclose(turned[:, schema.layer_slice("normal").start].flip(2), -plain[:, schema.layer_slice("normal").start])
    whole = Batches(schema, 0, torch.device("cpu"), apart=False)
    whole.see(open_table(folder, 32))
    _, seen = whole.rows(chosen, np.array([True]))
    as_rendered = rendered(torch.from_numpy(whole.table.rows[chosen]), schema)
    for mirrored, straight in ((turned, plain), (seen, as_rendered)):
        # The studio stays as it is: the key light comes from the same side, and lights the other half of the sitter.
        lit, twins = unit_lights(mirrored, schema), unit_lights(straight, schema).flip(3)[:, schema.mirror_lights()]
        assert torch.allclose(lit, twins, atol=1e-4)
        assert torch.allclose(mirrored[:, schema.layer_slice("transfer")].sum(1), torch.ones(1), atol=1e-4)


def test_sitters_are_held_out_by_number_and_by_folder_whatever_came_first(schema: Schema) -> None:
    names = ["000003.sit", "000000.sit", "more/000007.sit", "000001.sit", "held/000005.sit"]
    table = Table(np.zeros((5, 1, 1, 1), np.uint8), np.zeros((5, schema.vector_count), np.float32), names)
    held, train = table.split(2)
    assert held.tolist() == [1, 3, 4]
    assert sorted(train.tolist()) == [0, 2]


def test_several_processes_pack_the_same_rows(sitters: Callable[[int], Path], schema: Schema) -> None:
    folder = sitters(5)
    assert pack(folder, 32, schema, capacity=8, workers=2) == 5
    table = open_table(folder, 32)
    alone = row_of(layers_of(read_sit(folder / "000003.sit"), schema, 32), schema)
    assert np.array_equal(table.rows[table.names.index("000003.sit")], alone)


def test_two_that_pack_at_once_do_not_mix_up_rows(sitters: Callable[[int], Path], schema: Schema) -> None:
    folder = sitters(40)
    with ThreadPoolExecutor(3) as pool:
        added = list(pool.map(lambda _: pack(folder, 64, schema, capacity=64), range(3)))
    table = open_table(folder, 64)
    assert sorted(table.names) == sorted(str(path.relative_to(folder)) for path in folder.rglob("*.sit"))
    assert sum(added) == table.count == 40
    for name, row, numbers in zip(table.names, table.rows, table.inputs, strict=False):
        sit = read_sit(folder / name)
        assert np.array_equal(numbers, np.asarray(sit.header["input"], np.float32))
        assert np.array_equal(row, row_of(layers_of(sit, schema, 64), schema))


def test_a_smaller_picture_shows_the_same_light(sitters: Callable[[int], Path], schema: Schema) -> None:
    sit = read_sit(sitters(1) / "000000.sit")
    large, small = (torch.from_numpy(layers_of(sit, schema, side))[None] for side in (64, 16))
    made = at_side(large, 16, schema)
    rgb, alpha = schema.layer_slice("rgb"), schema.layer_slice("alpha")
    assert torch.allclose(made[:, alpha], small[:, alpha], atol=1e-5)
    assert torch.allclose(made[:, rgb] * made[:, alpha], small[:, rgb] * small[:, alpha], atol=1e-3)
    length = made[:, schema.layer_slice("normal")].norm(dim=1)
    assert torch.allclose(length, torch.ones_like(length), atol=1e-4)


@pytest.mark.parametrize("cut", [0, 3, 11, 200, -7])
def test_a_truncated_file_is_refused_with_its_name(sitters: Callable[[int], Path], cut: int) -> None:
    path = sitters(1) / "000000.sit"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(SitFileError, match="000000.sit"):
        read_sit(path)
