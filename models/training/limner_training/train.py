"""The training loop: resumable, stoppable at any moment, on CPU (bf16) and CUDA alike."""

from __future__ import annotations

import json
import math
import signal
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .adversary import (
    R1_EVERY,
    Discriminator,
    discriminator_loss,
    generator_losses,
    random_gains,
    seen,
    smoothness_loss,
)
from .bust import Maps, load_bust
from .card import runs_of
from .dataset import Batches, at_side, open_table, pack
from .device import quick_numbers
from .export import pack_weights
from .losses import supervised
from .network import SHARP, SIZES, Generator, Raw, Size, finish, finish_alpha, finish_rgb, parts
from .schema import Schema, load_schema
from .sheet import in_studio, save_sheet
from .skeleton import load_skeleton

CURRICULUM = (0.07, 0.24)  # of a fresh start
ADVERSARY_FROM = 0.5  # share of a run at which the discriminator begins to look
ADVERSARY_RAMP = 400  # steps until it has its full weight
WEIGH_EVERY = 50  # steps between two weighings of what the discriminator asks against the supervised losses


@dataclass
class Settings:
    """What a run is told. `minutes` is all the time spent in steps, earlier runs that it resumes included; at the shares `curriculum` of it the side doubles, up to the full one."""

    data: Path
    out: Path
    skeleton: Path | None = None
    worn: Path | None = None
    bust: Path | None = None
    like: Path | None = None
    size: str = "portrait"
    minutes: float = 60.0
    batch: int = 16
    rate: float = 2e-3
    held_out: int = 64
    curriculum: tuple[float, ...] = CURRICULUM
    resume: bool = True
    seed: int = 0
    threads: int = 2
    adversarial: float = 0.0
    adversary_from: float = ADVERSARY_FROM
    window: int = 0  # the discriminator looks at a window of this side only; 0 is the whole picture
    look_every: float = 240.0  # seconds between two looks for new sitters,
    save_every: float = 240.0  # two checkpoints and sheets,
    tell_every: float = 10.0  # and two lines of the log
    graphs: bool = True  # on a GPU, replay recorded steps


@dataclass
class Progress:
    """What a checkpoint remembers besides weights."""

    step: int = 0
    pictures: int = 0
    seconds: float = 0.0
    judged: int = 0  # steps under the discriminator's eyes


def _average(average: Generator, model: Generator, decay: float) -> None:
    kept, new = list(average.parameters()), list(model.parameters())
    with torch.no_grad():
        torch._foreach_mul_(kept, decay)
        torch._foreach_add_(kept, new, alpha=1 - decay)


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes a checkpoint whole or not at all."""
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    partial.rename(path)


def load_generator(path: Path, schema: Schema) -> Generator:
    """The averaged generator of a checkpoint, or the one of a pack's folder, ready to run."""
    if path.is_dir():
        weights = pack_weights(path)
        size = SIZES["portrait"] if "bust.rest" in weights else replace(SIZES["portrait"], bust=(0, 0))
        model = Generator(size, schema)
        model.start_like(weights)
        return model.eval()
    return generator_of(torch.load(path, map_location="cpu"), schema)


def generator_of(state: dict[str, Any], schema: Schema) -> Generator:
    """The averaged generator of what a checkpoint holds."""
    model = Generator(Size(**{k: tuple(v) if isinstance(v, list) else v for k, v in state["size"].items()}), schema)
    model.load_state_dict(state["average"])
    return model.eval()


def average_with(checkpoint: Path, other: Path, schema: Schema) -> None:
    """Moves a checkpoint's averaged generator half the way to the one of `other`, a pack's folder or a checkpoint of the same size.

    Of a generator and what it was taken further to, the mean is often nearer to what neither has seen than either (Wortsman et al. 2022).
    """
    state = torch.load(checkpoint, map_location="cpu")
    known = load_generator(other, schema).state_dict()
    own = {name: weight for name, weight in state["average"].items() if not name.startswith("bust.relief")}  # of one of them, no more
    state["average"] = {name: (0.5 * (weight + known[name])).to(weight.dtype) if weight.is_floating_point() else weight for name, weight in own.items()}
    save(checkpoint, state)


