"""The training loop: resumable, stoppable at any moment, on CPU (bf16) and CUDA alike."""

from __future__ import annotations

import json
import math
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .adversary import Discriminator, discriminator_loss, generator_losses, seen
from .dataset import Batches, open_table, pack
from .export import pack_weights
from .losses import supervised
from .network import SIZES, Generator, Raw, Size, finish, finish_alpha, finish_rgb, parts
from .schema import Schema, load_schema
from .sheet import save_sheet
from .skeleton import load_skeleton

CURRICULUM = (0.08, 0.42)  # shares of a run at which the side doubles on its way to the full one


@dataclass
class Settings:
    """What a run is told. `minutes` is all the time spent in steps, earlier runs that it resumes included; with `curriculum` a run starts at a quarter of the full side."""

    data: Path
    out: Path
    skeleton: Path | None = None
    like: Path | None = None
    size: str = "portrait"
    minutes: float = 60.0
    batch: int = 16
    rate: float = 2e-3
    held_out: int = 64
    curriculum: bool = True
    resume: bool = True
    seed: int = 0
    threads: int = 2
    adversarial: float = 0.0
    side: int = 0  # compare at this side only; 0 follows the curriculum


@dataclass
class Progress:
    """What a checkpoint remembers besides weights."""

    step: int = 0
    pictures: int = 0
    seconds: float = 0.0


def _average(average: Generator, model: Generator, decay: float) -> None:
    with torch.no_grad():
        for a, b in zip(average.parameters(), model.parameters(), strict=True):
            a.lerp_(b, 1 - decay)


def _save(path: Path, state: dict[str, Any]) -> None:
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    partial.rename(path)


def load_generator(path: Path, schema: Schema) -> Generator:
    """The averaged generator of a checkpoint, ready to run."""
    state = torch.load(path, map_location="cpu")
    shape = state["size"]
    model = Generator(Size(**{k: tuple(v) if isinstance(v, list) else v for k, v in shape.items()}), schema)
    model.load_state_dict(state["average"])
    return model.eval()


