"""Weighing a generator: everything `./limner eval` says about a pack, as JSON and a page of pictures.

What it paints is weighed as it paints it, in even light, against renders in the same. Everything else is weighed as people see it: in the
studio's light, and with what the core draws at the picture's size (finished.py).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F

from .cost import macs
from .dataset import Table, encode_layers, film, open_table, rendered
from .finished import Finisher
from .judge import Reader, r_squared
from .measures import detail, fidelity, hair_seen
from .measures import shown as displayed
from .network import Generator
from .page import write_page
from .quality import Foresight
from .schema import Attribute, Schema, load_schema
from .sheet import in_studio, pictures, save_sheet
from .skeleton import read_anchors
from .two_sample import Verdict, two_sample

AIMS = {"psnr_skin": 28.0, "ssim_skin": 0.90, "r2": 0.95, "two_sample": 0.75, "faces": 0.98}
AIMED_CONTROLS = (
    "pose.yaw",
    "pose.pitch",
    "age",
    "skin.tone",
    "expression.smile",
)
DETAILED = ("skin", "hair")
FEWEST_READ = 100  # rendered sitters to read by


Rows = list[dict[str, float]]


@dataclass
class Plan:
    """How much to do; the defaults take about twenty minutes on two cores."""

    held_out: int = 64
    random: int = 1000
    read: int = 3000  # rendered sitters that the reader learns from, at most
    sweep_sitters: int = 12
    seed: int = 0


def _pictures(layers: Tensor, schema: Schema, side: int) -> Tensor:
    """Displayed pictures `[B, 3, side, side]` of a batch of Layers."""
    out = pictures(layers, schema)
    return out if out.shape[-1] == side else F.interpolate(out, (side, side), mode="area")


def _even(table: Table, rows: np.ndarray, schema: Schema) -> Tensor:
    return rendered(torch.from_numpy(np.stack([table.rows[i] for i in rows])), schema)


def _rows(table: Table, rows: np.ndarray, schema: Schema) -> Tensor:
    """Rendered Layers of the given rows, in the studio."""
    return in_studio(_even(table, rows, schema), schema)


def _rendered(table: Table, rows: np.ndarray, schema: Schema, side: int) -> Tensor:
    """Displayed pictures of the given rows."""
    return torch.cat([_pictures(_rows(table, rows[i : i + 8], schema), schema, side) for i in range(0, len(rows), 8)])


class Painter:
    """A generator, and the core that finishes what it paints."""

    def __init__(self, model: Generator) -> None:
        self.model = model
        self.core = Finisher(model)

    def painted(self, vectors: Tensor) -> Tensor:
        """Layers as the network paints them, in even light."""
        with torch.no_grad():
            return torch.cat([self.model(vectors[i : i + 8]) for i in range(0, len(vectors), 8)])

    def shown(self, vectors: Tensor) -> Tensor:
        """Layers as the page shows them."""
        return self.finished(self.painted(vectors), vectors)

    def finished(self, layers: Tensor, vectors: Tensor) -> Tensor:
        """Layers in even light as the page shows them."""
        return self.core.finish(in_studio(layers, self.model.schema), vectors)


def _mean(rows: Rows) -> dict[str, float]:
    """Means over the rows that have a value; what none has is left out."""
    known = {key: [row[key] for row in rows if not np.isnan(row[key])] for key in rows[0]}
    return {key: round(float(np.mean(values)), 4) for key, values in known.items() if values}


def weigh_fidelity(painter: Painter, table: Table, held: np.ndarray, schema: Schema) -> tuple[Rows, Rows, dict[str, float], dict[str, list[float]]]:
    """Held-out sitters, one by one, generated from their labels against their renders: as painted, and as shown; R² of what is
    seen of their hair; and how much detail is shown, as a share of what renders have, by octaves from the finest (`detail`).

    That is measured, not read: its labels say how long it is for its style and how dark it would be without grey, which no picture shows.
    """
    rng = np.random.default_rng(1)
    painted, shown, hair = [], [], []
    fine: dict[str, list[np.ndarray]] = {name: [] for name in DETAILED}
    for i in held:
        vector, row = torch.from_numpy(table.inputs[i : i + 1]), np.array([i])
        layers = painter.painted(vector)
        painted.append(fidelity(layers[0].numpy(), _even(table, row, schema)[0].numpy(), schema, rng))
        made, true = painter.finished(layers, vector)[0].numpy(), _rows(table, row, schema)[0].numpy()
        shown.append(fidelity(made, true, schema, rng))
        hair.append([hair_seen(made, schema), hair_seen(true, schema)])
        a, b = displayed(made, schema), displayed(true, schema)
        for name, ratios in fine.items():
            mask = np.minimum(*(x[schema.layer_slice("regions")][schema.regions.index(name)] for x in (made, true)))
            ratios.append(np.log(detail(a, mask) / detail(b, mask)))
    some = np.array(hair)
    some = some[~np.isnan(some).any((1, 2))]
    told = {"hair length": _explained(some[..., :1]), "hair colour": _explained(some[..., 1:])} if len(some) > 1 else {}
    return painted, shown, told, {name: _geometric(ratios) for name, ratios in fine.items() if np.isfinite(ratios).any()}


def fidelity_told(painter: Painter, table: Table, held: np.ndarray, schema: Schema) -> dict[str, Any]:
    """What `weigh_fidelity` finds, as `eval.json` has it."""
    painted, shown, hair, fine = weigh_fidelity(painter, table, held, schema)
    return {"fidelity": _mean(painted), "shown": _seen(shown), "hair": hair, "detail": fine, "groups": by_group(painted, table.inputs[held], schema)}


def _geometric(logarithms: list[np.ndarray]) -> list[float]:
    return np.exp(np.nanmean(logarithms, 0)).round(3).tolist()


def _explained(pairs: np.ndarray) -> float:
    """R² of the first of `[N, 2, M]` as told of the second, over all M numbers."""
    return round(1 - float(((pairs[:, 0] - pairs[:, 1]) ** 2).sum() / ((pairs[:, 1] - pairs[:, 1].mean(0)) ** 2).sum()), 3)


def weigh_asked(painter: Painter, table: Table, held: np.ndarray, schema: Schema) -> tuple[dict[str, float], dict[str, float]]:
    """What the network is asked for against renders, as painted and as shown: one that learnt everything would do as well."""
    rng = np.random.default_rng(1)
    painted, shown = [], []
    for i in held:
        asked, row = film(np.array(table.rows[i : i + 1]), schema), np.array([i])
        painted.append(fidelity(asked[0].numpy(), _even(table, row, schema)[0].numpy(), schema, rng))
        made = painter.finished(asked, torch.from_numpy(table.inputs[i : i + 1]))
        shown.append(fidelity(made[0].numpy(), _rows(table, row, schema)[0].numpy(), schema, rng))
    return _seen(painted), _seen(shown)


def _seen(rows: Rows) -> dict[str, float]:
    return {k: v for k, v in _mean(rows).items() if k.startswith(("psnr", "ssim"))}


def _as_packed(layers: Tensor, schema: Schema) -> Tensor:
    """Layers rounded to bytes as the table's rows are, which would else tell rows from what is generated."""
    bytes_of = np.stack([encode_layers(item, schema) for item in layers.numpy()])
    return rendered(torch.from_numpy(bytes_of), schema)