class Recorded:
    """One kind of step recorded as a CUDA graph: thousands of small kernels take the CPU longer to launch than the GPU to run.

    Inputs, losses and gradients stay at their addresses; `replay` fills the one and leaves the others.
    """

    def __init__(self, trainer: Trainer, side: int, judged: bool) -> None:
        self.vectors, self.layers = trainer.batches.draw(trainer.count_at(side))
        self.bust = trainer.maps(self.vectors)
        self.parameters = [*trainer.learnt, *trainer.judge.parameters()] if judged else trainer.learnt
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(3):
                trainer.forget()
                trainer.gradients(self.vectors, self.bust, self.layers, side, judged)
        torch.cuda.current_stream().wait_stream(aside)
        trainer.forget()
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.losses = trainer.gradients(self.vectors, self.bust, self.layers, side, judged)
        self.shown = trainer.shown
        self.kept = [p.grad for p in self.parameters]

    def replay(self, trainer: Trainer, vectors: Tensor, bust: Maps | None, layers: Tensor) -> Tensor:
        """Losses of a batch; its gradients are in place afterwards."""
        self.vectors.copy_(vectors)
        if self.bust is not None and bust is not None:
            for kept, new in zip(self.bust, bust, strict=True):
                kept.copy_(new)
        self.layers.copy_(layers)
        self.graph.replay()
        trainer.forget()
        for parameter, gradient in zip(self.parameters, self.kept, strict=True):
            parameter.grad = gradient
        trainer.shown = self.shown
        return self.losses