class Trainer:
    """One run: owns the networks, the optimiser and the table."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.schema = load_schema()
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads)
        size = SIZES[settings.size]
        self.model = self._network(size)
        if settings.skeleton is not None:
            self.model.adopt(load_skeleton(settings.skeleton, self.schema))
        if settings.like is not None:
            known = pack_weights(settings.like) if settings.like.is_dir() else torch.load(settings.like, map_location="cpu")["average"]
            fitting = self.model.start_like(known)
            print(f"{fitting} tensors taken from {settings.like.name}", flush=True)
        self.average = self._network(size)
        self.average.load_state_dict(self.model.state_dict())
        # Geometry was learnt beforehand, from far more sitters than are rendered.
        learnt = [p for name, p in self.model.named_parameters() if not name.startswith("skeleton.") and p.requires_grad]
        self.optimiser = torch.optim.Adam(learnt, settings.rate, betas=(0.9, 0.99))
        self.judge = Discriminator(self.schema.vector_count).to(self.device, memory_format=torch.channels_last)
        self.judge_optimiser = torch.optim.Adam(self.judge.parameters(), 5e-4, betas=(0.5, 0.99))
        self.progress = Progress()
        self.stopping = False
        settings.out.mkdir(parents=True, exist_ok=True)
        self.checkpoint = settings.out / f"{settings.size}.pt"
        if settings.resume and self.checkpoint.exists():
            self._resume()
        self.batches: dict[int, Batches] = {}
        self._open_data()

    def _network(self, size: Size) -> Generator:
        model = Generator(size, self.schema).to(self.device, memory_format=torch.channels_last)
        model.skeleton.requires_grad_(False)
        return model

    def _resume(self) -> None:
        state = torch.load(self.checkpoint, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.judge.load_state_dict(state["judge"])
        self.judge_optimiser.load_state_dict(state["judge_optimiser"])
        self.progress = Progress(**state["progress"])
        print(f"resumed at step {self.progress.step}", flush=True)

    def _open_data(self) -> None:
        full = self.model.size.resolution
        seed = self.settings.seed + self.progress.step
        for side in {full, full // 2, full // 4}:
            pack(self.settings.data, side, self.schema)
            table = open_table(self.settings.data, side)
            if table.count <= self.settings.held_out:
                data, held = self.settings.data, self.settings.held_out
                raise SystemExit(f"{data} holds {table.count} sitters; render more than {held}.")
            self.batches[side] = Batches(table, self.schema, self.settings.held_out, self.device, seed)

    def save(self) -> None:
        """Writes the checkpoint whole or not at all."""
        state = {
            "size": asdict(self.model.size),
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "judge": self.judge.state_dict(),
            "judge_optimiser": self.judge_optimiser.state_dict(),
            "progress": asdict(self.progress),
        }
        _save(self.checkpoint, state)

    def _side(self, share: float) -> int:
        full = self.model.size.resolution
        if self.settings.side:
            return self.settings.side
        if not self.settings.curriculum:
            return full
        return full >> sum(share < limit for limit in CURRICULUM)

    def _step(self, rate: float, side: int) -> dict[str, float]:
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        table = self.batches[side]
        count = self.settings.batch * (2 if side < self.model.size.resolution // 2 else 1)
        vectors, layers = table.draw(count)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            raw = self.model.raw(vectors, side)
        losses = supervised(raw, layers, self.schema)
        if self.settings.adversarial > 0 and side == self.model.size.resolution:
            losses |= self._judged(raw, layers, vectors)
        total = torch.stack(list(losses.values())).sum()
        self.optimiser.zero_grad(set_to_none=True)
        total.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        if bool(torch.isfinite(norm)):
            self.optimiser.step()
            decay = min(0.995, (1 + self.progress.step) / (10 + self.progress.step))
            _average(self.average, self.model, decay)
        self.progress.step += 1
        self.progress.pictures += count
        return {name: float(value.detach()) for name, value in losses.items()}

    def _judged(self, raw: Raw, layers: Tensor, vectors: Tensor) -> dict[str, Tensor]:
        rgb, alpha = self.schema.layer_slice("rgb"), self.schema.layer_slice("alpha")
        sharp = parts(raw[0].float(), self.schema)
        real = seen(layers[:, rgb], layers[:, alpha])
        fake = seen(finish_rgb(sharp["rgb"]), finish_alpha(sharp["alpha"]))
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.progress.step % 16 != 0):
            loss = discriminator_loss(self.judge, real, fake, vectors, self.progress.step % 16 == 0)
        self.judge_optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.judge_optimiser.step()
        for parameter in self.judge.parameters():
            parameter.requires_grad_(False)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            paid = generator_losses(self.judge, real, fake, vectors)
        for parameter in self.judge.parameters():
            parameter.requires_grad_(True)
        weight = self.settings.adversarial
        return {"believed": 0.1 * weight * paid["believed"].float(), "features": 2.0 * weight * paid["features"].float()}

    def sheet(self, side: int) -> None:
        """Held-out sitters: rendered above, generated at `side` below."""
        chosen = np.arange(min(8, self.settings.held_out))
        full = self.model.size.resolution
        vectors, layers = self.batches[full].rows(chosen, np.zeros(len(chosen), bool))
        with torch.no_grad():
            made = finish(self.average.raw(vectors, side), self.schema)
        made = F.interpolate(made, (full, full), mode="bilinear")
        save_sheet([layers, made], self.schema, self.settings.out / f"{self.settings.size}-{self.progress.step:06d}.png")

    def run(self) -> None:
        """Trains for the asked time; SIGINT and SIGTERM stop cleanly."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.stopping = True

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        start = time.monotonic()
        told = saved = start
        pictures = self.progress.pictures
        side = self._side(0.0)
        sums: dict[str, float] = {}
        count = 0
        log = (self.settings.out / f"{self.settings.size}.jsonl").open("a")
        while not self.stopping:
            share = self.progress.seconds / (60 * self.settings.minutes)
            if share >= 1:
                break
            warm = min(1.0, (self.progress.step + 1) / 200)
            rate = self.settings.rate * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * share)))
            before = time.monotonic()
            side = self._side(share)
            for name, value in self._step(rate, side).items():
                sums[name] = sums.get(name, 0.0) + value
            self.progress.seconds += time.monotonic() - before
            count += 1
            now = time.monotonic()
            if now - told > 20:
                line = {name: round(value / count, 4) for name, value in sums.items()}
                entry = {"step": self.progress.step, "share": round(share, 3), "side": side, "rate": rate, **line}
                entry["pictures_per_s"] = round((self.progress.pictures - pictures) / (now - told), 2)
                entry["rows"] = self.batches[self.model.size.resolution].table.count
                pictures = self.progress.pictures
                print(json.dumps(entry), flush=True)
                log.write(json.dumps(entry) + "\n")
                log.flush()
                sums, count, told = {}, 0, now
            if now - saved > 240:
                self.save()
                self.sheet(side)
                self._open_data()
                saved = time.monotonic()
        self.save()
        self.sheet(side)
        log.close()