def weigh_two_sample(painter: Painter, table: Table, held: np.ndarray, schema: Schema, seed: int = 0) -> Verdict:
    """How well classifiers tell generated from rendered held-out crops."""
    side = table.size
    true = _rendered(table, held, schema, side)
    vectors = torch.from_numpy(table.inputs[held])
    made = [_pictures(_as_packed(painter.shown(vectors[i : i + 8]), schema), schema, side) for i in range(0, len(held), 8)]
    return two_sample(torch.cat(made), true, seed)


def _numbers(schema: Schema) -> list[Attribute]:
    return [a for a in schema.attributes if a.type == "number" and a.net == "linear"]


def _groups(truth: np.ndarray, schema: Schema) -> dict[str, np.ndarray]:
    tone = truth[:, schema.attribute("skin.tone").offset]
    look = truth[:, schema.attribute("presentation").offset]
    age = truth[:, schema.attribute("age").offset]
    return {
        "tones 1-3": tone < -0.4,
        "tones 4-7": (tone >= -0.4) & (tone < 0.4),
        "tones 8-10": tone >= 0.4,
        "feminine": look < -0.2,
        "masculine": look > 0.2,
        "18-40": age < -0.39,
        "40-65": (age >= -0.39) & (age < 0.3),
        "65-90": age >= 0.3,
    }