class Trainer:
    """One run: owns the networks, the optimiser and the table."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.schema = load_schema()
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(settings.seed)
        torch.set_num_threads(settings.threads)
        torch.backends.cudnn.benchmark = True
        if self.device.type == "cuda":
            torch.backends.cudnn.benchmark_limit = 4
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
        size = SIZES[settings.size]
        self.model = self._network(size)
        self.runs: list[dict[str, Any]] = []  # what this one goes on from
        judge: dict[str, Tensor] = {}
        if settings.like is not None:
            weights, judge, self.runs = self._known(settings.like)
            fitting = self.model.start_like(weights)
            print(f"{fitting} tensors taken from {settings.like.name}", flush=True)
        for known in (settings.skeleton, settings.worn):
            if known is not None:
                self.model.adopt(load_skeleton(known, self.schema))
        if settings.bust is not None:
            self.model.adopt(load_bust(settings.bust))
        self.average = self._network(size)
        self.average.load_state_dict(self.model.state_dict())
        # Geometry was learnt beforehand, from far more sitters than are rendered.
        self.learnt = [p for name, p in self.model.named_parameters() if not name.startswith(("skeleton.", "worn.", "bust.")) and p.requires_grad]
        quick = {"fused": True} if self.device.type == "cuda" else {}
        self.optimiser = torch.optim.Adam(self.learnt, settings.rate, betas=(0.8, 0.99), **quick)
        self.judge = Discriminator(self.schema)
        if judge:
            self.judge.load_state_dict(judge)
        self.judge = self.judge.to(self.device, memory_format=torch.channels_last)
        self.judge_optimiser = torch.optim.Adam(self.judge.parameters(), 5e-4, betas=(0.0, 0.99), **quick)
        self.balance = {"believed": 0.0, "features": 0.0}  # see `_weigh`
        self.pull = {name: torch.zeros((), device=self.device) for name in self.balance}  # with the ramp, for the graph
        self.shown: tuple[Tensor, Tensor, Tensor] | None = None  # what the discriminator saw last: real, labels, gains
        self.names: list[str] = []
        self.recorded: dict[tuple[int, bool], Recorded] = {}
        self.progress = Progress()
        self.stopping = False
        self.beside = ThreadPoolExecutor(1)
        self.coming: Future[tuple[Tensor, Tensor, Maps | None]] | None = None
        settings.out.mkdir(parents=True, exist_ok=True)
        self.checkpoint = settings.out / f"{settings.size}.pt"
        if settings.resume and self.checkpoint.exists():
            self._resume()
        self.batches = Batches(self.schema, settings.held_out, self.device, settings.seed + self.progress.step)
        self._open_data()

    @staticmethod
    def _known(like: Path) -> tuple[dict[str, Tensor], dict[str, Tensor], list[dict[str, Any]]]:
        if like.is_dir():
            return pack_weights(like), {}, runs_of(like)
        state = torch.load(like, map_location="cpu")
        return state["average"], state.get("judge", {}), state["runs"]

    def _all_runs(self) -> list[dict[str, Any]]:
        this = {"device": self.device.type, "sitters": len(self.batches.train), **asdict(self.progress)}
        return [*self.runs, this]

    def _network(self, size: Size) -> Generator:
        model = Generator(size, self.schema).to(self.device, memory_format=torch.channels_last)
        model.skeleton.requires_grad_(False)
        model.worn.requires_grad_(False)
        return model

    def _resume(self) -> None:
        state = torch.load(self.checkpoint, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.judge.load_state_dict(state["judge"])
        self.judge_optimiser.load_state_dict(state["judge_optimiser"])
        self.balance = state["balance"]
        self.progress = Progress(**state["progress"])
        self.runs = state["runs"][:-1]
        print(f"resumed at step {self.progress.step}", flush=True)

    def _open_data(self) -> None:
        self._alone()
        full = self.model.size.resolution
        data, held = self.settings.data, self.settings.held_out
        if self.device.type == "cpu":  # beside a GPU, `pack --follow` does it in processes of its own
            pack(data, full, self.schema)
        table = open_table(data, full)
        self.batches.see(table)
        if len(self.batches.train) == 0:
            raise SystemExit(f"{data} holds {table.count} sitters; render more than the first {held}, which are held out.")

    def save(self) -> None:
        """Writes the checkpoint whole or not at all."""
        state = {
            "size": asdict(self.model.size),
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "judge": self.judge.state_dict(),
            "judge_optimiser": self.judge_optimiser.state_dict(),
            "balance": self.balance,
            "progress": asdict(self.progress),
            "runs": self._all_runs(),
        }
        save(self.checkpoint, state)

    def _side(self, share: float) -> int:
        return self.model.size.resolution >> sum(share < limit for limit in self.settings.curriculum)

    def count_at(self, side: int) -> int:
        """Pictures of a batch at `side`."""
        return self.settings.batch * (2 if side < self.model.size.resolution // 2 else 1)

    def forget(self) -> None:
        """Drops all gradients."""
        self.optimiser.zero_grad(set_to_none=True)
        self.judge_optimiser.zero_grad(set_to_none=True)

    def maps(self, vectors: Tensor) -> Maps | None:
        """Maps of the busts of `vectors`, where the network is."""
        maps = self.model.maps(vectors)
        if maps is None:
            return None
        near, lit = (part.to(self.device, memory_format=torch.channels_last) for part in maps)
        return near, lit

    def gradients(self, vectors: Tensor, bust: Maps | None, layers: Tensor, side: int, judged: bool) -> Tensor:
        """Leaves the gradients of one batch in the parameters; returns the losses, stacked in the order of `names`."""
        layers = at_side(layers, side, self.schema)
        losses = self._asked(vectors, bust, layers, side)
        if judged:
            real, fake, labels, gains = self._before_judge(losses.pop("raw"), layers, vectors)
            with quick_numbers(self.device):
                judge = discriminator_loss(self.judge, real, fake, labels, gains)
            judge.backward()
            self.shown = (real.detach(), labels, gains)
            losses |= {name: self.pull[name] * value for name, value in self._paid(real, fake, labels, gains).items()}
        else:
            losses.pop("raw")
        torch.stack(list(losses.values())).sum().backward()
        if judged:
            losses["judge"] = judge
        self.names = list(losses)
        return torch.stack([value.detach() for value in losses.values()])

    def _asked(self, vectors: Tensor, bust: Maps | None, layers: Tensor, side: int) -> dict[str, Any]:
        with quick_numbers(self.device):
            raw = self.model.raw(vectors, bust, side)
        return supervised(raw, layers, self.schema) | {"raw": raw}

    def _before_judge(self, raw: Raw, layers: Tensor, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        gains = random_gains(len(vectors), len(self.schema.lights), self.device)
        side, half = self.settings.window or layers.shape[-1], (self.settings.window or layers.shape[-1]) // 2
        y, x = (int(v) for v in torch.randint((layers.shape[-1] - side) // 2 + 1, (2,)))
        known = parts(layers[..., 2 * y : 2 * y + side, 2 * x : 2 * x + side], self.schema)
        sharp = parts(raw[0][..., 2 * y : 2 * y + side, 2 * x : 2 * x + side].float(), self.schema)
        smooth = parts(raw[1][..., y : y + half, x : x + half].float(), self.schema, SHARP)
        share = F.interpolate(torch.softmax(smooth["transfer"], 1), scale_factor=2, mode="bilinear")
        real = seen(known["rgb"], known["alpha"], known["transfer"], gains)
        fake = seen(finish_rgb(sharp["rgb"]), finish_alpha(sharp["alpha"]), share, gains)
        real, fake = (p.contiguous(memory_format=torch.channels_last) for p in (real, fake))
        return real, fake, vectors[:, : self.schema.input_count], gains

    def _paid(self, real: Tensor, fake: Tensor, labels: Tensor, gains: Tensor) -> dict[str, Tensor]:
        self.judge.requires_grad_(False)
        with quick_numbers(self.device):
            paid = generator_losses(self.judge, real, fake, labels, gains)
        self.judge.requires_grad_(True)
        return paid

    def _weigh(self, vectors: Tensor, bust: Maps | None, layers: Tensor) -> None:
        """Weighs each demand of the discriminator so that it pulls at the last layer as hard as the supervised losses do (after
        Esser et al. 2021); `adversarial` multiplies that."""
        last = self.model.head.fine.weight
        losses = self._asked(vectors, bust, layers, self.model.size.resolution)
        paid = self._paid(*self._before_judge(losses.pop("raw"), layers, vectors))
        (pull,) = torch.autograd.grad(torch.stack(list(losses.values())).sum(), last, retain_graph=True)
        for name, value in paid.items():
            (own,) = torch.autograd.grad(value, last, retain_graph=True)
            ratio = float((pull.norm() / (own.norm() + 1e-6)).clamp(0, 1e3))
            self.balance[name] = ratio if self.balance[name] == 0 else 0.7 * self.balance[name] + 0.3 * ratio

    def _drawn(self, count: int) -> tuple[Tensor, Tensor, Maps | None]:
        vectors, layers = self.batches.draw(count)
        return vectors, layers, self.maps(vectors)

    def _next(self, count: int) -> tuple[Tensor, Tensor, Maps | None]:
        """A batch. Beside the CPU's steps the one after it is drawn meanwhile."""
        if self.device.type != "cpu":
            return self._drawn(count)
        batch = self.coming.result() if self.coming is not None else None
        if batch is None or len(batch[0]) != count:
            batch = self._drawn(count)
        self.coming = self.beside.submit(self._drawn, count)
        return batch

    def _alone(self) -> None:
        """Waits until nothing is drawn: then the table may be changed and the draughtsman asked."""
        if self.coming is not None:
            self.coming.result()

    def step(self, rate: float, side: int, judged: bool = False) -> Tensor:
        """One batch and what is learnt from it; returns the losses, stacked in the order of `names`."""
        vectors, layers, bust = self._next(self.count_at(side))
        if judged:
            if self.progress.judged % WEIGH_EVERY == 0:
                self._weigh(vectors, bust, layers)
            ramp = self.settings.adversarial * min(1.0, self.progress.judged / ADVERSARY_RAMP)
            for name, value in self.balance.items():
                self.pull[name].fill_(ramp * value)
        if self.device.type == "cuda" and self.settings.graphs and not self.settings.window:
            if (side, judged) not in self.recorded:
                self.recorded[side, judged] = Recorded(self, side, judged)
            losses = self.recorded[side, judged].replay(self, vectors, bust, layers)
        else:
            self.forget()
            losses = self.gradients(vectors, bust, layers, side, judged)
        if judged:
            self._teach_judge()
        self._learn(rate)
        self.progress.step += 1
        self.progress.pictures += len(vectors)
        return losses

    def _teach_judge(self) -> None:
        assert self.shown is not None
        if self.progress.judged % R1_EVERY == 0:
            some = slice(0, max(len(self.shown[0]) // 2, 1))
            smoothness_loss(self.judge, *(x[some] for x in self.shown)).backward()
        self.judge_optimiser.step()
        self.progress.judged += 1

    def _learn(self, rate: float) -> None:
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        norm = torch.nn.utils.clip_grad_norm_(self.learnt, 5.0)
        if self.device.type == "cuda":
            # The fused optimiser skips a step by itself where this is 1; asking would stop the queue.
            self.optimiser.found_inf = (~torch.isfinite(norm)).float()  # type: ignore[attr-defined]
            self.optimiser.step()
        elif bool(torch.isfinite(norm)):
            self.optimiser.step()
        longest = 0.999 if self.device.type == "cuda" else 0.995
        _average(self.average, self.model, min(longest, (1 + self.progress.step) / (10 + self.progress.step)))

    def sheet(self, side: int) -> None:
        """Held-out sitters, if there are any, in the studio: rendered, without strands; and generated at `side`."""
        chosen = self.batches.held[:8]
        if len(chosen) == 0:
            return
        self._alone()
        full = self.model.size.resolution
        vectors, layers = self.batches.rows(chosen, np.zeros(len(chosen), bool))
        with torch.no_grad():
            made = finish(self.average.raw(vectors, self.maps(vectors), side), self.schema)
        made = F.interpolate(made, (full, full), mode="bilinear")
        save_sheet([in_studio(rows, self.schema) for rows in (layers, made)], self.schema, self.settings.out / f"{self.settings.size}-{self.progress.step:06d}.png")

    def run(self) -> None:
        """Trains for the asked time; SIGINT and SIGTERM stop cleanly."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            self.stopping = True

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        start = time.monotonic()
        told = looked = saved = start
        pictures = self.progress.pictures
        side = self._side(0.0)
        sums: Tensor | None = None
        names = self.names
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
            judged = self.settings.adversarial > 0 and share >= self.settings.adversary_from and side == self.model.size.resolution
            if judged and self.progress.judged == 0:
                self.keep_settled()
            losses = self.step(rate, side, judged)
            if self.names != names or sums is None:
                sums, names, count = torch.zeros_like(losses), self.names, 0
            sums = sums + losses
            count += 1
            now = time.monotonic()
            self.progress.seconds += now - before
            if now - told > self.settings.tell_every:
                line = dict(zip(names, [round(float(v) / count, 4) for v in sums], strict=True))
                entry = {"step": self.progress.step, "share": round(share, 3), "side": side, "rate": rate, **line}
                entry["pictures_per_s"] = round((self.progress.pictures - pictures) / (now - told), 2)
                entry["rows"] = self.batches.count
                if judged:
                    entry["balance"] = {name: round(value, 3) for name, value in self.balance.items()}
                pictures = self.progress.pictures
                print(json.dumps(entry), flush=True)
                log.write(json.dumps(entry) + "\n")
                log.flush()
                sums, told = None, time.monotonic()
            if now - looked > self.settings.look_every:
                self._open_data()
                looked = time.monotonic()
            if now - saved > self.settings.save_every:
                self.save()
                self.sheet(side)
                saved = time.monotonic()
        self.save()
        self.sheet(side)
        log.close()

    def keep_settled(self) -> None:
        """Puts the averaged generator aside as it is without a discriminator, which can spoil what it is meant to mend."""
        state = {"size": asdict(self.model.size), "average": self.average.state_dict(), "runs": self._all_runs()}
        save(self.settings.out / f"{self.settings.size}-settled.pt", state)