def reader_of(table: Table, rows: np.ndarray, model: Generator) -> Reader:
    """A reader that has learnt from the given rendered rows."""

    def batches() -> Iterator[Tensor]:
        for i in range(0, len(rows), 16):
            yield _rows(table, rows[i : i + 16], model.schema)

    return Reader(batches, table.inputs[rows], model.skeleton, model.schema)


def weigh_control(
    read: np.ndarray, truth: np.ndarray, base_read: np.ndarray, base_truth: np.ndarray, schema: Schema
) -> dict[str, Any]:
    """R² per attribute of what was read off generated pictures, beside the same of held-out renders (the reader's own limit).

    Numbers that nobody here varies are left out.
    """
    groups = _groups(truth, schema)
    result: dict[str, Any] = {}
    for item in _numbers(schema):
        k = item.offset
        if min(truth[:, k].std(), base_truth[:, k].std()) < 1e-3:
            continue
        by_group = {n: r_squared(read[m, k], truth[m, k]) for n, m in groups.items() if m.sum() >= 20 and truth[m, k].std() > 1e-3}
        by_group = by_group or {"all": r_squared(read[:, k], truth[:, k])}
        worst = min(by_group, key=lambda name: by_group[name])
        result[item.id] = {
            "generated": round(r_squared(read[:, k], truth[:, k]), 3),
            "rendered": round(r_squared(base_read[:, k], base_truth[:, k]), 3),
            "worst_group": worst,
            "worst": round(by_group[worst], 3),
        }
    return result


def weigh_leakage(painter: Painter, reader: Reader, vectors: np.ndarray, schema: Schema, weighed: list[str]) -> dict[str, float]:
    """For each control `weighed`: mean movement of all other numbers' readings, as a share of the control's own, end to end."""
    result = {}
    numbers = [a for a in _numbers(schema) if a.id in weighed]
    offsets = np.array([a.offset for a in numbers])
    for i, item in enumerate(numbers):
        ends = []
        for value in (-1.0, 1.0):
            swept = vectors.copy()
            swept[:, item.offset] = value
            ends.append(reader.read(painter.shown(torch.from_numpy(swept)))[:, offsets])
        moved = np.abs(ends[1] - ends[0]).mean(0)
        others = np.delete(moved, i).mean()
        result[item.id] = round(float(others / max(moved[i], 1e-3)), 3)
    return result


def by_group(rows: Rows, truth: np.ndarray, schema: Schema) -> dict[str, dict[str, float]]:
    """Fidelity of groups of held-out sitters."""
    result: dict[str, dict[str, float]] = {}
    for name, mask in _groups(truth, schema).items():
        if mask.sum() >= 5:
            mean = _mean([row for row, in_it in zip(rows, mask, strict=True) if in_it])
            result[name] = {"sitters": int(mask.sum()), **{k: mean[k] for k in ("psnr_skin", "ssim_skin", "psnr_hair", "psnr_eyes")}}
    return result


def weigh_diversity(made: Tensor, rendered: Tensor) -> dict[str, float]:
    """Pairwise distances of generated portraits against the renders' and to the nearest training picture (32², RMS)."""
    a = F.interpolate(made, (32, 32), mode="area").flatten(1)
    b = F.interpolate(rendered, (32, 32), mode="area").flatten(1)
    scale = a.shape[1] ** -0.5
    among_a, among_b = torch.cdist(a, a) * scale, torch.cdist(b, b) * scale
    off = ~torch.eye(len(a), dtype=torch.bool)
    near = (torch.cdist(a, b) * scale).min(1).values
    among_b.fill_diagonal_(9.0)
    return {
        "pairwise_generated": round(float(among_a[off].mean()), 4),
        "pairwise_rendered": round(float(among_b[among_b < 9].mean()), 4),
        "nearest_training": round(float(near.mean()), 4),
        "nearest_between_renders": round(float(among_b.min(1).values.mean()), 4),
    }


def faces_found(pictures: Tensor, frontal: np.ndarray) -> float:
    """Share of frontal portraits in which OpenCV's cascade finds a face."""
    path = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml"
    cascade = cv2.CascadeClassifier(path)
    found = 0
    chosen = np.flatnonzero(frontal)
    for i in chosen:
        grey = cv2.cvtColor((pictures[i].permute(1, 2, 0).numpy() * 255).astype(np.uint8), cv2.COLOR_RGB2GRAY)
        grey = cv2.copyMakeBorder(grey, 32, 32, 32, 32, cv2.BORDER_REPLICATE)
        found += len(cascade.detectMultiScale(grey, 1.05, 3, minSize=(60, 60))) > 0
    return round(found / max(len(chosen), 1), 4)


def weigh_sitters(data: Path, sheet: Path | None) -> dict[str, float]:
    """Rendered sitters themselves: how many faces are found, and a sheet of the first 48 seeds."""
    schema = load_schema()
    table = open_table(data, 256)
    order = np.argsort(table.names)
    drawn = torch.cat([(_rendered(table, order[i : i + 8], schema, 256) * 255).round().to(torch.uint8) for i in range(0, len(order), 8)])
    frontal = np.abs(table.inputs[order, schema.attribute("pose.yaw").offset] * 35) <= 15
    if sheet is not None:
        rows = [torch.cat(list(drawn[i : i + 8]), 2) for i in range(0, 48, 8)]
        Image.fromarray(torch.cat(rows, 1).permute(1, 2, 0).numpy()).resize((1536, 1152), Image.LANCZOS).save(sheet, quality=84)
    return {"sitters": float(table.count), "frontal": float(frontal.sum()), "faces": faces_found(drawn.float() / 255, frontal)}


def evaluate(
    model: Generator,
    data: Path,
    random_inputs: Path | None,
    out: Path,
    plan: Plan,
    training: list[dict[str, Any]],
    quality: tuple[Foresight, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Weighs `model` and writes `eval.json` and sheets into `out`.

    Control is read by a reader (judge.py) that learns from the sitters that are not held out; without any, control and leakage are left out.
    `random_inputs`: a file of anchors (`./limner sitters --anchors`, with `--bare` where the data are), for the numbers of its random
    recipes; without it the held-out labels stand in.
    `training`: the runs that the checkpoint remembers, for the card. `quality`: what is known of what it foretells (quality.py).
    """
    schema = load_schema()
    out.mkdir(parents=True, exist_ok=True)
    table = open_table(data, model.size.resolution)
    start = time.monotonic()
    held, others = table.split(plan.held_out)
    vectors = table.inputs[held] if random_inputs is None else np.array(read_anchors(random_inputs).inputs[: plan.random])
    result: dict[str, Any] = {"rows": table.count, "held_out": len(held), "random": len(vectors), "training": training}
    painter = Painter(model)
    result |= fidelity_told(painter, table, held, schema)
    result["asked"], result["asked_shown"] = weigh_asked(painter, table, held[:64], schema)
    result["two_sample"] = weigh_two_sample(painter, table, held, schema, plan.seed).described()
    reader = reader_of(table, others[: plan.read], model) if len(others) >= FEWEST_READ else None
    pictures, read = [], []
    for i in range(0, len(vectors), 8):
        layers = painter.shown(torch.from_numpy(vectors[i : i + 8]))
        pictures.append(_pictures(layers, schema, model.size.resolution))
        if reader is not None:
            read.append(reader.read(layers))
    made = torch.cat(pictures)
    result["control"], result["leakage"] = {}, {}
    if reader is not None:
        limit = np.concatenate([reader.read(_rows(table, held[i : i + 8], schema)) for i in range(0, len(held), 8)])
        result["control"] = weigh_control(np.concatenate(read), vectors, limit, table.inputs[held], schema)
        result["leakage"] = weigh_leakage(painter, reader, vectors[: plan.sweep_sitters], schema, list(result["control"]))
    result["diversity"] = weigh_diversity(made, _rendered(table, others[:1500], schema, 32))
    yaw = vectors[:, schema.attribute("pose.yaw").offset] * 35
    result["faces"] = faces_found(made, np.abs(yaw) <= 15)
    if quality is not None:
        foresight, known = quality
        told = foresight.foretold(vectors)
        worst = np.argsort(told)[: (told < known["threshold"]).sum()]
        result["quality"] = {**known, "rejected": len(worst), "of": len(vectors)}
        if len(worst) > 0:
            save_sheet([painter.shown(torch.from_numpy(vectors[worst[:8]]))], schema, out / "rejected.png")
    result["cost"] = {"parameters": sum(p.numel() for p in model.parameters()), "gmac": round(macs(model, torch.zeros(1, schema.vector_count)) / 1e9, 3)}
    result["aims"] = aims(result)
    result["seconds"] = round(time.monotonic() - start, 1)
    (out / "eval.json").write_text(json.dumps(result, indent=1) + "\n")
    _sheets(painter, table, held, vectors, schema, out)
    write_page(result, out)
    return result


def aims(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Where the pack lands beside what was aimed at."""
    table = {
        "skin PSNR": (result["fidelity"]["psnr_skin"], AIMS["psnr_skin"], True),
        "skin SSIM": (result["fidelity"]["ssim_skin"], AIMS["ssim_skin"], True),
        "two-sample accuracy": (result["two_sample"]["accuracy"], AIMS["two_sample"], False),
        "faces found": (result["faces"], AIMS["faces"], True),
    }
    for name in AIMED_CONTROLS if result["control"] else ():
        table[f"R² {name}"] = (result["control"][name]["generated"], AIMS["r2"], True)
    table |= {f"R² {name}, as seen": (value, AIMS["r2"], True) for name, value in result["hair"].items()}
    rows = {name: {"is": v, "aim": aim, "met": bool(v >= aim if up else v <= aim)} for name, (v, aim, up) in table.items()}
    if not result["two_sample"]["learnt"]:
        rows["two-sample accuracy"] |= {"is": "the judge learnt nothing", "met": False}
    return rows


def _sheets(painter: Painter, table: Table, held: np.ndarray, vectors: np.ndarray, schema: Schema, out: Path) -> None:
    rows = []
    for i in range(0, min(len(held), 24) // 8 * 8, 8):
        some = held[i : i + 8]
        rows += [_rows(table, some, schema), painter.shown(torch.from_numpy(table.inputs[some]))]
    save_sheet(rows, schema, out / "held-out.png")
    count = min(len(vectors), 48) // 8 * 8
    save_sheet([painter.shown(torch.from_numpy(vectors[i : i + 8])) for i in range(0, count, 8)], schema, out / "random.png")
